package io.holdpoint.returnauthorization;

import io.holdpoint.hold.Numbers;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import java.util.LinkedHashMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Asks policy whether the damage is worth a claim from the vendor. */
@Component
class DecideRecovery implements JavaDelegate {

    private final ReturnedGoods returned;
    private final Inspection inspection;
    private final Rulings rulings;
    private final OdooStep odoo;

    DecideRecovery(ReturnedGoods returned, Inspection inspection, Rulings rulings, OdooStep odoo) {
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
        var faults = inspection.faultsOfVendor(caseId, came);
        var values = new LinkedHashMap<String, Object>();
        values.put("vendorFault", !faults.isEmpty());
        values.put(
                "value",
                Numbers.round(faults.stream()
                        .mapToDouble(part -> part.goods().value())
                        .sum()));
        var claim = rulings.ask(
                caseId,
                document,
                execution.getCurrentActivityId(),
                ReturnAuthorizationProcess.KEY + ".recovery",
                values);
        ReturnAuthorizationProcess.CLAIM.set(
                execution,
                claim.map(answer -> Boolean.TRUE.equals(answer.get("claim"))).orElse(false));
    }
}
