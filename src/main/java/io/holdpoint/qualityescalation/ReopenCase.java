package io.holdpoint.qualityescalation;

import io.holdpoint.followup.FollowUps;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The defect came back or the action did not help: the causes are looked for again, in the same case. */
@Component
class ReopenCase implements JavaDelegate {

    private final FollowUps followUps;
    private final ShowInOdoo show;

    ReopenCase(FollowUps followUps, ShowInOdoo show) {
        this.followUps = followUps;
        this.show = show;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var all = followUps.all(caseId);
        var judged =
                !all.isEmpty() && all.get(all.size() - 1).step().equals(QualityEscalationProcess.CHECK_EFFECTIVENESS);
        var why = judged ? "the action was not effective" : "the defect came back";
        show.state(
                execution,
                "reopened",
                String.valueOf(all.size()),
                why,
                "Opened again: " + why + ". The causes are looked for anew.");
    }
}
