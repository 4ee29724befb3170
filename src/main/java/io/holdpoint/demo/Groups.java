package io.holdpoint.demo;

/** Groups of users as far as the demo tells them apart. Names are Odoo's own, in English. */
final class Groups {

    static final String USER = "Role / User";
    static final String ADMIN = "Role / Administrator";
    static final String SALES = "Sales / User: All Documents";
    static final String INVOICING = "Accounting / Invoicing";
    static final String PURCHASE = "Purchase / User";
    static final String PURCHASE_MANAGER = "Purchase / Administrator";
    static final String TECHNICAL = "Holdpoint: technical";

    private Groups() {}
}
