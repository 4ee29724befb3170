package io.holdpoint.followup;

import io.holdpoint.engine.TaskGuard;
import io.holdpoint.engine.access.Names;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.hold.Claim;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.hold.Separation;
import io.holdpoint.substitution.Actor;
import io.holdpoint.substitution.StandIns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final StandIns standIns;
    private final Evidence evidence;
    private final Claim claim;
    private final Names names;

    CompleteFollowUp(
            FollowUpSteps steps,
            FollowUps followUps,
            Separation separation,
            StandIns standIns,
            Evidence evidence,
            Claim claim,
            Names names) {
        this.steps = steps;
        this.followUps = followUps;
        this.separation = separation;
        this.standIns = standIns;
        this.evidence = evidence;
        this.claim = claim;
        this.names = names;
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
            var actor = check(step, followUp, role, person);
            keep(task, followUp, role, actor, step.accept(followUp, new Given(task)));
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

    /**
     * In their own right where the person has the role; otherwise in the first stead in which nothing is against it.
     */
    private Actor check(FollowUpStep step, FollowUp followUp, String role, String person) {
        var actors = standIns.inRole(person, Set.of(role), followUp.caseId());
        if (actors.isEmpty()) {
            throw new NotAccepted("This is done by the group " + Names.group(role) + ", and "
                    + names.person(person)
                    + " is not a member of it and stands in for no member of it, for this document and at this"
                    + " moment.");
        }
        var refusals = new ArrayList<String>();
        for (var actor : actors) {
            var refusal = refusal(step, followUp, actor);
            if (refusal.isEmpty()) {
                return actor;
            }
            refusals.add(refusal.get());
        }
        throw new NotAccepted("Four eyes: " + refusals.get(0) + ". Someone else of the group " + Names.group(role)
                + " has to do this.");
    }

    private Optional<String> refusal(FollowUpStep step, FollowUp followUp, Actor actor) {
        var others = step.notBy();
        if (others.contains(FollowUpStep.REQUEST)) {
            var own = separation.barred(followUp.caseId(), actor);
            if (own.isPresent()) {
                return own;
            }
        }
        if (others.contains(FollowUpStep.RELEASE) && actor.isAmong(separation.whoReleased(followUp.caseId()))) {
            return Optional.of(actor.text(names::person) + " released this document");
        }
        return followUps.all(followUp.caseId()).stream()
                .filter(done -> others.contains(done.step()) && actor.isAmong(done.people()))
                .findFirst()
                .map(done -> actor.text(names::person) + " did the step " + done.step() + " of this case");
    }

    private void keep(DelegateTask task, FollowUp followUp, String role, Actor actor, Map<String, Object> accepted) {
        var content = new LinkedHashMap<String, Object>(accepted);
        content.put("role", role);
        if (actor.standsIn()) {
            content.put(FollowUps.ON_BEHALF_OF, actor.inSteadOf());
        } else {
            content.remove(FollowUps.ON_BEHALF_OF);
        }
        content.put("task", task.getId());
        followUps.note(
                followUp.caseId(),
                followUp.document(),
                task.getTaskDefinitionKey(),
                actor.person(),
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
