package io.holdpoint.hold;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Moves a hold that waits for long to the top of its role's list and says so on the task. */
@Component
class RemindApprover implements JavaDelegate {

    private static final int TOP = 90;

    private final Holds holds;
    private final Evidence evidence;

    RemindApprover(Holds holds, Evidence evidence) {
        this.holds = holds;
        this.evidence = evidence;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TaskService tasks = execution.getProcessEngineServices().getTaskService();
        // A task that is forwarded, or comes back with an answer, is a new one.
        HoldResolutionProcess.PRIORITY.set(execution, TOP);
        for (var task : tasks.createTaskQuery()
                .processInstanceId(execution.getProcessInstanceId())
                .list()) {
            tasks.setPriority(task.getId(), TOP);
            tasks.createComment(
                    task.getId(), execution.getProcessInstanceId(), "Reminder: this hold still waits for an answer.");
        }
        holds.askedBy(execution.getProcessInstanceId())
                .ifPresent(hold -> evidence.record(
                        hold.caseId(),
                        DocumentRef.parse(execution.getProcessBusinessKey()),
                        Evidence.Kind.REMINDER,
                        execution.getCurrentActivityId(),
                        Evidence.SYSTEM,
                        Map.of("hold", hold.id(), "code", hold.code())));
    }
}
