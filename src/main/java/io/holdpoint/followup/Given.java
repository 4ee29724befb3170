package io.holdpoint.followup;

import io.holdpoint.hold.NotAccepted;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What a person entered into a form. */
public final class Given {

    private final VariableScope entered;

    Given(VariableScope entered) {
        this.entered = entered;
    }

    /** A text without blanks around it; empty when nothing was entered. */
    public Optional<String> text(String field) {
        return entered.getVariable(field) instanceof String text && !text.isBlank()
                ? Optional.of(text.strip())
                : Optional.empty();
    }

    /** @throws NotAccepted when nothing was entered */
    public String required(String field, String remedy) {
        return text(field).orElseThrow(() -> new NotAccepted(field + ": " + remedy));
    }

    /** @throws NotAccepted when it is none of the choices */
    public String oneOf(String field, Set<String> choices) {
        return text(field)
                .filter(choices::contains)
                .orElseThrow(() -> new NotAccepted(
                        field + ": choose one of " + String.join(", ", new java.util.TreeSet<>(choices)) + "."));
    }

    /** @throws NotAccepted when a text is no number */
    public Optional<Double> number(String field) {
        var value = entered.getVariable(field);
        if (value instanceof Number number) {
            return Optional.of(number.doubleValue());
        }
        try {
            return text(field).map(Double::valueOf);
        } catch (NumberFormatException e) {
            throw new NotAccepted(field + ": enter a number.");
        }
    }

    /** Whether a box was ticked. */
    public boolean flag(String field) {
        return Boolean.TRUE.equals(entered.getVariable(field));
    }

    /** The value as it was entered, for forms that send structured data. */
    public Optional<Object> value(String field) {
        return Optional.ofNullable(entered.getVariable(field));
    }
}
