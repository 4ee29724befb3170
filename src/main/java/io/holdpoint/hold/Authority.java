package io.holdpoint.hold;

import io.holdpoint.engine.DecisionTables;
import io.holdpoint.engine.Unretryable;
import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.engine.calendar.Deadline;
import io.holdpoint.engine.calendar.WorkingTime;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may answer a hold, and until when: the answer of the workflow's table {@code <workflow>.authority}, kept as
 * evidence and read back from there when it is judged whether an answer counts.
 */
@Component
class Authority {

    private static final String ESCALATED = "escalated";
    private static final String ROLE = "role";
    private static final String NEEDED = "needed";

    private final DecisionTables tables;
    private final PolicyRecord policy;
    private final Calendars calendars;
    private final Evidence evidence;
    private final Clock clock;

    Authority(DecisionTables tables, PolicyRecord policy, Calendars calendars, Evidence evidence, Clock clock) {
        this.tables = tables;
        this.policy = policy;
        this.calendars = calendars;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * What the table answered for one step of one hold.
     *
     * @param step 1 for the first approval
     * @param steps how many times people are asked, one after the other
     * @param escalation how often this step was handed up before
     * @param roles that are asked at the same time, one task each; a role of which two people are needed stands twice
     * @param needed how many of these have to release; nobody releases twice
     * @param remindAfter ISO 8601 duration, of working time unless the row says otherwise
     * @param decideWithin as {@code remindAfter}
     * @param whenOverdue escalate or expire
     */
    record Mandate(
            int step,
            int steps,
            int escalation,
            List<String> roles,
            int needed,
            String remindAfter,
            String decideWithin,
            String whenOverdue) {

        /** As the table says it. */
        String role() {
            return String.join(", ", roles);
        }

        /** For people: "Purchase manager and finance director", or "2 of sales manager, credit manager and …". */
        String text() {
            var names = roles.stream().map(Words::of).toList();
            if (needed == roles.size()) {
                return Words.list(names, "and");
            }
            return needed == 1 ? Words.list(names, "or") : needed + " of " + Words.list(names, "and");
        }
    }

    /**
     * What people are asked now.
     *
     * @param calendar by which they work
     * @param asked from when their time counts, however long it takes until they see it
     */
    record Question(Mandate mandate, WorkingTime calendar, Instant asked, Date remindAt, Date decideBy) {}

    /** Asks the table for the next answer to this hold and records what it said. */
    Question determine(Hold hold, DocumentRef document, String workflow, Facts facts, int step, String element) {
        var escalation = escalations(hold, step);
        var inputs = new HashMap<String, Object>(facts.inputs());
        // What counts as large differs from company to company, and in what money.
        inputs.putAll(policy.terms(hold.caseId()));
        inputs.put("hold", hold.code());
        inputs.put("step", step);
        inputs.put("escalation", escalation);
        var evaluation = tables.evaluate(workflow + ".authority", inputs);
        var content = new LinkedHashMap<String, Object>();
        content.put("what", "determined");
        content.put("hold", hold.id());
        content.put("code", hold.code());
        content.put("round", hold.round());
        content.put("escalation", escalation);
        content.put("decision", evaluation.decision() + " v" + evaluation.version());
        content.put("definition", evaluation.definitionId());
        content.put("inputs", PolicyRecord.inputs(evaluation));
        Mandate mandate;
        Object countedIn = null;
        if (evaluation.answers().isEmpty()) {
            // Nobody was named: that must not stop the document for ever, nor let it pass.
            mandate = new Mandate(step, step, escalation, List.of("operations"), 1, "P1D", "P3D", "expire");
            content.put("sentence", "The table names nobody for this hold; operations answers it.");
        } else {
            var answer = evaluation.answers().get(0);
            var roles = roles(answer.outputs().get(ROLE));
            mandate = new Mandate(
                    step,
                    ((Number) Objects.requireNonNull(answer.outputs().get("steps"))).intValue(),
                    escalation,
                    roles,
                    needed(answer.outputs().get(NEEDED), roles, evaluation.decision()),
                    String.valueOf(answer.outputs().get("remindAfter")),
                    String.valueOf(answer.outputs().get("decideWithin")),
                    String.valueOf(answer.outputs().get("whenOverdue")));
            countedIn = answer.outputs().get(Deadline.COUNTED_IN);
            if (countedIn != null) {
                content.put(Deadline.COUNTED_IN, countedIn);
            }
            content.put("rule", answer.rule());
            content.put("sentence", answer.sentence());
        }
        content.put("step", mandate.step());
        content.put("steps", mandate.steps());
        content.put(ROLE, mandate.role());
        content.put(NEEDED, mandate.needed());
        content.put("remindAfter", mandate.remindAfter());
        content.put("decideWithin", mandate.decideWithin());
        content.put("whenOverdue", mandate.whenOverdue());
        var question = question(mandate, facts, countedIn);
        content.put("decideBy", question.decideBy().toInstant().toString());
        content.put("workingTime", question.calendar().name());
        evidence.record(hold.caseId(), document, Evidence.Kind.AUTHORITY, element, Evidence.SYSTEM, content);
        return question;
    }

    private Question question(Mandate mandate, Facts facts, @Nullable Object countedIn) {
        var calendar = calendars.of(facts.inputs());
        var now = clock.instant();
        return new Question(
                mandate,
                calendar,
                now,
                Deadline.after(calendar, now, mandate.remindAfter(), "remindAfter", countedIn),
                Deadline.after(calendar, now, mandate.decideWithin(), "decideWithin", countedIn));
    }

    /** @param late who was asked and did not answer in time */
    void escalated(Hold hold, DocumentRef document, Mandate late, String element) {
        evidence.record(
                hold.caseId(),
                document,
                Evidence.Kind.AUTHORITY,
                element,
                Evidence.SYSTEM,
                Map.of(
                        "what",
                        ESCALATED,
                        "hold",
                        hold.id(),
                        "code",
                        hold.code(),
                        "round",
                        hold.round(),
                        "step",
                        late.step(),
                        "role",
                        late.role()));
    }

    /** Who is asked now. */
    Optional<Mandate> current(Hold hold) {
        var mandates = mandates(hold);
        return mandates.isEmpty() ? Optional.empty() : Optional.of(mandates.get(mandates.size() - 1));
    }

    /** All who were asked about this hold as it stands, oldest first. */
    private List<Mandate> mandates(Hold hold) {
        return lines(hold).flatMap(content -> mandate(content).stream()).toList();
    }

    /** Who was asked, by what a line of evidence says; empty where the line says something else. */
    static Optional<Mandate> mandate(Map<String, Object> content) {
        if (!"determined".equals(content.get("what"))) {
            return Optional.empty();
        }
        var roles = roles(content.get(ROLE));
        return Optional.of(new Mandate(
                number(content, "step", 1),
                number(content, "steps", 1),
                number(content, "escalation", 0),
                roles,
                number(content, NEEDED, roles.size()),
                String.valueOf(content.get("remindAfter")),
                String.valueOf(content.get("decideWithin")),
                String.valueOf(content.get("whenOverdue"))));
    }

    private static int number(Map<String, Object> content, String name, int absent) {
        return content.get(name) instanceof Number number ? number.intValue() : absent;
    }

    private static List<String> roles(@Nullable Object text) {
        return List.of(String.valueOf(text).strip().split("\\s*,\\s*"));
    }

    private static int needed(@Nullable Object output, List<String> roles, String table) {
        if (output == null) {
            return roles.size();
        }
        if (!(output instanceof Number number) || number.intValue() < 1 || number.intValue() > roles.size()) {
            throw new Unretryable("needed: " + table + " asks " + String.join(", ", roles) + " and says that " + output
                    + " of them have to release. Say a number from 1 to " + roles.size()
                    + ", or nothing where all have to; then try this step again.");
        }
        return number.intValue();
    }

    /** The ids of the table versions that said who is asked about this hold as it stands. */
    Stream<String> definitions(Hold hold) {
        return lines(hold)
                .map(content -> content.get("definition"))
                .filter(Objects::nonNull)
                .map(String::valueOf);
    }

    private int escalations(Hold hold, int step) {
        return (int) lines(hold)
                .filter(content -> ESCALATED.equals(content.get("what"))
                        && Integer.valueOf(step).equals(content.get("step")))
                .count();
    }

    private Stream<Map<String, Object>> lines(Hold hold) {
        return evidence.all(hold.caseId(), Evidence.Kind.AUTHORITY).stream()
                .map(Evidence.Entry::content)
                .filter(content -> hold.id().equals(content.get("hold"))
                        && Integer.valueOf(hold.round()).equals(content.get("round")));
    }
}
