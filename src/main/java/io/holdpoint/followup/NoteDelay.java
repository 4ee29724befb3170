package io.holdpoint.followup;

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
        followUps.note(execution, FollowUps.LATE, Map.of("role", FollowUpProcess.ROLE.in(execution)));
    }
}
