package io.holdpoint.hold;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The facts of a case as they were read. They are kept as evidence and taken from there, never from process variables,
 * which people with enough rights could set.
 */
@Component
public class CaseFacts {

    private static final TypeReference<Map<String, Object>> CONTENT = new TypeReference<>() {};

    private final Evidence evidence;
    private final Cases cases;
    private final ObjectMapper json;

    CaseFacts(Evidence evidence, Cases cases, ObjectMapper json) {
        this.evidence = evidence;
        this.cases = cases;
        this.json = json;
    }

    public void record(String caseId, DocumentRef document, String element, Facts facts) {
        evidence.record(
                caseId, document, Evidence.Kind.FACTS, element, Evidence.SYSTEM, json.convertValue(facts, CONTENT));
        cases.concerns(caseId, facts.party(), facts.brief().amount());
    }

    /** @throws IllegalStateException when the facts of this case were never read */
    Facts get(String caseId) {
        return latest(caseId).orElseThrow(() -> new IllegalStateException("Case " + caseId + " has no facts."));
    }

    public Optional<Facts> latest(String caseId) {
        return evidence.latest(caseId, Evidence.Kind.FACTS)
                .map(entry -> json.convertValue(entry.content(), Facts.class));
    }

    /** All facts of a case, oldest first. */
    public List<Facts> all(String caseId) {
        return evidence.all(caseId, Evidence.Kind.FACTS).stream()
                .map(entry -> json.convertValue(entry.content(), Facts.class))
                .toList();
    }

    /** Whether these facts were the last ones to be recorded: then there is nothing new to judge. */
    public boolean areLatest(String caseId, Facts facts) {
        return evidence.latest(caseId, Evidence.Kind.FACTS)
                .map(entry -> same(entry.content(), json.convertValue(facts, CONTENT)))
                .orElse(false);
    }

    /** Whether the last command of a case was to be carried out only if the document had these material fields. */
    boolean stoodBehindLastCommand(String caseId, Map<String, Object> material) {
        return evidence.latest(caseId, Evidence.Kind.COMMAND)
                .map(command -> command.content().get("expected"))
                .map(expected -> same(json.convertValue(expected, CONTENT), material))
                .orElse(false);
    }

    /** Whether two sets of material fields are the same, whatever their numbers were read as. */
    public boolean same(Map<String, Object> one, Map<String, Object> other) {
        return json.valueToTree(one).toString().equals(json.valueToTree(other).toString());
    }
}
