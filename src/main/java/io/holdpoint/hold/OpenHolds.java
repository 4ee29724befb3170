package io.holdpoint.hold;

import io.holdpoint.engine.Apart;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The holds about which people are asked now, for whoever answers several of them one after the other. */
@Component
public class OpenHolds {

    private static final double SAME = 1e-6;

    private final TaskService tasks;
    private final Holds holds;
    private final Approvals approvals;
    private final CaseFacts caseFacts;
    private final FourEyes fourEyes;
    private final Cases cases;
    private final Evidence evidence;
    private final Apart apart;

    OpenHolds(
            @Lazy TaskService tasks,
            Holds holds,
            Approvals approvals,
            CaseFacts caseFacts,
            FourEyes fourEyes,
            Cases cases,
            Evidence evidence,
            Apart apart) {
        this.tasks = tasks;
        this.holds = holds;
        this.approvals = approvals;
        this.caseFacts = caseFacts;
        this.fourEyes = fourEyes;
        this.cases = cases;
        this.evidence = evidence;
        this.apart = apart;
    }

    /**
     * A hold and the task that asks about it.
     *
     * @param assignee who has taken the task; null when nobody has
     * @param role that is asked
     * @param alone whether one answer by one person settles it: no further step, and nobody else asked at the same time
     * @param company empty where the document belongs to none
     * @param measured what the rule measured
     * @param amount of the document in the currency of its company
     * @param shown for people: document, party, amount, and what was measured with its limit
     */
    public record OpenHold(
            String taskId,
            @Nullable String assignee,
            String role,
            boolean alone,
            String id,
            String caseId,
            DocumentRef document,
            String workflow,
            String code,
            String title,
            String severity,
            int round,
            String company,
            double measured,
            double amount,
            String shown) {

        /** Whether the one who was shown that answers the same question here. */
        public boolean asksAs(String taskId, int round, double measured, double amount) {
            return this.taskId.equals(taskId)
                    && this.round == round
                    && Math.abs(this.measured - measured) < SAME
                    && Math.abs(this.amount - amount) < SAME;
        }
    }

    /** The holds that wait for this person and that nobody else has taken, the most urgent first. */
    public List<OpenHold> waitingFor(String person, int most) {
        return open()
                .taskCandidateUser(person)
                .includeAssignedTasks()
                .or()
                .taskUnassigned()
                .taskAssignee(person)
                .endOr()
                .orderByDueDate()
                .asc()
                .listPage(0, most)
                .stream()
                .flatMap(task -> openHold(task).stream())
                .toList();
    }

    /** What this task asks about now; empty when it is not open any more. */
    public Optional<OpenHold> find(String taskId) {
        return Optional.ofNullable(open().taskId(taskId).singleResult()).flatMap(this::openHold);
    }

    private TaskQuery open() {
        return tasks.createTaskQuery()
                .processDefinitionKey(HoldResolutionProcess.KEY)
                .taskDefinitionKey(HoldResolutionProcess.DECIDE_HOLD)
                .active();
    }

    private Optional<OpenHold> openHold(Task task) {
        return holds.askedBy(task.getProcessInstanceId())
                .filter(hold -> hold.state() == Hold.State.OPEN)
                .flatMap(hold -> {
                    var standing = approvals.of(hold);
                    return standing.current()
                            .filter(mandate -> !standing.isAnswered())
                            .flatMap(mandate ->
                                    cases.about(hold.caseId()).map(matter -> openHold(task, hold, mandate, matter)));
                });
    }

    private OpenHold openHold(Task task, Hold hold, Authority.Mandate mandate, Cases.Matter matter) {
        var facts = caseFacts.get(hold.caseId());
        var brief = facts.brief();
        return new OpenHold(
                task.getId(),
                task.getAssignee(),
                mandate.role(),
                mandate.steps() == 1 && mandate.roles().size() == 1,
                hold.id(),
                hold.caseId(),
                matter.document(),
                matter.workflow(),
                hold.code(),
                hold.title(),
                hold.severity(),
                hold.round(),
                facts.text("company"),
                hold.measured(),
                brief.amount(),
                String.join(
                        " · ", brief.documentName(), brief.partyName(), brief.amountText(), numberText(hold, facts)));
    }

    private static String numberText(Hold hold, Facts facts) {
        return Words.of(hold.measure()) + " " + facts.text(hold.measure(), hold.measured())
                + (hold.allowed() == null ? "" : ", limit " + facts.text(hold.measure(), hold.allowed()));
    }

    /** Whether nothing keeps this person from releasing the hold, in their own right or in somebody's stead. */
    public boolean mayRelease(OpenHold hold, String person) {
        try {
            fourEyes.check(holds.get(hold.id()), hold.role(), person, Answers.RELEASE);
            return true;
        } catch (NotAccepted e) {
            return false;
        }
    }

    /**
     * Takes the task and answers it in the name of this person, who is judged as always.
     *
     * @param table the version of a table of policy that lets the hold be answered in this way: it stands on record
     *     before the answer, so that whoever deployed it does not profit from it
     * @param how what else is kept about the way in which it was answered
     * @throws NotAccepted when the answer does not count; the attempt stays on record
     */
    public void answer(OpenHold hold, String person, String answer, String reason, String table, Map<String, ?> how) {
        var content = new LinkedHashMap<String, Object>(how);
        content.put("hold", hold.id());
        content.put("code", hold.code());
        content.put("round", hold.round());
        content.put("definition", table);
        content.put("task", hold.taskId());
        evidence.record(
                hold.caseId(),
                hold.document(),
                Evidence.Kind.AUTHORITY,
                HoldResolutionProcess.DECIDE_HOLD,
                person,
                content);
        if (hold.assignee() == null) {
            apart.as(person, () -> tasks.claim(hold.taskId(), person));
        }
        try {
            apart.as(
                    person,
                    () -> tasks.complete(
                            hold.taskId(),
                            Map.of(
                                    HoldResolutionProcess.DECISION.name(),
                                    answer,
                                    HoldResolutionProcess.REASON.name(),
                                    reason)));
        } catch (ProcessEngineException e) {
            throw notAccepted(e);
        }
    }

    /** The refusal in its own words, where the engine has wrapped it; any other failure as it is. */
    private static ProcessEngineException notAccepted(ProcessEngineException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotAccepted refusal) {
                return refusal;
            }
        }
        return failure;
    }

    /** Keeps that this person wanted to answer a hold and may not. */
    public void refused(OpenHold hold, String person, String why) {
        evidence.recordRefusal(
                hold.caseId(),
                hold.document(),
                HoldResolutionProcess.DECIDE_HOLD,
                person,
                Map.of("hold", hold.id(), "code", hold.code(), "why", why));
    }

    /** Whether other numbers are asked about now than in this round. */
    public boolean hasChanged(String holdId, int round) {
        var hold = holds.get(holdId);
        return hold.state() == Hold.State.OPEN && hold.round() != round;
    }

    /** In words, why a task that asked about this hold is not there any more. */
    public String whatBecameOf(String holdId) {
        return switch (holds.get(holdId).state()) {
            case OPEN -> "Somebody else was asked meanwhile, or something has to be answered first.";
            case RELEASED -> "It was released by somebody else meanwhile.";
            case REJECTED -> "It was rejected by somebody else meanwhile.";
            case RETURNED -> "It was returned for correction meanwhile.";
            case EXPIRED -> "The time in which it could be decided is over.";
            case WITHDRAWN, SUPERSEDED -> "There is nothing left to decide: the document changed or was given up.";
        };
    }
}
