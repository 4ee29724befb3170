package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.CONFORMITY;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.CUSTOMER_SPEC;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.FUNCTIONAL_IMPACT;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.INSPECTION;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.REWORK_PERCENT;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.SAFETY_RELEVANT;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.SUPPLIER_CAUSED;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.FormRows;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.hold.PolicyRecord;
import io.holdpoint.hold.Rulings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What an inspector found; from that the table makes the disposition, for somebody else to approve. */
@Component
class InspectStock extends QualityStep {

    private static final String CONFORMS = "conforms";
    private static final Set<String> ANSWERS = Set.of(CONFORMS, "doesNotConform");
    /** What cannot be reworked costs as much as new. */
    private static final double NOT_POSSIBLE = 100;

    private final Rulings rulings;
    private final PolicyRecord policy;

    InspectStock(CaseFacts caseFacts, FollowUps followUps, FormRows rows, Rulings rulings, PolicyRecord policy) {
        super(QualityEscalationProcess.INSPECT_STOCK, "Inspect stock", caseFacts, followUps, rows);
        this.rulings = rulings;
        this.policy = policy;
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var conformity = given.oneOf(CONFORMITY.name(), ANSWERS);
        var inspection = TextGates.said(given, INSPECTION.name(), "what you inspected, how, and what you found");
        var percent = given.number(REWORK_PERCENT.name()).orElse(NOT_POSSIBLE);
        if (percent < 0) {
            throw new NotAccepted(
                    REWORK_PERCENT.name() + ": rework cannot cost less than nothing. Enter percent of what"
                            + " new stock costs, or leave it empty when the stock cannot be reworked.");
        }
        var values = new LinkedHashMap<String, Object>();
        values.put("conforms", conformity.equals(CONFORMS));
        values.put("safetyRelevant", given.flag(SAFETY_RELEVANT.name()));
        values.put("functionalImpact", given.flag(FUNCTIONAL_IMPACT.name()));
        values.put("customerSpec", given.flag(CUSTOMER_SPEC.name()));
        values.put("reworkPercent", percent);
        values.put("supplierCaused", given.flag(SUPPLIER_CAUSED.name()));
        var inputs = new LinkedHashMap<String, Object>(values);
        inputs.put(
                "thresholds",
                Map.of(
                        "reworkPercent",
                        policy.term(followUp.caseId(), "thresholds", "reworkPercent")
                                .orElse(0)));
        var ruling = rulings.ask(
                        followUp.caseId(),
                        followUp.document(),
                        "callActivity_inspectStock",
                        QualityEscalationProcess.KEY + ".disposition",
                        inputs)
                .orElseThrow(() -> new NotAccepted(
                        "The table has no disposition for these answers. Check them, or ask the owner of the policy."));
        var disposition = String.valueOf(ruling.get("disposition"));
        if (disposition.equals("returnToVendor") && !vendorKnown(followUp)) {
            throw new NotAccepted(
                    SUPPLIER_CAUSED.name() + ": the vendor of this stock is not known to Odoo, so it cannot be"
                            + " returned. Enter the vendor there, or leave this empty.");
        }
        var kept = new LinkedHashMap<String, Object>(values);
        kept.put(INSPECTION.name(), inspection);
        kept.put("sentence", String.valueOf(ruling.get("sentence")));
        kept.put("answer", disposition);
        return kept;
    }

    private boolean vendorKnown(FollowUp followUp) {
        return facts(followUp)
                .map(facts -> Boolean.TRUE.equals(facts.inputs().get("vendorKnown")))
                .orElse(false);
    }
}
