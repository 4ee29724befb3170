package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.PROOF;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.VERIFICATION;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.FormRows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Somebody else than who put the action in place looks whether it is. */
@Component
class VerifyCorrection extends QualityStep {

    VerifyCorrection(CaseFacts caseFacts, FollowUps followUps, FormRows rows) {
        super(QualityEscalationProcess.VERIFY_CORRECTION, "Verify correction", caseFacts, followUps, rows);
    }

    private static final Set<String> ANSWERS = Set.of(QualityEscalationProcess.IN_PLACE, "notInPlace");

    @Override
    public Set<String> notBy() {
        return Set.of(QualityEscalationProcess.CORRECT_CAUSE);
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var kept = new LinkedHashMap<String, Object>();
        var answer = given.oneOf(VERIFICATION.name(), ANSWERS);
        kept.put(PROOF.name(), TextGates.said(given, PROOF.name(), "what you looked at"));
        kept.put("answer", answer);
        return kept;
    }
}
