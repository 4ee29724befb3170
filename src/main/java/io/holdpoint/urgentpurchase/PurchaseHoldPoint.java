package io.holdpoint.urgentpurchase;

import io.holdpoint.breach.HoldPoint;
import io.holdpoint.evidence.Cases;
import io.holdpoint.odoo.PurchaseOrders;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the detective run looks at: nothing is bought in a hurry without an approval, and nothing whose case is open or
 * ended without one, whatever Odoo says of it by then.
 */
@Configuration(proxyBeanMethods = false)
class PurchaseHoldPoint {

    private static final Set<String> REFUSED = Set.of("rejected", "expired", "withdrawn", "cancelledByOperator");

    @Bean
    HoldPoint purchaseConfirmation(PurchaseOrders orders, Cases cases) {
        return new HoldPoint(UrgentPurchaseProcess.KEY, orders.passages(), "ordered as an urgent purchase")
                .andWhere(passage -> PurchaseOrders.isOrdered(passage.state())
                        && cases.latestIsOpenOr(REFUSED, UrgentPurchaseProcess.KEY, passage.document()));
    }
}
