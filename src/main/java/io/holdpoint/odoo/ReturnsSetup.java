package io.holdpoint.odoo;

import java.util.List;
import java.util.Map;

/** What the authorization of returns needs in Odoo: none is received without it, and what comes back is told of. */
final class ReturnsSetup implements SetupPart {

    private static final String TRANSFER = "stock.picking";
    private static final String LINE = "x_holdpoint_return_line";

    @Override
    public String model() {
        return TRANSFER;
    }

    @Override
    public String app() {
        return "Inventory (sale_stock)";
    }

    @Override
    public List<String> guards() {
        return List.of("return_guard", "return_rma_guard");
    }

    @Override
    public List<String> hints() {
        return List.of("return_changed");
    }

    @Override
    public void apply(SetupKit kit) {
        kit.stateFields("return", TRANSFER, "x_holdpoint", "settled");
        kit.field("return_rma", TRANSFER, "x_holdpoint_rma", "RMA number", "char", Map.of());
        requestLines(kit);
        kit.places("Quarantine");
        kit.places("Refurbishment");
        kit.guard(new Guard(
                "return_guard",
                "Holdpoint: no return without authorization",
                TRANSFER,
                "record.state == 'done' and 'outgoing' in (record.return_id |"
                        + " record.move_ids.origin_returned_move_id.picking_id).mapped('picking_type_code')",
                List.of("state", "return_id"),
                "[('state', '=', 'done'), '|', ('return_id', '!=', False),"
                        + " ('move_ids.origin_returned_move_id', '!=', False)]",
                List.of(
                        "x_holdpoint_state",
                        "x_holdpoint_requested_by",
                        "x_holdpoint_requested_at",
                        "x_holdpoint_reason")));
        // By this number it is told what came back, and so what is credited.
        kit.guard(Guard.ofFields(
                "return_rma_guard",
                "Holdpoint: only Holdpoint gives RMA numbers",
                TRANSFER,
                List.of("x_holdpoint_rma")));
        kit.command(
                "return-authorization",
                "x_holdpoint",
                List.of(TRANSFER),
                List.of("cancelReturn", "dispose", "credit", "settle", "remind"));
        kit.action(
                "return_figures",
                "Holdpoint: figures of a delivery",
                TRANSFER,
                SetupKit.code("return_figures", Map.of()));
        kit.mayRead("access_transfer", TRANSFER);
        var request = kit.request("return_request", "Request return", TRANSFER);
        kit.view(
                "return_form",
                "Holdpoint: delivery",
                TRANSFER,
                "form",
                "stock",
                "view_picking_form",
                Map.of("request", request));
        kit.view("return_list", "Holdpoint: transfers", TRANSFER, "list", "stock", "vpicktree", Map.of());
        var url = kit.hints();
        if (url != null) {
            long hook =
                    kit.hook("stock_picking_hook", TRANSFER, url, List.of("write_date", "state", "x_holdpoint_state"));
            kit.hint(
                    "return_changed",
                    "Holdpoint: hint of a return",
                    TRANSFER,
                    List.of("state", "x_holdpoint_state"),
                    "record.x_holdpoint_state or record.return_id.x_holdpoint_state",
                    hook);
        }
    }

    /** What is asked to come back is written on the delivery by whoever asks. */
    private static void requestLines(SetupKit kit) {
        kit.model("return_line", LINE, "Holdpoint: line of a return", "Name");
        kit.field(
                "return_line_picking",
                LINE,
                "x_picking_id",
                "Delivery",
                "many2one",
                Map.of("relation", TRANSFER, "on_delete", "cascade", "index", true));
        kit.field(
                "return_line_product",
                LINE,
                "x_product_id",
                "Product",
                "many2one",
                Map.of("relation", "product.product", "on_delete", "cascade"));
        kit.field(
                "return_line_lot",
                LINE,
                "x_lot_id",
                "Lot",
                "many2one",
                Map.of("relation", "stock.lot", "on_delete", "set null"));
        kit.field("return_line_quantity", LINE, "x_quantity", "Quantity", "float", Map.of());
        kit.selection("return_line_reason", LINE, "x_reason", "Reason", Choices.RETURN_REASONS);
        kit.field("return_line_opened", LINE, "x_opened", "Opened", "boolean", Map.of());
        kit.field(
                "return_lines",
                TRANSFER,
                "x_holdpoint_return_line_ids",
                "What comes back",
                "one2many",
                Map.of("relation", LINE, "relation_field", "x_picking_id"));
        kit.records()
                .ensure(
                        "access_return_line",
                        "ir.model.access",
                        null,
                        Map.of(
                                "name", "Holdpoint: lines of returns",
                                "model_id", kit.modelId(LINE),
                                "group_id", kit.externalId("base", "group_user"),
                                "perm_read", true,
                                "perm_write", true,
                                "perm_create", true,
                                "perm_unlink", true),
                        Map.of());
    }

    @Override
    public Map<String, List<String>> needed(OdooProfile profile) {
        return Map.of(
                TRANSFER,
                List.of(
                        "state",
                        "return_id",
                        "x_holdpoint_state",
                        "x_holdpoint_reason",
                        "x_holdpoint_requested_by",
                        "x_holdpoint_requested_at",
                        "x_holdpoint_rma",
                        "x_holdpoint_return_line_ids"));
    }
}
