package io.holdpoint.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
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

    /** @param at when it was taken in */
    public record Sent(Instant at, JsonNode data) {}

    /** What came with the latest event of this case that had data. */
    public Optional<Sent> latest(String caseId) {
        return evidence.all(caseId, Evidence.Kind.EVENT).stream()
                .filter(entry -> entry.content().get(DATA) != null)
                .reduce((earlier, later) -> later)
                .map(entry ->
                        new Sent(entry.at(), json.valueToTree(entry.content().get(DATA))));
    }
}
