package io.holdpoint.bulkdecision;

import io.holdpoint.engine.DecisionTables;
import io.holdpoint.hold.OpenHolds.OpenHold;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What may be decided together: the answer of the table bulk-decision.limit, and never more than that. Where it is
 * silent or says 0, every hold is decided by itself. So is whatever is forced or takes more than one person, whatever
 * the table says.
 */
@Component
class BulkLimit {

    private static final String LIMIT = "bulk-decision.limit";
    private static final double SAME = 1e-6;

    private final DecisionTables tables;

    BulkLimit(DecisionTables tables) {
        this.tables = tables;
    }

    /**
     * @param upTo amount of one document, itself included, in the currency of its company
     * @param atMost how many may be decided at once
     * @param table name and version
     * @param definition id of that version
     */
    record Limit(double upTo, int atMost, String table, String definition, String rule) {

        boolean covers(OpenHold hold) {
            return hold.amount() <= upTo + SAME;
        }
    }

    /** The limit for holds like this one; empty where such holds are never decided together. */
    Optional<Limit> of(OpenHold hold) {
        if (!hold.alone() || hold.severity().equals("forced")) {
            return Optional.empty();
        }
        var values = new HashMap<String, Object>(Map.of("hold", hold.code()));
        values.put("workflow", hold.workflow());
        values.put("severity", hold.severity());
        values.put("company", hold.company());
        var evaluation = tables.evaluate(LIMIT, values);
        return evaluation.answers().stream()
                .map(answer -> new Limit(
                        number(answer.outputs().get("amountUpTo")),
                        (int) number(answer.outputs().get("atMost")),
                        evaluation.decision() + " v" + evaluation.version(),
                        evaluation.definitionId(),
                        answer.rule()))
                .filter(limit -> limit.upTo() > 0 && limit.atMost() > 0)
                .findFirst();
    }

    private static double number(@Nullable Object output) {
        return output instanceof Number number ? number.doubleValue() : 0;
    }
}
