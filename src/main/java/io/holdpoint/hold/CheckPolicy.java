package io.holdpoint.hold;

import io.holdpoint.engine.ProcessVariable;
import java.util.ArrayList;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Judges the document on the facts just read; {@code openHolds} are those that somebody has to answer now. */
@Component
class CheckPolicy implements JavaDelegate {

    @SuppressWarnings("rawtypes")
    private static final ProcessVariable<ArrayList> OPEN_HOLDS = ProcessVariable.of("openHolds", ArrayList.class);

    private final PolicyCheck policy;

    CheckPolicy(PolicyCheck policy) {
        this.policy = policy;
    }

    @Override
    public void execute(DelegateExecution execution) {
        OPEN_HOLDS.set(execution, new ArrayList<>(policy.check(execution)));
    }
}
