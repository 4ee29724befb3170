package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.CHECK_EFFECT_AT;

import io.holdpoint.engine.calendar.Deadline;
import io.holdpoint.hold.PolicyRecord;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The correction is in place; from now on it is watched whether the defect comes back. */
@Component
class WatchEffect implements JavaDelegate {

    private final PolicyRecord policy;
    private final CaseProgress progress;
    private final ShowInOdoo show;
    private final Clock clock;

    WatchEffect(PolicyRecord policy, CaseProgress progress, ShowInOdoo show, Clock clock) {
        this.policy = policy;
        this.progress = progress;
        this.show = show;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var period =
                String.valueOf(policy.term(caseId, "effectiveness", "period").orElse("P90D"));
        var until = Deadline.byTheClock(clock.instant(), period, "period");
        CHECK_EFFECT_AT.set(execution, until);
        var day = until.toInstant().toString().substring(0, 10);
        show.state(
                execution,
                "monitored",
                String.valueOf(progress.reopenings(caseId)),
                "watched until " + day,
                "The corrective action is in place. Whether it helps is judged on " + day
                        + "; should the defect come back before, the case opens again.");
    }
}
