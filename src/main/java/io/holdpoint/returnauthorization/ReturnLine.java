package io.holdpoint.returnauthorization;

import io.holdpoint.hold.NotAccepted;
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

    boolean isOurFault() {
        return OUR_FAULT.contains(reason);
    }

    /** Of all pieces, in the currency of the company; 0 for what was not delivered. */
    double value() {
        return delivered == null ? 0 : delivered.price() * quantity;
    }

    /** Whether another lot is to come back than was delivered. */
    boolean isOfAnotherLot() {
        return lot > 0 && delivered != null && lotOf(delivered).isEmpty();
    }

    /** Whether the product was on the delivery, and in the lot that is named. */
    boolean wasDelivered() {
        return delivered != null && !isOfAnotherLot();
    }

    /** The lot as it was delivered; only where one is named that {@link #wasDelivered()}. */
    Delivery.LotQuantity lotDelivered() {
        return Optional.ofNullable(delivered).flatMap(this::lotOf).orElseThrow();
    }

    /** What can still come back: of the lot where one is named, else of the product; 0 for what was not delivered. */
    double left() {
        return delivered == null
                ? 0
                : lotOf(delivered)
                        .map(one -> Math.min(one.left(), delivered.left()))
                        .orElse(delivered.left());
    }

    private Optional<Delivery.LotQuantity> lotOf(Delivery.Line line) {
        return line.lots().stream().filter(one -> one.lot().id() == lot).findFirst();
    }

    /** The line of a delivery that a product is meant by: its id, its number in brackets or its name. */
    static Optional<Delivery.Line> find(Delivery delivery, String product) {
        return delivery.lines().stream()
                .filter(line -> is(line.product(), product))
                .findFirst();
    }

    /**
     * A quantity that a person wrote.
     *
     * @param field of the form, for the answer
     * @throws NotAccepted when it is no number above zero
     */
    static double quantity(String field, String product, String written) {
        double quantity;
        try {
            quantity = Double.parseDouble(written.replace(',', '.'));
        } catch (NumberFormatException e) {
            throw new NotAccepted(field + ": '" + written + "' is no quantity.");
        }
        if (!Double.isFinite(quantity) || quantity <= 0) {
            throw new NotAccepted(field + ": give " + product + " a quantity above zero.");
        }
        return quantity;
    }

    private static boolean is(Reference product, String asked) {
        return String.valueOf(product.id()).equals(asked)
                || product.name().equalsIgnoreCase(asked)
                || product.name().startsWith("[" + asked + "]")
                || product.name().endsWith("] " + asked);
    }
}
