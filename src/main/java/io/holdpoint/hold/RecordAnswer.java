package io.holdpoint.hold;

import io.holdpoint.engine.ProcessVariable;
import io.holdpoint.engine.TaskGuard;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Keeps who chose what, and why, in the tasks that mend a case: correction, refusal by Odoo, recovery. */
@Component
class RecordAnswer implements TaskGuard {

    static final ProcessVariable<String> ACTION = ProcessVariable.of("action", String.class);

    /** Choices that only let the case try again; all others say why. */
    private static final Set<String> WITHOUT_REASON = Set.of("checkAgain", "retry");

    /** Their tasks are judged by guards of their own. */
    private static final Set<String> CALLED = Set.of(HoldResolutionProcess.KEY, "follow-up");

    private final Evidence evidence;
    private final Claim claim;

    RecordAnswer(Evidence evidence, Claim claim) {
        this.evidence = evidence;
        this.claim = claim;
    }

    @Override
    public boolean guards(String processKey, String taskKey) {
        return !CALLED.contains(processKey);
    }

    @Override
    public void onComplete(DelegateTask task) {
        var businessKey = task.getExecution().getProcessBusinessKey();
        if (businessKey == null || !(task.getVariable(ACTION.name()) instanceof String action)) {
            throw new NotAccepted("action: choose how to go on.");
        }
        var document = DocumentRef.parse(businessKey);
        var person = claim.person();
        try {
            claim.check(task, person);
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
        evidence.record(
                task.getProcessInstanceId(),
                document,
                Evidence.Kind.RECOVERY,
                task.getTaskDefinitionKey(),
                person,
                Map.of("action", action, "reason", reason, "task", task.getId()));
    }
}
