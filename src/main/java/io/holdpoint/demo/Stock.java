package io.holdpoint.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stock: the places, what lies there by lot, and how much of it transfers have reserved. */
final class Stock {

    static final String QUANT = "stock.quant";
    static final String LOCATION = "stock.location";
    static final String WAREHOUSE = "stock.warehouse";
    static final String LOT = "stock.lot";

    private static final double NOTHING = 1e-9;
    private static final Set<String> CLOSED = Set.of("done", "cancel", "draft");

    private Stock() {}

    /** Places, and what lies there. */
    static void models(Schema schema) {
        schema.model(WAREHOUSE, "Warehouse", "id")
                .of("char", "name", "code")
                .one("lot_stock_id", LOCATION)
                .one("view_location_id", LOCATION)
                .one("in_type_id", Transfers.TYPE)
                .one("out_type_id", Transfers.TYPE)
                .one("int_type_id", Transfers.TYPE)
                .one("company_id", "res.company");
        var locations = schema.model(LOCATION, "Inventory Locations", "id")
                .of("char", "name")
                .of("boolean", "active")
                .selection("usage", "supplier", "view", "internal", "customer", "inventory", "production", "transit")
                .one("location_id", LOCATION)
                .one("warehouse_id", WAREHOUSE)
                .one("company_id", "res.company")
                .computed("complete_name", "char", Stock::completeName)
                .rights(Groups.USERS, Set.of(Groups.ADMIN, Groups.STOCK));
        locations.displayName = Stock::completeName;
        locations.defaults = (env, id, values) -> {
            values.putIfAbsent("active", true);
            values.putIfAbsent("usage", "internal");
        };
        schema.model(QUANT, "Quants", "id")
                .of("float", "quantity", "inventory_quantity")
                .one("product_id", Products.PRODUCT)
                .one("location_id", LOCATION)
                .one("lot_id", LOT)
                .computed("reserved_quantity", "float", Stock::reservedOf)
                .rights(Groups.USERS, Set.of(Groups.ADMIN, Groups.STOCK))
                .method("action_apply_inventory", (env, ids, arguments) -> applyCount(env, ids));
        var lots = schema.model(LOT, "Lot/Serial", "name, id")
                .of("char", "name", "ref", "x_holdpoint_quality_reason")
                .of("text", "note")
                .one("product_id", Products.PRODUCT)
                .one("company_id", "res.company")
                .selection("x_holdpoint_quality_state", HoldpointStates.ALL)
                .lines("quant_ids", QUANT, "lot_id")
                .computed(
                        "product_qty",
                        "float",
                        (env, row) -> env.all(QUANT).stream()
                                .filter(quant ->
                                        quant.ref("lot_id") == row.id() && isInternal(env, quant.ref("location_id")))
                                .mapToDouble(quant -> quant.number("quantity"))
                                .sum())
                .computedOne("location_id", LOCATION, Stock::placeOf)
                .computedMany("delivery_ids", Transfers.PICKING, Transfers::deliveriesOf)
                .computedMany("purchase_order_ids", "purchase.order", Transfers::purchasesOf)
                .required("name", "product_id")
                .rights(Groups.USERS, Set.of(Groups.ADMIN, Groups.STOCK))
                .method("message_post", Chatter.posting(LOT));
        lots.rule = Stock::lotChanged;
    }

    /** By where it lies: {@code WH/Stock/Shelf}. */
    private static String completeName(Env env, Row place) {
        var parent = env.find(LOCATION, place.ref("location_id"));
        return parent == null || place.text("usage").equals("view")
                ? place.text("name")
                : completeName(env, parent) + "/" + place.text("name");
    }

    private static void lotChanged(Env env, @Nullable Row before, @Nullable Row lot) {
        if (lot != null
                && env.all(LOT).stream()
                        .anyMatch(other -> other.id() != lot.id()
                                && other.text("name").equals(lot.text("name"))
                                && other.ref("product_id") == lot.ref("product_id")
                                && other.ref("company_id") == lot.ref("company_id"))) {
            throw Errors.invalid("The combination of serial number and product must be unique within a company."
                    + "\nFollowing combination contains duplicates:\n - Product: "
                    + env.displayName(Products.PRODUCT, lot.ref("product_id")) + ", Serial Number: "
                    + lot.text("name"));
        }
    }

    /** The one place where all of a lot lies, even outside the company; null when it is in several or nowhere. */
    private static @Nullable Object placeOf(Env env, Row lot) {
        var places = env.all(QUANT).stream()
                .filter(quant -> quant.ref("lot_id") == lot.id()
                        && quant.number("quantity") > NOTHING
                        && isInternal(env, quant.ref("location_id")))
                .map(quant -> quant.ref("location_id"))
                .collect(Collectors.toCollection(TreeSet::new));
        places.addAll(Transfers.outside(env, lot));
        return places.size() == 1 ? places.first() : null;
    }

    static boolean isInternal(Env env, long location) {
        return usage(env, location).equals("internal");
    }

    /** What a place is: internal, customer, supplier and so on; empty where there is none. */
    static String usage(Env env, long location) {
        var place = env.find(LOCATION, location);
        return place == null ? "" : place.text("usage");
    }

    // how much there is

    static double onHand(Env env, Row product) {
        return env.all(QUANT).stream()
                .filter(quant -> quant.ref("product_id") == product.id() && inSight(env, quant.ref("location_id")))
                .mapToDouble(quant -> quant.number("quantity"))
                .sum();
    }

    /** With the eyes of where an order is served from; places beside the stock do not count. */
    static Env servedFrom(Env env, Row order) {
        var warehouse = env.find(WAREHOUSE, order.ref("warehouse_id"));
        return warehouse == null ? env : env.with(Map.of("location", warehouse.ref("lot_stock_id")));
    }

    static double free(Env env, Row product) {
        return onHand(env, product)
                - env.all(Transfers.MOVE_LINE).stream()
                        .filter(line -> line.ref("product_id") == product.id()
                                && isOpen(env, line)
                                && inSight(env, line.ref("location_id")))
                        .mapToDouble(line -> line.number("quantity"))
                        .sum();
    }

    /** What open transfers want of a product, whether there is enough of it or not. */
    static double outgoing(Env env, Row product) {
        return env.all(Transfers.MOVE).stream()
                .filter(move -> move.ref("product_id") == product.id()
                        && !CLOSED.contains(move.text("state"))
                        && inSight(env, move.ref("location_id"))
                        && !inSight(env, move.ref("location_dest_id")))
                .mapToDouble(move -> move.number("product_uom_qty"))
                .sum();
    }

    /** Whether a place is another one or lies somewhere below it. */
    static boolean isWithin(Env env, long location, long container) {
        for (var place = env.find(LOCATION, location); place != null; ) {
            if (place.id() == container) {
                return true;
            }
            place = env.find(LOCATION, place.ref("location_id"));
        }
        return false;
    }

    /** The context says which stock is meant; without a word it is all of the companies in sight. */
    private static boolean inSight(Env env, long location) {
        if (!isInternal(env, location)) {
            return false;
        }
        if (env.context.get("location") instanceof Number wanted) {
            return isWithin(env, location, wanted.longValue());
        }
        if (env.context.get("warehouse_id") instanceof Number warehouse) {
            return isWithin(
                    env, location, env.row(WAREHOUSE, warehouse.longValue()).ref("view_location_id"));
        }
        return env.all(WAREHOUSE).stream()
                .anyMatch(warehouse -> env.companyIds().contains(warehouse.ref("company_id"))
                        && isWithin(env, location, warehouse.ref("view_location_id")));
    }

    private static Object reservedOf(Env env, Row quant) {
        return reserved(env, quant.ref("product_id"), quant.ref("location_id"), quant.ref("lot_id"), 0);
    }

    /** @param except a move whose own reservation does not count */
    private static double reserved(Env env, long product, long location, long lot, long except) {
        return env.all(Transfers.MOVE_LINE).stream()
                .filter(line -> line.ref("product_id") == product
                        && line.ref("location_id") == location
                        && line.ref("lot_id") == lot
                        && line.ref("move_id") != except)
                .filter(line -> isOpen(env, line))
                .mapToDouble(line -> line.number("quantity"))
                .sum();
    }

    private static boolean isOpen(Env env, Row line) {
        var move = env.find(Transfers.MOVE, line.ref("move_id"));
        return move != null && !CLOSED.contains(move.text("state"));
    }

    /**
     * What can be taken of a product from a place or below it, lot by lot, the oldest first.
     *
     * @param location where exactly it lies
     * @param lot the id of the lot; 0 where none is kept
     */
    record Available(long location, long lot, double quantity) {}

    static List<Available> available(Env env, long product, long location, long exceptMove) {
        var available = new ArrayList<Available>();
        for (var quant : env.all(QUANT)) {
            var place = quant.ref("location_id");
            var lot = quant.ref("lot_id");
            if (quant.ref("product_id") != product || !isInternal(env, place) || !isWithin(env, place, location)) {
                continue;
            }
            var free = quant.number("quantity") - reserved(env, product, place, lot, exceptMove);
            if (free > NOTHING) {
                available.add(new Available(place, lot, free));
            }
        }
        available.sort(Comparator.comparing(Available::lot));
        return available;
    }

    /** Takes a quantity away from one place and puts it to another; of places outside the company nothing is kept. */
    static void carry(Env env, long product, long lot, double quantity, long from, long to) {
        var row = env.find(Products.PRODUCT, product);
        if (row == null || !row.flag("is_storable")) {
            return;
        }
        change(env, product, lot, from, -quantity);
        change(env, product, lot, to, quantity);
    }

    private static void change(Env env, long product, long lot, long location, double difference) {
        if (!isInternal(env, location)) {
            return;
        }
        var quant = env.all(QUANT).stream()
                .filter(one -> one.ref("product_id") == product
                        && one.ref("location_id") == location
                        && one.ref("lot_id") == lot)
                .findFirst();
        if (quant.isPresent()) {
            env.store(QUANT, quant.get(), Map.of("quantity", quant.get().number("quantity") + difference));
            return;
        }
        var values = new TreeMap<String, Object>(
                Map.of("product_id", product, "location_id", location, "quantity", difference));
        if (lot > 0) {
            values.put("lot_id", lot);
        }
        env.sudo().create(env.model(QUANT), values);
    }

    /** {@code action_apply_inventory}: what was counted is what lies there; and a second time nothing was counted. */
    static @Nullable Object applyCount(Env env, List<Long> quants) {
        quants.forEach(id -> {
            var quant = env.row(QUANT, id);
            var less = quant.number("quantity") - quant.number("inventory_quantity");
            env.store(QUANT, quant, Map.of("quantity", quant.number("inventory_quantity"), "inventory_quantity", 0.0));
            Transfers.tookFromQuarantine(env, quant, less, Foundation.LOST, "Product Quantity Updated");
            if (less > 0) {
                Quality.taken(env, quant.ref("product_id"), quant.ref("lot_id"), quant.ref("location_id"));
            }
        });
        return null;
    }
}
