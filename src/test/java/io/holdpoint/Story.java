package io.holdpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.ApplicationContext;

/** What happens in a story, in the words of one: people act, time passes, Odoo changes, the engine works. */
public final class Story {

    /** More steps than any story takes at once. */
    private static final int MANY = 1_000;

    private final ApplicationContext context;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final HistoryService history;
    private final IdentityService identity;

    Story(ApplicationContext context) {
        this.context = context;
        this.runtime = context.getBean(RuntimeService.class);
        this.tasks = context.getBean(TaskService.class);
        this.management = context.getBean(ManagementService.class);
        this.history = context.getBean(HistoryService.class);
        this.identity = context.getBean(IdentityService.class);
    }

    public DemoOdoo odoo() {
        return context.getBean(DemoOdoo.class);
    }

    public Evidence evidence() {
        return context.getBean(Evidence.class);
    }

    // the engine works

    /** Runs all jobs that are due now, except timers, until none is left. A job that fails is left for later. */
    public Story work() {
        var done = 0;
        for (var job = nextMessage(); job != null; job = nextMessage()) {
            assertThat(done++)
                    .as("steps of one story: it goes round in circles")
                    .isLessThan(MANY);
            management.executeJob(job.getId());
        }
        return this;
    }

    /** Runs all jobs as {@link #work}; those that fail stay, as they would in production. */
    public Story workWithFailures() {
        var failed = new java.util.HashSet<String>();
        for (var job = nextMessage(failed); job != null; job = nextMessage(failed)) {
            try {
                management.executeJob(job.getId());
            } catch (RuntimeException e) {
                failed.add(job.getId());
            }
        }
        return this;
    }

    /** Runs once what the engine would run now, timers that are due among it; what fails stays. */
    public Story workWhatIsDue() {
        for (var job : management.createJobQuery().executable().list()) {
            try {
                management.executeJob(job.getId());
            } catch (RuntimeException e) {
                // Kept by the engine, with its retries.
            }
        }
        return this;
    }

    private Job nextMessage() {
        return nextMessage(java.util.Set.of());
    }

    private Job nextMessage(java.util.Set<String> except) {
        return management.createJobQuery().messages().withRetriesLeft().list().stream()
                .filter(job -> !except.contains(job.getId()))
                .findFirst()
                .orElse(null);
    }

    /** Lets the clock go on and fires what is due by then, in order. */
    public Story passes(Duration time) {
        ahead(time);
        return fire();
    }

    /** Fires what is due now, in order. */
    public Story fire() {
        var fired = 0;
        for (var timers = dueTimers(); !timers.isEmpty(); timers = dueTimers()) {
            assertThat(fired++)
                    .as("timers of one story: they go round in circles")
                    .isLessThan(MANY);
            management.executeJob(timers.get(0).getId());
            work();
        }
        return work();
    }

    /**
     * A Monday at ten in the morning where the delivered calendar is: people work, for weeks there is no holiday, and
     * the clocks do not change before autumn.
     */
    public static final Instant BEGIN = Instant.parse("2026-06-01T08:00:00Z");

    /** Every story begins at the same hour of the week, whenever it is told: deadlines count in working time. */
    public Story begin() {
        return goTo(BEGIN);
    }

    /** At this moment, without a timer being fired or a job being run. */
    public Story goTo(Instant moment) {
        ClockUtil.offset(moment.toEpochMilli() - System.currentTimeMillis());
        return this;
    }

    /** At this moment the clock stands still, so that what follows from it is known to the second. */
    public Story standAt(Instant moment) {
        ClockUtil.setCurrentTime(Date.from(moment));
        return this;
    }

    /** When the next timer of a case goes off. */
    public Optional<Instant> nextTimer() {
        return management.createJobQuery().timers().orderByJobDuedate().asc().list().stream()
                .filter(job -> job.getProcessInstanceId() != null)
                .findFirst()
                .map(job -> job.getDuedate().toInstant());
    }

    /** Lets the clock go on to this moment and fires what is due by then, in order. */
    public Story passesUntil(Instant moment) {
        return passes(Duration.between(now(), moment));
    }

    /** So much later, without a timer being fired or a job being run. */
    public Story ahead(Duration time) {
        ClockUtil.offset(ClockUtil.getCurrentTime().getTime() + time.toMillis() - System.currentTimeMillis());
        return this;
    }

    /** Nine hours later what failed has been tried for so long that a person is asked. */
    public Story hoursPass() {
        return ahead(Duration.ofHours(9)).workWithFailures();
    }

    public static Instant now() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    private List<Job> dueTimers() {
        return management.createJobQuery().timers().executable().orderByJobDuedate().asc().list().stream()
                .filter(job -> job.getProcessInstanceId() != null)
                .toList();
    }

    // cases

    /**
     * A model as it was before its timers had moments: they count durations by the clock. Cases that began with it go
     * on with it for as long as they are open.
     */
    public static String withDurations(String model, Map<String, String> durationsByMoment) throws IOException {
        var earlier = Files.readString(Path.of("processes", model + ".bpmn"))
                .replaceAll(" camunda:followUpDate=\"[^\"]*\"", "");
        for (var duration : durationsByMoment.entrySet()) {
            var moment =
                    "<bpmn:timeDate xsi:type=\"bpmn:tFormalExpression\">${" + duration.getKey() + "}</bpmn:timeDate>";
            assertThat(earlier).contains(moment);
            earlier = earlier.replace(
                    moment, moment.replace("timeDate", "timeDuration").replace(duration.getKey(), duration.getValue()));
        }
        return earlier;
    }

    public String start(DocumentRef document) {
        return start("order-release", document);
    }

    public String start(String workflow, DocumentRef document) {
        var instance = runtime.startProcessInstanceByKey(workflow, document.toString());
        work();
        return instance.getId();
    }

    /** Tells all that wait for it about this document of a message, as the intake does; somebody has to wait. */
    public void tell(String message, DocumentRef document) {
        assertThat(tellWhoeverWaits(message, document))
                .as("those who wait for " + message + " of " + document)
                .isPositive();
    }

    /** As {@link #tell}, where it may be that nobody waits; says how many did. */
    public int tellWhoeverWaits(String message, DocumentRef document) {
        var told = runtime.createMessageCorrelation(message)
                .processInstanceBusinessKey(document.toString())
                .correlateAllWithResult();
        work();
        return told.size();
    }

    public boolean isOpen(DocumentRef document) {
        return isOpen("order-release", document);
    }

    public boolean isOpen(String workflow, DocumentRef document) {
        return context.getBean(Cases.class).findOpen(workflow, document).isPresent();
    }

    /** The open task of a follow-up about this document. */
    public Task followUp(DocumentRef document, String step) {
        return tasks(document).stream()
                .filter(task -> step.equals(tasks.getVariable(task.getId(), "step")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody was asked for " + step + " of " + document));
    }

    public String outcome(String caseId) {
        return context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class)
                .sql("select outcome from hp_case where case_id = :id")
                .param("id", caseId)
                .query(String.class)
                .single();
    }

    /** Ids of the elements that the case passed, called processes not included. */
    public List<String> passed(String caseId) {
        return history.createHistoricActivityInstanceQuery().processInstanceId(caseId).finished().list().stream()
                .map(HistoricActivityInstance::getActivityId)
                .toList();
    }

    public List<Job> incidents(String caseId) {
        return management
                .createJobQuery()
                .processInstanceId(caseId)
                .noRetriesLeft()
                .list();
    }

    public List<Evidence.Entry> evidence(String caseId, Evidence.Kind kind) {
        return evidence().all(caseId, kind);
    }

    // people act

    /** The open tasks about this document, over all called processes. */
    public List<Task> tasks(DocumentRef document) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(document.toString())
                .orderByTaskCreateTime()
                .asc()
                .list();
    }

    /** The open task of this element about this document. */
    public Task taskOf(DocumentRef document, String element) {
        return tasks(document).stream()
                .filter(task -> task.getTaskDefinitionKey().equals(element))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No task " + element + " of " + document));
    }

    public Task task(DocumentRef document, String holdCode) {
        return tasks(document).stream()
                .filter(task -> holdCode.equals(tasks.getVariable(task.getId(), "holdCode")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No task for the hold " + holdCode + " of " + document));
    }

    public List<String> holdCodes(DocumentRef document) {
        return tasks(document).stream()
                .map(task -> String.valueOf(tasks.getVariable(task.getId(), "holdCode")))
                .sorted()
                .toList();
    }

    public String candidateGroup(Task task) {
        var links = tasks.getIdentityLinksForTask(task.getId());
        assertThat(links).as("candidates of " + task.getName()).hasSize(1);
        return links.get(0).getGroupId();
    }

    public Object variable(Task task, String name) {
        return tasks.getVariable(task.getId(), name);
    }

    public Date due(Task task) {
        return task.getDueDate();
    }

    public void decide(Task task, String person, String answer, String reason) {
        var variables = new HashMap<String, Object>();
        variables.put("decision", answer);
        variables.put("reason", reason);
        complete(task, person, variables);
    }

    public void claim(Task task, String person) {
        as(person, () -> tasks.claim(task.getId(), person));
    }

    public void complete(Task task, String person, Map<String, Object> variables) {
        as(person, () -> tasks.complete(task.getId(), variables));
        work();
    }

    /** Acts in the name of a person, with the rights of that person's groups. */
    public void as(String person, Runnable action) {
        var groups = identity.createGroupQuery().groupMember(person).list().stream()
                .map(Group::getId)
                .toList();
        identity.setAuthentication(person, groups);
        try {
            action.run();
        } finally {
            identity.clearAuthentication();
        }
    }

    public void addToGroup(String person, String group) {
        identity.createMembership(person, group);
    }

    public void removeFromGroup(String person, String group) {
        identity.deleteMembership(person, group);
    }

    /** Puts clock, faults and cases back for the next story. */
    public void end() {
        identity.clearAuthentication();
        odoo().faults().none();
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "end of the story"));
        ClockUtil.reset();
    }
}
