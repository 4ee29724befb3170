package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.DEFECT_TEXT;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.DESCRIPTION_TEXT;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.EARLIER_TEXT;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.STOCK_TEXT;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUpStep;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the pieces of work of this workflow have in common: whoever does one sees the defect and what was done so far.
 */
abstract class QualityStep implements FollowUpStep {

    private static final Map<String, String> DONE = Map.of(
            QualityEscalationProcess.CONTAIN_DEFECT, "containment",
            QualityEscalationProcess.INSPECT_STOCK, "inspection",
            QualityEscalationProcess.REWORK_STOCK, "rework",
            QualityEscalationProcess.FIND_CAUSES, "occurrenceCause",
            QualityEscalationProcess.CORRECT_CAUSE, "correctiveAction",
            QualityEscalationProcess.VERIFY_CORRECTION, "proof",
            QualityEscalationProcess.CHECK_EFFECTIVENESS, "proof");

    private final String step;
    private final String verb;
    private final CaseFacts caseFacts;
    private final FollowUps followUps;

    QualityStep(String step, String verb, CaseFacts caseFacts, FollowUps followUps) {
        this.step = step;
        this.verb = verb;
        this.caseFacts = caseFacts;
        this.followUps = followUps;
    }

    @Override
    public final String workflow() {
        return QualityEscalationProcess.KEY;
    }

    @Override
    public final String step() {
        return step;
    }

    @Override
    public final String title(FollowUp followUp) {
        return verb + ": " + brief(followUp) + " – " + fact(followUp, "defect");
    }

    @Override
    public final Map<String, Object> show(FollowUp followUp) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put(DEFECT_TEXT.name(), fact(followUp, "defect") + ", " + fact(followUp, "severity"));
        shown.put(DESCRIPTION_TEXT.name(), line(followUp, "Seen"));
        shown.put(
                STOCK_TEXT.name(),
                line(followUp, "In quarantine") + " in quarantine, " + line(followUp, "Shipped") + " shipped");
        shown.put(EARLIER_TEXT.name(), earlier(followUp));
        return shown;
    }

    final FollowUps followUps() {
        return followUps;
    }

    final Optional<Facts> facts(FollowUp followUp) {
        return caseFacts.latest(followUp.caseId());
    }

    private String fact(FollowUp followUp, String name) {
        return facts(followUp)
                .map(facts -> String.valueOf(facts.inputs().get(name)))
                .orElse("");
    }

    private String brief(FollowUp followUp) {
        return facts(followUp)
                .map(facts -> facts.brief().documentName())
                .orElse(followUp.document().toString());
    }

    private String line(FollowUp followUp, String heading) {
        return facts(followUp).stream()
                .flatMap(facts -> facts.brief().lines().stream())
                .map(row -> row.getOrDefault(heading, ""))
                .findFirst()
                .orElse("");
    }

    private String earlier(FollowUp followUp) {
        return followUps.all(followUp.caseId()).stream()
                .map(done -> done.at().toString().substring(0, 10) + " " + done.person() + ": "
                        + done.content().getOrDefault(DONE.getOrDefault(done.step(), ""), ""))
                .collect(Collectors.joining(" · "));
    }
}
