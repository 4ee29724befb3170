package io.holdpoint.hold;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check that a document did not pass: what a rule of policy answered on the facts.
 *
 * @param code stable reason, for example OVER_LIMIT
 * @param severity warning, blocking or forced (forced ignores exemptions)
 * @param sentence the rule's sentence of policy
 * @param measure name of the fact that was measured
 * @param measured its value; 0 where the fact is no number
 * @param since the day from which the measured value counts, where it grows by itself from day to day
 * @param allowed what policy allows; null where there is no such number
 * @param decision the table that answered, with version and rule
 * @param inputs what the rule looked at
 */
public record Finding(
        String code,
        String severity,
        String sentence,
        String measure,
        double measured,
        @Nullable LocalDate since,
        @Nullable Double allowed,
        String decision,
        String rule,
        List<Looked> inputs) {

    /** One column of the table, the fact it looks at and that fact's value, for reading. */
    public record Looked(String label, String name, String value) {}
}
