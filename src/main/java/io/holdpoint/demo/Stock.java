package io.holdpoint.demo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stock as far as orders need it: what lies there, and what confirmed orders have reserved of it. */
final class Stock {

    private Stock() {}

    /** Places, and what lies there. */
    static void models(Schema schema) {
        schema.model("stock.warehouse", "Warehouse", "id")
                .of("char", "name", "code")
                .one("lot_stock_id", "stock.location")
                .one("company_id", "res.company");
        schema.model("stock.location", "Inventory Locations", "id").of("char", "name");
        schema.model("stock.quant", "Quants", "id")
                .of("float", "quantity", "inventory_quantity")
                .one("product_id", "product.product")
                .one("location_id", "stock.location")
                .method("action_apply_inventory", (env, ids, arguments) -> applyCount(env, ids));
        schema.model("stock.move", "Stock Move", "id")
                .of("float", "product_uom_qty", "quantity")
                .of("char", "state")
                .one("product_id", "product.product")
                .one("sale_line_id", Sales.LINE)
                .one("location_id", "stock.location");
    }

    static double onHand(Env env, Row product) {
        return env.all("stock.quant").stream()
                .filter(quant -> quant.ref("product_id") == product.id() && inSight(env, quant.ref("location_id")))
                .mapToDouble(quant -> quant.number("quantity"))
                .sum();
    }

    static double free(Env env, Row product) {
        return onHand(env, product) - moves(env, product, "quantity");
    }

    /** What confirmed orders want of a product, whether there is enough of it or not. */
    static double outgoing(Env env, Row product) {
        return moves(env, product, "product_uom_qty");
    }

    /** Gives the lines of a confirmed order what is still free for them; says nothing when that is not enough. */
    static void reserve(Env env, Row order) {
        var location = env.row("stock.warehouse", order.ref("warehouse_id")).ref("lot_stock_id");
        var here = env.with(Map.of("location", location));
        for (var line : env.inverse(Sales.LINE, "order_id", order.id())) {
            var product = env.find("product.product", line.ref("product_id"));
            if (product == null || !product.flag("is_storable")) {
                continue;
            }
            var existing = env.all("stock.move").stream()
                    .filter(move -> move.ref("sale_line_id") == line.id())
                    .findFirst();
            var wanted = line.number("product_uom_qty");
            var already = existing.map(move -> move.number("quantity")).orElse(0.0);
            var reserved = Math.max(0, Math.min(wanted, free(here, product) + already));
            Map<String, Object> values = Map.of(
                    "product_id",
                    product.id(),
                    "sale_line_id",
                    line.id(),
                    "location_id",
                    location,
                    "product_uom_qty",
                    wanted,
                    "quantity",
                    reserved,
                    "state",
                    reserved < wanted ? "partially_available" : "assigned");
            existing.ifPresentOrElse(
                    move -> env.store("stock.move", move, values),
                    () -> env.sudo().create(env.model("stock.move"), values));
        }
    }

    static void unreserve(Env env, long orderId) {
        for (var line : env.inverse(Sales.LINE, "order_id", orderId)) {
            env.all("stock.move").stream()
                    .filter(move -> move.ref("sale_line_id") == line.id())
                    .toList()
                    .forEach(move -> env.sudo().unlink(env.model("stock.move"), List.of(move.id())));
        }
    }

    /** {@code action_apply_inventory}: what was counted is what lies there; and a second time nothing was counted. */
    static @Nullable Object applyCount(Env env, List<Long> quants) {
        quants.forEach(id -> {
            var quant = env.row("stock.quant", id);
            env.store(
                    "stock.quant",
                    quant,
                    Map.of("quantity", quant.number("inventory_quantity"), "inventory_quantity", 0.0));
        });
        return null;
    }

    private static double moves(Env env, Row product, String field) {
        return env.all("stock.move").stream()
                .filter(move -> move.ref("product_id") == product.id() && inSight(env, move.ref("location_id")))
                .mapToDouble(move -> move.number(field))
                .sum();
    }

    /** The context says which stock is meant; without a word it is all of the companies in sight. */
    private static boolean inSight(Env env, long location) {
        if (env.context.get("location") instanceof Number wanted) {
            return wanted.longValue() == location;
        }
        if (env.context.get("warehouse_id") instanceof Number warehouse) {
            return env.row("stock.warehouse", warehouse.longValue()).ref("lot_stock_id") == location;
        }
        return env.all("stock.warehouse").stream()
                .anyMatch(warehouse -> warehouse.ref("lot_stock_id") == location
                        && env.companyIds().contains(warehouse.ref("company_id")));
    }
}
