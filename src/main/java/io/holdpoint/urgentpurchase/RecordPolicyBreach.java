package io.holdpoint.urgentpurchase;

import io.holdpoint.hold.OdooStep;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Keeps as evidence and in Odoo that a purchase made while a line stood still was approved late, or not at all. */
@Component
class RecordPolicyBreach implements JavaDelegate {

    private static final String MISSED = "serviceTask_recordPolicyBreachMissed";

    private final OdooStep odoo;

    RecordPolicyBreach(OdooStep odoo) {
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var what = MISSED.equals(execution.getCurrentActivityId())
                ? "Policy breach: bought while a line stood still, and not approved by the next working day."
                : "Policy breach: bought while a line stood still, and not approved afterwards.";
        odoo.command(execution, new OdooStep.Change("breach").reason(what).note(what));
    }
}
