package io.holdpoint.followup;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Moves work that waits for long to the top of its role's list and says so on the task. */
@Component
class RemindAssignee implements JavaDelegate {

    private static final int TOP = 90;

    private final FollowUps followUps;

    RemindAssignee(FollowUps followUps) {
        this.followUps = followUps;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var tasks = execution.getProcessEngineServices().getTaskService();
        for (var task : tasks.createTaskQuery()
                .processInstanceId(execution.getProcessInstanceId())
                .list()) {
            tasks.setPriority(task.getId(), TOP);
            tasks.createComment(task.getId(), execution.getProcessInstanceId(), "Reminder: this is still to be done.");
        }
        followUps.note(execution, FollowUps.REMINDED, Map.of("role", FollowUpProcess.ROLE.in(execution)));
    }
}
