package io.holdpoint.demo;

import java.util.Map;
import java.util.Set;

/** What Odoo knows of customers and what they owe. */
final class Customers {

    static final String PARTNER = "res.partner";
    static final String INVOICE = "account.move";

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
        return env.all(INVOICE).stream()
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

    /** A customer pays an invoice in full. */
    static void pay(Env env, long invoiceId) {
        var invoice = env.row(INVOICE, invoiceId);
        if (!invoice.text("state").equals("posted") || invoice.number("amount_residual") == 0) {
            throw Errors.refused("You can't register a payment because there is nothing left to pay on the selected"
                    + " journal items.");
        }
        env.store(
                INVOICE,
                invoice,
                Map.of(
                        "amount_residual",
                        0.0,
                        "amount_residual_signed",
                        0.0,
                        "payment_state",
                        "paid",
                        "write_date",
                        env.moment(),
                        "write_uid",
                        env.userId()));
        env.inverse("account.move.line", "move_id", invoiceId)
                .forEach(line -> env.store("account.move.line", line, Map.of("amount_residual", 0.0)));
    }

    private static boolean isOf(Env env, Row document, Row partner) {
        var customer = env.find(PARTNER, document.ref("partner_id"));
        return customer != null && commercial(env, customer).id() == partner.id();
    }
}
