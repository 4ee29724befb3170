package io.holdpoint.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Transfers between places: deliveries, receipts, returns and internal ones, from their reservation to the shelf. */
final class Transfers {

    static final String PICKING = "stock.picking";
    static final String MOVE = "stock.move";
    static final String MOVE_LINE = "stock.move.line";
    static final String TYPE = "stock.picking.type";

    private static final double NOTHING = 1e-9;
    private static final Set<String> CLOSED = Set.of("done", "cancel");

    private Transfers() {}

    static void models(Schema schema) {
        schema.model(TYPE, "Picking Type", "id")
                .of("char", "name", "sequence_code")
                .selection("code", "incoming", "outgoing", "internal")
                .one("warehouse_id", Stock.WAREHOUSE)
                .one("default_location_src_id", Stock.LOCATION)
                .one("default_location_dest_id", Stock.LOCATION)
                .one("company_id", "res.company");
        var pickings = schema.model(PICKING, "Transfer", "priority desc, scheduled_date, id desc")
                .of("char", "name", "origin", "x_holdpoint_reason", "x_holdpoint_quality_reason")
                .of("datetime", "scheduled_date", "date_done", "x_holdpoint_requested_at")
                .selection("priority", "0", "1")
                .selection("state", "draft", "waiting", "confirmed", "assigned", "done", "cancel")
                .selection("x_holdpoint_state", HoldpointStates.ALL)
                .selection("x_holdpoint_quality_state", HoldpointStates.ALL)
                .one("partner_id", Customers.PARTNER)
                .one("picking_type_id", TYPE)
                .one("location_id", Stock.LOCATION)
                .one("location_dest_id", Stock.LOCATION)
                .one("company_id", "res.company")
                .one("user_id", "res.users")
                .one("sale_id", Sales.ORDER)
                .one("purchase_id", "purchase.order")
                .one("return_id", PICKING)
                .one("backorder_id", PICKING)
                .one("x_holdpoint_requested_by", "res.users")
                .lines("move_ids", MOVE, "picking_id")
                .lines("return_ids", PICKING, "return_id")
                .computed(
                        "picking_type_code",
                        "selection",
                        (env, row) -> env.row(TYPE, row.ref("picking_type_id")).text("code"))
                .computed("products_availability_state", "selection", Transfers::availability)
                .rights(Groups.USERS, Set.of(Groups.ADMIN, Groups.STOCK))
                .method("action_confirm", (env, ids, arguments) -> forEach(ids, id -> confirm(env, id)))
                .method("action_assign", (env, ids, arguments) -> forEach(ids, id -> assign(env, id)))
                .method("do_unreserve", (env, ids, arguments) -> {
                    ids.forEach(id -> unreserve(env, id));
                    return null;
                })
                .method("action_cancel", (env, ids, arguments) -> forEach(ids, id -> cancel(env, id)))
                .method("button_validate", (env, ids, arguments) -> validate(env, ids))
                .method("message_post", Chatter.posting(PICKING))
                .method("demo_photo", Chatter.photographing(PICKING));
        pickings.defaults = Transfers::defaults;
        pickings.rule = Transfers::pickingChanged;

        var moves = schema.model(MOVE, "Stock Move", "id")
                .of("char", "reference")
                .of("float", "product_uom_qty", "quantity", "price_unit")
                .of("boolean", "picked", "to_refund")
                .of("datetime", "date")
                .selection(
                        "state", "draft", "waiting", "confirmed", "partially_available", "assigned", "done", "cancel")
                .one("product_id", Products.PRODUCT)
                .one("picking_id", PICKING)
                .one("sale_line_id", Sales.LINE)
                .one("purchase_line_id", "purchase.order.line")
                .one("origin_returned_move_id", MOVE)
                .one("location_id", Stock.LOCATION)
                .one("location_dest_id", Stock.LOCATION)
                .one("company_id", "res.company")
                .lines("move_line_ids", MOVE_LINE, "move_id")
                .computedOne("product_uom_id", "uom.uom", (env, row) -> Foundation.UNITS)
                .rights(Groups.USERS, Set.of(Groups.ADMIN, Groups.STOCK));
        moves.defaults = Transfers::moveDefaults;
        moves.rule = Transfers::moveChanged;
        var lines = schema.model(MOVE_LINE, "Product Moves (Stock Move Line)", "id")
                .of("float", "quantity")
                .of("datetime", "date")
                .computed("reference", "char", Transfers::reference)
                .of("boolean", "picked")
                .one("product_id", Products.PRODUCT)
                .one("lot_id", Stock.LOT)
                .one("move_id", MOVE)
                .one("picking_id", PICKING)
                .one("location_id", Stock.LOCATION)
                .one("location_dest_id", Stock.LOCATION)
                .one("company_id", "res.company")
                .computed(
                        "state",
                        "selection",
                        (env, row) -> env.row(MOVE, row.ref("move_id")).get("state"))
                .rights(Groups.USERS, Set.of(Groups.ADMIN, Groups.STOCK));
        lines.defaults = Transfers::lineDefaults;
        lines.rule = Transfers::lineChanged;
    }

    private static boolean forEach(List<Long> ids, java.util.function.LongConsumer step) {
        ids.forEach(step::accept);
        return true;
    }

    private static void defaults(Env env, long id, Map<String, @Nullable Object> values) {
        var type = env.row(TYPE, ((Number) values.getOrDefault("picking_type_id", 0L)).longValue());
        var warehouse = env.row(Stock.WAREHOUSE, type.ref("warehouse_id"));
        values.putIfAbsent(
                "name", warehouse.text("code") + "/" + type.text("sequence_code") + "/" + "%05d".formatted(id));
        values.putIfAbsent("state", "draft");
        values.putIfAbsent("priority", "0");
        values.putIfAbsent("location_id", type.ref("default_location_src_id"));
        values.putIfAbsent("location_dest_id", type.ref("default_location_dest_id"));
        values.putIfAbsent("company_id", type.ref("company_id"));
        values.putIfAbsent("scheduled_date", env.moment().substring(0, 19));
    }

    private static void moveDefaults(Env env, long id, Map<String, @Nullable Object> values) {
        values.putIfAbsent("state", "draft");
        values.putIfAbsent("date", env.moment().substring(0, 19));
        if (values.get("picking_id") instanceof Number picking) {
            var transfer = env.row(PICKING, picking.longValue());
            values.putIfAbsent("location_id", transfer.ref("location_id"));
            values.putIfAbsent("location_dest_id", transfer.ref("location_dest_id"));
            values.putIfAbsent("company_id", transfer.ref("company_id"));
        }
    }

    private static void lineDefaults(Env env, long id, Map<String, @Nullable Object> values) {
        if (values.get("move_id") instanceof Number number) {
            var move = env.row(MOVE, number.longValue());
            values.putIfAbsent("product_id", move.ref("product_id"));
            values.putIfAbsent("picking_id", move.ref("picking_id"));
            values.putIfAbsent("location_id", move.ref("location_id"));
            values.putIfAbsent("location_dest_id", move.ref("location_dest_id"));
            values.putIfAbsent("company_id", move.ref("company_id"));
        }
    }

    /** Another destination of an open transfer is that of its moves too. */
    private static void pickingChanged(Env env, @Nullable Row before, @Nullable Row after) {
        if (before == null || after == null || CLOSED.contains(after.text("state"))) {
            return;
        }
        for (var field : List.of("location_id", "location_dest_id")) {
            if (before.ref(field) != after.ref(field)) {
                for (var move : env.inverse(MOVE, "picking_id", after.id())) {
                    env.store(MOVE, move, Map.of(field, after.ref(field)));
                    env.inverse(MOVE_LINE, "move_id", move.id())
                            .forEach(line -> env.store(MOVE_LINE, line, Map.of(field, after.ref(field))));
                }
            }
        }
    }

    /** A quantity typed on a move is that of its lines too. */
    private static void moveChanged(Env env, @Nullable Row before, @Nullable Row after) {
        if (before == null || after == null || before.number("quantity") == after.number("quantity")) {
            return;
        }
        var left = after.number("quantity");
        var lines = env.inverse(MOVE_LINE, "move_id", after.id());
        if (lines.isEmpty() && left > 0) {
            line(env, after, after.ref("location_id"), 0, left);
            return;
        }
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var quantity = i == lines.size() - 1 ? left : Math.min(left, line.number("quantity"));
            left -= quantity;
            env.store(MOVE_LINE, line, Map.of("quantity", quantity));
        }
    }

    private static String reference(Env env, Row line) {
        var picking = env.find(PICKING, line.ref("picking_id"));
        return picking == null ? env.row(MOVE, line.ref("move_id")).text("reference") : picking.text("name");
    }

    /** A scrap or a count leaves a move, too; the demo keeps those that take something out of quarantine. */
    static void tookFromQuarantine(Env env, Row stock, double quantity, long to, String reference) {
        if (quantity <= NOTHING || !Quality.isQuarantine(env, stock.ref("location_id"))) {
            return;
        }
        var values = new TreeMap<String, Object>(Map.of(
                "product_id",
                stock.ref("product_id"),
                "location_id",
                stock.ref("location_id"),
                "location_dest_id",
                to,
                "quantity",
                quantity,
                "company_id",
                env.row(Stock.LOCATION, stock.ref("location_id")).ref("company_id")));
        var move = new TreeMap<>(values);
        move.putAll(Map.of("state", "done", "reference", reference, "product_uom_qty", quantity));
        values.put("move_id", env.sudo().create(env.model(MOVE), move));
        if (stock.ref("lot_id") > 0) {
            values.put("lot_id", stock.ref("lot_id"));
        }
        env.sudo().create(env.model(MOVE_LINE), values);
    }

    /** A line that somebody adds counts for its move; one of a transfer that is done moves its stock anew. */
    private static void lineChanged(Env env, @Nullable Row before, @Nullable Row after) {
        if (before != null
                && after != null
                && env.row(MOVE, after.ref("move_id")).text("state").equals("done")
                && moved(before, after, "location_id", "location_dest_id")) {
            carry(env, before, before.ref("location_dest_id"), before.ref("location_id"));
            carry(env, after, after.ref("location_id"), after.ref("location_dest_id"));
            Quality.taken(env, before.ref("product_id"), before.ref("lot_id"), before.ref("location_dest_id"));
            Quality.taken(env, after.ref("product_id"), after.ref("lot_id"), after.ref("location_id"));
        }
        var move = before == null && after != null ? env.find(MOVE, after.ref("move_id")) : null;
        if (move != null && !CLOSED.contains(move.text("state"))) {
            var quantity = env.inverse(MOVE_LINE, "move_id", move.id()).stream()
                    .mapToDouble(line -> line.number("quantity"))
                    .sum();
            env.store(MOVE, move, Map.of("quantity", quantity));
        }
    }

    private static void line(Env env, Row move, long location, long lot, double quantity) {
        var values = new TreeMap<String, Object>(
                Map.of("move_id", move.id(), "location_id", location, "quantity", quantity));
        if (lot > 0) {
            values.put("lot_id", lot);
        }
        env.sudo().create(env.model(MOVE_LINE), values);
    }

    /** Whether it is another quantity, of something else, or somewhere else. */
    static boolean moved(Row before, Row after, String... places) {
        return Stream.concat(Stream.of("quantity", "lot_id", "product_id"), Stream.of(places))
                .anyMatch(field -> !Objects.equals(before.get(field), after.get(field)));
    }

    private static void carry(Env env, Row line, long from, long to) {
        Stock.carry(env, line.ref("product_id"), line.ref("lot_id"), line.number("quantity"), from, to);
    }

    private static String availability(Env env, Row picking) {
        var moves = env.inverse(MOVE, "picking_id", picking.id());
        return moves.stream().allMatch(move -> move.number("quantity") >= move.number("product_uom_qty") - NOTHING)
                ? "available"
                : "late";
    }

    // made by others

    /**
     * One product of a transfer that another document brings about.
     *
     * @param links fields of the move that lead back, for example {@code sale_line_id}
     */
    record Wanted(long product, double quantity, Map<String, Object> links) {}

    /** Makes a transfer and reserves for it what there is. */
    static long make(Env env, long type, Map<String, Object> values, List<Wanted> wanted) {
        var all = new TreeMap<>(values);
        all.put("picking_type_id", type);
        all.put(
                "move_ids",
                wanted.stream()
                        .map(one -> {
                            var move = new TreeMap<>(one.links());
                            move.put("product_id", one.product());
                            move.put("product_uom_qty", one.quantity());
                            return List.<Object>of(0, 0, move);
                        })
                        .toList());
        var id = env.sudo().create(env.model(PICKING), all);
        confirm(env, id);
        return id;
    }

    /**
     * What an order wants moved.
     *
     * @param orderLink the field of transfers that leads to the order
     * @param lineLink the field of moves that leads to a line of the order
     * @param quantity the field of those lines that says how much
     * @param type of the transfers
     */
    record Demand(Row order, String orderLink, String lineLink, List<Row> lines, String quantity, long type) {}

    /** The delivery of a confirmed order: made, or brought up to the quantities ordered now. */
    static void deliver(Env env, Row order) {
        supply(
                env,
                new Demand(
                        order,
                        "sale_id",
                        "sale_line_id",
                        env.inverse(Sales.LINE, "order_id", order.id()),
                        "product_uom_qty",
                        env.row(Stock.WAREHOUSE, order.ref("warehouse_id")).ref("out_type_id")));
    }

    /** Makes the transfer of an order, or brings it up to the quantities ordered now. */
    static void supply(Env env, Demand demand) {
        var order = demand.order();
        var open = env.all(PICKING).stream()
                .filter(picking -> picking.ref(demand.orderLink()) == order.id()
                        && picking.ref("return_id") == 0
                        && !CLOSED.contains(picking.text("state")))
                .findFirst();
        var wanted = new ArrayList<Wanted>();
        for (var line : demand.lines()) {
            var product = env.find(Products.PRODUCT, line.ref("product_id"));
            if (product == null || product.text("type").equals("service")) {
                continue;
            }
            var moves = env.all(MOVE).stream()
                    .filter(move -> move.ref(demand.lineLink()) == line.id()
                            && !move.flag("to_refund")
                            && !move.text("state").equals("cancel"))
                    .toList();
            var asked = moves.stream()
                    .mapToDouble(move -> move.number("product_uom_qty"))
                    .sum();
            var more = line.number(demand.quantity()) - asked;
            var openMove = moves.stream()
                    .filter(move -> !CLOSED.contains(move.text("state")))
                    .findFirst();
            if (openMove.isPresent() && Math.abs(more) > NOTHING) {
                env.store(
                        MOVE,
                        openMove.get(),
                        Map.of("product_uom_qty", Math.max(0, openMove.get().number("product_uom_qty") + more)));
            } else if (more > NOTHING) {
                wanted.add(new Wanted(product.id(), more, Map.of(demand.lineLink(), line.id())));
            }
        }
        if (open.isEmpty() && !wanted.isEmpty()) {
            make(
                    env,
                    demand.type(),
                    Map.of(
                            "partner_id",
                            order.ref("partner_id"),
                            "origin",
                            order.text("name"),
                            demand.orderLink(),
                            order.id()),
                    wanted);
        } else if (open.isPresent()) {
            for (var one : wanted) {
                var move = new TreeMap<>(one.links());
                move.put("picking_id", open.get().id());
                move.put("product_id", one.product());
                move.put("product_uom_qty", one.quantity());
                move.put("state", "confirmed");
                env.sudo().create(env.model(MOVE), move);
            }
            assign(env, open.get().id());
        }
    }

    /** Cancels what is open of an order; what is done stays. */
    static void cancelOf(Env env, String orderLink, long orderId) {
        env.all(PICKING).stream()
                .filter(picking -> picking.ref(orderLink) == orderId && !CLOSED.contains(picking.text("state")))
                .toList()
                .forEach(picking -> cancel(env, picking.id()));
    }

    /** Sends off what is reserved. */
    static void send(Env env, long id) {
        validate(env, List.of(id));
    }

    // what people press

    /** Odoo reserves at once, as its kinds of transfers are set where nobody changed them. */
    static void confirm(Env env, long id) {
        for (var move : env.inverse(MOVE, "picking_id", id)) {
            if (move.text("state").equals("draft")) {
                env.store(MOVE, move, Map.of("state", "confirmed"));
            }
        }
        if (env.row(PICKING, id).text("state").equals("draft")) {
            state(env, id, "confirmed");
            assign(env, id);
        }
    }

    /** Reserves what there is: a transfer is ready as soon as it has something. */
    static void assign(Env env, long id) {
        var picking = env.row(PICKING, id);
        if (CLOSED.contains(picking.text("state"))) {
            return;
        }
        for (var move : env.inverse(MOVE, "picking_id", id)) {
            if (!CLOSED.contains(move.text("state"))) {
                reserve(env, move);
            }
        }
        var any = env.inverse(MOVE, "picking_id", id).stream().anyMatch(move -> move.number("quantity") > NOTHING);
        state(env, id, any ? "assigned" : "confirmed");
    }

    private static void reserve(Env env, Row move) {
        var wanted = move.number("product_uom_qty");
        var product = env.row(Products.PRODUCT, move.ref("product_id"));
        var chosen = env.inverse(MOVE_LINE, "move_id", move.id()).stream()
                .filter(line -> line.ref("lot_id") > 0 && line.number("quantity") > NOTHING)
                .toList();
        double reserved = 0;
        if (!chosen.isEmpty()
                && chosen.stream().mapToDouble(line -> line.number("quantity")).sum() >= wanted - NOTHING) {
            // Somebody said which lots; that stays.
            reserved =
                    chosen.stream().mapToDouble(line -> line.number("quantity")).sum();
        } else {
            env.inverse(MOVE_LINE, "move_id", move.id())
                    .forEach(line -> env.sudo().unlink(env.model(MOVE_LINE), List.of(line.id())));
            for (var one : available(env, move, product)) {
                var taken = Math.min(wanted - reserved, one.quantity());
                if (taken > NOTHING) {
                    line(env, move, one.location(), one.lot(), taken);
                    reserved += taken;
                }
            }
        }
        env.store(
                MOVE,
                move,
                Map.of(
                        "quantity",
                        reserved,
                        "state",
                        reserved >= wanted - NOTHING
                                ? "assigned"
                                : reserved > NOTHING ? "partially_available" : "confirmed"));
    }

    /** From outside comes whatever is wanted: the lots that went there first, where it comes back. */
    private static List<Stock.Available> available(Env env, Row move, Row product) {
        var from = move.ref("location_id");
        if (Stock.isInternal(env, from) && product.flag("is_storable")) {
            return Stock.available(env, product.id(), from, move.id());
        }
        var available = new ArrayList<Stock.Available>();
        sent(env, move.ref("origin_returned_move_id")).forEach((lot, quantity) -> {
            if (lot > 0 && quantity > NOTHING) {
                available.add(new Stock.Available(from, lot, quantity));
            }
        });
        available.add(new Stock.Available(from, 0, move.number("product_uom_qty")));
        return available;
    }

    /** By lot what a move carried and no return of it has brought back. */
    private static Map<Long, Double> sent(Env env, long moveId) {
        var byLot = new TreeMap<Long, Double>();
        env.inverse(MOVE_LINE, "move_id", moveId)
                .forEach(line -> byLot.merge(line.ref("lot_id"), line.number("quantity"), Double::sum));
        env.inverse(MOVE, "origin_returned_move_id", moveId).stream()
                .filter(back -> moveId > 0 && back.text("state").equals("done"))
                .flatMap(back -> env.inverse(MOVE_LINE, "move_id", back.id()).stream())
                .forEach(line -> byLot.merge(line.ref("lot_id"), -line.number("quantity"), Double::sum));
        return byLot;
    }

    /** A new return of a move takes what open ones have reserved, though those go on calling themselves ready. */
    static void takeFromReturns(Env env, long moveId) {
        env.inverse(MOVE, "origin_returned_move_id", moveId).stream()
                .filter(back -> !CLOSED.contains(back.text("state")))
                .forEach(back -> giveBack(env, back));
    }

    private static void giveBack(Env env, Row move) {
        env.inverse(MOVE_LINE, "move_id", move.id())
                .forEach(line -> env.sudo().unlink(env.model(MOVE_LINE), List.of(line.id())));
        env.store(MOVE, move, Map.of("quantity", 0.0, "state", "confirmed"));
    }

    /** {@code delivery_ids} of a lot: the transfers that brought it to customers. */
    static List<Long> deliveriesOf(Env env, Row lot) {
        return done(env, lot)
                .filter(line -> Stock.usage(env, line.ref("location_dest_id")).equals("customer"))
                .map(line -> line.ref("picking_id"))
                .distinct()
                .toList();
    }

    /** {@code purchase_order_ids} of a lot: the orders that it came of. */
    static List<Long> purchasesOf(Env env, Row lot) {
        return done(env, lot)
                .filter(line -> Stock.usage(env, line.ref("location_id")).equals("supplier"))
                .map(line -> env.row(PICKING, line.ref("picking_id")).ref("purchase_id"))
                .filter(order -> order > 0)
                .distinct()
                .toList();
    }

    /** The places outside the company where some of a lot went and stayed. */
    static Set<Long> outside(Env env, Row lot) {
        var byPlace = new TreeMap<Long, Double>();
        done(env, lot).forEach(line -> {
            byPlace.merge(line.ref("location_dest_id"), line.number("quantity"), Double::sum);
            byPlace.merge(line.ref("location_id"), -line.number("quantity"), Double::sum);
        });
        return byPlace.entrySet().stream()
                .filter(place -> place.getValue() > NOTHING && !Stock.isInternal(env, place.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Stream<Row> done(Env env, Row lot) {
        return env.inverse(MOVE_LINE, "lot_id", lot.id()).stream()
                .filter(line -> env.row(MOVE, line.ref("move_id")).text("state").equals("done"));
    }

    static void unreserve(Env env, long id) {
        if (CLOSED.contains(env.row(PICKING, id).text("state"))) {
            return;
        }
        env.inverse(MOVE, "picking_id", id).forEach(move -> giveBack(env, move));
        state(env, id, "confirmed");
    }

    static void cancel(Env env, long id) {
        if (env.row(PICKING, id).text("state").equals("done")) {
            throw Errors.refused("You cannot cancel a stock move that has been set to 'Done'. Create a return in order"
                    + " to reverse the moves which took place.");
        }
        for (var move : env.inverse(MOVE, "picking_id", id)) {
            env.inverse(MOVE_LINE, "move_id", move.id())
                    .forEach(line -> env.sudo().unlink(env.model(MOVE_LINE), List.of(line.id())));
            env.store(MOVE, move, Map.of("state", "cancel", "quantity", 0.0));
        }
        state(env, id, "cancel");
    }

    /** {@code button_validate}: a wizard's words where somebody has to be asked first, and then nothing was done. */
    private static Object validate(Env env, List<Long> ids) {
        for (var id : ids) {
            var picking = env.row(PICKING, id);
            if (picking.text("state").equals("done")) {
                continue;
            }
            if (picking.text("state").equals("draft")) {
                confirm(env, id);
            }
            var moves = open(env, id);
            if (moves.stream().mapToDouble(move -> done(env, id, move)).sum() <= NOTHING) {
                throw Errors.refused("Trouble with " + picking.text("name") + ": Transfer trouble alert! Validating a"
                        + " zero quantity transfer? There has to be something to move.");
            }
            wantLots(env, moves);
            var isShort =
                    moves.stream().anyMatch(move -> done(env, id, move) < move.number("product_uom_qty") - NOTHING);
            if (isShort && !Boolean.TRUE.equals(env.context.get("skip_backorder"))) {
                return Map.of(
                        "type", "ir.actions.act_window",
                        "res_model", "stock.backorder.confirmation",
                        "target", "new");
            }
        }
        ids.stream()
                .filter(id -> !env.row(PICKING, id).text("state").equals("done"))
                .forEach(id -> finish(env, id));
        return true;
    }

    private static void wantLots(Env env, List<Row> moves) {
        var without = moves.stream()
                .filter(move -> Set.of("lot", "serial")
                        .contains(env.row(Products.PRODUCT, move.ref("product_id"))
                                .text("tracking")))
                .filter(move -> env.inverse(MOVE_LINE, "move_id", move.id()).stream()
                        .anyMatch(line -> line.number("quantity") > NOTHING && line.ref("lot_id") == 0))
                .map(move -> "- " + env.displayName(Products.PRODUCT, move.ref("product_id")))
                .distinct()
                .toList();
        if (!without.isEmpty()) {
            throw Errors.refused("You need to supply a Lot/Serial Number for product:\n" + String.join("\n", without));
        }
    }

    private static List<Row> open(Env env, long picking) {
        return env.inverse(MOVE, "picking_id", picking).stream()
                .filter(move -> !CLOSED.contains(move.text("state")))
                .toList();
    }

    /** What counts as done: what is ticked, and where nothing is, all that is reserved. */
    private static double done(Env env, long picking, Row move) {
        var ticked = open(env, picking).stream().anyMatch(one -> one.flag("picked"));
        return !ticked || move.flag("picked") ? move.number("quantity") : 0;
    }

    private static void finish(Env env, long id) {
        var picking = env.row(PICKING, id);
        var left = new ArrayList<Wanted>();
        var quantities = open(env, id).stream().collect(Collectors.toMap(Row::id, move -> done(env, id, move)));
        for (var move : open(env, id)) {
            double done = quantities.getOrDefault(move.id(), 0.0);
            var rest = move.number("product_uom_qty") - done;
            if (rest > NOTHING) {
                left.add(new Wanted(move.ref("product_id"), rest, links(move)));
            }
            if (done <= NOTHING) {
                env.store(MOVE, move, Map.of("state", "cancel", "quantity", 0.0));
                continue;
            }
            for (var line : env.inverse(MOVE_LINE, "move_id", move.id())) {
                carry(env, line, line.ref("location_id"), line.ref("location_dest_id"));
                env.store(
                        MOVE_LINE,
                        line,
                        Map.of(
                                "date",
                                env.moment().substring(0, 19),
                                "write_date",
                                env.moment(),
                                "write_uid",
                                env.userId()));
            }
            env.store(
                    MOVE,
                    env.row(MOVE, move.id()),
                    Map.of("state", "done", "quantity", done, "product_uom_qty", done, "picked", true));
            Sales.moved(env, env.row(MOVE, move.id()));
            Purchasing.moved(env, env.row(MOVE, move.id()));
        }
        // As Odoo writes it, so that whoever watches the transfer hears of it.
        env.sudo()
                .write(
                        env.model(PICKING),
                        List.of(id),
                        Map.of("state", "done", "date_done", env.moment().substring(0, 19)));
        if (!left.isEmpty()) {
            var values = new TreeMap<String, Object>(Map.of("backorder_id", id, "origin", picking.text("origin")));
            for (var field : List.of("partner_id", "sale_id", "purchase_id", "location_id", "location_dest_id")) {
                if (picking.ref(field) > 0) {
                    values.put(field, picking.ref(field));
                }
            }
            make(env, picking.ref("picking_type_id"), values, left);
        }
    }

    private static Map<String, Object> links(Row move) {
        var links = new TreeMap<String, Object>();
        for (var field : List.of("sale_line_id", "purchase_line_id", "origin_returned_move_id")) {
            if (move.ref(field) > 0) {
                links.put(field, move.ref(field));
            }
        }
        if (move.flag("to_refund")) {
            links.put("to_refund", true);
        }
        return links;
    }

    private static void state(Env env, long id, String state) {
        if (!env.row(PICKING, id).text("state").equals(state)) {
            env.sudo().write(env.model(PICKING), List.of(id), Map.of("state", state));
        }
    }
}
