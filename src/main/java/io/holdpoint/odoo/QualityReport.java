package io.holdpoint.odoo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reported defect and the stock it is about, as Odoo has them.
 *
 * @param document the lot, the transfer or the product
 * @param warehouse of the transfer, or in which all of the stock lies; null where it lies in none or in several
 * @param cancelled whether the document itself is
 * @param products that are affected; the first one where several are
 * @param lots that are affected; empty where the products have none
 * @param vendor from whom it came; null where that is not known
 * @param supplierLevel of the vendor, 0 to 5
 * @param state as {@code x_holdpoint_quality_state} has it; empty for none
 * @param quantity reported; 0 for all of it
 * @param requestedAt when it was reported there; null where it never was
 * @param received in all, in the product's unit
 * @param shipped to customers and not come back
 * @param onHand in stock, outside of quarantine
 * @param quarantined kept apart for the case that asks, what was disposed of for it included
 * @param value of that, at cost, in the company's currency
 * @param places quantity by location, quarantine included
 * @param repeats how often Odoo knows the same defect of the same product within twelve months, besides this one
 */
public record QualityReport(
        DocumentRef document,
        String name,
        Reference company,
        @Nullable Reference warehouse,
        String currency,
        boolean cancelled,
        List<Reference> products,
        String unit,
        List<Reference> lots,
        @Nullable Reference vendor,
        int supplierLevel,
        String state,
        String defect,
        String severity,
        double quantity,
        String description,
        @Nullable Reference requester,
        @Nullable Instant requestedAt,
        double received,
        double shipped,
        double onHand,
        double quarantined,
        double value,
        Map<String, Double> places,
        int repeats) {}
