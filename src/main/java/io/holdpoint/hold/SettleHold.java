package io.holdpoint.hold;

import io.holdpoint.evidence.Cases;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Draws the conclusion from the recorded answers to a hold, and from nothing else. */
@Component
class SettleHold implements JavaDelegate {

    private final Cases cases;
    private final Holds holds;
    private final Authority authority;
    private final HoldForm form;

    SettleHold(Cases cases, Holds holds, Authority authority, HoldForm form) {
        this.cases = cases;
        this.holds = holds;
        this.authority = authority;
        this.form = form;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var hold = holds.askedBy(execution.getProcessInstanceId())
                .orElseThrow(() -> new IllegalStateException("This instance asks about no hold."));
        cases.lock(hold.caseId());
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var decisions = holds.decisions(hold);
        var refusal = Answers.refusal(decisions);
        var needed = authority.current(hold).map(Authority.Mandate::steps).orElse(Integer.MAX_VALUE);
        if (refusal.isPresent()) {
            var rejected = refusal.get().answer().equals(Answers.REJECT);
            holds.close(
                    hold,
                    document,
                    rejected ? Hold.State.REJECTED : Hold.State.RETURNED,
                    String.valueOf(refusal.get().reason()));
            HoldResolutionProcess.SETTLED.set(execution, rejected ? "rejected" : "returned");
        } else if (Answers.releases(decisions).size() >= needed) {
            holds.close(hold, document, Hold.State.RELEASED, "released with the authority that policy asks for");
            HoldResolutionProcess.SETTLED.set(execution, "released");
            form.tellOthers(hold);
        } else {
            HoldResolutionProcess.SETTLED.set(execution, "further");
        }
    }
}
