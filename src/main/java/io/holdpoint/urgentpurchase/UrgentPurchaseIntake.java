package io.holdpoint.urgentpurchase;

import io.holdpoint.intake.DocumentWorkflow;
import io.holdpoint.intake.DocumentWorkflow.Documents;
import io.holdpoint.intake.DocumentWorkflow.Related;
import io.holdpoint.intake.DocumentWorkflow.RelatedChange;
import io.holdpoint.intake.DocumentWorkflow.Standing;
import io.holdpoint.odoo.OrderChange;
import io.holdpoint.odoo.PurchaseOrders;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What brings purchases here: a request in Odoo, a change of an order under control, a receipt or a moved date. */
@Configuration(proxyBeanMethods = false)
class UrgentPurchaseIntake {

    private static final String REQUESTED = "requested";
    private static final String LINE = "purchase.order.line";

    @Bean
    DocumentWorkflow urgentPurchase(PurchaseOrders orders) {
        return new DocumentWorkflow(
                UrgentPurchaseProcess.KEY,
                Map.of(
                        UrgentPurchaseProcess.MODEL,
                        new Documents(
                                order -> orders.change(order.id()).map(UrgentPurchaseIntake::standing),
                                from -> orders.changedSince(from).stream()
                                        .map(UrgentPurchaseIntake::standing)
                                        .toList())),
                UrgentPurchaseProcess.PURCHASE_CHANGED,
                UrgentPurchaseProcess.APPROVAL_REQUESTED_AGAIN,
                Map.of(
                        LINE,
                        new Related(
                                line -> orders.lineChange(line.id()).stream()
                                        .map(PurchaseOrders.LineChange::order)
                                        .toList(),
                                from -> orders.linesChangedSince(from).stream()
                                        .map(change -> new RelatedChange(change.line(), change.writeDate()))
                                        .toList())),
                null);
    }

    private static Standing standing(OrderChange change) {
        return new Standing(change.document(), change.writeDate(), REQUESTED.equals(change.holdpointState()));
    }
}
