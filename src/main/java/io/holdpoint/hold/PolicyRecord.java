package io.holdpoint.hold;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.engine.DecisionTables.Evaluation;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What policy said about a case, round by round, as it is kept in evidence. */
@Component
public class PolicyRecord {

    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, Object>>> TABLES = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> TERMS = new TypeReference<>() {};

    private final Evidence evidence;
    private final ObjectMapper json;

    PolicyRecord(Evidence evidence, ObjectMapper json) {
        this.evidence = evidence;
        this.json = json;
    }

    /** Which time it will be, counted from 1, that policy judges this case. */
    public int nextRound(String caseId) {
        return evidence.count(caseId, Evidence.Kind.POLICY) + 1;
    }

    void record(
            String caseId,
            DocumentRef document,
            String element,
            int round,
            List<Evaluation> evaluations,
            Map<String, Object> terms,
            List<Finding> findings) {
        var content = new LinkedHashMap<String, Object>();
        content.put("round", round);
        content.put("findings", findings);
        content.put("terms", terms);
        content.put(
                "tables",
                evaluations.stream()
                        .map(evaluation -> Map.of(
                                "decision", evaluation.decision(),
                                "version", evaluation.version(),
                                "definition", evaluation.definitionId(),
                                "inputs", inputs(evaluation),
                                "rules", evaluation.answers()))
                        .toList());
        evidence.record(caseId, document, Evidence.Kind.POLICY, element, Evidence.SYSTEM, content);
    }

    /** The numbers that a table saw, under the names by which it asked for them. */
    static Map<String, @Nullable Object> inputs(Evaluation evaluation) {
        var inputs = new LinkedHashMap<String, @Nullable Object>();
        evaluation.inputs().forEach(input -> inputs.put(input.name(), input.value()));
        return inputs;
    }

    /** What the last round found; empty when policy was never asked. */
    Optional<List<Finding>> findings(String caseId) {
        return latest(caseId).map(content -> json.convertValue(content.get("findings"), FINDINGS));
    }

    /** The ids of the table versions that were asked in the last round. */
    List<String> definitions(String caseId) {
        return latest(caseId)
                .map(content -> json.convertValue(content.getOrDefault("tables", List.of()), TABLES))
                .orElse(List.of())
                .stream()
                .map(table -> String.valueOf(table.get("definition")))
                .toList();
    }

    /** What the tables of terms answered in the last round, by their names, for example {@code thresholds}. */
    Map<String, Object> terms(String caseId) {
        return latest(caseId)
                .map(content -> json.convertValue(content.getOrDefault("terms", Map.of()), TERMS))
                .orElse(Map.of());
    }

    /** A value that a table of terms gave in the last round, for example {@code thresholds.highValue}. */
    public Optional<Object> term(String caseId, String table, String name) {
        return Optional.ofNullable(terms(caseId).get(table))
                .map(terms -> terms instanceof Map<?, ?> all ? all.get(name) : null);
    }

    private Optional<Map<String, Object>> latest(String caseId) {
        return evidence.latest(caseId, Evidence.Kind.POLICY).map(Evidence.Entry::content);
    }
}
