package io.holdpoint.returnauthorization;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUpStep;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.FormRows;
import io.holdpoint.hold.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A buyer claims the damage from the vendor, before the time for it is over. */
@Component
class ClaimFromVendor implements FollowUpStep {

    private final ReturnedGoods returned;
    private final Inspection inspection;
    private final FormRows rows;

    ClaimFromVendor(ReturnedGoods returned, Inspection inspection, FormRows rows) {
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
        return ReturnAuthorizationProcess.CLAIM_FROM_VENDOR;
    }

    @Override
    public String title(FollowUp followUp) {
        var came = returned.of(followUp.caseId(), followUp.document());
        return "Claim " + value(inspection.faultsOfVendor(followUp.caseId(), came), came) + " from the vendor: "
                + ReturnFacts.rma(followUp.caseId(), followUp.document());
    }

    private static String value(List<Inspection.Part> parts, ReturnedGoods.Came came) {
        return Numbers.money(
                parts.stream().mapToDouble(part -> part.goods().value()).sum(),
                came.delivery().companyCurrency());
    }

    @Override
    public Map<String, Object> show(FollowUp followUp) {
        var came = returned.of(followUp.caseId(), followUp.document());
        var faults = inspection.faultsOfVendor(followUp.caseId(), came);
        var shown = new LinkedHashMap<String, Object>();
        shown.put("rma", ReturnFacts.rma(followUp.caseId(), followUp.document()));
        shown.put(
                "received",
                rows.json(faults.stream()
                        .map(part -> Map.of(
                                "product", part.goods().product(),
                                "quantity", Numbers.number(part.goods().quantity()),
                                "value", value(List.of(part), came),
                                "found", part.found()))
                        .toList()));
        shown.put(
                "inspectedBy",
                inspection.done(followUp.caseId()).map(FollowUps.Done::person).orElse(""));
        shown.put("valueText", value(faults, came));
        return shown;
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        return Map.of(
                "outcome", given.oneOf("outcome", Set.of("credited", "replaced", "refused", "left")),
                "remark",
                        given.required(
                                "remark", "give the number of the claim or of the credit note, or say why not."));
    }
}
