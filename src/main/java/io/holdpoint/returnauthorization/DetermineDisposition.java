package io.holdpoint.returnauthorization;

import io.holdpoint.followup.FollowUps;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import java.util.LinkedHashMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Asks policy what becomes of the goods; where the table is silent they stay in quarantine. */
@Component
class DetermineDisposition implements JavaDelegate {

    static final String TABLE = ReturnAuthorizationProcess.KEY + ".disposition";

    private final ReturnedGoods returned;
    private final FollowUps followUps;
    private final Rulings rulings;
    private final OdooStep odoo;

    DetermineDisposition(ReturnedGoods returned, FollowUps followUps, Rulings rulings, OdooStep odoo) {
        this.returned = returned;
        this.followUps = followUps;
        this.rulings = rulings;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var inspection = followUps
                .latest(caseId, ReturnAuthorizationProcess.INSPECT_GOODS)
                .orElseThrow();
        var came = odoo.call(execution, () -> returned.of(caseId, document));
        var values = new LinkedHashMap<String, Object>();
        values.put("grade", String.valueOf(inspection.content().get("grade")));
        values.put("vendorFault", Boolean.TRUE.equals(inspection.content().get("vendorFault")));
        // The dearest piece decides for all: what is worth keeping is kept together.
        values.put(
                "itemValue",
                came.goods().stream()
                        .mapToDouble(ReturnedGoods.Goods::price)
                        .max()
                        .orElse(0));
        rulings.ask(caseId, document, execution.getCurrentActivityId(), TABLE, values);
    }
}
