package io.holdpoint.notification;

import io.holdpoint.hold.Separation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The people who are told: whoever took the task, or all of its role who may answer. */
@Component
class Recipients {

    private static final Logger log = LoggerFactory.getLogger(Recipients.class);

    private final IdentityService identity;
    private final TaskService tasks;
    private final Separation separation;
    private final Counter unaddressed;
    private final Set<String> noted = ConcurrentHashMap.newKeySet();

    Recipients(IdentityService identity, TaskService tasks, Separation separation, MeterRegistry figures) {
        this.identity = identity;
        this.tasks = tasks;
        this.separation = separation;
        this.unaddressed = Counter.builder("holdpoint.notifications.unaddressed")
                .description("Mails that were not written because a person has no address")
                .register(figures);
    }

    /** The ids of users with an address; nobody when there is nothing left to do. */
    List<String> of(Happening happening, String role) {
        if (happening.what() == Happening.What.HANDED) {
            return handed(happening);
        }
        var members = identity.createUserQuery().memberOfGroup(role).list();
        if (happening.taskId() != null) {
            var task = tasks.createTaskQuery().taskId(happening.taskId()).singleResult();
            if (task == null) {
                return List.of();
            }
            if (task.getAssignee() != null) {
                members = identity.createUserQuery().userId(task.getAssignee()).list();
            } else {
                members.addAll(standIns(task));
            }
        }
        var holdId = happening.holdId();
        return members.stream()
                .filter(user -> holdId == null || !separation.mayNotRelease(holdId, user.getId(), role))
                .filter(this::hasAddress)
                .map(User::getId)
                .toList();
    }

    /** Whoever stands in, where the task is still theirs and nobody else has taken it. */
    private List<String> handed(Happening happening) {
        var substitute = String.valueOf(happening.content().get("substitute"));
        var task = tasks.createTaskQuery().taskId(happening.taskId()).singleResult();
        return task != null && concerns(task, happening.holdId(), substitute)
                ? identity.createUserQuery().userId(substitute).list().stream()
                        .filter(this::hasAddress)
                        .map(User::getId)
                        .toList()
                : List.of();
    }

    /** Whoever took the task, or else all who may answer it, with or without an address. */
    List<User> asked(Task task, @Nullable String holdId) {
        if (task.getAssignee() != null) {
            return identity.createUserQuery().userId(task.getAssignee()).list();
        }
        var people = new LinkedHashMap<String, User>();
        tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .flatMap(role -> identity.createUserQuery().memberOfGroup(role).list().stream())
                .forEach(user -> people.put(user.getId(), user));
        standIns(task).forEach(user -> people.put(user.getId(), user));
        return people.values().stream()
                .filter(user -> concerns(task, holdId, user.getId()))
                .toList();
    }

    /** Whether this person is still among those who may do it: people leave a role, and take tasks. */
    boolean concerns(Task task, @Nullable String holdId, String person) {
        if (task.getAssignee() != null) {
            return task.getAssignee().equals(person);
        }
        var links = tasks.getIdentityLinksForTask(task.getId());
        if (links.stream().anyMatch(link -> person.equals(link.getUserId()))) {
            return holdId == null || !separation.mayNotRelease(holdId, person, "");
        }
        return links.stream()
                .map(IdentityLink::getGroupId)
                .filter(role -> role != null
                        && identity.createGroupQuery()
                                        .groupId(role)
                                        .groupMember(person)
                                        .count()
                                > 0)
                .anyMatch(role -> holdId == null || !separation.mayNotRelease(holdId, person, role));
    }

    /** Those to whom the task is offered by name: they stand in for somebody of its role. */
    private List<User> standIns(Task task) {
        var offered = tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getUserId)
                .filter(Objects::nonNull)
                .toArray(String[]::new);
        return offered.length == 0
                ? List.of()
                : identity.createUserQuery().userIdIn(offered).list();
    }

    private boolean hasAddress(User user) {
        if (user.getEmail() != null && !user.getEmail().isBlank()) {
            return true;
        }
        unaddressed.increment();
        if (noted.add(user.getId())) {
            log.warn("{} has no e-mail address and is written no mails. Set it in Admin.", user.getId());
        }
        return false;
    }
}
