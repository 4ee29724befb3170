package io.holdpoint.notification;

import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import io.holdpoint.notification.Happening.What;
import io.holdpoint.notification.OpenActivities.Whom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.camunda.bpm.engine.TaskService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Settles who hears of what happened, over which channel and when, each in one transaction. */
@Component
class Distributor {

    private static final Logger log = LoggerFactory.getLogger(Distributor.class);

    private final Outbox outbox;
    private final Dispatches dispatches;
    private final Channels channels;
    private final ChannelPolicy policy;
    private final Recipients recipients;
    private final OpenActivities activities;
    private final TaskService tasks;
    private final EventBody body;
    private final Cases cases;
    private final Evidence evidence;
    private final CaseFacts caseFacts;
    private final Calendars calendars;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Distributor(
            Outbox outbox,
            Dispatches dispatches,
            Channels channels,
            ChannelPolicy policy,
            Recipients recipients,
            OpenActivities activities,
            TaskService tasks,
            EventBody body,
            Cases cases,
            Evidence evidence,
            CaseFacts caseFacts,
            Calendars calendars,
            TransactionTemplate transaction,
            Clock clock) {
        this.outbox = outbox;
        this.dispatches = dispatches;
        this.channels = channels;
        this.policy = policy;
        this.recipients = recipients;
        this.activities = activities;
        this.tasks = tasks;
        this.body = body;
        this.cases = cases;
        this.evidence = evidence;
        this.caseFacts = caseFacts;
        this.calendars = calendars;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Distributes all that is due, one after the other. What cannot be distributed is tried again later. */
    void run() {
        var more = true;
        while (more) {
            more = next();
        }
    }

    /** @return whether there was one */
    private boolean next() {
        var taken = new AtomicReference<Outbox.Kept>();
        try {
            transaction.executeWithoutResult(status -> outbox.next().ifPresent(kept -> {
                taken.set(kept);
                spread(kept);
                outbox.spread(kept.id());
            }));
        } catch (RuntimeException e) {
            var failed = taken.get();
            if (failed == null) {
                throw e;
            }
            log.warn(
                    "Nobody hears of {} yet, it is tried again: {}",
                    failed.happening().occasion(),
                    e.toString());
            outbox.later(failed.id(), Dispatches.wait(failed.attempts()));
        }
        return taken.get() != null;
    }

    private void spread(Outbox.Kept kept) {
        var happening = kept.happening();
        var workflow = cases.workflowOf(happening.caseId()).orElse(null);
        if (workflow == null && happening.what() != What.WARNED) {
            // To end a substitution early is a task of no case: it lies there, and nobody has to do it.
            return;
        }
        var role = happening.role() == null ? roleAsked(happening).orElse(null) : happening.role();
        var what = happening.what() == What.ASKED && isEscalated(happening) ? What.ESCALATED : happening.what();
        var answer = policy.of(what, workflow, role, severity(happening));
        if (channels.mail() && answer.isMailed() && role != null) {
            var calendar = calendars.of(
                    caseFacts.latest(happening.caseId()).map(Facts::inputs).orElse(Map.of()));
            for (var person : recipients.of(happening, role)) {
                dispatches.mail(
                        kept.id(),
                        person,
                        answer.due(
                                clock.instant(),
                                calendar,
                                dispatches.mailed(person).orElse(null)));
            }
        }
        // Whoever stands in gets the activity with the task, as it is.
        if (channels.activities() && happening.what() != What.HANDED) {
            wantActivity(happening, answer.activity());
        }
        if (answer.webhook() && !channels.subscribers().isEmpty()) {
            var event = body.of(happening, what, workflow, role);
            channels.subscribers().forEach(subscriber -> dispatches.webhook(kept.id(), subscriber, event));
        }
    }

    private void wantActivity(Happening happening, Whom whom) {
        if (happening.what() == What.REMINDED && whom == Whom.NOBODY) {
            return;
        }
        Optional.ofNullable(happening.taskId())
                .map(id -> tasks.createTaskQuery().taskId(id).singleResult())
                .ifPresent(task -> activities.want(happening, task, whom));
    }

    /** Whether somebody else was asked before, who did not answer in time. */
    boolean isEscalated(Happening happening) {
        var asked = happening.holdId() == null
                ? last(
                        happening,
                        Evidence.Kind.FOLLOW_UP,
                        content -> "assigned".equals(content.get("what"))
                                && String.valueOf(content.get("step"))
                                        .equals(happening.content().get("step")))
                : asked(happening);
        return asked.map(content -> content.get("escalation") instanceof Number number && number.intValue() > 0)
                .orElse(false);
    }

    private Optional<String> roleAsked(Happening happening) {
        return asked(happening).map(content -> content.get("role")).map(String::valueOf);
    }

    private Optional<Map<String, Object>> asked(Happening happening) {
        return last(
                happening,
                Evidence.Kind.AUTHORITY,
                content -> "determined".equals(content.get("what")) && isAbout(content, happening.holdId()));
    }

    private @Nullable String severity(Happening happening) {
        return last(happening, Evidence.Kind.HOLD, content -> isAbout(content, happening.holdId()))
                .map(content -> content.get("severity"))
                .map(String::valueOf)
                .orElse(null);
    }

    private static boolean isAbout(Map<String, Object> content, @Nullable String holdId) {
        return holdId != null && holdId.equals(content.get("hold"));
    }

    /** The last line of a kind when it happened, among those that fit. */
    private Optional<Map<String, Object>> last(
            Happening happening, Evidence.Kind kind, Predicate<Map<String, Object>> fits) {
        return evidence.all(happening.caseId(), kind).stream()
                .filter(entry -> !entry.at().isAfter(happening.at()))
                .map(Evidence.Entry::content)
                .filter(fits)
                .reduce((earlier, later) -> later);
    }
}
