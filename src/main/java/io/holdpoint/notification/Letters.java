package io.holdpoint.notification;

import io.holdpoint.engine.access.Names;
import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.notification.Dispatches.Bundle;
import io.holdpoint.notification.Dispatches.State;
import io.holdpoint.notification.Letter.Item;
import io.holdpoint.notification.Letter.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/**
 * Writes what a person is told, as things stand when the mail goes out: what was decided meanwhile is left out, and is
 * not told later either; whoever left the role is not told.
 */
@Component
class Letters {

    private static final String OVER = "over before it was sent";

    private final Outbox outbox;
    private final Dispatches dispatches;
    private final Distributor distributor;
    private final Recipients recipients;
    private final Evidence evidence;
    private final CaseFacts caseFacts;
    private final Calendars calendars;
    private final Names names;
    private final TaskService tasks;
    private final NotificationProperties properties;

    Letters(
            Outbox outbox,
            Dispatches dispatches,
            Distributor distributor,
            Recipients recipients,
            Evidence evidence,
            CaseFacts caseFacts,
            Calendars calendars,
            Names names,
            TaskService tasks,
            NotificationProperties properties) {
        this.outbox = outbox;
        this.dispatches = dispatches;
        this.distributor = distributor;
        this.recipients = recipients;
        this.evidence = evidence;
        this.caseFacts = caseFacts;
        this.calendars = calendars;
        this.names = names;
        this.tasks = tasks;
        this.properties = properties;
    }

    /** Empty when nothing is left to be told. */
    Optional<Letter> write(Bundle bundle, User person) {
        // The last that is told of a task says the most: whoever is reminded need not hear that it is new as well.
        var items = new LinkedHashMap<String, Item>();
        var told = new HashSet<String>();
        for (var delivery : bundle.deliveries()) {
            var happening = outbox.get(delivery.notification()).happening();
            var item = item(happening, person.getId());
            if (item.isEmpty()) {
                dispatches.finish(delivery, State.OVER, OVER);
                continue;
            }
            var taskId = happening.taskId();
            if (taskId != null) {
                told.add(taskId);
            }
            var about = taskId == null ? happening.occasion() : taskId;
            items.remove(about);
            items.put(about, item.get());
        }
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(new Letter(
                        name(person),
                        List.copyOf(items.values()),
                        waiting(person.getId(), told),
                        properties.tasklistUrl()));
    }

    private Optional<Item> item(Happening happening, String person) {
        var taskId = happening.taskId();
        if (happening.what() == Happening.What.WARNED) {
            return Optional.of(warning(happening));
        }
        if (taskId == null) {
            return isAnsweredSince(happening) ? Optional.empty() : Optional.of(news(happening));
        }
        return Optional.ofNullable(tasks.createTaskQuery().taskId(taskId).singleResult())
                .filter(task -> recipients.concerns(task, happening.holdId(), person))
                .map(task -> question(happening, task));
    }

    private Item question(Happening happening, Task task) {
        var known = tasks.getVariables(
                task.getId(),
                Set.of(
                        "holdTitle",
                        "documentName",
                        "documentUrl",
                        "partyLabel",
                        "partyName",
                        "amountText",
                        "requestedByName",
                        "policySentence",
                        "decideByText"));
        var lines = new LinkedHashMap<String, String>();
        line(lines, text(known, "partyLabel", "Customer"), text(known, "partyName", ""));
        line(lines, "Amount", text(known, "amountText", ""));
        line(lines, "Asked by", text(known, "requestedByName", ""));
        line(lines, "Why", text(known, "policySentence", ""));
        line(lines, "Decide by", text(known, "decideByText", ""));
        var kind = switch (happening.what()) {
            case REMINDED -> Kind.REMINDER;
            case HANDED -> Kind.HANDED_OVER;
            case ASKED -> distributor.isEscalated(happening) ? Kind.ESCALATION : Kind.QUESTION;
            default -> Kind.QUESTION;
        };
        var heading = switch (kind) {
            case REMINDER -> "Still waiting";
            case ESCALATION -> "Escalated to you, because nobody answered in time";
            case HANDED_OVER -> handedOver(happening);
            default -> text(known, "holdTitle", "To be done");
        };
        return new Item(
                kind,
                heading,
                flat(task.getName()),
                lines,
                properties.taskUrl(task.getId()),
                text(known, "documentName", ""),
                text(known, "documentUrl", ""));
    }

    private String handedOver(Happening happening) {
        var told = happening.content();
        var absent = told.get("inSteadOf") instanceof List<?> people && !people.isEmpty() ? people.get(0) : "";
        // Days are those of the calendar for everybody, as where the substitution was named.
        var lastDay = calendars
                .of(Map.of())
                .dayText(Instant.parse(String.valueOf(told.get("until"))).minusSeconds(1));
        return "Tasks of " + flat(names.person(String.valueOf(absent))) + " are yours until " + lastDay;
    }

    private Item warning(Happening happening) {
        var told = happening.content();
        var lines = new LinkedHashMap<String, String>();
        line(lines, "Until", calendars.of(Map.of()).text(Instant.parse(String.valueOf(told.get("expiresAt")))));
        line(lines, "What to do", String.valueOf(told.get("remedy")));
        return new Item(Kind.WARNING, "Warning", String.valueOf(told.get("warning")), lines, "", "", "");
    }

    private Item news(Happening happening) {
        var brief = caseFacts.latest(happening.caseId()).map(facts -> facts.brief());
        var document = brief.map(known -> flat(known.documentName())).orElse(happening.document());
        var lines = new LinkedHashMap<String, String>();
        brief.ifPresent(known -> {
            line(lines, known.partyLabel(), known.partyName());
            line(lines, "Amount", known.amountText());
            line(lines, "Asked by", known.requestedByName());
        });
        var heading = switch (happening.what()) {
            case EXPIRED -> "Expired";
            case BREACHED -> "Breach";
            default -> "Passed on";
        };
        return new Item(
                Kind.NEWS,
                heading,
                switch (happening.what()) {
                    case EXPIRED -> document + " expired: nobody decided in time and nothing was released";
                    case BREACHED -> breach(happening.caseId());
                    default -> document + " was passed on: nobody answered in time";
                },
                lines,
                "",
                document,
                brief.map(known -> known.documentUrl()).orElse(""));
    }

    private String breach(String caseId) {
        return evidence.latest(caseId, Evidence.Kind.BREACH)
                .map(entry -> flat(String.valueOf(entry.content().get("why"))))
                .orElse("");
    }

    /** Whoever let something pass need not hear of it once it is decided; that it expired stays true. */
    private boolean isAnsweredSince(Happening happening) {
        return happening.what() != Happening.What.EXPIRED
                && evidence.all(happening.caseId(), Evidence.Kind.DECISION).stream()
                        .filter(entry -> entry.at().isAfter(happening.at()))
                        .anyMatch(entry -> String.valueOf(happening.holdId())
                                .equals(entry.content().get("hold")));
    }

    private int waiting(String person, Set<String> told) {
        var earlier = new ArrayList<>(dispatches.tasksTold(person));
        earlier.removeAll(told);
        // What went back to whoever was away, or a colleague has taken, does not wait for this person any more.
        return earlier.isEmpty()
                ? 0
                : (int) tasks.createTaskQuery().taskIdIn(earlier.toArray(String[]::new)).list().stream()
                        .filter(task -> recipients.concerns(task, null, person))
                        .count();
    }

    private static String name(User person) {
        var first = person.getFirstName();
        return flat(first == null || first.isBlank() ? person.getId() : first);
    }

    private static void line(Map<String, String> lines, String name, String value) {
        if (!value.isBlank()) {
            lines.put(name, flat(value));
        }
    }

    private static String text(Map<String, Object> known, String name, String otherwise) {
        return known.get(name) instanceof String text && !text.isBlank() ? text : otherwise;
    }

    /** What stands on one line here must not look like two. */
    static String flat(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
