package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.DEFECT_KEY;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.WORK_LEFT;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.util.LinkedHashMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * A defect that comes back belongs to the case that was to prevent it: one that is still watched opens again and looks
 * for the causes, while this case takes care of its own stock. Where the earlier case is closed this one says so.
 */
@Component
class LinkEarlierCase implements JavaDelegate {

    static final String EARLIER = "earlierCase";
    static final String REOPENED = "reopened";

    private final Recurrences recurrences;
    private final CaseProgress progress;
    private final Evidence evidence;
    private final ShowInOdoo show;

    LinkEarlierCase(Recurrences recurrences, CaseProgress progress, Evidence evidence, ShowInOdoo show) {
        this.recurrences = recurrences;
        this.progress = progress;
        this.evidence = evidence;
        this.show = show;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        if (progress.link(caseId).isPresent()) {
            return;
        }
        recurrences.latest(caseId, DEFECT_KEY.in(execution)).ifPresent(earlier -> link(execution, earlier));
    }

    private void link(DelegateExecution execution, Recurrences.Earlier earlier) {
        var content = new LinkedHashMap<String, Object>();
        content.put(EARLIER, earlier.caseId());
        content.put("document", earlier.document().toString());
        content.put("startedAt", earlier.startedAt().toString());
        content.put(REOPENED, earlier.watched());
        evidence.record(
                execution.getProcessInstanceId(),
                DocumentRef.parse(execution.getProcessBusinessKey()),
                Evidence.Kind.EVENT,
                execution.getCurrentActivityId(),
                Evidence.SYSTEM,
                content);
        var day = earlier.startedAt().toString().substring(0, 10);
        show.state(
                execution,
                "quarantined",
                "link",
                "recurrence of " + earlier.document(),
                "The same defect was reported on " + day + " of " + earlier.document() + ". "
                        + (earlier.watched()
                                ? "That case is open again and looks for the causes."
                                : "That case is closed; this one looks for the causes again."));
        if (earlier.watched()) {
            recurrences.reopen(earlier);
            WORK_LEFT.set(execution, "nothing");
        }
    }
}
