package io.holdpoint.engine;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.VariableScope;

/** How a case ended, for its register and for reports; kept as the variable {@code outcome}. */
public final class Outcome {

    private static final ProcessVariable<String> OUTCOME = ProcessVariable.of("outcome", String.class);

    private Outcome() {}

    public static void set(VariableScope scope, String outcome) {
        OUTCOME.set(scope, outcome);
    }

    static Optional<String> find(VariableScope scope) {
        return OUTCOME.find(scope);
    }
}
