package io.holdpoint.hold;

import io.holdpoint.engine.access.Names;
import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.substitution.Actor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What those who decide on a hold asked first, and what they were told: all of it stays on record. */
@Component
class Questions {

    private static final String ASKED = "asked";
    private static final String ANSWERED = "answered";

    private final Evidence evidence;
    private final CaseFacts caseFacts;
    private final Calendars calendars;
    private final Names names;

    Questions(Evidence evidence, CaseFacts caseFacts, Calendars calendars, Names names) {
        this.evidence = evidence;
        this.caseFacts = caseFacts;
        this.calendars = calendars;
        this.names = names;
    }

    /**
     * Keeps a question; the task in which it was asked identifies it.
     *
     * @param whom is asked by name; null for all who know the document
     * @return who asks, in words
     */
    String ask(DelegateTask task, Hold hold, Actor actor, String role, String question, @Nullable String whom) {
        var content = content(ASKED, hold, task.getId());
        content.put("question", question);
        var who = actor.text(names::person) + " (" + Words.of(role) + ")";
        content.put("who", who);
        if (actor.standsIn()) {
            content.put("onBehalfOf", actor.inSteadOf());
        }
        if (whom != null) {
            content.put("whom", whom);
        }
        record(task, hold, actor.person(), content);
        return who;
    }

    /**
     * Keeps the answer to a question.
     *
     * @throws NotAccepted when nobody asked it
     */
    void answer(DelegateTask task, Hold hold, String person, String id, String answer) {
        var asked = lines(hold)
                .filter(line -> ASKED.equals(line.content().get("what"))
                        && id.equals(line.content().get("id")))
                .findFirst()
                .orElseThrow(() -> new NotAccepted("Nobody asked this question. Nothing was answered."));
        var content = content(ANSWERED, hold, id);
        content.put("question", asked.content().get("question"));
        content.put("answer", answer);
        content.put("task", task.getId());
        record(task, hold, person, content);
    }

    /** The questions about a hold, oldest first, as the form shows them: who, when, and what was answered. */
    List<Map<String, String>> rows(Hold hold) {
        var rows = new ArrayList<Map<String, String>>();
        var all = lines(hold).toList();
        for (var asked : all) {
            if (ASKED.equals(asked.content().get("what"))) {
                var answered = answerTo(asked, all);
                rows.add(Map.of(
                        "asked", asked.content().get("who") + ", " + when(hold, asked),
                        "question", String.valueOf(asked.content().get("question")),
                        "answered",
                                answered.map(line -> names.person(line.actor()) + ", " + when(hold, line))
                                        .orElse("not answered yet"),
                        "answer",
                                answered.map(line ->
                                                String.valueOf(line.content().get("answer")))
                                        .orElse("")));
            }
        }
        return List.copyOf(rows);
    }

    private static Optional<Evidence.Entry> answerTo(Evidence.Entry asked, List<Evidence.Entry> all) {
        return all.stream()
                .filter(line -> ANSWERED.equals(line.content().get("what"))
                        && Objects.equals(
                                asked.content().get("id"), line.content().get("id")))
                .findFirst();
    }

    private String when(Hold hold, Evidence.Entry line) {
        return calendars.of(caseFacts.get(hold.caseId()).inputs()).text(line.at());
    }

    private Stream<Evidence.Entry> lines(Hold hold) {
        return evidence.all(hold.caseId(), Kind.QUESTION).stream()
                .filter(line -> hold.id().equals(line.content().get("hold")));
    }

    private static Map<String, Object> content(String what, Hold hold, String id) {
        var content = new LinkedHashMap<String, Object>();
        content.put("what", what);
        content.put("id", id);
        content.put("hold", hold.id());
        content.put("code", hold.code());
        return content;
    }

    private void record(DelegateTask task, Hold hold, String person, Map<String, Object> content) {
        evidence.record(
                hold.caseId(),
                DocumentRef.parse(task.getExecution().getProcessBusinessKey()),
                Kind.QUESTION,
                task.getTaskDefinitionKey(),
                person,
                content);
    }
}
