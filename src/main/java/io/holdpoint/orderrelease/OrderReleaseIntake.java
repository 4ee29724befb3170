package io.holdpoint.orderrelease;

import io.holdpoint.intake.DocumentWorkflow;
import io.holdpoint.intake.DocumentWorkflow.Documents;
import io.holdpoint.intake.DocumentWorkflow.Related;
import io.holdpoint.intake.DocumentWorkflow.RelatedChange;
import io.holdpoint.intake.DocumentWorkflow.Standing;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Invoices;
import io.holdpoint.odoo.OrderChange;
import io.holdpoint.odoo.SaleOrders;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What brings orders here: a request in Odoo, a change of an order under control, a payment of its customer. */
@Configuration(proxyBeanMethods = false)
class OrderReleaseIntake {

    private static final String REQUESTED = "requested";
    private static final String INVOICE = "account.move";

    @Bean
    DocumentWorkflow orderRelease(SaleOrders orders, Invoices invoices) {
        return new DocumentWorkflow(
                OrderReleaseProcess.KEY,
                Map.of(
                        OrderReleaseProcess.MODEL,
                        new Documents(
                                order -> orders.change(order.id()).map(OrderReleaseIntake::standing),
                                from -> orders.changedSince(from).stream()
                                        .map(OrderReleaseIntake::standing)
                                        .toList())),
                OrderReleaseProcess.ORDER_CHANGED,
                OrderReleaseProcess.RELEASE_REQUESTED_AGAIN,
                Map.of(
                        INVOICE,
                        new Related(
                                invoice -> invoices.change(invoice.id()).stream()
                                        .map(change -> new DocumentRef("res.partner", change.commercialPartnerId()))
                                        .toList(),
                                from -> invoices.changedSince(from).stream()
                                        .map(change -> new RelatedChange(
                                                new DocumentRef(INVOICE, change.id()), change.writeDate()))
                                        .toList())),
                null);
    }

    private static Standing standing(OrderChange change) {
        return new Standing(change.document(), change.writeDate(), REQUESTED.equals(change.holdpointState()));
    }
}
