package io.holdpoint.notification;

import io.holdpoint.engine.TaskCreated;
import io.holdpoint.engine.access.Role;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.notification.Happening.What;
import io.holdpoint.odoo.OdooKeyExpires;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hears what goes on record and which tasks open, and keeps what is worth telling, in the same transaction. No step has
 * to think of it, and what is rolled back is told to nobody.
 */
@Component
class Announcements implements TaskCreated {

    /** By the form that people fill in, one task corrects a document like any other. */
    private static final String CORRECTION = "hold-resolution.correct";

    private static final List<String> HANDED_OVER = List.of("substitute", "inSteadOf", "until");

    private static final List<String> TOLD = List.of("code", "answer", "step", "outcome", "what");

    private final Outbox outbox;
    private final Channels channels;
    private final TaskService tasks;
    private final Clock clock;

    Announcements(Outbox outbox, Channels channels, @Lazy TaskService tasks, Clock clock) {
        this.outbox = outbox;
        this.channels = channels;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public void onCreate(DelegateTask task) {
        var document = task.getExecution() == null ? null : task.getExecution().getProcessBusinessKey();
        var role = task.getCandidates().stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .findFirst();
        if (!channels.any() || document == null || role.isEmpty()) {
            return;
        }
        var caseId = text(task, "caseId");
        outbox.keep(new Happening(
                "task:" + task.getId(),
                isCorrection(task) ? What.RETURNED : What.ASKED,
                caseId == null ? task.getProcessInstanceId() : caseId,
                document,
                task.getId(),
                text(task, "holdId"),
                role.get(),
                told(task),
                clock.instant()));
    }

    private static boolean isCorrection(DelegateTask task) {
        return CORRECTION.equals(task.getBpmnModelElementInstance().getCamundaFormRef());
    }

    private static Map<String, Object> told(DelegateTask task) {
        var told = new LinkedHashMap<String, Object>();
        Map.of("code", "holdCode", "step", "step").forEach((name, variable) -> {
            var value = text(task, variable);
            if (value != null) {
                told.put(name, value);
            }
        });
        return told;
    }

    @EventListener
    void recorded(Evidence.Recorded recorded) {
        var what = what(recorded.entry());
        if (what == null || !(what == What.REMINDED ? channels.any() : channels.anyForNews())) {
            return;
        }
        var entry = recorded.entry();
        var content = entry.content();
        var occasion = "evidence:" + recorded.id();
        if (what == What.HANDED) {
            handed(occasion, entry);
            return;
        }
        if (what != What.REMINDED) {
            outbox.keep(happening(occasion, what, entry, null));
            return;
        }
        var hold = text(content, "hold");
        var about = hold == null
                ? tasks.createTaskQuery().processVariableValueEquals("step", text(content, "step"))
                : tasks.createTaskQuery().processVariableValueEquals("holdId", hold);
        about.processVariableValueEquals("caseId", entry.caseId())
                .list()
                .forEach(task -> outbox.keep(happening(occasion + ":" + task.getId(), what, entry, task.getId())));
    }

    @EventListener
    void keyExpires(OdooKeyExpires key) {
        if (!channels.anyForNews()) {
            return;
        }
        var told = new LinkedHashMap<String, Object>();
        told.put(
                "warning",
                "The API key by which Holdpoint calls Odoo expires within "
                        + (key.days() == 1 ? "1 day" : key.days() + " days"));
        told.put("expiresAt", key.until().toString());
        told.put("remedy", key.remedy());
        outbox.keep(new Happening(
                "odoo-key:" + key.until() + ":" + key.days(),
                What.WARNED,
                "",
                "",
                null,
                null,
                Role.OPERATIONS.id(),
                told,
                clock.instant()));
    }

    /** Only whoever stands in is told; a substitution is about all tasks of the absent person's roles at once. */
    private void handed(String occasion, Evidence.Entry entry) {
        var task = tasks.createTaskQuery().taskId(text(entry.content(), "task")).singleResult();
        if (task == null) {
            return;
        }
        var role = tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .findFirst();
        var told = new LinkedHashMap<String, Object>();
        HANDED_OVER.forEach(name -> told.put(name, entry.content().get(name)));
        outbox.keep(new Happening(
                occasion,
                What.HANDED,
                entry.caseId(),
                entry.document().toString(),
                task.getId(),
                tasks.getVariable(task.getId(), "holdId") instanceof String hold ? hold : null,
                role.orElse(null),
                told,
                entry.at()));
    }

    private static Happening happening(String occasion, What what, Evidence.Entry entry, @Nullable String taskId) {
        return new Happening(
                occasion,
                what,
                entry.caseId(),
                entry.document().toString(),
                taskId,
                text(entry.content(), "hold"),
                text(entry.content(), "role"),
                told(entry.content()),
                entry.at());
    }

    private static @Nullable What what(Evidence.Entry entry) {
        var said = String.valueOf(entry.content().get("what"));
        return switch (entry.kind()) {
            case SUBSTITUTION -> said.equals("handed over") ? What.HANDED : null;
            case REMINDER -> What.REMINDED;
            case AUTHORITY -> said.equals("escalated") ? What.MISSED : null;
            case HOLD -> said.equals("expired") ? What.EXPIRED : null;
            case FOLLOW_UP -> said.equals("reminded") ? What.REMINDED : said.equals("escalated") ? What.MISSED : null;
            case DECISION -> What.ANSWERED;
            case BREACH -> What.BREACHED;
            case OUTCOME -> What.CLOSED;
            default -> null;
        };
    }

    private static Map<String, Object> told(Map<String, ?> content) {
        var told = new LinkedHashMap<String, Object>();
        for (var name : TOLD) {
            if (content.get(name) != null) {
                told.put(name, content.get(name));
            }
        }
        return told;
    }

    private static @Nullable String text(DelegateTask task, String variable) {
        return task.getVariable(variable) instanceof String text ? text : null;
    }

    private static @Nullable String text(Map<String, ?> content, String name) {
        return content.get(name) instanceof String text ? text : null;
    }
}
