package io.holdpoint.notification;

import io.holdpoint.engine.access.Names;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Evidence.Entry;
import io.holdpoint.evidence.Evidence.Kind;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What people answered in tasks that are over, as it is on record. */
@Component
class TaskAnswers {

    private static final Map<String, String> WORDS =
            Map.of("release", "Released", "reject", "Rejected", "return", "Returned for correction");

    private final Evidence evidence;
    private final Names names;

    TaskAnswers(Evidence evidence, Names names) {
        this.evidence = evidence;
        this.names = names;
    }

    /** For example "Released by Max."; empty when nobody answered this task. */
    Optional<String> inWords(String caseId, String taskId) {
        return evidence.all(caseId, Kind.DECISION, Kind.FOLLOW_UP, Kind.QUESTION, Kind.RECOVERY).stream()
                .filter(entry -> taskId.equals(entry.content().get("task")))
                .reduce((earlier, later) -> later)
                .map(entry -> outcome(entry) + " by " + names.person(entry.actor()) + ".");
    }

    private static String outcome(Entry entry) {
        return switch (entry.kind()) {
            case DECISION -> WORDS.getOrDefault(String.valueOf(entry.content().get("answer")), "Decided");
            case QUESTION -> "Answered";
            default -> "Done";
        };
    }
}
