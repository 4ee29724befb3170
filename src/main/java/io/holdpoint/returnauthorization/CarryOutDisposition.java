package io.holdpoint.returnauthorization;

import io.holdpoint.hold.Numbers;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Moves, scraps or sends back in Odoo what came back, all of it or nothing. */
@Component
class CarryOutDisposition implements JavaDelegate {

    private final ReturnedGoods returned;
    private final Inspection inspection;
    private final Rulings rulings;
    private final OdooStep odoo;

    CarryOutDisposition(ReturnedGoods returned, Inspection inspection, Rulings rulings, OdooStep odoo) {
        this.returned = returned;
        this.inspection = inspection;
        this.rulings = rulings;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var came = odoo.call(execution, () -> returned.of(caseId, document));
        var lines = new ArrayList<Map<String, Object>>();
        var words = new ArrayList<String>();
        for (var part : inspection.of(caseId, came)) {
            var ruling = rulings.latestOf(part.name(), caseId, DetermineDisposition.TABLE);
            if (ruling.isEmpty()) {
                continue;
            }
            var disposition = String.valueOf(ruling.get().get("disposition"));
            lines.add(Map.of(
                    "product", part.goods().productId(),
                    "quantity", part.goods().quantity(),
                    "disposition", disposition));
            words.add(Numbers.number(part.goods().quantity()) + " " + part.name() + ": " + words(disposition) + ". "
                    + ruling.get().get("sentence"));
        }
        if (lines.isEmpty()) {
            return;
        }
        odoo.effect(
                execution,
                new OdooStep.Change("dispose")
                        .note(ReturnFacts.rma(caseId, document) + ": " + String.join(" ", words))
                        .arguments(
                                Map.of("return", came.transfer().orElseThrow().id(), "lines", lines)));
    }

    private static String words(String disposition) {
        return disposition.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
