package io.holdpoint.returnauthorization;

import io.holdpoint.intake.DocumentWorkflow;
import io.holdpoint.intake.DocumentWorkflow.Documents;
import io.holdpoint.intake.DocumentWorkflow.OutsideRequests;
import io.holdpoint.intake.DocumentWorkflow.Standing;
import io.holdpoint.odoo.Deliveries;
import io.holdpoint.odoo.DocumentRef;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What brings deliveries here: a request in Odoo, one from a portal or a support desk, and whatever happens to the
 * transfer that goods come back with: it is told of as a change of its delivery.
 */
@Configuration(proxyBeanMethods = false)
class ReturnAuthorizationIntake {

    private static final String REQUESTED = "requested";

    @Bean
    DocumentWorkflow returnAuthorization(Deliveries deliveries) {
        return new DocumentWorkflow(
                ReturnAuthorizationProcess.KEY,
                Map.of(
                        ReturnAuthorizationProcess.MODEL,
                        new Documents(
                                transfer -> deliveries.change(transfer.id()).map(ReturnAuthorizationIntake::standing),
                                from -> deliveries.changedSince(from).stream()
                                        .map(ReturnAuthorizationIntake::standing)
                                        .toList())),
                ReturnAuthorizationProcess.DELIVERY_CHANGED,
                ReturnAuthorizationProcess.RETURN_REQUESTED_AGAIN,
                Map.of(),
                new OutsideRequests(ReturnRequests::problem));
    }

    /** A return transfer stands for the delivery that it comes back from. */
    private static Standing standing(Deliveries.Change change) {
        var delivery = change.delivery();
        return delivery == null
                ? new Standing(change.document(), change.writeDate(), REQUESTED.equals(change.holdpointState()))
                : new Standing(
                        new DocumentRef(ReturnAuthorizationProcess.MODEL, delivery.id()), change.writeDate(), false);
    }
}
