package io.holdpoint.hold;

import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Sends the request back for correction: Odoo shows by whom and why, and people there correct and ask again. */
@Component
class ReturnRequest implements JavaDelegate {

    private final Holds holds;
    private final PolicyRecord policy;
    private final Answered answered;
    private final OdooStep odoo;
    private final FormRows forms;

    ReturnRequest(Holds holds, PolicyRecord policy, Answered answered, OdooStep odoo, FormRows forms) {
        this.holds = holds;
        this.policy = policy;
        this.answered = answered;
        this.odoo = odoo;
        this.forms = forms;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var refusal = answered.refusal(caseId, Hold.State.RETURNED);
        var round = String.valueOf(policy.nextRound(caseId) - 1);
        odoo.command(
                execution,
                new OdooStep.Change("return")
                        .part(round)
                        .reason(refusal.reason())
                        .note("Returned for correction. " + refusal.sentence()));
        execution.setVariable("corrections", forms.json(answered.returns(caseId)));
        holds.closeOpen(
                caseId,
                DocumentRef.parse(execution.getProcessBusinessKey()),
                Hold.State.WITHDRAWN,
                "the request was returned for correction");
    }
}
