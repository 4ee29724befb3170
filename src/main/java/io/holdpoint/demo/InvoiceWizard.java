package io.holdpoint.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Odoo's wizard that invoices an order: what is to be invoiced, or a credit note for what came back. */
final class InvoiceWizard {

    private static final String WIZARD = "sale.advance.payment.inv";

    private InvoiceWizard() {}

    static void models(Schema schema) {
        schema.model(WIZARD, "Sales Advance Payment Invoice", "id")
                .selection("advance_payment_method", "delivered", "percentage", "fixed")
                .many("sale_order_ids", Sales.ORDER)
                .rights(Groups.USERS, Groups.INVOICERS)
                .method("create_invoices", (env, ids, arguments) -> {
                    var made = env.row(WIZARD, ids.get(0)).refs("sale_order_ids").stream()
                            .map(order -> invoice(env.sudo(), order))
                            .toList();
                    return Map.of(
                            "type", "ir.actions.act_window", "res_model", Invoicing.INVOICE, "res_id", made.get(0));
                });
    }

    /** Makes the draft: an invoice, or a credit note when more was invoiced than delivered. */
    static long invoice(Env env, long orderId) {
        var order = env.row(Sales.ORDER, orderId);
        var open = env.inverse(Sales.LINE, "order_id", orderId).stream()
                .filter(line -> Math.abs(Sales.toInvoice(env, line)) > 1e-9)
                .toList();
        if (open.isEmpty()) {
            throw Errors.refused("Cannot create an invoice. No items are available to invoice.");
        }
        var credit = open.stream().allMatch(line -> Sales.toInvoice(env, line) < 0);
        var lines = new ArrayList<List<Object>>();
        for (var line : open) {
            lines.add(List.of(
                    0,
                    0,
                    Map.of(
                            "name",
                            env.displayName(Products.PRODUCT, line.ref("product_id")),
                            "product_id",
                            line.ref("product_id"),
                            "quantity",
                            Math.abs(Sales.toInvoice(env, line)),
                            "price_unit",
                            line.number("price_unit") * (1 - line.number("discount") / 100),
                            "tax_ids",
                            List.of(List.of(6, 0, line.refs("tax_ids"))),
                            "sale_line_ids",
                            List.of(List.of(6, 0, List.of(line.id()))))));
        }
        var values = new TreeMap<String, Object>(Map.of(
                "move_type", credit ? "out_refund" : "out_invoice",
                "partner_id", order.ref("partner_id"),
                "company_id", order.ref("company_id"),
                "currency_id", order.ref("currency_id"),
                "invoice_origin", order.text("name"),
                "invoice_line_ids", lines));
        var id = env.create(env.model(Invoicing.INVOICE), values);
        for (var line : open) {
            var now = env.row(Sales.LINE, line.id());
            env.store(Sales.LINE, now, Map.of("qty_invoiced", now.number("qty_invoiced") + Sales.toInvoice(env, now)));
        }
        Sales.invoiceStatus(env, orderId);
        return id;
    }
}
