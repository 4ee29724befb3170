package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.REPORTED_ANEW;

import io.holdpoint.followup.FollowUps;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * The defect came back or the action did not help: the causes are looked for again, in the same case. Where the same
 * document was reported again its stock is kept apart first.
 */
@Component
class ReopenCase implements JavaDelegate {

    /** Begins the key of a reopening after which stock is looked at anew. */
    static final String STOCK = "stock-";

    private final FollowUps followUps;
    private final CaseProgress progress;
    private final ShowInOdoo show;

    ReopenCase(FollowUps followUps, CaseProgress progress, ShowInOdoo show) {
        this.followUps = followUps;
        this.progress = progress;
        this.show = show;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var all = followUps.all(caseId);
        var judged =
                !all.isEmpty() && all.get(all.size() - 1).step().equals(QualityEscalationProcess.CHECK_EFFECTIVENESS);
        var reportedAnew = !judged && progress.reportedWhileWatched(caseId);
        var why = judged ? "the action was not effective" : "the defect came back";
        show.state(
                execution,
                "reopened",
                (reportedAnew ? STOCK : "") + all.size(),
                why,
                "Opened again: " + why + ". " + (reportedAnew ? "The stock is kept apart, and the" : "The")
                        + " causes are looked for anew.");
        REPORTED_ANEW.set(execution, reportedAnew);
    }
}
