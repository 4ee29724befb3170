package io.holdpoint.urgentpurchase;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Was it bought while a line stood still, and not approved since? Then policy says by when it is to be. */
@Component
class SetApprovalDeadline implements JavaDelegate {

    private final CaseFacts caseFacts;
    private final Rulings rulings;
    private final Evidence evidence;

    SetApprovalDeadline(CaseFacts caseFacts, Rulings rulings, Evidence evidence) {
        this.caseFacts = caseFacts;
        this.rulings = rulings;
        this.evidence = evidence;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var inputs = caseFacts.latest(caseId).orElseThrow().inputs();
        var approved = evidence.all(caseId, Evidence.Kind.COMMAND).stream()
                .anyMatch(entry ->
                        ConfirmApproval.OPERATION.equals(entry.content().get("operation")));
        var toCome = Boolean.TRUE.equals(inputs.get("lineDown")) && !approved;
        UrgentPurchaseProcess.APPROVAL_TO_COME.set(execution, toCome);
        if (toCome) {
            var within = rulings.ask(
                            caseId,
                            DocumentRef.parse(execution.getProcessBusinessKey()),
                            execution.getCurrentActivityId(),
                            "urgent-purchase.after-the-fact",
                            inputs)
                    .map(ruling -> String.valueOf(ruling.get("approveWithin")))
                    .orElse("P1D");
            UrgentPurchaseProcess.APPROVAL_DUE_IN.set(execution, within);
        }
    }
}
