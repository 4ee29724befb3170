package io.holdpoint.returnauthorization;

import io.holdpoint.hold.OdooStep;
import io.holdpoint.odoo.DocumentRef;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Cancels the return transfer whose goods did not come in time. */
@Component
class CancelReturn implements JavaDelegate {

    private final ReturnedGoods returned;
    private final OdooStep odoo;

    CancelReturn(ReturnedGoods returned, OdooStep odoo) {
        this.returned = returned;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var came = odoo.call(execution, () -> returned.of(caseId, document));
        odoo.effect(
                execution,
                new OdooStep.Change("cancelReturn")
                        .note(ReturnFacts.rma(caseId, document) + " expired: the goods did not come in time.")
                        .arguments(
                                Map.of("return", came.transfer().orElseThrow().id())));
    }
}
