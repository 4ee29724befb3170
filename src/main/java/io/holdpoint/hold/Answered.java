package io.holdpoint.hold;

import io.holdpoint.engine.access.Names;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts the recorded answers of people into words for Odoo: who, in which role, why. */
@Component
class Answered {

    private final Holds holds;
    private final Names names;

    Answered(Holds holds, Names names) {
        this.holds = holds;
        this.names = names;
    }

    /**
     * @param reason short, for the field beside the state
     * @param sentence whole, for the chatter
     */
    record Refusal(String reason, String sentence) {}

    /** The latest refusal of this kind in a case. */
    Refusal refusal(String caseId, Hold.State state) {
        return holds.of(caseId).stream()
                .filter(hold -> hold.state() == state)
                .reduce((earlier, later) -> later)
                .flatMap(hold -> Answers.refusal(holds.decisions(hold)).map(decision -> refusal(hold, decision)))
                .orElseGet(() -> new Refusal("by decision", "By decision of the person who handled Odoo's answer."));
    }

    /** All rejections and returns of a case, for the chatter; empty when there is none. */
    String refusals(String caseId) {
        return holds.of(caseId).stream()
                .filter(hold -> hold.state() == Hold.State.REJECTED || hold.state() == Hold.State.RETURNED)
                .flatMap(hold ->
                        Answers.refusal(holds.decisions(hold))
                                .map(decision -> refusal(hold, decision).sentence())
                                .stream())
                .collect(Collectors.joining(" "));
    }

    /** What people asked to correct, hold by hold, for the form of the correction. */
    List<Map<String, String>> returns(String caseId) {
        return holds.of(caseId).stream()
                .filter(hold -> hold.state() == Hold.State.RETURNED)
                .flatMap(hold -> Answers.refusal(holds.decisions(hold)).stream()
                        .map(decision -> Map.of(
                                "hold", hold.title(),
                                "person", decision.actor().text(names::person),
                                "reason", String.valueOf(decision.reason()))))
                .toList();
    }

    private Refusal refusal(Hold hold, Holds.Decision decision) {
        var reason = String.valueOf(decision.reason());
        return new Refusal(
                hold.title() + ": " + reason, Words.sentence(hold.title() + " – " + inRole(decision) + ": " + reason));
    }

    /** All releases on which a case stands, for the chatter. */
    String releases(String caseId) {
        var released = holds.of(caseId).stream()
                .filter(hold -> hold.state() == Hold.State.RELEASED)
                .map(hold -> hold.title() + " released by "
                        + Answers.releases(holds.decisions(hold)).stream()
                                .map(this::who)
                                .collect(Collectors.joining(" and ")))
                .collect(Collectors.joining("; "));
        return released.isEmpty() ? "All checks of policy passed." : Words.sentence(released);
    }

    private String who(Holds.Decision decision) {
        return inRole(decision) + (decision.reason() == null ? "" : ": " + decision.reason());
    }

    private String inRole(Holds.Decision decision) {
        return decision.actor().text(names::person) + " (" + Words.of(decision.role()) + ")";
    }
}
