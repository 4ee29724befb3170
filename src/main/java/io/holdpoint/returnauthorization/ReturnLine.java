package io.holdpoint.returnauthorization;

import io.holdpoint.odoo.Delivery;
import io.holdpoint.odoo.Reference;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a request, matched with the delivery.
 *
 * @param product as it was asked for
 * @param delivered what it was delivered as; null when it was not
 * @param lot 0 where none is named
 */
record ReturnLine(
        String product, Delivery.@Nullable Line delivered, double quantity, String reason, boolean opened, long lot) {

    /** Reasons for which the seller has to answer. */
    private static final Set<String> OUR_FAULT = Set.of(
            "dead_on_arrival",
            "damaged_in_transit",
            "faulty",
            "part_missing",
            "wrong_item",
            "lost",
            "not_as_described",
            "extra_item");

    static final Set<String> REASONS = Set.of(
            "dead_on_arrival",
            "damaged_in_transit",
            "faulty",
            "part_missing",
            "wrong_item",
            "lost",
            "not_as_described",
            "extra_item",
            "changed_mind",
            "other");

    boolean isOurFault() {
        return OUR_FAULT.contains(reason);
    }

    /** Of all pieces, in the currency of the company; 0 for what was not delivered. */
    double value() {
        return delivered == null ? 0 : delivered.price() * quantity;
    }

    /** Whether another lot is to come back than was delivered. */
    boolean isOfAnotherLot() {
        return lot > 0
                && delivered != null
                && delivered.lots().stream().noneMatch(one -> one.lot().id() == lot);
    }

    /** The line of a delivery that a product is meant by: its id, its number in brackets or its name. */
    static Optional<Delivery.Line> find(Delivery delivery, String product) {
        return delivery.lines().stream()
                .filter(line -> is(line.product(), product))
                .findFirst();
    }

    private static boolean is(Reference product, String asked) {
        return String.valueOf(product.id()).equals(asked)
                || product.name().equalsIgnoreCase(asked)
                || product.name().startsWith("[" + asked + "]")
                || product.name().endsWith("] " + asked);
    }
}
