package io.holdpoint.urgentpurchase;

import io.holdpoint.followup.FollowUps;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes a follow-up back when nobody has to do it any more. */
@Component
class ReassessPromise implements JavaDelegate {

    private final Promise promise;
    private final FollowUps followUps;

    ReassessPromise(Promise promise, FollowUps followUps) {
        this.promise = promise;
        this.followUps = followUps;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var open = UrgentPurchaseProcess.FOLLOW_UP_STEP.in(execution);
        // However long Odoo stays away, the buyer goes on: this step is tried again until it answers.
        var look = promise.look(caseId, document, execution.getCurrentActivityId());
        if (!open.equals(look.step())) {
            followUps.withdraw(caseId, document, open, "The purchase changed in Odoo.");
        }
    }
}
