package io.holdpoint.returnauthorization;

import io.holdpoint.hold.OdooStep;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import java.util.LinkedHashMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Asks policy what becomes of each grade of each product; where the table is silent they stay in quarantine. */
@Component
class DetermineDisposition implements JavaDelegate {

    static final String TABLE = ReturnAuthorizationProcess.KEY + ".disposition";

    private final ReturnedGoods returned;
    private final Inspection inspection;
    private final Rulings rulings;
    private final OdooStep odoo;

    DetermineDisposition(ReturnedGoods returned, Inspection inspection, Rulings rulings, OdooStep odoo) {
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
        for (var part : inspection.of(caseId, came)) {
            var values = new LinkedHashMap<String, Object>();
            values.put("grade", part.grade());
            values.put("vendorFault", part.vendorFault());
            values.put("itemValue", part.goods().price());
            rulings.askOf(part.name(), caseId, document, execution.getCurrentActivityId(), TABLE, values);
        }
    }
}
