package io.holdpoint.returnauthorization;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUpStep;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.FormRows;
import io.holdpoint.hold.Numbers;
import io.holdpoint.odoo.Delivery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The warehouse grades what came back. Whoever released the return, or asked for it, does not. */
@Component
class InspectGoods implements FollowUpStep {

    private final ReturnedGoods returned;
    private final Inspection inspection;
    private final FormRows rows;

    InspectGoods(ReturnedGoods returned, Inspection inspection, FormRows rows) {
        this.returned = returned;
        this.inspection = inspection;
        this.rows = rows;
    }

    @Override
    public String workflow() {
        return ReturnAuthorizationProcess.KEY;
    }

    @Override
    public String step() {
        return ReturnAuthorizationProcess.INSPECT_GOODS;
    }

    @Override
    public Set<String> notBy() {
        return Set.of(RELEASE, REQUEST);
    }

    @Override
    public String title(FollowUp followUp) {
        var came = returned.of(followUp.caseId(), followUp.document());
        return "Inspect " + came.transfer().map(Delivery.Return::name).orElse("") + " of "
                + came.delivery().name();
    }

    @Override
    public Map<String, Object> show(FollowUp followUp) {
        var came = returned.of(followUp.caseId(), followUp.document());
        var photos = came.transfer().map(Delivery.Return::attachments).orElse(0);
        var shown = new LinkedHashMap<String, Object>();
        shown.put("rma", ReturnFacts.rma(followUp.caseId(), followUp.document()));
        shown.put(
                "received",
                rows.json(came.goods().stream()
                        .map(goods -> Map.of(
                                "product", goods.product(),
                                "quantity", Numbers.number(goods.quantity()),
                                "reason", goods.reason().replace('_', ' ')))
                        .toList()));
        shown.put("returnName", came.transfer().map(Delivery.Return::name).orElse(""));
        shown.put("photoText", photos == 1 ? "one file lies" : photos + " files lie");
        return shown;
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        return inspection.read(given, returned.of(followUp.caseId(), followUp.document()));
    }
}
