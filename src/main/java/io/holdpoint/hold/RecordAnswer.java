package io.holdpoint.hold;

import io.holdpoint.engine.ProcessVariable;
import io.holdpoint.engine.TaskGuard;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.substitution.Actor;
import io.holdpoint.substitution.Offers;
import io.holdpoint.substitution.StandIns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.IdentityLink;
import org.springframework.stereotype.Component;

/** Keeps who chose what, and why, in the tasks that mend a case: correction, refusal by Odoo, recovery. */
@Component
class RecordAnswer implements TaskGuard {

    static final ProcessVariable<String> ACTION = ProcessVariable.of("action", String.class);

    /** Choices that only let the case try again; all others say why. */
    private static final Set<String> WITHOUT_REASON = Set.of("checkAgain", "retry");

    /** Their tasks are judged by guards of their own. */
    private static final Set<String> OTHERS =
            Set.of(HoldResolutionProcess.KEY, "follow-up", "substitution", "bulk-decision");

    private final Evidence evidence;
    private final Claim claim;
    private final StandIns standIns;
    private final Offers offers;

    RecordAnswer(Evidence evidence, Claim claim, StandIns standIns, Offers offers) {
        this.evidence = evidence;
        this.claim = claim;
        this.standIns = standIns;
        this.offers = offers;
    }

    @Override
    public boolean guards(String processKey, String taskKey) {
        return !OTHERS.contains(processKey);
    }

    @Override
    public void onComplete(DelegateTask task) {
        var businessKey = task.getExecution().getProcessBusinessKey();
        if (businessKey == null || !(task.getVariable(ACTION.name()) instanceof String action)) {
            throw new NotAccepted("action: choose how to go on.");
        }
        var document = DocumentRef.parse(businessKey);
        var person = claim.person();
        Actor actor;
        try {
            claim.check(task, person);
            actor = actor(task, person);
        } catch (NotAccepted e) {
            evidence.recordRefusal(
                    task.getProcessInstanceId(),
                    document,
                    task.getTaskDefinitionKey(),
                    person,
                    Map.of("why", String.valueOf(e.getMessage())));
            throw e;
        }
        var reason = task.getVariable("reason") instanceof String text ? text.strip() : "";
        if (reason.isEmpty() && !WITHOUT_REASON.contains(action)) {
            throw new NotAccepted("reason: say why, it is kept with the case.");
        }
        var content = new LinkedHashMap<String, Object>();
        content.put("action", action);
        content.put("reason", reason);
        content.put("task", task.getId());
        if (actor.standsIn()) {
            content.put("onBehalfOf", actor.inSteadOf());
        }
        evidence.record(
                task.getProcessInstanceId(),
                document,
                Evidence.Kind.RECOVERY,
                task.getTaskDefinitionKey(),
                person,
                content);
    }

    /**
     * Who else may complete the task is the engine's to say: it asks groups, and lets administrators mend everything.
     */
    private Actor actor(DelegateTask task, String person) {
        var groups = task.getCandidates().stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var actors = standIns.inRole(person, groups, task.getProcessInstanceId());
        if (actors.isEmpty() && offers.isOffered(task.getId(), person)) {
            throw new NotAccepted("The substitution by which " + person
                    + " was asked is over, or is not about such a document. Somebody of the group "
                    + String.join(" or ", groups) + " has to do this.");
        }
        return actors.isEmpty() ? Actor.inOwnRight(person) : actors.get(0);
    }
}
