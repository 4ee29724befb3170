package io.holdpoint.notification;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * Lets mails, webhooks and activities go out by themselves. Each has a thread of its own: a mail server that hangs
 * delays mails and nothing else.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "holdpoint.notification.automatic", havingValue = "true", matchIfMissing = true)
class NotificationSchedule {

    private static final Logger log = LoggerFactory.getLogger(NotificationSchedule.class);

    private static final int ROUNDS = 5;

    private final Channels channels;
    private final Distributor distributor;
    private final MailRound mails;
    private final WebhookRound webhooks;
    private final ActivityRound activities;
    private final Dispatches dispatches;
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(ROUNDS, runnable -> {
        var thread = new Thread(runnable, "notification");
        thread.setDaemon(true);
        return thread;
    });

    NotificationSchedule(
            Channels channels,
            Distributor distributor,
            MailRound mails,
            WebhookRound webhooks,
            ActivityRound activities,
            Dispatches dispatches) {
        this.channels = channels;
        this.distributor = distributor;
        this.mails = mails;
        this.webhooks = webhooks;
        this.activities = activities;
        this.dispatches = dispatches;
    }

    /** Models have to be deployed before the table of channels is asked. */
    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        if (!channels.any()) {
            return;
        }
        every(1, distributor::run);
        every(1, webhooks::run);
        every(600, this::giveUp);
        if (channels.mail()) {
            every(1, mails::run);
        }
        if (channels.activities()) {
            every(1, activities::run);
        }
    }

    private void every(int seconds, Runnable round) {
        workers.scheduleWithFixedDelay(
                () -> {
                    try {
                        round.run();
                    } catch (RuntimeException e) {
                        // The database is away, as a rule. The next round asks again.
                        log.warn("Notifications wait and are tried again: {}", e.toString());
                    }
                },
                seconds,
                seconds,
                TimeUnit.SECONDS);
    }

    private void giveUp() {
        var given = dispatches.giveUp();
        if (given > 0) {
            log.error("{} notifications were tried for days and are given up; hp_delivery says why.", given);
        }
    }

    @PreDestroy
    void stop() {
        workers.shutdown();
    }
}
