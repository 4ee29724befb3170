package io.holdpoint.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes Odoo's native webhooks. Odoo waits one second, in the user's own request, and sends each only once: so it is
 * stored and answered, no more. It is a hint; what counts is read from Odoo afterwards.
 */
@RestController
class OdooWebhookController {

    private static final String SOURCE = Inbox.ODOO + "webhook";

    private final WebhookSecrets secrets;
    private final Doorman doorman;
    private final Inbox inbox;
    private final Dispatcher dispatcher;
    private final ApplicationEventPublisher publisher;

    OdooWebhookController(
            WebhookSecrets secrets,
            Doorman doorman,
            Inbox inbox,
            Dispatcher dispatcher,
            ApplicationEventPublisher publisher) {
        this.secrets = secrets;
        this.doorman = doorman;
        this.inbox = inbox;
        this.dispatcher = dispatcher;
        this.publisher = publisher;
    }

    @PostMapping("/api/odoo/webhooks/{secret}")
    ResponseEntity<Map<String, Object>> receive(@PathVariable String secret, HttpServletRequest request)
            throws IOException {
        if (!secrets.accept(secret)) {
            // Nothing is said about why: whoever guesses learns nothing.
            return ResponseEntity.notFound().build();
        }
        var text = doorman.text(request.getInputStream());
        var body = doorman.object(text)
                .orElseThrow(() -> quarantined(
                        HttpStatus.BAD_REQUEST, text, "The body is no JSON object. Send Odoo's own webhook body."));
        var document = Doorman.document(body.path("_model"), body.path("_id"))
                .orElseThrow(
                        () -> quarantined(
                                HttpStatus.BAD_REQUEST,
                                text,
                                "_model and _id name no Odoo record: send for example \"_model\": \"sale.order\", \"_id\": 42."));
        if (!dispatcher.knows(document.model())) {
            throw quarantined(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    text,
                    "_model: no workflow is about records of " + document.model() + ".");
        }
        var receipt = inbox.receive(SOURCE, eventId(body, text), "changed", document.toString(), null, text);
        publisher.publishEvent(new Arrived());
        return ResponseEntity.status(receipt.known() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(Map.of("event", receipt.id()));
    }

    /** Any other address below the webhooks is as unknown as a wrong secret. */
    @Hidden
    @PostMapping({"/api/odoo/webhooks", "/api/odoo/webhooks/**"})
    ResponseEntity<Void> nothing() {
        return ResponseEntity.notFound().build();
    }

    /**
     * Odoo's webhooks carry no id. With the write date, to the microsecond, the body itself is one; without it two
     * different changes could look alike, so each counts as new, which costs a look at Odoo and nothing else.
     */
    private static String eventId(JsonNode body, String text) {
        return body.path("write_date").isTextual()
                ? Inbox.digest(text)
                : UUID.randomUUID().toString();
    }

    private RuntimeException quarantined(HttpStatus status, String text, String why) {
        return Doorman.kept(status, why, inbox.refused(SOURCE, "unknown", text, why));
    }
}
