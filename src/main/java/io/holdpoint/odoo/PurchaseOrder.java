package io.holdpoint.odoo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A purchase order as far as its approval and its delivery depend on it.
 *
 * @param state draft, sent, "to approve", purchase or cancel
 * @param urgent whether it has the star
 * @param vendor as on the order; {@code commercialVendor} is the company behind it
 * @param warehouse in which it is received; null where Odoo has none
 * @param amountTotal with taxes, in the currency of the order
 * @param currencyRate units of the order's currency for one unit of the company's currency
 * @param orderedAt {@code date_order}
 * @param approvedAt {@code date_approve}, when it was confirmed; null before
 * @param promisedAt the earliest date promised on its lines; null when there is none
 * @param agreedAt the promise at the approval, or the date agreed since; null before
 * @param acknowledged whether the vendor has acknowledged the order
 * @param urgency low, medium or high, as the buyer says; null when nothing is said
 * @param lineDown whether production stands still for want of it, as the buyer says
 * @param justification what happened, damage, why not foreseen, how the vendor was chosen; empty where nothing is said
 * @param buyer {@code user_id}; {@code creator} is {@code create_uid}; {@code requester} asked for the approval
 * @param holdpointState {@code x_holdpoint_state}: requested, held, released, rejected, returned, withdrawn or null
 */
public record PurchaseOrder(
        long id,
        String name,
        String state,
        boolean urgent,
        Reference vendor,
        Reference commercialVendor,
        Reference company,
        @Nullable Reference warehouse,
        Reference currency,
        String companyCurrency,
        double amountTotal,
        double currencyRate,
        @Nullable Instant orderedAt,
        @Nullable Instant approvedAt,
        @Nullable Instant promisedAt,
        @Nullable Instant agreedAt,
        boolean acknowledged,
        @Nullable String urgency,
        boolean lineDown,
        List<String> justification,
        @Nullable Reference buyer,
        Reference creator,
        @Nullable Reference requester,
        @Nullable String holdpointState,
        Vendor record,
        Split split,
        List<Line> lines) {

    /**
     * How the vendor stands and what it did.
     *
     * @param approved whether it is marked as approved
     * @param level 0 to 5, from quality cases
     * @param onTimePercent of what was ordered; negative where Odoo has no record
     * @param driftPercent how its prices for these products moved in a year
     */
    public record Vendor(boolean approved, int level, double onTimePercent, double driftPercent) {}

    /**
     * Other orders of the same requester at the same vendor within seven days.
     *
     * @param amount in the currency of the company
     */
    public record Split(double amount, int orders) {}

    /**
     * @param netPrice after discount, without taxes, per unit, in the order's currency
     * @param listPrice what the vendor's price list says for this quantity, in unit and currency of the line; null
     *     where there is none
     * @param leadTimeDays of the vendor; null where there is none
     * @param basic whether the goods are of a category marked as a basic need
     * @param goods whether something is received; false for services
     */
    public record Line(
            long id,
            Reference product,
            double quantity,
            String unit,
            double priceUnit,
            double discount,
            double netPrice,
            double received,
            @Nullable Instant promisedAt,
            @Nullable Double listPrice,
            @Nullable Integer leadTimeDays,
            boolean basic,
            boolean goods) {}

    public DocumentRef reference() {
        return new DocumentRef("purchase.order", id);
    }

    /** An amount of this order in the currency of its company. */
    public double inCompanyCurrency(double amount) {
        return currencyRate == 0 ? amount : amount / currencyRate;
    }

    /**
     * What was received of the goods, in percent of what was ordered; more than ordered counts as ordered. Where only
     * services were ordered, they are what counts.
     */
    public double receivedPercent() {
        var hasGoods = lines.stream().anyMatch(Line::goods);
        double ordered = 0;
        double received = 0;
        for (var line : lines) {
            if (line.goods() || !hasGoods) {
                ordered += line.quantity();
                received += Math.min(line.quantity(), line.received());
            }
        }
        return ordered == 0 ? 0 : received / ordered * 100;
    }
}
