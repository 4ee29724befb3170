package io.holdpoint.odoo;

import java.util.List;
import java.util.Map;

/**
 * Where a vendor stands on the supplier ladder, a number from 0 to 5 on the vendor in Odoo: quality cases move it, and
 * purchases ask for it. By it two workflows learn of each other without knowing each other, so the part of either
 * brings it about.
 */
final class SupplierLevel {

    /** Nobody sets the level by hand, for it decides who may be bought from. */
    static final String GUARD = "supplier_level_guard";

    static final String FIELD = "x_holdpoint_supplier_level";

    private static final String PARTNER = "res.partner";

    private SupplierLevel() {}

    /** A second time changes nothing. */
    static void apply(SetupKit kit) {
        kit.field("partner_supplier_level", PARTNER, FIELD, "Supplier level", "integer", Map.of());
        kit.guard(Guard.ofFields(GUARD, "Holdpoint: who moves vendors on the ladder", PARTNER, List.of(FIELD)));
        kit.view(
                "supplier_level_form",
                "Holdpoint: supplier level",
                PARTNER,
                "form",
                "base",
                "view_partner_form",
                Map.of());
    }
}
