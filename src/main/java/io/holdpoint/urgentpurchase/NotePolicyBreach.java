package io.holdpoint.urgentpurchase;

import io.holdpoint.hold.OdooStep;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Says on the purchase order in Odoo what is on record as a breach of policy, with the people in it. */
@Component
class NotePolicyBreach implements JavaDelegate {

    private static final String MISSED = "serviceTask_notePolicyBreachMissed";

    private final LateApproval approval;
    private final OdooStep odoo;

    NotePolicyBreach(LateApproval approval, OdooStep odoo) {
        this.approval = approval;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        if (MISSED.equals(execution.getCurrentActivityId())) {
            approval.breach(caseId, LateApproval.MISSED)
                    .ifPresent(why -> odoo.effectBeside(
                            execution, note("Bought while production stood still, approval is late", why)));
        } else {
            approval.breach(caseId, LateApproval.NOT_APPROVED)
                    .ifPresent(why -> odoo.effect(
                            execution, note("Bought while production stood still, not approved afterwards", why)));
        }
    }

    private static OdooStep.Change note(String what, String why) {
        return new OdooStep.Change("breach").reason(what + ". " + why).note("Policy breach. " + what + ". " + why);
    }
}
