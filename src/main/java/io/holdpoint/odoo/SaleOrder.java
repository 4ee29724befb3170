package io.holdpoint.odoo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sales order as far as its release depends on it.
 *
 * @param state draft, sent, sale or cancel
 * @param partner the customer on the order; {@code commercialPartner} is the company behind it, which has the credit
 * @param amountTotal with taxes, in the currency of the order
 * @param amountUntaxed without taxes, in the currency of the order
 * @param amountUndiscounted without taxes, before line discounts, in the currency of the order
 * @param currencyRate units of the order's currency for one unit of the company's currency
 * @param amountPaid what was paid online for this order, in its currency
 * @param paymentTermDays days until the last part is due under the order's payment term; 0 without a term
 * @param salesperson {@code user_id}; {@code creator} is {@code create_uid}; {@code requester} asked for the release
 * @param tags names of the order's tags
 * @param holdpointState {@code x_holdpoint_state}: requested, held, released, rejected, returned or null
 */
public record SaleOrder(
        long id,
        String name,
        String state,
        Reference partner,
        Reference commercialPartner,
        Reference company,
        Reference currency,
        String companyCurrency,
        double amountTotal,
        double amountUntaxed,
        double amountUndiscounted,
        double currencyRate,
        double amountPaid,
        @Nullable Reference paymentTerm,
        int paymentTermDays,
        @Nullable Reference warehouse,
        @Nullable Reference salesperson,
        Reference creator,
        @Nullable Reference requester,
        @Nullable LocalDate commitmentDate,
        List<String> tags,
        @Nullable String holdpointState,
        Instant writeDate,
        List<Line> lines) {

    /**
     * @param quantity in {@code unit}
     * @param priceUnit before discount, in the order's currency
     * @param discount percent
     * @param netPrice after discount, without taxes, per unit, in the order's currency
     * @param subtotal without taxes, in the order's currency
     * @param cost of the product per unit, in the order's currency; 0 when unknown. Not what somebody typed on the line
     * @param listPrice what Odoo's price list would charge per unit on this order now, discounts of the price list
     *     included, without taxes, in the order's currency
     * @param storable whether stock is kept of the product
     * @param freeQuantity free stock of the product in the order's warehouse, in {@code unit}; lines of one product
     *     share it
     */
    public record Line(
            long id,
            Reference product,
            double quantity,
            String unit,
            double priceUnit,
            double discount,
            double netPrice,
            double subtotal,
            double cost,
            double listPrice,
            boolean storable,
            double freeQuantity) {}

    public DocumentRef reference() {
        return new DocumentRef("sale.order", id);
    }

    /** An amount of this order in the currency of its company. */
    public double inCompanyCurrency(double amount) {
        return currencyRate == 0 ? amount : amount / currencyRate;
    }
}
