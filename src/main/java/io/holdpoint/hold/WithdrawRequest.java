package io.holdpoint.hold;

import io.holdpoint.engine.Outcome;
import io.holdpoint.engine.ProcessVariable;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooRefused;
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
    public static final ProcessVariable<String> WITHDRAWN_BECAUSE =
            ProcessVariable.of("withdrawnBecause", String.class);

    private final Holds holds;
    private final OdooStep odoo;

    WithdrawRequest(Holds holds, OdooStep odoo) {
        this.holds = holds;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var because = WITHDRAWN_BECAUSE.find(execution).orElse("the request was given up");
        try {
            odoo.command(execution, "withdraw", null, because, "No longer held: " + because + ".", null);
        } catch (OdooRefused gone) {
            // Deleted in Odoo: there is nothing left to mark, and the evidence says why.
            execution.setVariable("withdrawAnswer", String.valueOf(gone.getMessage()));
        }
        holds.closeOpen(
                execution.getProcessInstanceId(),
                DocumentRef.parse(execution.getProcessBusinessKey()),
                Hold.State.WITHDRAWN,
                because);
        Outcome.set(execution, "withdrawn");
    }
}
