package io.holdpoint.substitution;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Offers what is open to whoever stands in, when a substitution begins. */
@Component
class HandTasksOver implements JavaDelegate {

    private final Substitutions substitutions;
    private final Offers offers;
    private final Clock clock;

    HandTasksOver(Substitutions substitutions, Offers offers, Clock clock) {
        this.substitutions = substitutions;
        this.offers = offers;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var substitution = substitutions
                .find(execution.getProcessInstanceId())
                .orElseThrow(() -> new IllegalStateException("This instance is no substitution that was recorded."));
        var now = clock.instant();
        // The clock of this node may be behind that of the one whose timer went off.
        offers.align(now.isBefore(substitution.beginsAt()) ? substitution.beginsAt() : now);
    }
}
