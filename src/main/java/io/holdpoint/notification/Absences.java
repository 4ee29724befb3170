package io.holdpoint.notification;

import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import io.holdpoint.notification.Dispatches.Bundle;
import io.holdpoint.substitution.StandIns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.stereotype.Component;

/**
 * Keeps mails from people who are away while somebody who stands in for them is asked. What is still open when they are
 * back is in their first digest.
 */
@Component
class Absences {

    /** Substitutions are ended early, so it looks once a day whether a person is back. */
    private static final Duration DAY = Duration.ofDays(1);

    private final StandIns standIns;
    private final Recipients recipients;
    private final Outbox outbox;
    private final Dispatches dispatches;
    private final CaseFacts caseFacts;
    private final Calendars calendars;
    private final TaskService tasks;
    private final Clock clock;

    Absences(
            StandIns standIns,
            Recipients recipients,
            Outbox outbox,
            Dispatches dispatches,
            CaseFacts caseFacts,
            Calendars calendars,
            TaskService tasks,
            Clock clock) {
        this.standIns = standIns;
        this.recipients = recipients;
        this.outbox = outbox;
        this.dispatches = dispatches;
        this.caseFacts = caseFacts;
        this.calendars = calendars;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** What the person is to be told now; what somebody else is asked instead waits until they may be back. */
    Bundle withoutWhatOthersDo(Bundle bundle) {
        var now = bundle.deliveries().stream()
                .filter(delivery -> {
                    var happening = outbox.get(delivery.notification()).happening();
                    var until = awayUntil(happening, bundle.person());
                    until.ifPresent(end -> dispatches.holdBack(delivery, lookAgain(happening, end)));
                    return until.isEmpty();
                })
                .toList();
        return new Bundle(bundle.id(), bundle.person(), now, bundle.attempts());
    }

    /** Those who are asked, but for whom somebody else who is asked stands in. */
    List<User> present(List<User> asked, String caseId) {
        var ids = asked.stream().map(User::getId).collect(Collectors.toSet());
        return asked.stream()
                .filter(user -> standIns.inSteadOf(user.getId(), caseId).stream()
                        .noneMatch(one -> ids.contains(one.substitute())))
                .toList();
    }

    /** When the substitution ends by which somebody else is asked in this person's stead; empty when none is. */
    private Optional<Instant> awayUntil(Happening happening, String person) {
        var stead = standIns.inSteadOf(person, happening.caseId());
        if (stead.isEmpty() || happening.taskId() == null) {
            return stead.stream().map(StandIns.Stead::until).max(Comparator.naturalOrder());
        }
        var task = tasks.createTaskQuery().taskId(happening.taskId()).singleResult();
        return stead.stream()
                .filter(one -> task != null && recipients.concerns(task, happening.holdId(), one.substitute()))
                .map(StandIns.Stead::until)
                .max(Comparator.naturalOrder());
    }

    private Instant lookAgain(Happening happening, Instant end) {
        var tomorrow = clock.instant().plus(DAY);
        return calendars
                .of(caseFacts.latest(happening.caseId()).map(Facts::inputs).orElse(Map.of()))
                .next(end.isBefore(tomorrow) ? end : tomorrow);
    }
}
