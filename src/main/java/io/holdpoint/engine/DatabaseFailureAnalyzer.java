package io.holdpoint.engine;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Whoever starts Holdpoint without its database reads what to look after, and not through a stack trace. */
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final String NO_SUCH_DATABASE = "3D000";
    /** Of H2. */
    private static final String IN_USE = "90020";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, SQLException refusal) {
        var remedy = remedy(String.valueOf(refusal.getSQLState()));
        return remedy == null
                ? null
                : new FailureAnalysis("The database cannot be used: " + refusal.getMessage(), remedy, refusal);
    }

    private static @Nullable String remedy(String state) {
        if (state.startsWith("08")) {
            return "Start the database, or correct SPRING_DATASOURCE_URL, and start again.";
        }
        if (state.startsWith("28")) {
            return "Correct SPRING_DATASOURCE_USERNAME or SPRING_DATASOURCE_PASSWORD and start again.";
        }
        return switch (state) {
            case NO_SUCH_DATABASE -> "Create the database, or correct SPRING_DATASOURCE_URL, and start again.";
            case IN_USE -> "Stop the other Holdpoint that works with these files, and start again.";
            default -> null;
        };
    }
}
