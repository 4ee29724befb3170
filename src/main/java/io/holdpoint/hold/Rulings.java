package io.holdpoint.hold;

import io.holdpoint.engine.DecisionTables;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers of policy that say how a case goes on, rather than whether its document may: which way a defect is handled,
 * what becomes of returned goods. Each is kept with table, version, rule and inputs, and read back from there.
 */
@Component
public class Rulings {

    private static final String OUTPUTS = "outputs";

    private final DecisionTables tables;
    private final Evidence evidence;

    Rulings(DecisionTables tables, Evidence evidence) {
        this.tables = tables;
        this.evidence = evidence;
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
            String caseId, DocumentRef document, String element, String decision, Map<String, ?> inputs) {
        var evaluation = tables.evaluate(decision, inputs);
        var content = new LinkedHashMap<String, Object>();
        content.put("decision", evaluation.decision());
        content.put("version", evaluation.version());
        content.put("definition", evaluation.definitionId());
        content.put("inputs", PolicyRecord.inputs(evaluation));
        Optional<Map<String, Object>> outputs = Optional.empty();
        if (!evaluation.answers().isEmpty()) {
            var answer = evaluation.answers().get(0);
            content.put("rule", answer.rule());
            outputs = Optional.of(present(answer.outputs(), answer.sentence()));
            content.put(OUTPUTS, outputs.get());
        }
        evidence.record(caseId, document, Evidence.Kind.RULING, element, Evidence.SYSTEM, content);
        return outputs;
    }

    /** What this table said last in a case. */
    @SuppressWarnings("unchecked")
    public Optional<Map<String, Object>> latest(String caseId, String decision) {
        return evidence.all(caseId, Evidence.Kind.RULING).stream()
                .map(Evidence.Entry::content)
                .filter(content -> decision.equals(content.get("decision")) && content.get(OUTPUTS) instanceof Map)
                .map(content -> (Map<String, Object>) content.get(OUTPUTS))
                .reduce((earlier, later) -> later);
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
