package io.holdpoint.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.odoo.DocumentRef;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes events of any other sender as CloudEvents 1.0 in JSON, and shows operations what lies in quarantine.
 *
 * <p>{@code type} is the workflow and what happened, {@code order-release.requested} or {@code order-release.changed};
 * {@code subject} is the document, {@code sale.order,42}.
 */
@RestController
class EventController {

    private static final int LIST_LENGTH = 200;

    private final EventSignature signature;
    private final Doorman doorman;
    private final Inbox inbox;
    private final Dispatcher dispatcher;
    private final ApplicationEventPublisher publisher;

    EventController(
            EventSignature signature,
            Doorman doorman,
            Inbox inbox,
            Dispatcher dispatcher,
            ApplicationEventPublisher publisher) {
        this.signature = signature;
        this.doorman = doorman;
        this.inbox = inbox;
        this.dispatcher = dispatcher;
        this.publisher = publisher;
    }

    @PostMapping("/api/events")
    ResponseEntity<Map<String, Object>> receive(HttpServletRequest request) throws IOException {
        var text = doorman.text(request.getInputStream());
        if (!signature.accepts(request, text)) {
            var refusal = Doorman.problem(
                    HttpStatus.UNAUTHORIZED,
                    "Send the secret as 'Authorization: Bearer …', or sign the body: 'Holdpoint-Signature: "
                            + "t=<unix seconds>,v1=<hex HMAC-SHA256 of t.body>', at most five minutes old.");
            refusal.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            throw refusal;
        }
        var event = doorman.object(text)
                .orElseThrow(() -> Doorman.problem(HttpStatus.BAD_REQUEST, "The body is no JSON object."));
        if (!"1.0".equals(required(event, "specversion"))) {
            throw Doorman.problem(HttpStatus.BAD_REQUEST, "specversion: send CloudEvents 1.0.");
        }
        var id = required(event, "id");
        var source = required(event, "source");
        if (source.startsWith(Inbox.ODOO)) {
            throw Doorman.problem(
                    HttpStatus.BAD_REQUEST,
                    "source: '" + Inbox.ODOO + "' is kept for what Holdpoint hears from Odoo itself. Name the sender.");
        }
        var type = required(event, "type");
        var subject = required(event, "subject");
        var workflow = dispatcher.workflow(type.substring(0, Math.max(0, type.lastIndexOf('.'))));
        if (workflow.isEmpty()
                || !List.of("requested", "changed").contains(type.substring(type.lastIndexOf('.') + 1))) {
            var why = "type: no workflow takes events of type '" + type
                    + "'. Known is for example order-release.requested.";
            throw Doorman.kept(HttpStatus.BAD_REQUEST, why, inbox.refused(source, type, text, why));
        }
        var document = document(subject, workflow.get());
        problem(type, workflow.get(), document, event.path("data")).ifPresent(why -> {
            throw Doorman.kept(HttpStatus.BAD_REQUEST, why, inbox.refused(source, type, text, why));
        });
        var receipt = inbox.receive(
                source, id, type, document.toString(), workflow.get().key(), text);
        publisher.publishEvent(new Arrived());
        return ResponseEntity.status(receipt.known() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(Map.of("event", receipt.id(), "known", receipt.known()));
    }

    /** What is wrong with a request that comes with the event itself. */
    private static Optional<String> problem(
            String type, DocumentWorkflow workflow, DocumentRef document, JsonNode data) {
        var outside = workflow.outside();
        return outside == null || !type.endsWith(".requested") || data.isMissingNode()
                ? Optional.empty()
                : data.isObject() ? outside.check().apply(document, data) : Optional.of("data: send an object.");
    }

    private static DocumentRef document(String subject, DocumentWorkflow workflow) {
        try {
            var document = DocumentRef.parse(subject);
            if (workflow.documents().containsKey(document.model())) {
                return document;
            }
        } catch (IllegalArgumentException e) {
            throw Doorman.problem(HttpStatus.BAD_REQUEST, "subject: " + e.getMessage());
        }
        throw Doorman.problem(
                HttpStatus.BAD_REQUEST,
                "subject: " + workflow.key() + " is about documents of "
                        + String.join(" or ", new TreeSet<>(workflow.documents().keySet())) + ", but '" + subject
                        + "' names another one.");
    }

    private static String required(JsonNode event, String name) {
        var value = event.path(name);
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > 255) {
            throw Doorman.problem(
                    HttpStatus.BAD_REQUEST, name + ": a CloudEvent needs it, as a text of 1 to 255 characters.");
        }
        return value.asText();
    }

    @GetMapping("/api/events")
    List<Inbox.Event> events(@RequestParam(defaultValue = "quarantined") String state) {
        try {
            return inbox.inState(Inbox.State.valueOf(state.toUpperCase(Locale.ROOT)), LIST_LENGTH);
        } catch (IllegalArgumentException e) {
            throw Doorman.problem(HttpStatus.BAD_REQUEST, "state: choose received, done or quarantined.");
        }
    }

    @PostMapping("/api/events/{id}/replay")
    ResponseEntity<Map<String, Object>> replay(@PathVariable long id) {
        var event =
                inbox.get(id).orElseThrow(() -> Doorman.problem(HttpStatus.NOT_FOUND, "There is no event " + id + "."));
        if (event.document() == null) {
            throw Doorman.problem(
                    HttpStatus.CONFLICT, "Event " + id + " names no document; it has to be sent again, corrected.");
        }
        if (!inbox.replay(id)) {
            throw Doorman.problem(HttpStatus.CONFLICT, "Event " + id + " is not in quarantine.");
        }
        publisher.publishEvent(new Arrived());
        return ResponseEntity.accepted().body(Map.of("event", id));
    }
}
