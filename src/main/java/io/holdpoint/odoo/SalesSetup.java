package io.holdpoint.odoo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the release of sales orders needs in Odoo: no order is confirmed without it, and payments are told of. */
final class SalesSetup implements SetupPart {

    private static final String ORDER = "sale.order";
    private static final String INVOICE = "account.move";
    private static final String UNDER_CONTROL = "[('x_holdpoint_state', '!=', False)]";

    /** A payment may be the cause that a hold goes away, so it is told when orders of this customer are held. */
    private static final String PAYS_FOR_HELD = """
            record.move_type == 'out_invoice' and record.state == 'posted' and record.env['sale.order'].search_count([\
            ('x_holdpoint_state', '=', 'held'), \
            ('partner_id', 'child_of', record.commercial_partner_id.id)], limit=1)""";

    @Override
    public String model() {
        return ORDER;
    }

    @Override
    public String app() {
        return "Sales (sale_management)";
    }

    @Override
    public List<String> guards() {
        return List.of("sale_order_guard", "res_partner_guard");
    }

    @Override
    public List<String> hints() {
        return List.of("sale_order_changed", "sale_order_deleted", "account_move_paid");
    }

    @Override
    public void apply(SetupKit kit) {
        kit.stateFields("order", ORDER, "x_holdpoint");
        kit.field(
                "partner_limit_review",
                "res.partner",
                "x_holdpoint_limit_review",
                "Credit limit review",
                "date",
                Map.of());
        guards(kit);
        kit.command("order-release", "x_holdpoint", List.of(ORDER), List.of());
        kit.action(
                "sale_order_figures",
                "Holdpoint: figures of an order",
                ORDER,
                SetupKit.code("sale_order_figures", Map.of()));
        var request = kit.request("sale_order_request", "Request release", ORDER);
        kit.view(
                "sale_order_form",
                "Holdpoint: order",
                ORDER,
                "form",
                "sale",
                "view_order_form",
                Map.of("request", request));
        kit.view("sale_order_list", "Holdpoint: orders", ORDER, "list", "sale", "sale_order_tree", Map.of());
        hints(kit);
    }

    private static void guards(SetupKit kit) {
        kit.guard(Guard.before(
                "sale_order_guard",
                "Holdpoint: no order without release",
                ORDER,
                "state",
                List.of("sale"),
                List.of(
                        "x_holdpoint_state",
                        "x_holdpoint_requested_by",
                        "x_holdpoint_requested_at",
                        "x_holdpoint_reason")));
        kit.guard(Guard.ofFields(
                "res_partner_guard",
                "Holdpoint: who sets credit limit reviews",
                "res.partner",
                List.of("x_holdpoint_limit_review")));
    }

    private static void hints(SetupKit kit) {
        var url = kit.hints();
        if (url == null) {
            return;
        }
        long orderHook = kit.hook(
                "sale_order_hook", ORDER, url, List.of("write_date", "state", "x_holdpoint_state", "amount_total"));
        long invoiceHook = kit.hook(
                "account_move_hook", INVOICE, url, List.of("write_date", "payment_state", "commercial_partner_id"));
        kit.hint(
                "sale_order_changed",
                "Holdpoint: hint of a changed order",
                ORDER,
                List.of(
                        "x_holdpoint_state",
                        "state",
                        "amount_total",
                        "partner_id",
                        "payment_term_id",
                        "currency_id",
                        "company_id"),
                "record.x_holdpoint_state",
                orderHook);
        kit.rule(
                "sale_order_deleted",
                "Holdpoint: hint of a deleted order",
                ORDER,
                "on_unlink",
                List.of(),
                UNDER_CONTROL,
                SetupKit.code("sale_order_hint", Map.of("hook", orderHook)));
        kit.hint(
                "account_move_paid",
                "Holdpoint: hint of a payment",
                INVOICE,
                List.of("payment_state"),
                PAYS_FOR_HELD,
                invoiceHook);
    }

    @Override
    public Map<String, List<String>> needed(OdooProfile profile) {
        var needed = new LinkedHashMap<String, List<String>>();
        needed.put(
                ORDER,
                List.of(
                        "name",
                        "state",
                        "amount_total",
                        "amount_untaxed",
                        "amount_undiscounted",
                        "currency_rate",
                        "amount_paid",
                        "commitment_date",
                        "partner_id",
                        "company_id",
                        "currency_id",
                        "payment_term_id",
                        "user_id",
                        "order_line",
                        "warehouse_id",
                        "x_holdpoint_state",
                        "x_holdpoint_reason",
                        "x_holdpoint_requested_by",
                        "x_holdpoint_requested_at"));
        needed.put(
                "sale.order.line",
                List.of(
                        "product_id",
                        "product_uom_qty",
                        profile.lineUnit(),
                        "price_unit",
                        "discount",
                        "price_reduce_taxexcl",
                        "price_subtotal",
                        "display_type"));
        needed.put(
                "res.partner",
                List.of(
                        "commercial_partner_id",
                        "credit",
                        "credit_to_invoice",
                        "credit_limit",
                        "use_partner_credit_limit",
                        "trust",
                        "property_payment_term_id",
                        "x_holdpoint_limit_review"));
        needed.put("res.company", List.of("currency_id", "account_use_credit_limit"));
        needed.put("res.users", List.of("login", "name", "email"));
        needed.put("account.payment.term.line", List.of("nb_days", "delay_type"));
        needed.put(INVOICE, List.of("move_type", "payment_state", "commercial_partner_id"));
        needed.put("account.move.line", List.of("amount_residual", "date_maturity", "parent_state", "account_id"));
        return needed;
    }
}
