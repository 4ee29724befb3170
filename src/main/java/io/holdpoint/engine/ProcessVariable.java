package io.holdpoint.engine;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.VariableScope;

/**
 * A process variable with a name and a type, so that a model and the code beside it cannot disagree unnoticed.
 *
 * @param <T> the Java type that the engine stores
 */
public record ProcessVariable<T>(String name, Class<T> type) {

    public static <T> ProcessVariable<T> of(String name, Class<T> type) {
        return new ProcessVariable<>(name, type);
    }

    /**
     * The value, which must be there.
     *
     * @throws IllegalStateException naming the variable when it is absent or of another type
     */
    public T in(VariableScope scope) {
        return find(scope)
                .orElseThrow(() -> new IllegalStateException(
                        "Process variable '" + name + "' is missing; expected a " + type.getSimpleName() + "."));
    }

    public Optional<T> find(VariableScope scope) {
        var value = scope.getVariable(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new IllegalStateException("Process variable '" + name + "' is a "
                    + value.getClass().getSimpleName() + "; expected a " + type.getSimpleName() + ".");
        }
        return Optional.of(type.cast(value));
    }

    public void set(VariableScope scope, T value) {
        scope.setVariable(name, value);
    }
}
