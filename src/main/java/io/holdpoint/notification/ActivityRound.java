package io.holdpoint.notification;

import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import io.holdpoint.notification.OpenActivities.Activity;
import io.holdpoint.notification.OpenActivities.Whom;
import io.holdpoint.odoo.Activities;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooException;
import io.holdpoint.odoo.OdooRefused;
import io.holdpoint.odoo.OdooUnavailable;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings the activities in Odoo to what their tasks are now, outside of any transaction. It looks at the task and not
 * at what happened, so it may come late or twice: Odoo knows each activity by its key.
 */
@Component
class ActivityRound {

    private static final Logger log = LoggerFactory.getLogger(ActivityRound.class);

    /** How often it looks for the task that follows one that nobody answered; a quarter of an hour in all. */
    private static final int LOOKS = 5;

    private static final String NOT_NEEDED = "not needed any more";

    private static final Map<String, String> LINES = lines();

    private final OpenActivities open;
    private final Activities odoo;
    private final Recipients recipients;
    private final Absences absences;
    private final TaskAnswers answers;
    private final CaseFacts caseFacts;
    private final Calendars calendars;
    private final TaskService tasks;
    private final RuntimeService runtime;
    private final NotificationProperties properties;
    private final Clock clock;

    ActivityRound(
            OpenActivities open,
            Activities odoo,
            Recipients recipients,
            Absences absences,
            TaskAnswers answers,
            CaseFacts caseFacts,
            Calendars calendars,
            TaskService tasks,
            RuntimeService runtime,
            NotificationProperties properties,
            Clock clock) {
        this.open = open;
        this.odoo = odoo;
        this.recipients = recipients;
        this.absences = absences;
        this.answers = answers;
        this.caseFacts = caseFacts;
        this.calendars = calendars;
        this.tasks = tasks;
        this.runtime = runtime;
        this.properties = properties;
        this.clock = clock;
    }

    void run() {
        var goesOn = true;
        while (goesOn) {
            var claimed = open.claim();
            goesOn = claimed.isPresent() && look(claimed.get());
        }
    }

    /** @return whether Odoo is there for more */
    private boolean look(Activity activity) {
        try {
            var task = tasks.createTaskQuery().taskId(activity.taskId()).singleResult();
            if (task == null) {
                end(activity);
            } else {
                bring(activity, task);
            }
            return true;
        } catch (OdooException e) {
            // That Odoo is away is said once, and not for each activity.
            if (!(e instanceof OdooUnavailable)) {
                log.warn(
                        "The activity on {} could not be brought up to date and is tried again later: {}",
                        activity.document(),
                        e.getMessage());
            }
            open.later(activity, String.valueOf(e.getMessage()));
            return e instanceof OdooRefused;
        }
    }

    private void bring(Activity activity, Task task) {
        var logins = activity.whom() == Whom.PERSON ? theOnlyOne(activity, task) : List.<String>of();
        if (activity.whom() == Whom.REQUESTER || !logins.isEmpty()) {
            open.asking(activity);
            var person = odoo.ask(activity.id(), document(activity), toDo(activity, task, logins));
            open.isWith(activity, person.orElse(null));
            return;
        }
        if (activity.asked()) {
            odoo.withdraw(activity.id(), document(activity));
        }
        open.isWith(activity, null);
    }

    /** Where several are asked, nobody has to do it, and all of them had an activity that another one has to do. */
    private List<String> theOnlyOne(Activity activity, Task task) {
        var asked = absences.present(recipients.asked(task, activity.holdId()), activity.caseId());
        return asked.size() == 1 ? logins(asked.get(0)) : List.of();
    }

    private static List<String> logins(User user) {
        return Stream.of(Optional.ofNullable(user.getId()), Optional.ofNullable(user.getEmail()))
                .flatMap(Optional::stream)
                .filter(login -> !login.isBlank())
                .flatMap(login -> Stream.of(login, login.toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
    }

    private Activities.ToDo toDo(Activity activity, Task task, List<String> logins) {
        var calendar = calendars.of(
                caseFacts.latest(activity.caseId()).map(Facts::inputs).orElse(Map.of()));
        var due =
                task.getDueDate() == null ? clock.instant() : task.getDueDate().toInstant();
        return new Activities.ToDo(
                logins,
                (activity.reminded() ? "Reminder: " : "") + Letters.flat(task.getName()),
                note(task),
                properties.taskUrl(task.getId()),
                calendar.dayOf(due));
    }

    private String note(Task task) {
        var known = tasks.getVariables(task.getId(), LINES.keySet());
        return LINES.entrySet().stream()
                .filter(line -> known.get(line.getKey()) instanceof String text && !text.isBlank())
                .map(line -> line.getValue() + ": " + Letters.flat(String.valueOf(known.get(line.getKey()))))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> lines() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("requestedByName", "Asked by");
        lines.put("policySentence", "Why");
        lines.put("decideByText", "Decide by");
        return lines;
    }

    /** The task is over: answered, or another one follows that takes over the activity, or nobody needs it any more. */
    private void end(Activity activity) {
        var answer = answers.inWords(activity.caseId(), activity.taskId());
        if (!activity.asked()) {
            open.close(activity, answer.orElse(NOT_NEEDED));
        } else if (answer.isPresent()) {
            odoo.done(activity.id(), document(activity), answer.get());
            open.close(activity, answer.get());
        } else if (goesOn(activity) && activity.attempts() < LOOKS) {
            open.later(activity, "waits for the task that follows");
        } else {
            odoo.withdraw(activity.id(), document(activity));
            open.close(activity, NOT_NEEDED);
        }
    }

    private boolean goesOn(Activity activity) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceId(activity.question())
                        .count()
                > 0;
    }

    private static DocumentRef document(Activity activity) {
        return DocumentRef.parse(activity.document());
    }
}
