package io.holdpoint.orderrelease;

import static io.holdpoint.orderrelease.OrderReleaseProcess.CHANGED_MEANWHILE;
import static io.holdpoint.orderrelease.OrderReleaseProcess.ODOO_REFUSED;

import io.holdpoint.engine.Outcome;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.hold.ReleaseGuard;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooRefused;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Releases and confirms the order in Odoo, in one transaction there, if it is still the order that was decided on and
 * everybody with authority has released it.
 */
@Component
class ConfirmOrder implements JavaDelegate {

    private final OrderFacts orderFacts;
    private final CaseFacts caseFacts;
    private final ReleaseGuard guard;
    private final OdooStep odoo;

    ConfirmOrder(OrderFacts orderFacts, CaseFacts caseFacts, ReleaseGuard guard, OdooStep odoo) {
        this.orderFacts = orderFacts;
        this.caseFacts = caseFacts;
        this.guard = guard;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var caseId = execution.getProcessInstanceId();
        var reading = odoo.call(execution, () -> orderFacts.read(document));
        // An order that our command confirmed already, its answer lost, is asked for again below: the key tells.
        if (reading.state() == OrderFacts.State.GONE || !unchanged(caseId, reading)) {
            CHANGED_MEANWHILE.set(execution, true);
            return;
        }
        var facts = reading.facts().orElseThrow();
        var words = guard.verify(caseId, document, execution.getCurrentActivityId(), facts);
        try {
            var answer =
                    odoo.command(execution, "release", null, "", "Released by Holdpoint. " + words, facts.material());
            CHANGED_MEANWHILE.set(execution, answer.status().equals("changed"));
            if (!answer.status().equals("changed")) {
                Outcome.set(execution, "released");
            }
        } catch (OdooRefused e) {
            execution.setVariable("odooMessage", String.valueOf(e.getMessage()));
            execution.setVariable("attemptedText", execution.getCurrentActivityName());
            throw new BpmnError(ODOO_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    private boolean unchanged(String caseId, OrderFacts.Reading reading) {
        return caseFacts
                .latest(caseId)
                .map(Facts::material)
                .flatMap(decided -> reading.facts().map(now -> caseFacts.same(decided, now.material())))
                .orElse(false);
    }
}
