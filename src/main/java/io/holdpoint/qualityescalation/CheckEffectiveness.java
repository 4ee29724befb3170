package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.EFFECTIVENESS;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.LOTS_CHECKED;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.PROOF;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.FormRows;
import io.holdpoint.hold.NotAccepted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whether the action has kept the defect away since it is in place. */
@Component
class CheckEffectiveness extends QualityStep {

    CheckEffectiveness(CaseFacts caseFacts, FollowUps followUps, FormRows rows) {
        super(QualityEscalationProcess.CHECK_EFFECTIVENESS, "Check effectiveness", caseFacts, followUps, rows);
    }

    private static final Set<String> ANSWERS = Set.of(QualityEscalationProcess.EFFECTIVE, "notEffective");
    private static final int LOTS_NEEDED = 3;

    @Override
    public Set<String> notBy() {
        return Set.of(QualityEscalationProcess.CORRECT_CAUSE);
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var kept = new LinkedHashMap<String, Object>();
        var answer = given.oneOf(EFFECTIVENESS.name(), ANSWERS);
        var lots = given.number(LOTS_CHECKED.name())
                .filter(number -> number >= 0)
                .orElseThrow(() -> new NotAccepted(LOTS_CHECKED.name()
                        + ": say how many deliveries or lots came in since; 0 if there were none."));
        if (answer.equals(QualityEscalationProcess.EFFECTIVE) && lots < LOTS_NEEDED) {
            throw new NotAccepted(LOTS_CHECKED.name() + ": with fewer than " + LOTS_NEEDED
                    + " lots without the defect nothing is proved. Answer \"not proved\", and the case goes on.");
        }
        kept.put(LOTS_CHECKED.name(), lots);
        kept.put(PROOF.name(), TextGates.said(given, PROOF.name(), "which deliveries and complaints you looked at"));
        kept.put("answer", answer);
        return kept;
    }
}
