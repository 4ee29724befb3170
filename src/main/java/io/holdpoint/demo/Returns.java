package io.holdpoint.demo;

import io.holdpoint.odoo.Choices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code odoo-setup} gives a real Odoo for returns: the request on a delivery, its figures and its guard. */
final class Returns {

    static final String LINE = "x_holdpoint_return_line";
    static final String REQUEST_ACTION = "return_request";
    static final String FIGURES_ACTION = "return_figures";

    private static final List<String> PROTECTED = List.of(
            "x_holdpoint_state",
            "x_holdpoint_requested_by",
            "x_holdpoint_requested_at",
            "x_holdpoint_rma",
            "x_holdpoint_reason");

    private Returns() {}

    static void models(Schema schema) {
        schema.model(LINE, "Holdpoint: line of a return", "id")
                .of("float", "x_quantity")
                .of("boolean", "x_opened")
                .selection("x_reason", Choices.RETURN_REASONS.keySet().toArray(String[]::new))
                .one("x_picking_id", Transfers.PICKING)
                .one("x_product_id", Products.PRODUCT)
                .one("x_lot_id", Stock.LOT)
                .rights(Groups.USERS, Groups.USERS);
        var pickings = schema.existing(Transfers.PICKING)
                .of("char", "x_holdpoint_rma")
                .selection("x_holdpoint_state", states())
                .lines("x_holdpoint_return_line_ids", LINE, "x_picking_id");
        var before = pickings.rule;
        pickings.rule = (env, old, now) -> {
            before.changed(env, old, now);
            guard(env, old, now);
        };
    }

    private static String[] states() {
        var states = new ArrayList<>(List.of(HoldpointStates.ALL));
        states.add("settled");
        return states.toArray(String[]::new);
    }

    private static void guard(Env env, @Nullable Row before, @Nullable Row after) {
        if (after == null || env.isUnguarded()) {
            return;
        }
        if (!after.text("x_holdpoint_rma").equals(before == null ? "" : before.text("x_holdpoint_rma"))) {
            throw Errors.refused(
                    after.text("name") + ": only Holdpoint gives RMA numbers. By them it knows what came back.");
        }
        var state = before == null ? "" : before.text("x_holdpoint_state");
        var was = before != null && before.text("state").equals("done");
        if (after.text("state").equals("done") && !was && !state.equals("released") && delivery(env, after) > 0) {
            throw Errors.refused(after.text("name")
                    + " is a return that nobody authorized.\n\nUse Request return on "
                    + env.row(Transfers.PICKING, delivery(env, after)).text("name")
                    + "; what is authorized gets a transfer of its own.");
        }
        var changed = PROTECTED.stream()
                .anyMatch(field -> !Objects.equals(before == null ? null : before.get(field), after.get(field)));
        var asks = after.text("x_holdpoint_state").equals("requested")
                && !state.equals("requested")
                && !state.equals("held")
                && !after.has("x_holdpoint_reason")
                && after.ref("x_holdpoint_requested_by") == env.userId()
                && after.text("state").equals("done");
        if (changed && !asks) {
            throw Errors.refused(after.text("name")
                    + ": only Holdpoint sets the state of a return and its reason. Use Request return to ask for one.");
        }
    }

    /** What this comes back from, by itself or by its moves as the rest of a return has it; 0 when it is no return. */
    private static long delivery(Env env, Row picking) {
        return Stream.concat(
                        Stream.of(picking.ref("return_id")),
                        env.inverse(Transfers.MOVE, "picking_id", picking.id()).stream()
                                .map(move -> env.find(Transfers.MOVE, move.ref("origin_returned_move_id")))
                                .filter(Objects::nonNull)
                                .map(move -> move.ref("picking_id")))
                .filter(id -> id > 0
                        && env.row(
                                        Transfers.TYPE,
                                        env.row(Transfers.PICKING, id).ref("picking_type_id"))
                                .text("code")
                                .equals("outgoing"))
                .findFirst()
                .orElse(0L);
    }

    private static boolean isReturn(Env env, Row picking) {
        return picking.ref("return_id") > 0 && delivery(env, picking) > 0;
    }

    /** Customers' people ask for what lies prepared on their deliveries. */
    static List<java.util.function.Consumer<DemoOdoo>> firstRequests(Env env) {
        return env.all(LINE).stream()
                .map(line -> line.ref("x_picking_id"))
                .distinct()
                .filter(picking -> !env.row(Transfers.PICKING, picking).has("x_holdpoint_state"))
                .map(picking -> (java.util.function.Consumer<DemoOdoo>)
                        odoo -> odoo.press("ben", REQUEST_ACTION, Transfers.PICKING, picking))
                .toList();
    }

    /** The button on a delivery that is done. */
    static Object request(Env env, long id) {
        var delivery = env.row(Transfers.PICKING, id);
        var name = delivery.text("name");
        if (!isDelivered(env, delivery)) {
            throw Errors.refused("Only deliveries that are done can come back, and these are none: " + name + ".");
        }
        if (delivery.text("x_holdpoint_state").equals("held")) {
            throw Errors.refused("A return of " + name + " is being decided already: "
                    + (delivery.has("x_holdpoint_reason") ? delivery.text("x_holdpoint_reason") : "it is on hold")
                    + ".");
        }
        if (env.inverse(LINE, "x_picking_id", id).stream().anyMatch(line -> line.number("x_quantity") <= 0)) {
            throw Errors.refused("Give each line of the return of " + name + " a quantity above zero.");
        }
        if (!delivery.text("x_holdpoint_state").equals("requested")) {
            env.write(env.model(Transfers.PICKING), List.of(id), Commands.request(env));
        }
        return false;
    }

    private static boolean isDelivered(Env env, Row delivery) {
        return delivery.text("state").equals("done")
                && delivery.ref("return_id") == 0
                && env.row(Transfers.TYPE, delivery.ref("picking_type_id"))
                        .text("code")
                        .equals("outgoing");
    }

    static List<Row> cameBack(Env env, long moveId) {
        return env.inverse(Transfers.MOVE, "origin_returned_move_id", moveId).stream()
                .filter(move -> !move.text("state").equals("cancel"))
                .toList();
    }

    static double quantity(Row move) {
        return move.number(move.text("state").equals("done") ? "quantity" : "product_uom_qty");
    }

    /** Everything that policy looks at, as the server action of this name answers. */
    static Map<String, Object> figures(Env env, long id) {
        var record = env.find(Transfers.PICKING, id);
        if (record == null) {
            return Map.of();
        }
        var order = env.find(Sales.ORDER, record.ref("sale_id"));
        var partner = env.find(Customers.PARTNER, record.ref("partner_id"));
        var commercial = partner == null ? null : Customers.commercial(env, partner);
        var figures = new LinkedHashMap<String, Object>();
        figures.put("id", id);
        figures.put("name", record.text("name"));
        figures.put("state", record.text("state"));
        figures.put(
                "outgoing",
                record.ref("return_id") == 0
                        && env.row(Transfers.TYPE, record.ref("picking_type_id"))
                                .text("code")
                                .equals("outgoing"));
        figures.put("done", record.text("state").equals("done") ? seconds(record.text("date_done")) : false);
        figures.put("partner", reference(env, Customers.PARTNER, record.ref("partner_id")));
        figures.put(
                "commercial_partner", commercial == null ? false : reference(env, Customers.PARTNER, commercial.id()));
        figures.put("company", reference(env, "res.company", record.ref("company_id")));
        figures.put(
                "warehouse",
                reference(
                        env,
                        Stock.WAREHOUSE,
                        env.row(Transfers.TYPE, record.ref("picking_type_id")).ref("warehouse_id")));
        figures.put(
                "currency",
                env.displayName(
                        "res.currency",
                        env.row("res.company", record.ref("company_id")).ref("currency_id")));
        figures.put("order", reference(env, Sales.ORDER, record.ref("sale_id")));
        figures.put("requester", reference(env, "res.users", record.ref("x_holdpoint_requested_by")));
        figures.put("creator", reference(env, "res.users", record.ref("create_uid")));
        figures.put("salesperson", order == null ? false : reference(env, "res.users", order.ref("user_id")));
        figures.put("holdpoint_state", record.has("x_holdpoint_state") ? record.text("x_holdpoint_state") : false);
        figures.put("rma", record.text("x_holdpoint_rma"));
        figures.put("write_date", seconds(record.text("write_date")));
        var rate = order == null || order.number("currency_rate") == 0 ? 1 : order.number("currency_rate");
        figures.put(
                "lines",
                env.inverse(Transfers.MOVE, "picking_id", id).stream()
                        .filter(move -> !move.text("state").equals("cancel"))
                        .map(move -> line(env, move, rate))
                        .toList());
        figures.put(
                "requests",
                env.inverse(LINE, "x_picking_id", id).stream()
                        .map(line -> Map.of(
                                "product", reference(env, Products.PRODUCT, line.ref("x_product_id")),
                                "lot", reference(env, Stock.LOT, line.ref("x_lot_id")),
                                "quantity", line.number("x_quantity"),
                                "reason", line.text("x_reason"),
                                "opened", line.flag("x_opened")))
                        .toList());
        figures.put(
                "requests_written",
                env.inverse(LINE, "x_picking_id", id).stream()
                        .map(line -> seconds(line.text("write_date")))
                        .max(Comparator.naturalOrder())
                        .map(Object.class::cast)
                        .orElse(false));
        figures.put(
                "returns",
                env.inverse(Transfers.PICKING, "return_id", id).stream()
                        .map(back -> back(env, back))
                        .toList());
        history(env, record, commercial, figures);
        return figures;
    }

    private static Map<String, Object> line(Env env, Row move, double rate) {
        var product = env.row(Products.PRODUCT, move.ref("product_id"));
        var sold = env.find(Sales.LINE, move.ref("sale_line_id"));
        var back = cameBack(env, move.id());
        var line = new TreeMap<String, Object>();
        line.put("move", move.id());
        line.put("product", reference(env, Products.PRODUCT, product.id()));
        line.put("category", env.displayName("product.category", product.ref("categ_id")));
        line.put(
                "tags",
                product.refs("product_tag_ids").stream()
                        .map(tag -> env.displayName("product.tag", tag))
                        .toList());
        line.put("delivered", move.text("state").equals("done") ? move.number("quantity") : 0.0);
        line.put(
                "returned",
                back.stream()
                        .filter(one -> one.text("state").equals("done"))
                        .mapToDouble(Returns::quantity)
                        .sum());
        line.put(
                "under_way",
                back.stream()
                        .filter(one -> !one.text("state").equals("done"))
                        .mapToDouble(Returns::quantity)
                        .sum());
        line.put("price", sold == null ? product.number("list_price") : sold.number("price_reduce_taxexcl") / rate);
        var lots = new TreeMap<Long, Map<String, Object>>();
        for (var moved : env.inverse(Transfers.MOVE_LINE, "move_id", move.id())) {
            var lot = moved.ref("lot_id");
            if (lot > 0) {
                lots.put(
                        lot,
                        Map.of(
                                "id", lot,
                                "name", env.displayName(Stock.LOT, lot),
                                "delivered", moved.number("quantity"),
                                "returned",
                                        back.stream()
                                                .flatMap(one ->
                                                        env.inverse(Transfers.MOVE_LINE, "move_id", one.id()).stream())
                                                .filter(one -> one.ref("lot_id") == lot)
                                                .mapToDouble(one -> one.number("quantity"))
                                                .sum()));
            }
        }
        line.put("lots", List.copyOf(lots.values()));
        return line;
    }

    private static Map<String, Object> back(Env env, Row back) {
        var line = new TreeMap<String, Object>();
        line.put("id", back.id());
        line.put("name", back.text("name"));
        line.put("state", back.text("state"));
        line.put("rma", back.text("x_holdpoint_rma"));
        line.put("done", back.text("state").equals("done") ? seconds(back.text("date_done")) : false);
        line.put("attachments", Chatter.attachments(env, Transfers.PICKING, back.id()));
        line.put(
                "moved",
                env.inverse(Transfers.MOVE, "picking_id", back.id()).stream()
                        .filter(move -> !move.text("state").equals("cancel"))
                        .map(move -> Map.of(
                                "move", move.ref("origin_returned_move_id"),
                                "product", reference(env, Products.PRODUCT, move.ref("product_id")),
                                "quantity", quantity(move)))
                        .toList());
        return line;
    }

    private static void history(Env env, Row record, @Nullable Row commercial, Map<String, Object> figures) {
        var year = env.today().minusDays(365).toString();
        var week = env.today().minusDays(7).toString();
        var done = env.all(Transfers.PICKING).stream()
                .filter(picking -> picking.text("state").equals("done")
                        && picking.ref("company_id") == record.ref("company_id")
                        && commercial != null
                        && picking.ref("partner_id") > 0
                        && Customers.commercial(env, env.row(Customers.PARTNER, picking.ref("partner_id")))
                                        .id()
                                == commercial.id())
                .toList();
        figures.put(
                "deliveries",
                done.stream()
                        .filter(picking -> picking.ref("return_id") == 0
                                && picking.text("date_done").compareTo(year) >= 0)
                        .count());
        figures.put(
                "returned",
                done.stream()
                        .filter(picking -> isReturn(env, picking)
                                && picking.text("date_done").compareTo(year) >= 0)
                        .count());
        figures.put(
                "returned_lately",
                done.stream()
                        .filter(picking -> isReturn(env, picking)
                                && picking.text("date_done").compareTo(week) >= 0)
                        .count());
        figures.put(
                "customer_days",
                commercial == null
                        ? 0
                        : java.time.temporal.ChronoUnit.DAYS.between(
                                java.time.LocalDate.parse(
                                        commercial.text("create_date").substring(0, 10)),
                                env.today()));
    }

    static Object reference(Env env, String model, long id) {
        return id == 0 ? false : List.of(id, env.displayName(model, id));
    }

    private static String seconds(String moment) {
        return moment.substring(0, 19);
    }

    /** A place beside the stock of a warehouse that the setup makes. */
    static long place(Env env, long warehouse, String name) {
        var view = env.row(Stock.WAREHOUSE, warehouse).ref("view_location_id");
        return env.all(Stock.LOCATION).stream()
                .filter(place ->
                        place.ref("location_id") == view && place.text("name").equals(name))
                .mapToLong(Row::id)
                .findFirst()
                .orElseThrow();
    }
}
