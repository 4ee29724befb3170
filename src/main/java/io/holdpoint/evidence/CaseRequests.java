package io.holdpoint.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What was asked for in a case by those who sent an event with data, as it was sent. */
@Component
public class CaseRequests {

    /** Under which an event's data lies in its line of evidence. */
    public static final String DATA = "data";

    private final Evidence evidence;
    private final ObjectMapper json;

    CaseRequests(Evidence evidence, ObjectMapper json) {
        this.evidence = evidence;
        this.json = json;
    }

    /** The data of the latest event that had some. */
    public Optional<JsonNode> latest(String caseId) {
        var all = all(caseId);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** All data that came with events of this case, oldest first. */
    public List<JsonNode> all(String caseId) {
        return evidence.all(caseId, Evidence.Kind.EVENT).stream()
                .map(Evidence.Entry::content)
                .filter(content -> content.get(DATA) != null)
                .map(content -> (JsonNode) json.valueToTree(content.get(DATA)))
                .toList();
    }
}
