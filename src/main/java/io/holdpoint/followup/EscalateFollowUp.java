package io.holdpoint.followup;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Notes that the work was not done in time; the table then names the next authority. */
@Component
class EscalateFollowUp implements JavaDelegate {

    private final FollowUps followUps;

    EscalateFollowUp(FollowUps followUps) {
        this.followUps = followUps;
    }

    @Override
    public void execute(DelegateExecution execution) {
        followUps.note(execution, FollowUps.ESCALATED, Map.of("role", FollowUpProcess.ROLE.in(execution)));
    }
}
