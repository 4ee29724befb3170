package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.DEFECT_TEXT;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.DESCRIPTION_TEXT;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.STOCK_TEXT;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUpStep;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.FormRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the pieces of work of this workflow have in common: whoever does one sees the defect and what was done so far.
 */
abstract class QualityStep implements FollowUpStep {

    /** What is worth reading of a step later on. */
    private static final Map<String, List<String>> TELLING = Map.of(
            QualityEscalationProcess.CONTAIN_DEFECT, List.of("containment"),
            QualityEscalationProcess.INSPECT_STOCK, List.of("inspection"),
            QualityEscalationProcess.REWORK_STOCK, List.of("rework"),
            QualityEscalationProcess.FIND_CAUSES, List.of("occurrenceCause", "escapeCause"),
            QualityEscalationProcess.CORRECT_CAUSE, List.of("correctiveAction"),
            QualityEscalationProcess.VERIFY_CORRECTION, List.of("proof"),
            QualityEscalationProcess.CHECK_EFFECTIVENESS, List.of("proof"));

    private final String step;
    private final String verb;
    private final CaseFacts caseFacts;
    private final FollowUps followUps;
    private final FormRows rows;

    QualityStep(String step, String verb, CaseFacts caseFacts, FollowUps followUps, FormRows rows) {
        this.step = step;
        this.verb = verb;
        this.caseFacts = caseFacts;
        this.followUps = followUps;
        this.rows = rows;
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
        return verb + ": " + brief(followUp) + " – " + words(fact(followUp, "defect"));
    }

    @Override
    public final Map<String, Object> show(FollowUp followUp) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("productText", line(followUp, "Product"));
        shown.put(DEFECT_TEXT.name(), words(fact(followUp, "defect")) + ", " + fact(followUp, "severity"));
        shown.put(DESCRIPTION_TEXT.name(), line(followUp, "Seen"));
        shown.put(
                STOCK_TEXT.name(),
                line(followUp, "In quarantine") + " kept apart, " + line(followUp, "Shipped") + " shipped, reported "
                        + line(followUp, "Reported"));
        shown.put("earlierWork", rows.json(earlier(followUp)));
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

    private List<Map<String, String>> earlier(FollowUp followUp) {
        return followUps.all(followUp.caseId()).stream()
                .map(done -> Map.of(
                        "day", done.at().toString().substring(0, 10),
                        "person", done.person(),
                        "step", words(done.step()),
                        "said",
                                TELLING.getOrDefault(done.step(), List.of()).stream()
                                        .map(field ->
                                                String.valueOf(done.content().getOrDefault(field, "")))
                                        .collect(Collectors.joining(" · "))))
                .toList();
    }

    /** As people read it: wrongMaterial is "wrong material". */
    private static String words(String code) {
        return code.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
