package io.holdpoint.odoo;

/** A text that must not be seen: it shows itself as asterisks wherever it is printed. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Also how Spring reads one from the configuration. */
    public static Secret of(String value) {
        return new Secret(value.strip());
    }

    /** The text itself, for the one place that needs it. */
    public String reveal() {
        return value;
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return "***";
    }
}
