package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.CONTAIN;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.STOCK_DECISION;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.WORK_LEFT;

import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.PolicyRecord;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Says how far the defect is followed up, and from the record what of that is done already. */
@Component
class AnnounceTrack implements JavaDelegate {

    private static final Map<String, String> WORDS = Map.of(
            "log", "logged",
            "ncr", "nonconformity report",
            "8d", "8D investigation",
            "stop", "stop and 8D investigation");

    private final PolicyRecord policy;
    private final CaseFacts caseFacts;
    private final CaseProgress progress;
    private final ShowInOdoo show;

    AnnounceTrack(PolicyRecord policy, CaseFacts caseFacts, CaseProgress progress, ShowInOdoo show) {
        this.policy = policy;
        this.caseFacts = caseFacts;
        this.progress = progress;
        this.show = show;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var track = String.valueOf(policy.term(caseId, "track", "track").orElse("8d"));
        var words = WORDS.getOrDefault(track, track);
        if (!progress.disposed(caseId)) {
            show.state(execution, "quarantined", track, words, "This defect is followed up as: " + words + ".");
        }
        CONTAIN.set(execution, isTrue(caseId, "contain") && !progress.contained(caseId));
        STOCK_DECISION.set(execution, stockDecision(caseId));
        WORK_LEFT.set(execution, workLeft(caseId));
    }

    private String stockDecision(String caseId) {
        var facts = caseFacts.latest(caseId).map(Facts::inputs).orElse(Map.of());
        var inQuarantine = facts.get("quarantinedQuantity") instanceof Number number ? number.doubleValue() : 0;
        if (inQuarantine <= 0 || progress.disposed(caseId)) {
            return "nothing";
        }
        var disposition = String.valueOf(facts.get("disposition"));
        return switch (disposition) {
            case QualityEscalationProcess.NONE -> "inspect";
            case "rework" -> "rework";
            default -> "dispose";
        };
    }

    private String workLeft(String caseId) {
        var elsewhere = progress.link(caseId)
                .filter(link -> Boolean.TRUE.equals(link.get(LinkEarlierCase.REOPENED)))
                .isPresent();
        if (!isTrue(caseId, "investigate") || elsewhere || progress.proved(caseId)) {
            return "nothing";
        }
        return progress.corrected(caseId) ? "watch" : "causes";
    }

    private boolean isTrue(String caseId, String term) {
        return policy.term(caseId, "track", term)
                .map(value -> Boolean.parseBoolean(String.valueOf(value)))
                .orElse(true);
    }
}
