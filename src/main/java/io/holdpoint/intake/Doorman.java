package io.holdpoint.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** What both doors of intake do with a body: read it within bounds, and say in words what is wrong with it. */
@Component
class Doorman {

    /** No event needs more: it names a document, it does not carry one. */
    static final int MOST_BYTES = 256 * 1024;

    /** Strict: of what can be read in two ways, another reader may have seen the other. */
    private final ObjectReader json;

    Doorman(ObjectMapper json) {
        this.json = json.reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    /** @throws ErrorResponseException 413 when the body is too large */
    String text(InputStream body) throws IOException {
        var bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw problem(
                    HttpStatus.PAYLOAD_TOO_LARGE,
                    "The body is larger than " + MOST_BYTES / 1024 + " KiB. Send the reference of the document only.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The JSON object in a text; empty when it is none. */
    Optional<JsonNode> object(String text) {
        try {
            return Optional.ofNullable(json.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A document named by model and id; empty when they name none. Nothing is rounded or cut to make an id of it. */
    static Optional<DocumentRef> document(JsonNode model, JsonNode id) {
        if (!model.isTextual() || !id.isIntegralNumber() || !id.canConvertToLong()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DocumentRef.parse(model.asText() + "," + id.asLong()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }

    /** Kept, but not worked off: says so, with the number under which operations find it. */
    static ErrorResponseException kept(HttpStatus status, String detail, Inbox.Receipt receipt) {
        var problem = ProblemDetail.forStatusAndDetail(
                status, detail + " It is kept in quarantine as event " + receipt.id() + ".");
        problem.setProperty("event", receipt.id());
        return new ErrorResponseException(status, problem, null);
    }
}
