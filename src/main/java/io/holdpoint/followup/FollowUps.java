package io.holdpoint.followup;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The follow-ups of cases as they are on record. What was answered is read from here, never from variables. */
@Component
public class FollowUps {

    static final String ASSIGNED = "assigned";
    static final String ESCALATED = "escalated";
    static final String LATE = "late";
    static final String DONE = "done";
    static final String REMINDED = "reminded";

    /** What the work is about, in the record of an assignment. */
    static final String SITUATION = "situation";

    /** In whose stead it was done, the absent person first. */
    static final String ON_BEHALF_OF = "onBehalfOf";

    private static final String WITHDRAWN = "withdrawn";

    private final Evidence evidence;
    private final RuntimeService runtime;

    FollowUps(Evidence evidence, @Lazy RuntimeService runtime) {
        this.evidence = evidence;
        this.runtime = runtime;
    }

    /**
     * A piece of work that somebody did.
     *
     * @param role in whose name
     * @param situation what it was about, as the person was shown it; empty when the step shows none
     * @param content what the step keeps of what was entered
     */
    public record Done(
            String step, String person, String role, Instant at, String situation, Map<String, Object> content) {

        /** Whoever did it, and the people in whose stead: one person where steps need several. */
        Set<String> people() {
            var people = new LinkedHashSet<String>();
            people.add(person);
            if (content.get(ON_BEHALF_OF) instanceof Collection<?> absent) {
                absent.forEach(one -> people.add(String.valueOf(one)));
            }
            return people;
        }
    }

    /** What was done last in this step. */
    public Optional<Done> latest(String caseId, String step) {
        return all(caseId).stream().filter(done -> done.step().equals(step)).reduce((earlier, later) -> later);
    }

    /** All that was done in a case, oldest first. */
    public List<Done> all(String caseId) {
        var situations = new HashMap<String, String>();
        var all = new ArrayList<Done>();
        for (var entry : evidence.all(caseId, Evidence.Kind.FOLLOW_UP)) {
            var content = entry.content();
            var step = String.valueOf(content.get("step"));
            if (ASSIGNED.equals(content.get("what"))) {
                situations.put(step, String.valueOf(content.getOrDefault(SITUATION, "")));
            } else if (DONE.equals(content.get("what"))) {
                all.add(new Done(
                        step,
                        entry.actor(),
                        String.valueOf(content.get("role")),
                        entry.at(),
                        situations.getOrDefault(step, ""),
                        content));
            }
        }
        return List.copyOf(all);
    }

    /** Whether this step was not done in time at least once. */
    public boolean wasLate(String caseId, String step) {
        return evidence.all(caseId, Evidence.Kind.FOLLOW_UP).stream()
                .map(Evidence.Entry::content)
                .anyMatch(content -> step.equals(content.get("step"))
                        && (LATE.equals(content.get("what")) || ESCALATED.equals(content.get("what"))));
    }

    /**
     * Takes back work that nobody has to do any more.
     *
     * @return whether somebody was asked for it
     */
    public boolean withdraw(String caseId, DocumentRef document, String step, String why) {
        var open = runtime.createProcessInstanceQuery()
                .processDefinitionKey(FollowUpProcess.KEY)
                .variableValueEquals(FollowUpProcess.CASE_ID.name(), caseId)
                .variableValueEquals(FollowUpProcess.STEP.name(), step)
                .list();
        for (var instance : open) {
            note(caseId, document, null, Evidence.SYSTEM, WITHDRAWN, step, Map.of("why", why));
            runtime.createMessageCorrelation(FollowUpProcess.NO_LONGER_NEEDED)
                    .processInstanceId(instance.getId())
                    .correlate();
        }
        return !open.isEmpty();
    }

    /** Notes something about the work of this instance that nobody did. */
    void note(DelegateExecution execution, String what, Map<String, Object> more) {
        var followUp = FollowUpSteps.followUp(execution);
        note(
                followUp.caseId(),
                followUp.document(),
                execution.getCurrentActivityId(),
                Evidence.SYSTEM,
                what,
                followUp.step(),
                more);
    }

    void note(
            String caseId,
            DocumentRef document,
            @org.jspecify.annotations.Nullable String element,
            String actor,
            String what,
            String step,
            Map<String, Object> more) {
        var content = new LinkedHashMap<String, Object>();
        content.put("what", what);
        content.put("step", step);
        content.putAll(more);
        evidence.record(caseId, document, Evidence.Kind.FOLLOW_UP, element, actor, content);
    }

    /** Who was asked last for this step, and by which deadline. */
    Optional<Map<String, Object>> assignment(String caseId, String step) {
        return lines(caseId, step).stream()
                .filter(content -> ASSIGNED.equals(content.get("what")))
                .reduce((earlier, later) -> later);
    }

    /** How often this step was handed to the next authority since it was asked for anew. */
    int escalations(String caseId, String step) {
        int escalations = 0;
        for (var content : lines(caseId, step)) {
            var what = content.get("what");
            if (ESCALATED.equals(what)) {
                escalations++;
            } else if (DONE.equals(what) || WITHDRAWN.equals(what)) {
                escalations = 0;
            }
        }
        return escalations;
    }

    private List<Map<String, Object>> lines(String caseId, String step) {
        return evidence.all(caseId, Evidence.Kind.FOLLOW_UP).stream()
                .map(Evidence.Entry::content)
                .filter(content -> step.equals(content.get("step")))
                .toList();
    }
}
