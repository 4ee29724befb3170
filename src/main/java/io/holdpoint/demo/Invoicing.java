package io.holdpoint.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Odoo does with customer invoices: amounts, posting, payment. */
final class Invoicing {

    static final String INVOICE = "account.move";
    static final String ITEM = "account.move.line";

    private Invoicing() {}

    /** Invoices and payments. */
    static void models(Schema schema) {
        var invoices = schema.model(INVOICE, "Journal Entry", "invoice_date desc, id desc")
                .of("char", "name", "ref", "invoice_origin")
                .of("date", "invoice_date", "invoice_date_due")
                .of("monetary", "amount_total", "amount_total_signed", "amount_residual", "amount_residual_signed")
                .selection("move_type", "entry", "out_invoice", "out_refund", "in_invoice", "in_refund")
                .selection("state", "draft", "posted", "cancel")
                .selection("payment_state", "not_paid", "in_payment", "paid", "partial", "reversed", "blocked")
                .one("partner_id", Customers.PARTNER)
                .one("company_id", "res.company")
                .one("currency_id", "res.currency")
                .computedOne(
                        "commercial_partner_id",
                        Customers.PARTNER,
                        (env, row) -> Customers.commercial(env, env.row(Customers.PARTNER, row.ref("partner_id")))
                                .id())
                .one("reversed_entry_id", INVOICE)
                .lines("invoice_line_ids", ITEM, "move_id")
                .rights(Groups.USERS, Groups.INVOICERS)
                .method("action_post", (env, ids, arguments) -> post(env, ids));
        invoices.defaults = Invoicing::defaults;
        var items = schema.model(ITEM, "Journal Item", "date_maturity, id")
                .of("char", "name")
                .of("date", "date_maturity")
                .of("float", "quantity", "price_unit")
                .of("monetary", "amount_residual", "balance")
                .many("tax_ids", "account.tax")
                .one("move_id", INVOICE)
                .one("product_id", Products.PRODUCT)
                .many("sale_line_ids", Sales.LINE)
                .one("purchase_line_id", Purchasing.LINE)
                .one("account_id", "account.account")
                .computedOne(
                        "company_id",
                        "res.company",
                        (env, row) -> env.row(INVOICE, row.ref("move_id")).ref("company_id"))
                .computedOne(
                        "partner_id",
                        Customers.PARTNER,
                        (env, row) -> env.row(INVOICE, row.ref("move_id")).ref("partner_id"))
                .computed(
                        "parent_state",
                        "selection",
                        (env, row) -> env.row(INVOICE, row.ref("move_id")).get("state"))
                .rights(Groups.ACCOUNTANTS, Groups.INVOICERS);
        items.rule = Invoicing::itemChanged;
        schema.model("account.account", "Account", "code")
                .of("char", "name", "code")
                .selection("account_type", "asset_receivable", "income", "liability_payable", "expense")
                .rights(Groups.ACCOUNTANTS, Groups.INVOICERS);
        schema.model("account.tax", "Tax", "id").of("char", "name").of("float", "amount");
        schema.model("payment.transaction", "Payment Transaction", "id desc")
                .of("char", "reference")
                .of("monetary", "amount")
                .selection("state", "draft", "pending", "authorized", "done", "cancel", "error")
                .many("sale_order_ids", Sales.ORDER)
                .rights(Groups.ACCOUNTANTS, Groups.INVOICERS);
    }

    static void defaults(Env env, long id, Map<String, @Nullable Object> values) {
        values.putIfAbsent("state", "draft");
        values.putIfAbsent("payment_state", "not_paid");
        values.putIfAbsent("company_id", env.companyId());
        var company = env.row("res.company", ((Number) values.getOrDefault("company_id", 0L)).longValue());
        values.putIfAbsent("currency_id", company.ref("currency_id"));
    }

    /** A draft adds up what it has so far. */
    private static void itemChanged(Env env, @Nullable Row before, @Nullable Row after) {
        var item = after == null ? before : after;
        var invoice = item == null ? null : env.find(INVOICE, item.ref("move_id"));
        if (invoice != null && invoice.text("state").equals("draft")) {
            env.store(INVOICE, invoice, amounts(env, invoice));
        }
    }

    private static Map<String, Object> amounts(Env env, Row invoice) {
        var total = total(env, invoice.id());
        var signed = invoice.text("move_type").equals("out_refund") ? -total : total;
        return Map.of(
                "amount_total", total,
                "amount_total_signed", signed,
                "amount_residual", total,
                "amount_residual_signed", signed);
    }

    /** {@code action_post}: the receivable arises and waits for its payment. */
    static boolean post(Env env, List<Long> ids) {
        for (var id : ids) {
            var invoice = env.row(INVOICE, id);
            if (!invoice.text("state").equals("draft")) {
                throw Errors.refused("The entry " + invoice.text("name") + " must be in draft.");
            }
            var sign = invoice.text("move_type").equals("out_refund") ? -1 : 1;
            var total = total(env, id);
            var day = invoice.has("invoice_date") ? LocalDate.parse(invoice.text("invoice_date")) : env.today();
            var due = invoice.has("invoice_date_due") ? invoice.text("invoice_date_due") : day.toString();
            env.write(env.model(INVOICE), ids, Map.of("state", "posted", "invoice_date_due", due));
            env.store(
                    INVOICE,
                    env.row(INVOICE, id),
                    Map.of(
                            "name",
                            (sign < 0 ? "RINV/" : "INV/") + day.getYear() + "/" + "%05d".formatted(id),
                            "amount_total",
                            total,
                            "amount_total_signed",
                            sign * total,
                            "amount_residual",
                            total,
                            "amount_residual_signed",
                            sign * total));
            env.sudo()
                    .create(
                            env.model(ITEM),
                            Map.of(
                                    "move_id",
                                    id,
                                    "account_id",
                                    Foundation.RECEIVABLE,
                                    "date_maturity",
                                    due,
                                    "balance",
                                    sign * total,
                                    "amount_residual",
                                    sign * total));
        }
        return false;
    }

    /** A customer pays an invoice in full. */
    static void pay(Env env, long id) {
        var invoice = env.row(INVOICE, id);
        if (!invoice.text("state").equals("posted") || invoice.number("amount_residual") == 0) {
            throw Errors.refused("You can't register a payment because there is nothing left to pay on the selected"
                    + " journal items.");
        }
        env.write(env.model(INVOICE), List.of(id), Map.of("payment_state", "paid"));
        env.store(INVOICE, env.row(INVOICE, id), Map.of("amount_residual", 0.0, "amount_residual_signed", 0.0));
        env.inverse(ITEM, "move_id", id).forEach(item -> env.store(ITEM, item, Map.of("amount_residual", 0.0)));
    }

    private static double total(Env env, long id) {
        return Sales.cents(env.inverse(ITEM, "move_id", id).stream()
                .mapToDouble(item ->
                        item.number("quantity") * item.number("price_unit") * (1 + Sales.taxPercent(env, item) / 100))
                .sum());
    }
}
