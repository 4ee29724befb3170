package io.holdpoint.hold;

import io.holdpoint.evidence.Cases;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Draws the conclusion from the recorded answers to a hold, and from nothing else: also when time is over, for an
 * answer may have been recorded at the last moment.
 */
@Component
class SettleHold implements JavaDelegate {

    private final Cases cases;
    private final Holds holds;
    private final Approvals approvals;
    private final HoldForm form;

    SettleHold(Cases cases, Holds holds, Approvals approvals, HoldForm form) {
        this.cases = cases;
        this.holds = holds;
        this.approvals = approvals;
        this.form = form;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var hold = holds.askedBy(execution.getProcessInstanceId())
                .orElseThrow(() -> new IllegalStateException("This instance asks about no hold."));
        cases.lock(hold.caseId());
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var standing = approvals.of(hold);
        var refusal = standing.refusal();
        if (refusal.isPresent()) {
            var rejected = refusal.get().answer().equals(Answers.REJECT);
            holds.close(
                    hold,
                    document,
                    rejected ? Hold.State.REJECTED : Hold.State.RETURNED,
                    String.valueOf(refusal.get().reason()));
            HoldResolutionProcess.SETTLED.set(execution, rejected ? "rejected" : "returned");
        } else if (standing.isReleased()) {
            holds.close(hold, document, Hold.State.RELEASED, "released with the authority that policy asks for");
            HoldResolutionProcess.SETTLED.set(execution, "released");
            form.tellOthers(hold);
        } else {
            HoldResolutionProcess.SETTLED.set(execution, standing.isAnswered() ? "further" : "unanswered");
        }
    }
}
