package io.holdpoint.returnauthorization;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUpStep;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.FormRows;
import io.holdpoint.hold.NotAccepted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Somebody who neither asked, nor released, nor inspected decides on the refund and its fee. */
@Component
class ApproveRefund implements FollowUpStep {

    private final ReturnedGoods returned;
    private final Refunds refunds;
    private final FollowUps followUps;
    private final FormRows rows;

    ApproveRefund(ReturnedGoods returned, Refunds refunds, FollowUps followUps, FormRows rows) {
        this.returned = returned;
        this.refunds = refunds;
        this.followUps = followUps;
        this.rows = rows;
    }

    @Override
    public String workflow() {
        return ReturnAuthorizationProcess.KEY;
    }

    @Override
    public String step() {
        return ReturnAuthorizationProcess.APPROVE_REFUND;
    }

    @Override
    public Set<String> notBy() {
        return Set.of(RELEASE, REQUEST, ReturnAuthorizationProcess.INSPECT_GOODS);
    }

    @Override
    public String title(FollowUp followUp) {
        var came = returned.of(followUp.caseId(), followUp.document());
        return "Refund " + came.delivery().name() + "? "
                + ReturnFacts.money(came.value(), came.delivery().companyCurrency());
    }

    @Override
    public Map<String, Object> show(FollowUp followUp) {
        var came = returned.of(followUp.caseId(), followUp.document());
        var currency = came.delivery().companyCurrency();
        var fee = ReturnFacts.round(
                came.value() * refunds.feePercent(followUp.caseId(), followUp.document(), null) / 100);
        var shown = new LinkedHashMap<String, Object>(inspection(followUps, followUp, came, rows));
        shown.put("feeText", ReturnFacts.money(fee, currency));
        shown.put("refundText", ReturnFacts.money(came.value() - fee, currency) + " and its taxes");
        return shown;
    }

    /** What the inspection found, for whoever decides on it. */
    static Map<String, Object> inspection(
            FollowUps followUps, FollowUp followUp, ReturnedGoods.Came came, FormRows rows) {
        var found = followUps.latest(followUp.caseId(), ReturnAuthorizationProcess.INSPECT_GOODS);
        var currency = came.delivery().companyCurrency();
        var shown = new LinkedHashMap<String, Object>();
        shown.put("rma", ReturnFacts.rma(followUp.caseId(), followUp.document()));
        shown.put(
                "received",
                rows.json(came.goods().stream()
                        .map(goods -> Map.of(
                                "product", goods.product(),
                                "quantity", ReturnFacts.number(goods.quantity()),
                                "value", ReturnFacts.money(goods.value(), currency)))
                        .toList()));
        shown.put("inspectedBy", found.map(FollowUps.Done::person).orElse("nothing had to come back"));
        shown.put(
                "gradeText",
                found.map(done -> String.valueOf(done.content().get("grade"))).orElse(""));
        shown.put(
                "foundText",
                found.map(done -> String.valueOf(done.content().get("remark"))).orElse(""));
        shown.put("valueText", ReturnFacts.money(came.value(), currency));
        return shown;
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var choice = given.oneOf("refund", Set.of("approve", "waive", "refuse"));
        var remark = given.text("remark");
        if (remark.isEmpty() && !choice.equals("approve")) {
            throw new NotAccepted("remark: say why, it is kept with the case.");
        }
        var came = returned.of(followUp.caseId(), followUp.document());
        var kept = new LinkedHashMap<String, Object>();
        kept.put("answer", choice.equals("refuse") ? "refuse" : "approve");
        kept.put(
                "fee",
                choice.equals("approve")
                        ? ReturnFacts.round(
                                came.value() * refunds.feePercent(followUp.caseId(), followUp.document(), null) / 100)
                        : 0.0);
        kept.put("remark", remark.orElse(""));
        return kept;
    }
}
