package io.holdpoint.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Odoo's wizard for returns, with all that it lets pass: too much, and the same twice. */
final class ReturnWizard {

    static final String WIZARD = "stock.return.picking";
    static final String LINE = "stock.return.picking.line";

    private ReturnWizard() {}

    static void models(Schema schema) {
        var wizards = schema.model(WIZARD, "Return Picking", "id")
                .one("picking_id", Transfers.PICKING)
                .lines("product_return_moves", LINE, "wizard_id")
                .rights(Groups.USERS, java.util.Set.of(Groups.ADMIN, Groups.STOCK))
                .method("action_create_returns", (env, ids, arguments) -> create(env, ids.get(0)));
        wizards.defaults = (env, id, values) -> {
            if (env.context.get("active_id") instanceof Number active) {
                values.putIfAbsent("picking_id", active.longValue());
            }
        };
        wizards.rule = ReturnWizard::opened;
        schema.model(LINE, "Return Picking Line", "id")
                .of("float", "quantity", "move_quantity")
                .of("boolean", "to_refund")
                .one("wizard_id", WIZARD)
                .one("product_id", Products.PRODUCT)
                .one("move_id", Transfers.MOVE)
                .rights(Groups.USERS, java.util.Set.of(Groups.ADMIN, Groups.STOCK));
    }

    /** The lines fill themselves, each with quantity nothing. */
    private static void opened(Env env, @Nullable Row before, @Nullable Row wizard) {
        if (before != null || wizard == null) {
            return;
        }
        for (var move : env.inverse(Transfers.MOVE, "picking_id", wizard.ref("picking_id"))) {
            if (move.text("state").equals("done")) {
                env.sudo()
                        .create(
                                env.model(LINE),
                                Map.of(
                                        "wizard_id", wizard.id(),
                                        "product_id", move.ref("product_id"),
                                        "move_id", move.id(),
                                        "move_quantity", move.number("quantity"),
                                        "quantity", 0.0,
                                        "to_refund", true));
            }
        }
    }

    static Map<String, Object> create(Env env, long id) {
        var wizard = env.row(WIZARD, id);
        var delivery = env.row(Transfers.PICKING, wizard.ref("picking_id"));
        var wanted = new ArrayList<Transfers.Wanted>();
        for (var line : env.inverse(LINE, "wizard_id", id)) {
            if (line.number("quantity") > 0) {
                var move = env.row(Transfers.MOVE, line.ref("move_id"));
                var links = new TreeMap<String, Object>(
                        Map.of("origin_returned_move_id", move.id(), "to_refund", line.flag("to_refund")));
                for (var field : List.of("sale_line_id", "purchase_line_id")) {
                    if (move.ref(field) > 0) {
                        links.put(field, move.ref(field));
                    }
                }
                wanted.add(new Transfers.Wanted(line.ref("product_id"), line.number("quantity"), links));
            }
        }
        if (wanted.isEmpty()) {
            throw Errors.refused("Please specify at least one non-zero quantity.");
        }
        wanted.forEach(one -> Transfers.takeFromReturns(
                env, ((Number) one.links().getOrDefault("origin_returned_move_id", 0L)).longValue()));
        var outgoing = env.row(Transfers.TYPE, delivery.ref("picking_type_id"))
                .text("code")
                .equals("outgoing");
        var warehouse = env.row(
                Stock.WAREHOUSE,
                env.row(Transfers.TYPE, delivery.ref("picking_type_id")).ref("warehouse_id"));
        var values = new TreeMap<String, Object>(Map.of(
                "return_id", delivery.id(),
                "origin", "Return of " + delivery.text("name"),
                "location_id", delivery.ref("location_dest_id"),
                "location_dest_id", delivery.ref("location_id")));
        for (var field : List.of("partner_id", "sale_id", "purchase_id")) {
            if (delivery.ref(field) > 0) {
                values.put(field, delivery.ref(field));
            }
        }
        var made = Transfers.make(env, warehouse.ref(outgoing ? "in_type_id" : "out_type_id"), values, wanted);
        return Map.of(
                "name",
                "Returned Picking",
                "type",
                "ir.actions.act_window",
                "res_model",
                Transfers.PICKING,
                "res_id",
                made);
    }
}
