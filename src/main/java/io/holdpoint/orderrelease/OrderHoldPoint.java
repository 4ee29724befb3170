package io.holdpoint.orderrelease;

import io.holdpoint.breach.HoldPoint;
import io.holdpoint.odoo.SaleOrders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the detective run looks at: no order is confirmed without a release. */
@Configuration(proxyBeanMethods = false)
class OrderHoldPoint {

    @Bean
    HoldPoint orderConfirmation(SaleOrders orders) {
        return new HoldPoint(OrderReleaseProcess.KEY, orders.passages(), "confirmed");
    }
}
