package io.holdpoint.demo;

import java.util.Set;

/** What Odoo knows of customers and what they owe. */
final class Customers {

    static final String PARTNER = "res.partner";

    private static final Set<String> SALES_DOCUMENTS = Set.of("out_invoice", "out_refund");

    private Customers() {}

    /** The company behind a contact: the contact itself where it is one or has none above it. */
    static Row commercial(Env env, Row partner) {
        var parent = env.find(PARTNER, partner.ref("parent_id"));
        return partner.flag("is_company") || parent == null ? partner : commercial(env, parent);
    }

    static String displayName(Env env, Row partner) {
        var parent = env.find(PARTNER, partner.ref("parent_id"));
        return parent == null ? partner.text("name") : parent.text("name") + ", " + partner.text("name");
    }

    /** Posted and open, in the currency and with the eyes of the company. */
    static double receivable(Env env, Row partner) {
        return env.all(Invoicing.INVOICE).stream()
                .filter(move -> move.text("state").equals("posted")
                        && SALES_DOCUMENTS.contains(move.text("move_type"))
                        && move.ref("company_id") == env.companyId()
                        && isOf(env, move, partner))
                .mapToDouble(move -> move.number("amount_residual_signed"))
                .sum();
    }

    /** Confirmed, not invoiced. */
    static double toInvoice(Env env, Row partner) {
        return env.all(Sales.ORDER).stream()
                .filter(order -> order.text("state").equals("sale")
                        && !order.text("invoice_status").equals("invoiced")
                        && order.ref("company_id") == env.companyId()
                        && isOf(env, order, partner))
                .mapToDouble(order -> order.number("amount_total") / order.number("currency_rate"))
                .sum();
    }

    private static boolean isOf(Env env, Row document, Row partner) {
        var customer = env.find(PARTNER, document.ref("partner_id"));
        return customer != null && commercial(env, customer).id() == partner.id();
    }
}
