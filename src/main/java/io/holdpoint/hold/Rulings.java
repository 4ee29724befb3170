package io.holdpoint.hold;

import io.holdpoint.engine.DecisionTables;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers of policy that say how a case goes on, rather than whether its document may: which way a defect is handled,
 * what becomes of returned goods. Each is kept with table, version, rule and inputs, and read back from there.
 */
@Component
public class Rulings {

    private static final String OUTPUTS = "outputs";
    private static final String SUBJECT = "subject";

    private final DecisionTables tables;
    private final Evidence evidence;
    private final PolicyRecord policy;

    Rulings(DecisionTables tables, Evidence evidence, PolicyRecord policy) {
        this.tables = tables;
        this.evidence = evidence;
        this.policy = policy;
    }

    /**
     * A value that a table of terms gave in the last round of policy, for example {@code thresholds}, {@code validFor}.
     */
    public Optional<Object> term(String caseId, String table, String name) {
        return policy.term(caseId, table, name);
    }

    /**
     * Asks a table that gives one answer.
     *
     * @param decision for example return-authorization.disposition
     * @param element the model's element that asks
     * @return the outputs by name, with the rule's sentence under {@code sentence}; empty when the table is silent,
     *     which is on record too
     */
    public Optional<Map<String, Object>> ask(
            String caseId, DocumentRef document, @Nullable String element, String decision, Map<String, ?> inputs) {
        return askAll(caseId, document, element, decision, inputs).stream().findFirst();
    }

    /**
     * As {@link #ask}, of a question that is put again and again while a case waits: it is kept only when the answer,
     * or the version that gave it, is another than the last one to the same inputs.
     */
    public Optional<Map<String, Object>> askAgain(
            String caseId, DocumentRef document, @Nullable String element, String decision, Map<String, ?> inputs) {
        var evaluation = tables.evaluate(decision, inputs);
        var content = content(evaluation);
        var before = evidence.all(caseId, Evidence.Kind.RULING).stream()
                .map(Evidence.Entry::content)
                .filter(earlier -> decision.equals(earlier.get("decision"))
                        && String.valueOf(earlier.get("inputs")).equals(String.valueOf(content.get("inputs"))))
                .reduce((earlier, later) -> later);
        if (before.filter(earlier -> same(earlier, content)).isEmpty()) {
            evidence.record(caseId, document, Evidence.Kind.RULING, element, Evidence.SYSTEM, content);
        }
        return outputs(evaluation).stream().findFirst();
    }

    private static boolean same(Map<String, Object> earlier, Map<String, Object> now) {
        return List.of("definition", "rules", OUTPUTS).stream()
                .allMatch(part -> String.valueOf(earlier.get(part)).equals(String.valueOf(now.get(part))));
    }

    /**
     * As {@link #ask}, where one case asks for several things, each for itself.
     *
     * @param subject what the answer is about, as a person would say it; read back by it
     */
    public Optional<Map<String, Object>> askOf(
            String subject,
            String caseId,
            DocumentRef document,
            @Nullable String element,
            String decision,
            Map<String, ?> inputs) {
        return askAll(subject, caseId, document, element, decision, inputs).stream()
                .findFirst();
    }

    /** As {@link #ask}, of a table of which several rows may fit. */
    public List<Map<String, Object>> askAll(
            String caseId, DocumentRef document, @Nullable String element, String decision, Map<String, ?> inputs) {
        return askAll(null, caseId, document, element, decision, inputs);
    }

    private List<Map<String, Object>> askAll(
            @Nullable String subject,
            String caseId,
            DocumentRef document,
            @Nullable String element,
            String decision,
            Map<String, ?> inputs) {
        var evaluation = tables.evaluate(decision, inputs);
        var content = content(evaluation);
        if (subject != null) {
            content.put(SUBJECT, subject);
        }
        evidence.record(caseId, document, Evidence.Kind.RULING, element, Evidence.SYSTEM, content);
        return outputs(evaluation);
    }

    private static List<Map<String, Object>> outputs(DecisionTables.Evaluation evaluation) {
        return evaluation.answers().stream()
                .map(answer -> present(answer.outputs(), answer.sentence()))
                .toList();
    }

    private static Map<String, Object> content(DecisionTables.Evaluation evaluation) {
        var content = new LinkedHashMap<String, Object>();
        content.put("decision", evaluation.decision());
        content.put("version", evaluation.version());
        content.put("definition", evaluation.definitionId());
        content.put("inputs", PolicyRecord.inputs(evaluation));
        content.put(
                "rules",
                evaluation.answers().stream().map(DecisionTables.Answer::rule).toList());
        content.put(OUTPUTS, outputs(evaluation));
        return content;
    }

    /** What this table said last in a case. */
    public Optional<Map<String, Object>> latest(String caseId, String decision) {
        return latest(caseId, decision, content -> true);
    }

    /** What this table said last of one of several things. */
    public Optional<Map<String, Object>> latestOf(String subject, String caseId, String decision) {
        return latest(caseId, decision, content -> subject.equals(content.get(SUBJECT)));
    }

    private Optional<Map<String, Object>> latest(
            String caseId, String decision, Predicate<Map<String, Object>> concerned) {
        return evidence.all(caseId, Evidence.Kind.RULING).stream()
                .map(Evidence.Entry::content)
                .filter(content -> decision.equals(content.get("decision")) && concerned.test(content))
                .flatMap(content -> content.get(OUTPUTS) instanceof List<?> rows
                        ? rows.stream().limit(1)
                        : Stream.of())
                .map(Rulings::row)
                .reduce((earlier, later) -> later);
    }

    private static Map<String, Object> row(Object outputs) {
        var row = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) outputs).forEach((name, value) -> row.put(String.valueOf(name), value));
        return row;
    }

    private static Map<String, Object> present(Map<String, @Nullable Object> outputs, String sentence) {
        var present = new LinkedHashMap<String, Object>();
        outputs.forEach((name, value) -> {
            if (value != null) {
                present.put(name, value);
            }
        });
        present.put("sentence", sentence);
        return present;
    }
}
