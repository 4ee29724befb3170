package io.holdpoint.odoo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One order, of sale or of purchase, as it was changed last.
 *
 * @param writeDate to the second; that of its lines when those were changed later
 */
public record OrderChange(
        DocumentRef document,
        Instant writeDate,
        String state,
        @Nullable String holdpointState) {

    OrderChange notBefore(Instant moment) {
        return moment.isAfter(writeDate) ? new OrderChange(document, moment, state, holdpointState) : this;
    }
}
