package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.CONTAINMENT;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.CUSTOMERS_TOLD;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.FormRows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** No more defective stock reaches production or customers: what was done for that. */
@Component
class ContainDefect extends QualityStep {

    ContainDefect(CaseFacts caseFacts, FollowUps followUps, FormRows rows) {
        super(QualityEscalationProcess.CONTAIN_DEFECT, "Contain defect", caseFacts, followUps, rows);
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var kept = new LinkedHashMap<String, Object>();
        kept.put(
                CONTAINMENT.name(),
                TextGates.done(given, CONTAINMENT.name(), "what was done to stop more of it, where and when"));
        kept.put(CUSTOMERS_TOLD.name(), given.flag(CUSTOMERS_TOLD.name()));
        return kept;
    }
}
