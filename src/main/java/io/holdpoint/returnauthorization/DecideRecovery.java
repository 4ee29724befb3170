package io.holdpoint.returnauthorization;

import io.holdpoint.followup.FollowUps;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import java.util.LinkedHashMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Asks policy whether the damage is worth a claim from the vendor. */
@Component
class DecideRecovery implements JavaDelegate {

    private final CaseFacts caseFacts;
    private final FollowUps followUps;
    private final Rulings rulings;

    DecideRecovery(CaseFacts caseFacts, FollowUps followUps, Rulings rulings) {
        this.caseFacts = caseFacts;
        this.followUps = followUps;
        this.rulings = rulings;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var values = new LinkedHashMap<String, Object>();
        values.put(
                "vendorFault",
                followUps
                        .latest(caseId, ReturnAuthorizationProcess.INSPECT_GOODS)
                        .map(done -> Boolean.TRUE.equals(done.content().get("vendorFault")))
                        .orElse(false));
        values.put("value", caseFacts.latest(caseId).orElseThrow().inputs().get("value"));
        var claim = rulings.ask(
                caseId,
                DocumentRef.parse(execution.getProcessBusinessKey()),
                execution.getCurrentActivityId(),
                ReturnAuthorizationProcess.KEY + ".recovery",
                values);
        ReturnAuthorizationProcess.CLAIM.set(
                execution,
                claim.map(answer -> Boolean.TRUE.equals(answer.get("claim"))).orElse(false));
    }
}
