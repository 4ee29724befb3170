package io.holdpoint.urgentpurchase;

import io.holdpoint.breach.HoldPoint;
import io.holdpoint.odoo.PurchaseOrders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the detective run looks at: nothing is bought in a hurry without an approval. */
@Configuration(proxyBeanMethods = false)
class PurchaseHoldPoint {

    @Bean
    HoldPoint purchaseConfirmation(PurchaseOrders orders) {
        return new HoldPoint(UrgentPurchaseProcess.KEY, orders.passages(), "ordered as an urgent purchase");
    }
}
