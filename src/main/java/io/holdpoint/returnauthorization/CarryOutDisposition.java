package io.holdpoint.returnauthorization;

import io.holdpoint.hold.OdooStep;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Moves, scraps or sends back in Odoo what came back, all of it or nothing. */
@Component
class CarryOutDisposition implements JavaDelegate {

    private final ReturnedGoods returned;
    private final Rulings rulings;
    private final OdooStep odoo;

    CarryOutDisposition(ReturnedGoods returned, Rulings rulings, OdooStep odoo) {
        this.returned = returned;
        this.rulings = rulings;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var ruling = rulings.latest(caseId, DetermineDisposition.TABLE);
        if (ruling.isEmpty()) {
            return;
        }
        var disposition = String.valueOf(ruling.get().get("disposition"));
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var came = odoo.call(execution, () -> returned.of(caseId, document));
        var lines = came.goods().stream()
                .map(goods -> Map.<String, Object>of(
                        "product", goods.productId(),
                        "quantity", goods.quantity(),
                        "disposition", disposition))
                .toList();
        odoo.effect(
                execution,
                new OdooStep.Change("dispose")
                        .note(ReturnFacts.rma(caseId, document) + ": "
                                + disposition.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT)
                                + ". " + ruling.get().get("sentence"))
                        .arguments(
                                Map.of("return", came.transfer().orElseThrow().id(), "lines", lines)));
    }
}
