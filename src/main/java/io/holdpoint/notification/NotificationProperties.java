package io.holdpoint.notification;

import io.holdpoint.odoo.Secret;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told of things, and how.
 *
 * @param publicUrl where people reach Holdpoint, for the links; without it a mail has no link to the task
 * @param from whose address mails bear
 * @param automatic whether mails, webhooks and activities go out by themselves; tests send by hand
 * @param activities whether documents in Odoo get activities
 * @param webhooks who is told by webhook
 */
@ConfigurationProperties("holdpoint.notification")
record NotificationProperties(
        @DefaultValue("") String publicUrl,
        @DefaultValue("holdpoint@localhost") String from,
        @DefaultValue("true") boolean automatic,
        @DefaultValue("true") boolean activities,
        @DefaultValue List<Webhook> webhooks) {

    NotificationProperties {
        publicUrl = publicUrl.replaceAll("/+$", "");
        webhooks = webhooks.stream().filter(webhook -> !webhook.isBlank()).toList();
        if (webhooks.stream().map(Webhook::name).distinct().count() < webhooks.size()) {
            throw new IllegalArgumentException(
                    "holdpoint.notification.webhooks: two of them have the same name. Give each a name of its own.");
        }
    }

    /**
     * A subscriber.
     *
     * @param name by which it is known in figures, log and record; its address may hold a secret
     * @param url where events are posted
     * @param secret with which they are signed, unless it is given as a file; empty when it is
     */
    record Webhook(
            @DefaultValue("") String name,
            @DefaultValue("") String url,
            @DefaultValue("") Secret secret) {

        Webhook {
            if (!name.isBlank() || !url.isBlank()) {
                require(!name.isBlank(), name, "name is missing");
                require(isHttp(url), name, "url has to be an absolute address that begins with http:// or https://");
            }
        }

        /** So that compose files may pass on variables that nobody set. */
        boolean isBlank() {
            return name.isBlank() && url.isBlank();
        }

        private static void require(boolean condition, String name, String remedy) {
            if (!condition) {
                throw new IllegalArgumentException("holdpoint.notification.webhooks, '" + name + "': " + remedy + ".");
            }
        }

        private static boolean isHttp(String url) {
            try {
                var uri = URI.create(url);
                return uri.getHost() != null && Set.of("http", "https").contains(String.valueOf(uri.getScheme()));
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return "Webhook[" + name + "]";
        }
    }

    /** Where people find all that waits for them; empty where nobody said where Holdpoint is reached. */
    String tasklistUrl() {
        return publicUrl.isEmpty() ? "" : publicUrl + "/camunda/app/tasklist/";
    }

    String taskUrl(String taskId) {
        return publicUrl.isEmpty() ? "" : publicUrl + "/camunda/app/tasklist/default/#/?task=" + taskId;
    }
}
