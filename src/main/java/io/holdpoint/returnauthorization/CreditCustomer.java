package io.holdpoint.returnauthorization;

import io.holdpoint.engine.Outcome;
import io.holdpoint.engine.access.Names;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.odoo.DocumentRef;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Posts the credit note over exactly what came back, less the fee that was decided on. */
@Component
class CreditCustomer implements JavaDelegate {

    private final ReturnedGoods returned;
    private final FollowUps followUps;
    private final OdooStep odoo;
    private final Names names;

    CreditCustomer(ReturnedGoods returned, FollowUps followUps, OdooStep odoo, Names names) {
        this.returned = returned;
        this.followUps = followUps;
        this.odoo = odoo;
        this.names = names;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var decision = followUps
                .latest(caseId, ReturnAuthorizationProcess.APPROVE_REFUND)
                .filter(done -> "approve".equals(done.content().get("answer")))
                .orElseThrow(() -> new IllegalStateException("Nobody approved the refund of " + document + "."));
        var fee = decision.content().get("fee") instanceof Number number ? number.doubleValue() : 0;
        var came = odoo.call(execution, () -> returned.of(caseId, document));
        var lines = came.goods().stream()
                .map(goods -> Map.<String, Object>of("move", goods.moveId(), "quantity", goods.quantity()))
                .toList();
        var rma = ReturnFacts.rma(caseId, document);
        odoo.effect(
                execution,
                new OdooStep.Change("credit")
                        .note(rma + " credited, refund approved by " + names.person(decision.person()) + ".")
                        .arguments(Map.of("rma", rma, "fee", fee, "lines", lines)));
        Outcome.set(execution, "refunded");
    }
}
