package io.holdpoint.urgentpurchase;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.hold.AfterTheFact;
import io.holdpoint.odoo.DocumentRef;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Keeps as evidence that a purchase made while a line stood still was approved late, or not at all, and who answered
 * for that. It does so at the moment of the breach, whether Odoo can be reached or not.
 */
@Component
class RecordPolicyBreach implements JavaDelegate {

    static final String MISSED = "serviceTask_recordPolicyBreachMissed";

    private final Evidence evidence;
    private final LateApproval approval;
    private final AfterTheFact afterTheFact;

    RecordPolicyBreach(Evidence evidence, LateApproval approval, AfterTheFact afterTheFact) {
        this.evidence = evidence;
        this.approval = approval;
        this.afterTheFact = afterTheFact;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var isMissed = MISSED.equals(execution.getCurrentActivityId());
        var what = isMissed ? LateApproval.MISSED : LateApproval.NOT_APPROVED;
        if (approval.breach(caseId, what).isPresent()) {
            // The deadline of a case that was taken up again after an outage passes a second time.
            return;
        }
        var why = isMissed ? missed(caseId) : Optional.of(afterTheFact.refused(caseId, document));
        why.ifPresent(words -> evidence.record(
                caseId,
                document,
                Evidence.Kind.BREACH,
                execution.getCurrentActivityId(),
                Evidence.SYSTEM,
                Map.of("what", what, "why", words)));
    }

    /** Nothing when all have answered and only Odoo does not know it yet. */
    private Optional<String> missed(String caseId) {
        if (!approval.wasAsked(caseId)) {
            return Optional.of("Nobody could be asked in time.");
        }
        var open = afterTheFact.unanswered(caseId);
        return open.isEmpty() ? Optional.empty() : Optional.of("Not answered in time: " + open + ".");
    }
}
