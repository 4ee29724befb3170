package io.holdpoint.notification;

import io.holdpoint.intake.EventSignature;
import io.holdpoint.notification.Dispatches.Delivery;
import io.holdpoint.notification.Dispatches.State;
import io.holdpoint.notification.NotificationProperties.Webhook;
import io.holdpoint.odoo.RefusedSetting;
import io.holdpoint.odoo.Secret;
import io.holdpoint.odoo.SecretFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells subscribers what they are to be told. A subscriber that does not answer keeps nobody else waiting for long. */
@Component
class WebhookRound {

    private static final Logger log = LoggerFactory.getLogger(WebhookRound.class);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Dispatches dispatches;
    private final NotificationProperties properties;
    private final SecretFiles files;
    private final Clock clock;
    /** It follows no redirects: they would carry what was signed for one address to another. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    WebhookRound(Dispatches dispatches, NotificationProperties properties, SecretFiles files, Clock clock) {
        this.dispatches = dispatches;
        this.properties = properties;
        this.files = files;
        this.clock = clock;
        for (var webhook : properties.webhooks()) {
            if (secrets(webhook).isEmpty()) {
                throw new RefusedSetting(
                        "holdpoint.notification.webhooks, '" + webhook.name() + "'",
                        "secret is missing; the subscriber needs it to know who speaks.");
            }
        }
    }

    private List<Secret> secrets(Webhook webhook) {
        return files.valid(
                "notification-webhook-" + webhook.name(),
                webhook.secret().isEmpty() ? List.of() : List.of(webhook.secret()));
    }

    void run() {
        properties.webhooks().forEach(this::tell);
    }

    private void tell(Webhook webhook) {
        for (var next = dispatches.claimWebhook(webhook.name());
                next.isPresent();
                next = dispatches.claimWebhook(webhook.name())) {
            var delivery = next.get();
            var problem = post(webhook, delivery);
            if (problem.isEmpty()) {
                dispatches.finish(delivery, State.SENT, null);
                continue;
            }
            log.warn("The subscriber {} could not be told and is told again later: {}", webhook.name(), problem);
            dispatches.later(delivery, problem);
            return;
        }
    }

    /** What went wrong, without the address, which may hold a secret; empty when nothing did. */
    private String post(Webhook webhook, Delivery delivery) {
        var secrets = secrets(webhook);
        if (secrets.isEmpty()) {
            return "its secret was taken away";
        }
        var request = HttpRequest.newBuilder(URI.create(webhook.url()))
                .timeout(ANSWER)
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .header(EventSignature.HEADER, EventSignature.sign(secrets, clock.instant(), delivery.body()))
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                .build();
        var sent = http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            // The client's own limit ends with the head of an answer; a body may stall for ever.
            var status = sent.get(CONNECT.plus(ANSWER).toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode();
            return status >= 200 && status < 300 ? "" : "it answered " + status;
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            return "it cannot be reached (" + cause.getClass().getSimpleName() + ")";
        } catch (TimeoutException e) {
            return "it did not answer in time";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            sent.cancel(true);
        }
    }
}
