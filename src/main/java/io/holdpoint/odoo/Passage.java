package io.holdpoint.odoo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a document stands at its hold point.
 *
 * @param about the document that a release of it is about; the delivery where the document is a return of it
 * @param state as Odoo calls it
 * @param passed whether it is past the hold point
 * @param marked whether Odoo says that Holdpoint let it pass
 * @param amount in the currency of the document; zero where it has none
 * @param writtenBy who changed it last; null when that user is gone
 */
public record Passage(
        DocumentRef document,
        DocumentRef about,
        String name,
        String state,
        boolean passed,
        boolean marked,
        double amount,
        @Nullable Reference currency,
        Reference company,
        @Nullable Reference partner,
        Instant writtenAt,
        @Nullable Reference writtenBy) {}
