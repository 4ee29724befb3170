package io.holdpoint.odoo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a document, or what is kept apart for one, stands at its hold point.
 *
 * @param about the document that a release of it is about; the delivery where the document is a return of it
 * @param state as Odoo calls it; empty where it has none
 * @param passed whether it is past the hold point
 * @param marked whether Odoo says that Holdpoint let it pass
 * @param amount in the currency of the document; zero where it has none
 * @param writtenBy who changed it last; null when that user is gone
 * @param loss what left of it; null where a document passes as a whole
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
        @Nullable Reference writtenBy,
        @Nullable Loss loss) {

    /**
     * @param quantity in the unit of the goods
     * @param place where it should lie
     * @param takings by which it left, the last one last; empty where no move says it
     */
    public record Loss(double quantity, String place, List<Taking> takings) {}

    /**
     * @param by null when that user is gone
     * @param what in words, for example "took 3 to Partners/Customers, WH/OUT/00042"
     */
    public record Taking(@Nullable Reference by, Instant at, String what) {}
}
