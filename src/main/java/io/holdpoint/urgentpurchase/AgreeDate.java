package io.holdpoint.urgentpurchase;

import io.holdpoint.engine.access.Names;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.hold.OdooStep;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Writes the date that a buyer agreed with the vendor to the purchase order in Odoo. */
@Component
class AgreeDate implements JavaDelegate {

    private final FollowUps followUps;
    private final OdooStep odoo;
    private final Names names;

    AgreeDate(FollowUps followUps, OdooStep odoo, Names names) {
        this.followUps = followUps;
        this.odoo = odoo;
        this.names = names;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var done = followUps.all(execution.getProcessInstanceId()).stream()
                .filter(one -> one.content().containsKey("newDate"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        var date = done.content().get("newDate") + " 12:00:00";
        odoo.effect(
                execution,
                new OdooStep.Change("agreeDate")
                        .part(String.valueOf(done.at().toEpochMilli()))
                        .note("New date agreed with the vendor by " + names.person(done.person()) + ": "
                                + done.content().get("newDate") + ".")
                        .arguments(Map.of("date", date)));
    }
}
