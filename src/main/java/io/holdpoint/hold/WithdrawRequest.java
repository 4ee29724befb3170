package io.holdpoint.hold;

import io.holdpoint.engine.Outcome;
import io.holdpoint.engine.ProcessVariable;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooRefused;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Lifts the holds of a document that is not to go on any more: cancelled or deleted in Odoo, or given up by people.
 * What is no longer in Odoo needs no mark there.
 */
@Component
class WithdrawRequest implements JavaDelegate {

    /** Why, in words; set by the step that found it. */
    private static final ProcessVariable<String> WITHDRAWN_BECAUSE =
            ProcessVariable.of("withdrawnBecause", String.class);

    private final Holds holds;
    private final OdooStep odoo;
    private final Evidence evidence;

    WithdrawRequest(Holds holds, OdooStep odoo, Evidence evidence) {
        this.holds = holds;
        this.odoo = odoo;
        this.evidence = evidence;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var because = WITHDRAWN_BECAUSE.find(execution).orElse("the request was given up");
        try {
            odoo.command(
                    execution,
                    new OdooStep.Change("withdraw").reason(because).note("No longer held: " + because + "."));
        } catch (OdooRefused e) {
            // As a rule the document was deleted, and there is nothing left to mark. The case ends either way, with
            // Odoo's
            // words on record.
            evidence.record(
                    execution.getProcessInstanceId(),
                    document,
                    Evidence.Kind.COMMAND,
                    execution.getCurrentActivityId(),
                    Evidence.SYSTEM,
                    Map.of("operation", "withdraw", "refused", String.valueOf(e.getMessage())));
        }
        holds.closeOpen(execution.getProcessInstanceId(), document, Hold.State.WITHDRAWN, because);
        Outcome.set(execution, "withdrawn");
    }
}
