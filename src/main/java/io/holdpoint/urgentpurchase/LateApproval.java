package io.holdpoint.urgentpurchase;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.hold.CaseFacts;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What the record of a case says of the approval of a purchase that was made while a line stood still. It is read from
 * there alone: whoever unticks the line in Odoo afterwards, or sets a variable, does not get around the approval.
 */
@Component
class LateApproval {

    /** Not given by the day on which it was due. */
    static final String MISSED = "missed";

    /** Refused, or nobody with authority answered at all. */
    static final String NOT_APPROVED = "notApproved";

    private static final String NOTE = "serviceTask_notePolicyBreach";
    private static final String BY_HAND = "doneByHand";

    private final Evidence evidence;
    private final CaseFacts caseFacts;

    LateApproval(Evidence evidence, CaseFacts caseFacts) {
        this.evidence = evidence;
        this.caseFacts = caseFacts;
    }

    /** Whether a line stood still according to the last facts from before the purchase. */
    boolean isOwed(String caseId) {
        return caseFacts.all(caseId).stream()
                .map(facts -> facts.inputs())
                .filter(facts -> Boolean.FALSE.equals(facts.get("alreadyBought")))
                .reduce((earlier, later) -> later)
                .map(facts -> Boolean.TRUE.equals(facts.get("lineDown")))
                .orElse(false);
    }

    /** Whether policy was asked since the purchase, so that there is somebody to answer or nothing to answer. */
    boolean wasAsked(String caseId) {
        return evidence.all(caseId, Kind.POLICY).stream()
                .anyMatch(entry -> "businessRuleTask_checkPolicyAfterwards".equals(entry.element()));
    }

    boolean isGiven(String caseId) {
        return evidence.all(caseId, Kind.COMMAND).stream()
                        .anyMatch(entry ->
                                ConfirmApproval.OPERATION.equals(entry.content().get("operation")) && hadEffect(entry))
                || wasDoneByHand(caseId, "userTask_resolveApproval");
    }

    boolean isNotedAsNotGiven(String caseId) {
        return evidence.all(caseId, Kind.COMMAND).stream().anyMatch(entry -> NOTE.equals(entry.element()))
                || wasDoneByHand(caseId, "userTask_resolveBreachNote");
    }

    /** What is on record as a breach of this kind, in words. */
    Optional<String> breach(String caseId, String kind) {
        return evidence.all(caseId, Kind.BREACH).stream()
                .map(Evidence.Entry::content)
                .filter(content -> kind.equals(content.get("what")))
                .map(content -> String.valueOf(content.get("why")))
                .findFirst();
    }

    private static boolean hadEffect(Evidence.Entry command) {
        return command.content().get("answer") instanceof Map<?, ?> answer && !"changed".equals(answer.get("status"));
    }

    private boolean wasDoneByHand(String caseId, String task) {
        return evidence.all(caseId, Kind.RECOVERY).stream()
                .anyMatch(entry -> task.equals(entry.element())
                        && BY_HAND.equals(entry.content().get("action")));
    }
}
