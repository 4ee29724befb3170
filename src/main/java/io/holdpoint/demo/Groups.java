package io.holdpoint.demo;

import java.util.Set;

/** Groups of users as far as the demo tells them apart. Names are Odoo's own, in English. */
final class Groups {

    static final String USER = "Role / User";
    static final String ADMIN = "Role / Administrator";
    static final String SALES = "Sales / User: All Documents";
    static final String INVOICING = "Accounting / Invoicing";
    static final String STOCK = "Inventory / Administrator";
    static final String PURCHASE = "Purchase / User";
    static final String PURCHASE_MANAGER = "Purchase / Administrator";
    static final String TECHNICAL = "Holdpoint: technical";

    static final Set<String> USERS = Set.of(USER);
    static final Set<String> SELLERS = Set.of(SALES);
    static final Set<String> BUYERS = Set.of(PURCHASE, PURCHASE_MANAGER);
    static final Set<String> INVOICERS = Set.of(INVOICING);
    /** The technical user may see what accountants see. */
    static final Set<String> ACCOUNTANTS = Set.of(INVOICING, TECHNICAL);

    private Groups() {}
}
