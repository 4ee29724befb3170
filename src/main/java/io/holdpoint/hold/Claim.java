package io.holdpoint.hold;

import io.holdpoint.engine.access.Names;
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
    private final Names names;

    Claim(@Lazy IdentityService identity, Names names) {
        this.identity = identity;
        this.names = names;
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
            var name = names.person(claimed);
            throw new NotAccepted(name + " has taken this task. Ask " + name
                    + " to complete it or to give it back; an administrator can do that for somebody who is away.");
        }
    }
}
