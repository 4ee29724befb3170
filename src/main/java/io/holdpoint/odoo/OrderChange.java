package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One order, of sale or of purchase, as it was changed last.
 *
 * @param writeDate to the second
 */
public record OrderChange(
        DocumentRef document,
        Instant writeDate,
        String state,
        @Nullable String holdpointState) {

    private static final String STATE = "x_holdpoint_state";

    /** Of the orders under Holdpoint's control. */
    static Changes<OrderChange> in(Odoo odoo, String model) {
        return new Changes<>(
                odoo,
                model,
                List.of("write_date", "state", STATE),
                List.of(STATE, "!=", false),
                order -> change(model, order));
    }

    private static OrderChange change(String model, JsonNode order) {
        return new OrderChange(
                new DocumentRef(model, order.path("id").asLong()),
                Values.requiredInstant(order, "write_date"),
                Values.requiredText(order, "state"),
                Values.text(order, STATE));
    }
}
