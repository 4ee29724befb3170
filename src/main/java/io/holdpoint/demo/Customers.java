package io.holdpoint.demo;

import java.util.Set;

/** What Odoo knows of customers and what they owe. */
final class Customers {

    static final String PARTNER = "res.partner";

    private static final Set<String> SALES_DOCUMENTS = Set.of("out_invoice", "out_refund");

    private Customers() {}

    /** Customers and their payment terms. */
    static void models(Schema schema) {
        var partners = schema.model(PARTNER, "Contact", "name, id")
                .of("char", "name", "email", "city")
                .selection("type", "contact", "invoice", "delivery", "other")
                .of("boolean", "active", "is_company")
                .of("integer", "customer_rank")
                .of("float", "credit_limit")
                .of("date", "x_holdpoint_limit_review")
                .one("parent_id", PARTNER)
                .one("company_id", "res.company")
                .one("property_payment_term_id", "account.payment.term")
                .one("property_product_pricelist", "product.pricelist")
                .selection("trust", "good", "normal", "bad")
                .computedOne(
                        "commercial_partner_id",
                        PARTNER,
                        (env, row) -> commercial(env, row).id())
                .computed("credit", "monetary", Customers::receivable)
                .computed("credit_to_invoice", "monetary", Customers::toInvoice)
                .computed("use_partner_credit_limit", "boolean", (env, row) -> {
                    var limit = env.value(env.model(PARTNER), row, "credit_limit");
                    return limit instanceof Number number && number.doubleValue() != 0;
                })
                .computed(
                        "show_credit_limit",
                        "boolean",
                        (env, row) -> env.row("res.company", env.companyId()).flag("account_use_credit_limit"))
                .perCompany("credit_limit", "trust", "property_payment_term_id", "property_product_pricelist")
                .onlyFor(
                        Groups.ACCOUNTANTS,
                        "credit",
                        "credit_to_invoice",
                        "credit_limit",
                        "use_partner_credit_limit",
                        "show_credit_limit")
                .rights(Groups.USERS, Groups.SELLERS);
        partners.companyDefaults.put("trust", "normal");
        partners.displayName = Customers::displayName;
        partners.defaults = (env, id, values) -> values.putIfAbsent("active", true);
        partners.rule = Guards::partnerChanged;

        var terms = schema.model("account.payment.term", "Payment Terms", "id")
                .of("char", "name")
                .of("boolean", "active")
                .lines("line_ids", "account.payment.term.line", "payment_id");
        terms.defaults = (env, id, values) -> values.putIfAbsent("active", true);
        var termLines = schema.model("account.payment.term.line", "Payment Terms Line", "id")
                .of("integer", "nb_days")
                .of("float", "value_amount")
                .selection("value", "percent", "fixed")
                .selection(
                        "delay_type",
                        "days_after",
                        "days_after_end_of_month",
                        "days_after_end_of_next_month",
                        "days_end_of_month_on_the")
                .one("payment_id", "account.payment.term");
        termLines.defaults = (env, id, values) -> values.putIfAbsent("delay_type", "days_after");
    }

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
