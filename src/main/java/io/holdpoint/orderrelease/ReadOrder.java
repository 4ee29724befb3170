package io.holdpoint.orderrelease;

import static io.holdpoint.orderrelease.OrderReleaseProcess.ORDER_STATE;

import io.holdpoint.engine.Outcome;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Reads the order and all that policy needs to know, and says whether there is still something to release. */
@Component
class ReadOrder implements JavaDelegate {

    private final OrderFacts orderFacts;
    private final CaseFacts caseFacts;
    private final OdooStep odoo;

    ReadOrder(OrderFacts orderFacts, CaseFacts caseFacts, OdooStep odoo) {
        this.orderFacts = orderFacts;
        this.caseFacts = caseFacts;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var reading = odoo.call(execution, () -> orderFacts.read(document));
        ORDER_STATE.set(execution, reading.state().name().toLowerCase(java.util.Locale.ROOT));
        reading.facts().ifPresent(facts -> {
            caseFacts.record(execution.getProcessInstanceId(), document, execution.getCurrentActivityId(), facts);
            execution.setVariable("documentName", facts.brief().documentName());
            execution.setVariable("documentUrl", facts.brief().documentUrl());
            execution.setVariable("customerName", facts.brief().customerName());
            execution.setVariable("amountText", facts.brief().amountText());
            execution.setVariable("requestedByName", facts.brief().requestedByName());
        });
        // What somebody chose in an earlier task of this case is not the choice in the next one.
        execution.removeVariable("action");
        execution.removeVariable("reason");
        if (reading.state() == OrderFacts.State.RELEASED) {
            Outcome.set(execution, "released");
        }
        reading.because().ifPresent(because -> execution.setVariable("withdrawnBecause", because));
    }
}
