package io.holdpoint.followup;

import io.holdpoint.engine.TaskGuard;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.hold.Claim;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.hold.Separation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/**
 * Judges and records work that was done: who did it comes from the engine's authentication, who was asked from the
 * record, and whether one person may do this step after another is judged here for everybody, administrators too.
 */
@Component
class CompleteFollowUp implements TaskGuard {

    private final FollowUpSteps steps;
    private final FollowUps followUps;
    private final Separation separation;
    private final Evidence evidence;
    private final Claim claim;

    CompleteFollowUp(FollowUpSteps steps, FollowUps followUps, Separation separation, Evidence evidence, Claim claim) {
        this.steps = steps;
        this.followUps = followUps;
        this.separation = separation;
        this.evidence = evidence;
        this.claim = claim;
    }

    @Override
    public boolean guards(String processKey, String taskKey) {
        return processKey.equals(FollowUpProcess.KEY) && taskKey.equals(FollowUpProcess.DO_FOLLOW_UP);
    }

    @Override
    public void onComplete(DelegateTask task) {
        var execution = task.getExecution();
        var step = steps.of(execution);
        var followUp = FollowUpSteps.followUp(execution);
        var person = claim.person();
        try {
            claim.check(task, person);
            var role = role(followUp);
            check(step, followUp, role, person);
            keep(task, followUp, role, person, step.accept(followUp, new Given(task)));
        } catch (NotAccepted e) {
            evidence.recordRefusal(
                    followUp.caseId(),
                    followUp.document(),
                    task.getTaskDefinitionKey(),
                    person,
                    Map.of("step", followUp.step(), "why", String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private String role(FollowUp followUp) {
        return followUps
                .assignment(followUp.caseId(), followUp.step())
                .map(assignment -> String.valueOf(assignment.get("role")))
                .orElseThrow(() -> new NotAccepted("Nobody was asked to do this yet. Nothing was recorded."));
    }

    private void check(FollowUpStep step, FollowUp followUp, String role, String person) {
        if (!separation.hasRole(person, role)) {
            throw new NotAccepted("This is done by the group " + role + ", and " + person + " is not a member of it.");
        }
        var others = step.notBy();
        if (others.contains(FollowUpStep.REQUEST)) {
            separation.barred(followUp.caseId(), person).ifPresent(why -> {
                throw fourEyes(person, why, role);
            });
        }
        if (others.contains(FollowUpStep.RELEASE)
                && separation.whoReleased(followUp.caseId()).contains(person)) {
            throw fourEyes(person, "released this document", role);
        }
        followUps.all(followUp.caseId()).stream()
                .filter(done -> others.contains(done.step()) && done.person().equals(person))
                .findFirst()
                .ifPresent(done -> {
                    throw fourEyes(person, "did the step " + done.step() + " of this case", role);
                });
    }

    private static NotAccepted fourEyes(String person, String why, String role) {
        return new NotAccepted(
                "Four eyes: " + person + " " + why + ". Someone else of the group " + role + " has to do this.");
    }

    private void keep(DelegateTask task, FollowUp followUp, String role, String person, Map<String, Object> accepted) {
        var content = new LinkedHashMap<String, Object>(accepted);
        content.put("role", role);
        content.put("task", task.getId());
        followUps.note(
                followUp.caseId(),
                followUp.document(),
                task.getTaskDefinitionKey(),
                person,
                FollowUps.DONE,
                followUp.step(),
                content);
        answer(task.getExecution(), accepted);
    }

    private static void answer(DelegateExecution execution, Map<String, Object> accepted) {
        if (accepted.get(FollowUpProcess.ANSWER.name()) instanceof String answer) {
            FollowUpProcess.ANSWER.set(execution, answer);
        } else {
            execution.removeVariable(FollowUpProcess.ANSWER.name());
        }
    }
}
