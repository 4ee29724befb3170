package io.holdpoint.returnauthorization;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUpStep;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.FormRows;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.hold.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Somebody who neither asked, nor released, nor inspected decides on the refund and its fee. */
@Component
class ApproveRefund implements FollowUpStep {

    private final ReturnedGoods returned;
    private final Refunds refunds;
    private final Inspection inspection;
    private final FormRows rows;

    ApproveRefund(ReturnedGoods returned, Refunds refunds, Inspection inspection, FormRows rows) {
        this.returned = returned;
        this.refunds = refunds;
        this.inspection = inspection;
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
                + Numbers.money(came.value(), came.delivery().companyCurrency());
    }

    @Override
    public Map<String, Object> show(FollowUp followUp) {
        var came = returned.of(followUp.caseId(), followUp.document());
        var currency = came.delivery().companyCurrency();
        var fee = Numbers.round(came.value() * refunds.feePercent(followUp.caseId(), followUp.document(), null) / 100);
        var shown = new LinkedHashMap<String, Object>();
        shown.put("rma", ReturnFacts.rma(followUp.caseId(), followUp.document()));
        shown.put("received", rows.json(received(followUp.caseId(), came)));
        shown.put(
                "inspectedBy",
                inspection.done(followUp.caseId()).map(FollowUps.Done::person).orElse("nothing had to come back"));
        shown.put("valueText", Numbers.money(came.value(), currency));
        shown.put("feeText", Numbers.money(fee, currency));
        shown.put("refundText", Numbers.money(came.value() - fee, currency) + " and its taxes");
        return shown;
    }

    private List<Map<String, String>> received(String caseId, ReturnedGoods.Came came) {
        var currency = came.delivery().companyCurrency();
        var parts = inspection.of(caseId, came);
        return parts.isEmpty()
                ? came.goods().stream()
                        .map(goods -> row(goods, "", "", currency))
                        .toList()
                : parts.stream()
                        .map(part -> row(part.goods(), part.grade(), part.found(), currency))
                        .toList();
    }

    /** Each grade of each product; what need not come back has none. */
    private static Map<String, String> row(ReturnedGoods.Goods goods, String grade, String found, String currency) {
        return Map.of(
                "product", goods.product(),
                "quantity", Numbers.number(goods.quantity()),
                "value", Numbers.money(goods.value(), currency),
                "grade", grade,
                "found", found);
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
                        ? Numbers.round(
                                came.value() * refunds.feePercent(followUp.caseId(), followUp.document(), null) / 100)
                        : 0.0);
        kept.put("remark", remark.orElse(""));
        return kept;
    }
}
