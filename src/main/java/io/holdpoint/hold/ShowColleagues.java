package io.holdpoint.hold;

import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.task.IdentityLink;
import org.springframework.stereotype.Component;

/** Lists in the form to whom the task may be forwarded and who may be asked. */
@Component
class ShowColleagues implements TaskListener {

    private final Holds holds;
    private final Colleagues colleagues;
    private final FormRows rows;

    ShowColleagues(Holds holds, Colleagues colleagues, FormRows rows) {
        this.holds = holds;
        this.colleagues = colleagues;
        this.rows = rows;
    }

    @Override
    public void notify(DelegateTask task) {
        var role = task.getCandidates().stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .findFirst();
        var hold = holds.askedBy(task.getProcessInstanceId());
        if (role.isEmpty() || hold.isEmpty()) {
            return;
        }
        task.setVariableLocal(
                "colleagues", rows.json(colleagues.whoMayRelease(hold.get(), role.get(), task.getAssignee())));
        HoldResolutionProcess.REQUESTER_ROLE
                .find(task)
                .ifPresent(knows ->
                        task.setVariableLocal("askable", rows.json(colleagues.whoMayBeAsked(hold.get(), knows))));
    }
}
