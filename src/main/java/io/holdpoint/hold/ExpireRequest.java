package io.holdpoint.hold;

import io.holdpoint.engine.Outcome;
import io.holdpoint.odoo.DocumentRef;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Ends a request that nobody answered in time: nothing is released, and Odoo says so. */
@Component
class ExpireRequest implements JavaDelegate {

    private final Holds holds;
    private final OdooStep odoo;

    ExpireRequest(Holds holds, OdooStep odoo) {
        this.holds = holds;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var open = holds.open(caseId);
        var titles = open.stream().map(Hold::title).distinct().collect(Collectors.joining(", "));
        var reason = open.isEmpty() ? "not corrected in time" : "nobody decided in time: " + titles;
        odoo.command(
                execution,
                new OdooStep.Change("reject")
                        .reason(reason)
                        .note("The request expired: " + reason
                                + ". Nothing was released; ask again if it is still wanted.")
                        // A workflow that undoes something at a rejection may leave it where nobody decided.
                        .arguments(Map.of("expired", true)));
        holds.closeOpen(
                caseId,
                DocumentRef.parse(execution.getProcessBusinessKey()),
                Hold.State.EXPIRED,
                "nobody decided in time");
        Outcome.set(execution, "expired");
    }
}
