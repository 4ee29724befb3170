package io.holdpoint.followup;

import io.holdpoint.evidence.Evidence;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Notes that the work is late and that nobody is left to hand it to; it stays with the role that has it. */
@Component
class NoteDelay implements JavaDelegate {

    private final FollowUps followUps;

    NoteDelay(FollowUps followUps) {
        this.followUps = followUps;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var followUp = FollowUpSteps.followUp(execution);
        followUps.note(
                followUp.caseId(),
                followUp.document(),
                execution.getCurrentActivityId(),
                Evidence.SYSTEM,
                FollowUps.LATE,
                followUp.step(),
                Map.of("role", FollowUpProcess.ROLE.in(execution)));
    }
}
