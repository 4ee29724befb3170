package io.holdpoint.returnauthorization;

import io.holdpoint.hold.OdooStep;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Says on the delivery that the goods have not come yet, for whoever talks with the customer. */
@Component
class RemindOfReturn implements JavaDelegate {

    private final OdooStep odoo;

    RemindOfReturn(OdooStep odoo) {
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        odoo.effect(
                execution,
                new OdooStep.Change("remind")
                        .note("The goods of " + ReturnFacts.rma(execution.getProcessInstanceId(), document)
                                + " have not come back yet. Remind the customer: an authorization that is not used"
                                + " expires."));
    }
}
