package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.ESCAPE_CAUSE;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.OCCURRENCE_CAUSE;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.SUPPLIER_CAUSED;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.FormRows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Why the defect occurred and why nobody noticed; one without the other is half an answer. */
@Component
class FindCauses extends QualityStep {

    FindCauses(CaseFacts caseFacts, FollowUps followUps, FormRows rows) {
        super(QualityEscalationProcess.FIND_CAUSES, "Find causes", caseFacts, followUps, rows);
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var kept = new LinkedHashMap<String, Object>();
        kept.put(OCCURRENCE_CAUSE.name(), TextGates.cause(given, OCCURRENCE_CAUSE.name(), "why the defect occurred"));
        kept.put(ESCAPE_CAUSE.name(), TextGates.cause(given, ESCAPE_CAUSE.name(), "why it was not noticed in time"));
        kept.put(SUPPLIER_CAUSED.name(), given.flag(SUPPLIER_CAUSED.name()));
        return kept;
    }
}
