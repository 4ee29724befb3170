package io.holdpoint.returnauthorization;

import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Asks policy whether the goods come back at all, and for how long that is good. Where the table is silent they do,
 * into quarantine.
 */
@Component
class ChooseWay implements JavaDelegate {

    static final String TABLE = ReturnAuthorizationProcess.KEY + ".way";

    private final CaseFacts caseFacts;
    private final Rulings rulings;

    ChooseWay(CaseFacts caseFacts, Rulings rulings) {
        this.caseFacts = caseFacts;
        this.rulings = rulings;
    }

    /** Whether policy wants the money back without the goods. */
    static boolean isRefundOnly(Rulings rulings, String caseId) {
        return rulings.latest(caseId, TABLE)
                .filter(answer -> "refundOnly".equals(answer.get("way")))
                .isPresent();
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var way = rulings.ask(
                caseId,
                DocumentRef.parse(execution.getProcessBusinessKey()),
                execution.getCurrentActivityId(),
                TABLE,
                caseFacts.latest(caseId).orElseThrow().inputs());
        ReturnAuthorizationProcess.WAY.set(
                execution, way.map(answer -> String.valueOf(answer.get("way"))).orElse("return"));
        ReturnAuthorizationProcess.REFUND_DECIDED.set(execution, false);
        ReturnAuthorizationProcess.VALID_FOR.set(
                execution,
                rulings.term(caseId, "thresholds", "validFor")
                        .map(String::valueOf)
                        .orElse("P30D"));
        ReturnAuthorizationProcess.REMIND_AFTER.set(
                execution,
                rulings.term(caseId, "thresholds", "remindAfter")
                        .map(String::valueOf)
                        .orElse("P14D"));
    }
}
