package io.holdpoint.hold;

import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells Odoo, and whoever opens the document there, that it is held and why. */
@Component
class ShowHolds implements JavaDelegate {

    private final Holds holds;
    private final PolicyRecord policy;
    private final OdooStep odoo;

    ShowHolds(Holds holds, PolicyRecord policy, OdooStep odoo) {
        this.holds = holds;
        this.policy = policy;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var open = holds.open(caseId);
        if (open.isEmpty()) {
            return;
        }
        var titles = open.stream().map(Hold::title).distinct().collect(Collectors.joining(", "));
        var sentences = open.stream().map(Hold::sentence).distinct().collect(Collectors.joining(" "));
        // One command for each round of policy: the same list may come back after another one.
        var round = String.valueOf(policy.nextRound(caseId) - 1);
        odoo.command(
                execution,
                new OdooStep.Change("hold").part(round).reason(titles).note("Held: " + titles + ". " + sentences));
    }
}
