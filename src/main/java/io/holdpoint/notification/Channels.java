package io.holdpoint.notification;

import java.util.List;
import org.springframework.boot.autoconfigure.mail.MailProperties;
import org.springframework.stereotype.Component;

/** Over which channels anybody can be told anything here. Without any, nothing is kept to be told. */
@Component
class Channels {

    static final String MAIL = "MAIL";
    static final String WEBHOOK = "WEBHOOK";

    private final boolean mail;
    private final boolean activities;
    private final List<String> subscribers;

    Channels(MailProperties mail, NotificationProperties properties) {
        this.mail = mail.getHost() != null && !mail.getHost().isBlank();
        this.activities = properties.activities();
        this.subscribers = properties.webhooks().stream()
                .map(NotificationProperties.Webhook::name)
                .toList();
    }

    boolean any() {
        return mail || activities || !subscribers.isEmpty();
    }

    /** Whether anybody can be told of what is no task any more: an activity only says what is to be done. */
    boolean anyForNews() {
        return mail || !subscribers.isEmpty();
    }

    /** In Odoo. */
    boolean activities() {
        return activities;
    }

    boolean mail() {
        return mail;
    }

    /** By name. */
    List<String> subscribers() {
        return subscribers;
    }
}
