package io.holdpoint.substitution;

import io.holdpoint.engine.TaskCreated;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Cases.Matter;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.substitution.StandIns.Chain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Offers the tasks of people who are away to those who stand in for them, and takes them back. An offer only shows a
 * task; whether an answer counts is judged when it is given.
 *
 * <p>It always looks at all open tasks and makes them as they should be, so it may run twice, late, or for two
 * substitutions at once.
 */
@Component
public class Offers implements TaskCreated {

    /**
     * A task is offered as things will be so much later: longer than clocks of two nodes differ and a transaction
     * takes, so that none is missed between the look at all tasks and its own creation.
     */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private static final int MANY = 500;

    private final Substitutions substitutions;
    private final StandIns standIns;
    private final Cases cases;
    private final Evidence evidence;
    private final JdbcClient jdbc;
    private final TaskService tasks;
    private final RuntimeService runtime;
    private final AuthorizationService authorizations;
    private final Clock clock;

    Offers(
            Substitutions substitutions,
            StandIns standIns,
            Cases cases,
            Evidence evidence,
            JdbcClient jdbc,
            @Lazy TaskService tasks,
            @Lazy RuntimeService runtime,
            @Lazy AuthorizationService authorizations,
            Clock clock) {
        this.substitutions = substitutions;
        this.standIns = standIns;
        this.cases = cases;
        this.evidence = evidence;
        this.jdbc = jdbc;
        this.tasks = tasks;
        this.runtime = runtime;
        this.authorizations = authorizations;
        this.clock = clock;
    }

    /** Whether this task was offered to this person as a substitute. */
    public boolean isOffered(String taskId, String person) {
        return jdbc.sql("select count(*) from hp_substitution_offer where task_id = :task and substitute = :person")
                        .param("task", taskId)
                        .param("person", person)
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public void onCreate(DelegateTask task) {
        var inForce = substitutions.inForce(clock.instant().plus(AHEAD));
        if (inForce.isEmpty()) {
            return;
        }
        var groups = groups(task.getCandidates());
        cases.about(caseOf(task))
                .ifPresent(matter -> wanted(inForce, matter, groups, new People())
                        .forEach((substitute, chain) -> {
                            task.addCandidateUser(substitute);
                            keep(task.getId(), substitute, chain.first());
                            note(matter, task.getTaskDefinitionKey(), "offered", task.getId(), chain);
                        }));
    }

    private static String caseOf(DelegateTask task) {
        var instance = task.getExecution().getProcessInstance();
        while (instance.getSuperExecution() != null) {
            instance = instance.getSuperExecution().getProcessInstance();
        }
        return instance.getId();
    }

    /** Makes all open tasks as they should be at this moment. */
    void align(Instant moment) {
        substitutions.lock();
        var people = new People();
        var inForce = substitutions.inForce(moment);
        var open = open(inForce, people);
        var wanted = new HashMap<String, Set<String>>();
        var away = new HashMap<String, Set<String>>();
        var before = offers();
        for (var one : open.values()) {
            var chains = chains(inForce, one.matter(), one.groups(), people);
            var offered = wanted(inForce, one.matter(), one.groups(), people);
            wanted.put(one.task().getId(), offered.keySet());
            away.put(
                    one.task().getId(),
                    chains.stream()
                            .flatMap(chain -> chain.actor().inSteadOf().stream())
                            .collect(Collectors.toSet()));
            offered.forEach((substitute, chain) -> offer(one, substitute, chain, before));
            giveBack(one, chains);
        }
        for (var offer : before) {
            if (!wanted.getOrDefault(offer.taskId(), Set.of()).contains(offer.substitute())) {
                takeBack(offer, people);
            }
        }
        returnClaims(away);
    }

    /** An open task of a case. */
    private record Open(Task task, Matter matter, Set<String> groups) {}

    /** The open tasks of the roles of those who are away, by id. */
    private Map<String, Open> open(List<Substitution> inForce, People people) {
        var found = new LinkedHashMap<String, Open>();
        for (var absent : inForce.stream().map(Substitution::person).distinct().toList()) {
            var roles = people.groups(absent);
            if (roles.isEmpty()) {
                continue;
            }
            var list = tasks.createTaskQuery()
                    .taskCandidateGroupIn(List.copyOf(roles))
                    .includeAssignedTasks()
                    .list();
            var caseIds = cases(list);
            for (var task : list) {
                if (!found.containsKey(task.getId())) {
                    open(task, caseIds.get(task.getProcessInstanceId())).ifPresent(one -> found.put(task.getId(), one));
                }
            }
        }
        return found;
    }

    private Optional<Open> open(Task task, @Nullable String caseId) {
        return Optional.ofNullable(caseId)
                .flatMap(cases::about)
                .map(matter -> new Open(task, matter, groups(tasks.getIdentityLinksForTask(task.getId()))));
    }

    /** The case of each task's process instance. */
    private Map<String, String> cases(List<Task> list) {
        var instances = list.stream().map(Task::getProcessInstanceId).distinct().toList();
        var caseIds = new HashMap<String, String>();
        for (var from = 0; from < instances.size(); from += MANY) {
            runtime.createProcessInstanceQuery()
                    .processInstanceIds(new HashSet<>(instances.subList(from, Math.min(from + MANY, instances.size()))))
                    .list()
                    .forEach(instance -> caseIds.put(instance.getId(), rootOf(instance)));
        }
        return caseIds;
    }

    private static String rootOf(ProcessInstance instance) {
        return Objects.requireNonNullElse(instance.getRootProcessInstanceId(), instance.getId());
    }

    private static List<Chain> chains(List<Substitution> inForce, Matter matter, Set<String> groups, People people) {
        return StandIns.chains(inForce, matter).stream()
                .filter(chain -> people.isOneOf(chain.actor().inSteadOf().get(0), groups))
                .toList();
    }

    /** To whom such a task is offered: to nobody who is asked anyway. */
    private static Map<String, Chain> wanted(
            List<Substitution> inForce, Matter matter, Set<String> groups, People people) {
        var wanted = new LinkedHashMap<String, Chain>();
        for (var chain : chains(inForce, matter, groups, people)) {
            if (!people.isOneOf(chain.actor().person(), groups)) {
                wanted.putIfAbsent(chain.actor().person(), chain);
            }
        }
        return wanted;
    }

    private void offer(Open one, String substitute, Chain chain, List<Offer> before) {
        var id = one.task().getId();
        var known = before.stream()
                .anyMatch(
                        offer -> offer.taskId().equals(id) && offer.substitute().equals(substitute));
        var asked = tasks.getIdentityLinksForTask(id).stream()
                .anyMatch(link ->
                        IdentityLinkType.CANDIDATE.equals(link.getType()) && substitute.equals(link.getUserId()));
        if (!known && !asked) {
            tasks.addCandidateUser(id, substitute);
            keep(id, substitute, chain.first());
            note(one.matter(), one.task().getTaskDefinitionKey(), "handed over", id, chain);
        }
    }

    /** What somebody who is away has taken is free for those who stand in. */
    private void giveBack(Open one, List<Chain> chains) {
        var assignee = one.task().getAssignee();
        chains.stream()
                .filter(chain -> assignee != null && chain.actor().inSteadOf().contains(assignee))
                .findFirst()
                .ifPresent(chain -> {
                    tasks.setAssignee(one.task().getId(), null);
                    jdbc.sql("delete from hp_substitution_claim where task_id = :task")
                            .param("task", one.task().getId())
                            .update();
                    jdbc.sql("insert into hp_substitution_claim (task_id, person) values (:task, :person)")
                            .param("task", one.task().getId())
                            .param("person", assignee)
                            .update();
                    note(
                            one.matter(),
                            one.task().getTaskDefinitionKey(),
                            "claim given back",
                            one.task().getId(),
                            chain);
                });
    }

    private void takeBack(Offer offer, People people) {
        jdbc.sql("delete from hp_substitution_offer where task_id = :task and substitute = :substitute")
                .param("task", offer.taskId())
                .param("substitute", offer.substitute())
                .update();
        var task = tasks.createTaskQuery().taskId(offer.taskId()).singleResult();
        if (task == null) {
            return;
        }
        var groups = groups(tasks.getIdentityLinksForTask(task.getId()));
        var mayStay = people.isOneOf(offer.substitute(), groups);
        tasks.deleteCandidateUser(task.getId(), offer.substitute());
        var taken = offer.substitute().equals(task.getAssignee());
        if (taken && !mayStay) {
            tasks.setAssignee(task.getId(), null);
        }
        if (!taken || !mayStay) {
            forbid(task.getId(), offer.substitute());
        }
        open(task, cases(List.of(task)).get(task.getProcessInstanceId()))
                .ifPresent(one -> noteBack(one.matter(), task, offer));
    }

    /** The engine keeps the right on a task when it takes the person off it. */
    private void forbid(String taskId, String person) {
        authorizations
                .createAuthorizationQuery()
                .userIdIn(person)
                .resourceType(Resources.TASK)
                .resourceId(taskId)
                .list()
                .forEach(right -> authorizations.deleteAuthorization(right.getId()));
    }

    /** Who is back gets what nobody else has taken meanwhile. */
    private void returnClaims(Map<String, Set<String>> away) {
        var claims = jdbc.sql("select task_id, person from hp_substitution_claim")
                .query((row, number) -> Map.entry(row.getString("task_id"), row.getString("person")))
                .list();
        for (var claim : claims) {
            if (away.getOrDefault(claim.getKey(), Set.of()).contains(claim.getValue())) {
                continue;
            }
            jdbc.sql("delete from hp_substitution_claim where task_id = :task")
                    .param("task", claim.getKey())
                    .update();
            var task = tasks.createTaskQuery().taskId(claim.getKey()).singleResult();
            if (task == null || task.getAssignee() != null) {
                continue;
            }
            open(task, cases(List.of(task)).get(task.getProcessInstanceId()))
                    .filter(one -> !standIns.inRole(
                                    claim.getValue(), one.groups(), one.matter().caseId())
                            .isEmpty())
                    .ifPresent(one -> {
                        tasks.setAssignee(task.getId(), claim.getValue());
                        evidence.record(
                                one.matter().caseId(),
                                one.matter().document(),
                                Evidence.Kind.SUBSTITUTION,
                                task.getTaskDefinitionKey(),
                                Evidence.SYSTEM,
                                Map.of("what", "claim returned", "task", task.getId(), "person", claim.getValue()));
                    });
        }
    }

    private record Offer(String taskId, String substitute, String substitutionId) {}

    private List<Offer> offers() {
        return jdbc.sql("select * from hp_substitution_offer order by task_id, substitute")
                .query((row, number) -> new Offer(
                        row.getString("task_id"), row.getString("substitute"), row.getString("substitution_id")))
                .list();
    }

    private void keep(String taskId, String substitute, Substitution by) {
        jdbc.sql("""
                        insert into hp_substitution_offer (task_id, substitute, substitution_id)
                        values (:task, :substitute, :by)
                        """)
                .param("task", taskId)
                .param("substitute", substitute)
                .param("by", by.id())
                .update();
    }

    private void note(Matter matter, String element, String what, String taskId, Chain chain) {
        var content = new LinkedHashMap<String, Object>();
        content.put("what", what);
        content.put("task", taskId);
        content.put("substitute", chain.actor().person());
        content.put("inSteadOf", chain.actor().inSteadOf());
        content.put("until", chain.first().end().toString());
        content.put("namedBy", chain.first().namedBy());
        content.put("substitution", chain.first().id());
        evidence.record(
                matter.caseId(), matter.document(), Evidence.Kind.SUBSTITUTION, element, Evidence.SYSTEM, content);
    }

    private void noteBack(Matter matter, Task task, Offer offer) {
        var content = new LinkedHashMap<String, Object>();
        content.put("what", "brought back");
        content.put("task", task.getId());
        content.put("substitute", offer.substitute());
        content.put("substitution", offer.substitutionId());
        substitutions
                .find(offer.substitutionId())
                .map(Substitution::endedBy)
                .ifPresent(person -> content.put("endedBy", person));
        evidence.record(
                matter.caseId(),
                matter.document(),
                Evidence.Kind.SUBSTITUTION,
                task.getTaskDefinitionKey(),
                Evidence.SYSTEM,
                content);
    }

    private static Set<String> groups(Iterable<IdentityLink> links) {
        var groups = new HashSet<String>();
        links.forEach(link -> {
            if (IdentityLinkType.CANDIDATE.equals(link.getType()) && link.getGroupId() != null) {
                groups.add(link.getGroupId());
            }
        });
        return groups;
    }

    /** Who is a member of which group, asked once for each person. */
    private final class People {

        private final Map<String, Set<String>> known = new HashMap<>();

        Set<String> groups(String person) {
            return known.computeIfAbsent(person, standIns::groups);
        }

        boolean isOneOf(String person, Set<String> groups) {
            return new ArrayList<>(groups(person)).stream().anyMatch(groups::contains);
        }
    }
}
