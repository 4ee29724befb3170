package io.holdpoint.breach;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUpStep;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.odoo.OdooException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Somebody with authority says what becomes of a document that passed its hold point; not who let it pass or wrote it
 * last.
 */
@Component
class ClearUpBreach implements FollowUpStep {

    private static final String UNDONE = "undone";
    private static final Set<String> ANSWERS = Set.of(UNDONE, "stands", "noBreach");

    private final CaseFacts caseFacts;
    private final Evidence evidence;
    private final List<HoldPoint> holdPoints;

    ClearUpBreach(CaseFacts caseFacts, Evidence evidence, List<HoldPoint> holdPoints) {
        this.caseFacts = caseFacts;
        this.evidence = evidence;
        this.holdPoints = holdPoints;
    }

    @Override
    public String workflow() {
        return BreachProcess.KEY;
    }

    @Override
    public String step() {
        return BreachProcess.CLEAR_UP;
    }

    @Override
    public String title(FollowUp followUp) {
        return "Clear up breach – "
                + caseFacts
                        .latest(followUp.caseId())
                        .map(facts -> facts.brief().documentName())
                        .orElse(followUp.document().toString());
    }

    @Override
    public Map<String, Object> show(FollowUp followUp) {
        var shown = new LinkedHashMap<String, Object>();
        var found = evidence.all(followUp.caseId(), Evidence.Kind.BREACH);
        shown.put(
                SITUATION,
                found.stream()
                        .map(line -> String.valueOf(line.content().get("why")))
                        .distinct()
                        .collect(Collectors.joining(" ")));
        var last = found.stream().reduce((earlier, later) -> later);
        shown.put(
                "passedText",
                last.filter(line -> Finding.RAISED.equals(line.content().get("what")))
                        .map(released -> "Holdpoint, on a release")
                        .orElseGet(() -> person(last, "passedBy", "passedAt")));
        shown.put("writtenText", person(last, "writtenBy", "writtenAt"));
        return shown;
    }

    private static String person(Optional<Evidence.Entry> found, String by, String at) {
        return found.map(Evidence.Entry::content)
                .filter(content -> content.containsKey(at))
                .map(content -> content.get(by) + ", " + content.get(at))
                .orElse("not known");
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var answer = given.oneOf("result", ANSWERS);
        if (answer.equals(UNDONE) && isPassed(followUp)) {
            throw new NotAccepted("result: in Odoo the document is still past its hold point. Take it back there first,"
                    + " or say why it stands.");
        }
        return Map.of(
                "answer",
                answer,
                "remark",
                given.required("remark", "say what you found out and what becomes of the document."));
    }

    @Override
    public Set<String> notBy() {
        return Set.of(REQUEST);
    }

    private boolean isPassed(FollowUp followUp) {
        var workflow = caseFacts
                .latest(followUp.caseId())
                .map(facts -> String.valueOf(facts.inputs().get("holdPoint")))
                .orElse("");
        try {
            return holdPoints.stream()
                    .filter(holdPoint -> holdPoint.workflow().equals(workflow)
                            && Objects.equals(
                                    holdPoint.passages().model(),
                                    followUp.document().model()))
                    .anyMatch(holdPoint -> holdPoint
                            .passages()
                            .of(followUp.document().id())
                            .filter(holdPoint::isPast)
                            .isPresent());
        } catch (OdooException e) {
            throw new NotAccepted("result: Odoo does not say how the document stands now. Try again later.");
        }
    }
}
