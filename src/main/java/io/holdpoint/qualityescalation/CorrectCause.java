package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.ACTION_KIND;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.CORRECTIVE_ACTION;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.FormRows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The action against both causes, in place and not only planned. */
@Component
class CorrectCause extends QualityStep {

    CorrectCause(CaseFacts caseFacts, FollowUps followUps, FormRows rows) {
        super(QualityEscalationProcess.CORRECT_CAUSE, "Correct cause", caseFacts, followUps, rows);
    }

    private static final Set<String> KINDS = Set.of("process", "equipment", "inspection", "supplier", "design");

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var kept = new LinkedHashMap<String, Object>();
        var kind = given.oneOf(ACTION_KIND.name(), KINDS);
        kept.put(
                CORRECTIVE_ACTION.name(),
                TextGates.action(given, CORRECTIVE_ACTION.name(), "what was changed against both causes"));
        kept.put(ACTION_KIND.name(), kind);
        return kept;
    }
}
