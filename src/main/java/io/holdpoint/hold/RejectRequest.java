package io.holdpoint.hold;

import io.holdpoint.engine.Outcome;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Writes a rejection to Odoo: the document stays what it is, and whoever asked reads who rejected it and why. */
@Component
class RejectRequest implements JavaDelegate {

    private final Holds holds;
    private final Answered answered;
    private final OdooStep odoo;

    RejectRequest(Holds holds, Answered answered, OdooStep odoo) {
        this.holds = holds;
        this.answered = answered;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var refusal = answered.refusal(caseId, Hold.State.REJECTED);
        odoo.command(
                execution,
                new OdooStep.Change("reject").reason(refusal.reason()).note("Rejected. " + refusal.sentence()));
        holds.closeOpen(
                caseId,
                DocumentRef.parse(execution.getProcessBusinessKey()),
                Hold.State.WITHDRAWN,
                "the request was rejected");
        Outcome.set(execution, "rejected");
    }
}
