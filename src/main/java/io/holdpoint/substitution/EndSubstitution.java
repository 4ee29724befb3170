package io.holdpoint.substitution;

import io.holdpoint.engine.TaskGuard;
import java.time.Clock;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Ends a substitution before its time. It is over at once; the tasks come back right afterwards. */
@Component
class EndSubstitution implements TaskGuard {

    private final Substitutions substitutions;
    private final SubstitutionPolicy policy;
    private final IdentityService identity;
    private final Clock clock;

    EndSubstitution(
            Substitutions substitutions, SubstitutionPolicy policy, @Lazy IdentityService identity, Clock clock) {
        this.substitutions = substitutions;
        this.policy = policy;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public boolean guards(String processKey, String taskKey) {
        return processKey.equals(SubstitutionProcess.KEY) && taskKey.equals(SubstitutionProcess.END_EARLY);
    }

    @Override
    public void onComplete(DelegateTask task) {
        var substitution = substitutions
                .find(task.getProcessInstanceId())
                .orElseThrow(() -> new BadUserRequestException("This task is about no substitution on record."));
        var authentication = identity.getCurrentAuthentication();
        if (authentication == null || authentication.getUserId() == null) {
            throw new BadUserRequestException("A substitution is ended by a person: log in and end it yourself.");
        }
        var person = authentication.getUserId();
        if (!policy.mayNameFor(person, substitution.person())) {
            throw new BadUserRequestException("This substitution is ended by " + substitution.person()
                    + ", by whoever leads all roles of " + substitution.person() + ", or by an administrator.");
        }
        substitutions.end(substitution.id(), clock.instant(), person);
    }
}
