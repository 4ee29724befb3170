package io.holdpoint.returnauthorization;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUpStep;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.FormRows;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A buyer claims the damage from the vendor, before the time for it is over. */
@Component
class ClaimFromVendor implements FollowUpStep {

    private final ReturnedGoods returned;
    private final FollowUps followUps;
    private final FormRows rows;

    ClaimFromVendor(ReturnedGoods returned, FollowUps followUps, FormRows rows) {
        this.returned = returned;
        this.followUps = followUps;
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
        return "Claim " + ReturnFacts.money(came.value(), came.delivery().companyCurrency()) + " from the vendor: "
                + ReturnFacts.rma(followUp.caseId(), followUp.document());
    }

    @Override
    public Map<String, Object> show(FollowUp followUp) {
        return ApproveRefund.inspection(followUps, followUp, returned.of(followUp.caseId(), followUp.document()), rows);
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
