package io.holdpoint.odoo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the approval of urgent purchases needs in Odoo: none is confirmed without it, and receipts are told of. */
final class PurchaseSetup implements SetupPart {

    private static final String ORDER = PurchaseOrders.MODEL;
    private static final String LINE = PurchaseOrders.LINE;
    private static final String PARTNER = "res.partner";

    @Override
    public String model() {
        return ORDER;
    }

    @Override
    public String app() {
        return "Purchase (purchase_stock)";
    }

    @Override
    public List<String> guards() {
        return List.of("purchase_order_guard", "res_partner_vendor_guard", SupplierLevel.GUARD);
    }

    @Override
    public List<String> hints() {
        return List.of("purchase_order_changed", "purchase_order_deleted", "purchase_line_changed");
    }

    @Override
    public void apply(SetupKit kit) {
        fields(kit);
        SupplierLevel.apply(kit);
        kit.mayRead("access_purchase_order", ORDER);
        kit.mayRead("access_purchase_line", LINE);
        kit.guard(Guard.before(
                        "purchase_order_guard",
                        "Holdpoint: no urgent purchase without approval",
                        ORDER,
                        "state",
                        List.of("purchase", "done"),
                        List.of(
                                "priority",
                                "amount_total",
                                "partner_id",
                                "x_holdpoint_state",
                                "x_holdpoint_requested_by",
                                "x_holdpoint_requested_at",
                                "x_holdpoint_promised",
                                "x_holdpoint_approved_amount",
                                "x_holdpoint_reason"))
                // Most purchases have nothing to do with Holdpoint, and are not to be slower for it.
                .quietWhere(
                        "record.priority != '1' and not (record.x_holdpoint_state or record.x_holdpoint_requested_by"
                                + " or record.x_holdpoint_requested_at or record.x_holdpoint_promised"
                                + " or record.x_holdpoint_approved_amount or record.x_holdpoint_reason)"));
        kit.guard(Guard.ofFields(
                "res_partner_vendor_guard",
                "Holdpoint: who approves vendors",
                PARTNER,
                List.of("x_holdpoint_vendor_approved")));
        kit.command(
                "urgent-purchase", "x_holdpoint", List.of(ORDER), List.of("approveAfterwards", "breach", "agreeDate"));
        kit.action(
                "purchase_order_figures",
                "Holdpoint: figures of a purchase",
                ORDER,
                SetupKit.code("purchase_order_figures", Map.of()));
        var request = kit.request("purchase_order_request", "Request approval", ORDER);
        kit.view(
                "purchase_order_form",
                "Holdpoint: purchase",
                ORDER,
                "form",
                "purchase",
                "purchase_order_form",
                Map.of("request", request));
        kit.view(
                "purchase_order_list",
                "Holdpoint: requests for quotation",
                ORDER,
                "list",
                "purchase",
                "purchase_order_kpis_tree",
                Map.of());
        kit.view(
                "res_partner_vendor_form", "Holdpoint: vendor", PARTNER, "form", "base", "view_partner_form", Map.of());
        hints(kit);
    }

    private static void fields(SetupKit kit) {
        kit.stateFields("purchase", ORDER, "x_holdpoint");
        var choices = new LinkedHashMap<String, String>();
        choices.put("low", "Low");
        choices.put("medium", "Medium");
        choices.put("high", "High");
        kit.selection("purchase_urgency", ORDER, "x_holdpoint_urgency", "Urgency", choices);
        kit.field("purchase_line_down", ORDER, "x_holdpoint_line_down", "Production stands still", "boolean", Map.of());
        kit.field("purchase_what_happened", ORDER, "x_holdpoint_what_happened", "What happened", "text", Map.of());
        kit.field("purchase_damage", ORDER, "x_holdpoint_damage", "Damage if not bought", "text", Map.of());
        kit.field("purchase_unforeseen", ORDER, "x_holdpoint_unforeseen", "Why not foreseen", "text", Map.of());
        kit.field("purchase_vendor_choice", ORDER, "x_holdpoint_vendor_choice", "Choice of vendor", "text", Map.of());
        kit.field("purchase_promised", ORDER, "x_holdpoint_promised", "Agreed date", "datetime", Map.of());
        kit.field(
                "purchase_approved_amount", ORDER, "x_holdpoint_approved_amount", "Approved amount", "float", Map.of());
        kit.field(
                "partner_vendor_approved",
                PARTNER,
                "x_holdpoint_vendor_approved",
                "Approved vendor",
                "boolean",
                Map.of());
        kit.field("category_basic", "product.category", "x_holdpoint_basic", "Basic need", "boolean", Map.of());
    }

    private static void hints(SetupKit kit) {
        var url = kit.hints();
        if (url == null) {
            return;
        }
        long orderHook = kit.hook(
                "purchase_order_hook", ORDER, url, List.of("write_date", "state", "x_holdpoint_state", "amount_total"));
        long lineHook = kit.hook("purchase_line_hook", LINE, url, List.of("write_date", "order_id"));
        kit.hint(
                "purchase_order_changed",
                "Holdpoint: hint of a changed purchase",
                ORDER,
                List.of(
                        "x_holdpoint_state",
                        "state",
                        "priority",
                        "amount_total",
                        "partner_id",
                        "currency_id",
                        "acknowledged",
                        "x_holdpoint_line_down",
                        "x_holdpoint_urgency",
                        "x_holdpoint_what_happened",
                        "x_holdpoint_damage",
                        "x_holdpoint_unforeseen",
                        "x_holdpoint_vendor_choice"),
                "record.x_holdpoint_state",
                orderHook);
        kit.rule(
                "purchase_order_deleted",
                "Holdpoint: hint of a deleted purchase",
                ORDER,
                "on_unlink",
                List.of(),
                "[('x_holdpoint_state', '!=', False)]",
                SetupKit.code("purchase_order_hint", Map.of("hook", orderHook)));
        kit.hint(
                "purchase_line_changed",
                "Holdpoint: hint of a receipt or a moved date",
                LINE,
                List.of("qty_received", "date_planned"),
                "record.order_id.x_holdpoint_state in ('held', 'released')",
                lineHook);
    }

    @Override
    public Map<String, List<String>> needed(OdooProfile profile) {
        var needed = new LinkedHashMap<String, List<String>>();
        needed.put(
                ORDER,
                List.of(
                        "name",
                        "state",
                        "priority",
                        "partner_id",
                        "company_id",
                        "currency_id",
                        "currency_rate",
                        "amount_total",
                        "date_order",
                        "date_approve",
                        "date_planned",
                        "acknowledged",
                        "user_id",
                        "order_line",
                        "x_holdpoint_state",
                        "x_holdpoint_reason",
                        "x_holdpoint_requested_by",
                        "x_holdpoint_urgency",
                        "x_holdpoint_line_down",
                        "x_holdpoint_what_happened",
                        "x_holdpoint_damage",
                        "x_holdpoint_unforeseen",
                        "x_holdpoint_vendor_choice",
                        "x_holdpoint_promised"));
        needed.put(
                LINE,
                List.of(
                        "product_id",
                        "product_qty",
                        profile.lineUnit(),
                        "price_unit",
                        "discount",
                        "qty_received",
                        "date_planned",
                        "display_type"));
        return needed;
    }
}
