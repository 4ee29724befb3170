package io.holdpoint.followup;

import static io.holdpoint.followup.FollowUpProcess.COMPLETE_BY;
import static io.holdpoint.followup.FollowUpProcess.COMPLETE_WITHIN;
import static io.holdpoint.followup.FollowUpProcess.FORM;
import static io.holdpoint.followup.FollowUpProcess.OVERDUE_AT;
import static io.holdpoint.followup.FollowUpProcess.PRIORITY;
import static io.holdpoint.followup.FollowUpProcess.REMIND_AFTER;
import static io.holdpoint.followup.FollowUpProcess.REMIND_AT;
import static io.holdpoint.followup.FollowUpProcess.ROLE;
import static io.holdpoint.followup.FollowUpProcess.TASK_TITLE;
import static io.holdpoint.followup.FollowUpProcess.WHEN_OVERDUE;
import static io.holdpoint.followup.FollowUpProcess.WORKFLOW;

import io.holdpoint.engine.DecisionTables;
import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.engine.calendar.Deadline;
import io.holdpoint.hold.CaseFacts;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Finds who is to do the work next and until when, and lays out what that person needs to see. */
@Component
class AssignFollowUp implements JavaDelegate {

    private static final int USUAL = 50;
    private static final String KEEP = "keep";

    private final FollowUpSteps steps;
    private final FollowUps followUps;
    private final DecisionTables tables;
    private final Calendars calendars;
    private final CaseFacts caseFacts;
    private final Clock clock;

    AssignFollowUp(
            FollowUpSteps steps,
            FollowUps followUps,
            DecisionTables tables,
            Calendars calendars,
            CaseFacts caseFacts,
            Clock clock) {
        this.steps = steps;
        this.followUps = followUps;
        this.tables = tables;
        this.calendars = calendars;
        this.caseFacts = caseFacts;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var step = steps.of(execution);
        var followUp = FollowUpSteps.followUp(execution);
        var facts = caseFacts.latest(followUp.caseId());
        var inputs = new HashMap<String, Object>();
        facts.ifPresent(known -> inputs.putAll(known.inputs()));
        inputs.put("step", followUp.step());
        inputs.put("escalation", followUps.escalations(followUp.caseId(), followUp.step()));
        var evaluation = tables.evaluate(WORKFLOW.in(execution) + ".follow-up", inputs);

        var content = new LinkedHashMap<String, Object>();
        if (evaluation.answers().isEmpty()) {
            // Nobody was named: the work must not be forgotten for that.
            content.put("role", "operations");
            content.put("remindAfter", "P1D");
            content.put("completeWithin", "P3D");
            content.put("whenOverdue", KEEP);
            content.put("sentence", "The table names nobody for this step; operations does it.");
        } else {
            var answer = evaluation.answers().get(0);
            answer.outputs().forEach((name, value) -> {
                if (value != null || !name.equals(Deadline.COUNTED_IN)) {
                    content.put(name, Objects.requireNonNull(value, name));
                }
            });
            content.put("rule", answer.rule());
            content.put("sentence", answer.sentence());
        }
        content.put("decision", evaluation.decision() + " v" + evaluation.version());
        content.put("definition", evaluation.definitionId());
        content.put("escalation", Objects.requireNonNull(inputs.get("escalation")));

        // Where nobody is left to hand it to, what is late stays late.
        var isLate = WHEN_OVERDUE.find(execution).filter(KEEP::equals).isPresent();
        var now = clock.instant();
        var calendar = calendars.of(inputs);
        var countedIn = content.get(Deadline.COUNTED_IN);
        var remindAt =
                Deadline.after(calendar, now, String.valueOf(content.get("remindAfter")), "remindAfter", countedIn);
        var overdueAt = Deadline.after(
                calendar, now, String.valueOf(content.get("completeWithin")), "completeWithin", countedIn);
        var completeBy = isLate ? COMPLETE_BY.in(execution) : overdueAt;
        content.put("completeBy", completeBy.toInstant().toString());
        content.put("workingTime", calendar.name());
        ROLE.set(execution, String.valueOf(content.get("role")));
        REMIND_AT.set(execution, remindAt);
        OVERDUE_AT.set(execution, overdueAt);
        REMIND_AFTER.set(execution, Deadline.untilThen(now, remindAt));
        COMPLETE_WITHIN.set(execution, Deadline.untilThen(now, overdueAt));
        WHEN_OVERDUE.set(execution, String.valueOf(content.get("whenOverdue")));
        COMPLETE_BY.set(execution, completeBy);
        PRIORITY.set(execution, USUAL);
        FORM.set(execution, WORKFLOW.in(execution) + "." + kebabCase(followUp.step()));
        TASK_TITLE.set(execution, step.title(followUp));
        facts.ifPresent(known -> known.brief().show(execution));
        execution.setVariable("sentence", String.valueOf(content.get("sentence")));
        var shown = step.show(followUp);
        shown.forEach(execution::setVariable);
        if (shown.get(FollowUpStep.SITUATION) instanceof String situation) {
            content.put(FollowUps.SITUATION, situation);
        }
        followUps.note(execution, FollowUps.ASSIGNED, Map.copyOf(content));
    }

    static String kebabCase(String phrase) {
        return phrase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
