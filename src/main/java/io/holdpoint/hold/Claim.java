package io.holdpoint.hold;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Who completes a task: somebody who is logged in, and nobody but the person who took it. The engine lets everybody of
 * the role complete what a colleague has claimed.
 */
@Component
public class Claim {

    private final IdentityService identity;

    Claim(@Lazy IdentityService identity) {
        this.identity = identity;
    }

    /** @throws NotAccepted when it is no person */
    public String person() {
        var authentication = identity.getCurrentAuthentication();
        if (authentication == null || authentication.getUserId() == null) {
            throw new NotAccepted("A task is completed by a person: log in and complete it yourself.");
        }
        return authentication.getUserId();
    }

    /** @throws NotAccepted when somebody else has taken the task */
    public void check(DelegateTask task, String person) {
        var claimed = task.getAssignee();
        if (claimed != null && !claimed.equals(person)) {
            throw new NotAccepted(claimed + " has taken this task. Ask " + claimed
                    + " to complete it or to give it back; an administrator can do that for somebody who is away.");
        }
    }
}
