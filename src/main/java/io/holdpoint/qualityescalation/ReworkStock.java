package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.REWORK;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.FormRows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What was reworked and how; the stock is inspected anew afterwards. */
@Component
class ReworkStock extends QualityStep {

    ReworkStock(CaseFacts caseFacts, FollowUps followUps, FormRows rows) {
        super(QualityEscalationProcess.REWORK_STOCK, "Rework stock", caseFacts, followUps, rows);
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var kept = new LinkedHashMap<String, Object>();
        kept.put(REWORK.name(), TextGates.said(given, REWORK.name(), "what was reworked and how"));
        return kept;
    }
}
