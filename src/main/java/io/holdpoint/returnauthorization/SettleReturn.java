package io.holdpoint.returnauthorization;

import io.holdpoint.engine.Outcome;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Ends a return without a credit note of Holdpoint; who said so and why is on record. */
@Component
class SettleReturn implements JavaDelegate {

    private final OdooStep odoo;

    SettleReturn(OdooStep odoo) {
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var rma =
                ReturnFacts.rma(execution.getProcessInstanceId(), DocumentRef.parse(execution.getProcessBusinessKey()));
        odoo.effect(
                execution,
                new OdooStep.Change("settle").note(rma + " is settled; Holdpoint made no credit note for it."));
        Outcome.set(execution, "settled");
    }
}
