package io.holdpoint.demo;

import static io.holdpoint.demo.Quality.BLOCKED_BY;
import static io.holdpoint.demo.Quality.KEPT_APART;
import static io.holdpoint.demo.Quality.NOTHING;
import static io.holdpoint.demo.Quality.REASON;
import static io.holdpoint.demo.Quality.STATE;

import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is done about defects: stock is kept apart, disposed of or given back, and vendors move on the ladder. */
final class QualityCommand implements WorkflowCommand {

    private static final Map<String, Object> QUIET = Map.of("skip_sms", true, "skip_backorder", true);

    @Override
    public String action() {
        return "quality_escalation_command";
    }

    @Override
    public Set<String> documents() {
        return Quality.DOCUMENTS;
    }

    @Override
    public String prefix() {
        return "x_holdpoint_quality";
    }

    @Override
    public Set<String> operations() {
        return Set.of("quarantine", "show", "dispose", "supplier_level");
    }

    @Override
    public Map<String, Object> material(Env env, Row document) {
        return Map.of("quarantined", Quality.quarantined(env, caseOf(env)));
    }

    @Override
    public Map<String, Object> carryOut(Env env, Row document, String operation, Map<String, Object> arguments) {
        return switch (operation) {
            case "quarantine" -> new Quarantine(env, reference(env), document, arguments).carryOut();
            case "show" -> {
                state(env, Json.string(arguments.get("state")), reasonOf(env));
                if ("closed".equals(arguments.get("state")) && kept(env).isEmpty()) {
                    // All of it had left, and nothing is left to decide.
                    unblock(env);
                }
                yield Map.of();
            }
            case "dispose" -> dispose(env, arguments);
            case "supplier_level" -> level(env, arguments);
            case "reject", "withdraw" -> {
                // Where nobody decided, nobody said that the stock is good.
                yield Boolean.TRUE.equals(arguments.get("expired")) ? Map.of() : giveBack(env);
            }
            default -> Map.of();
        };
    }

    static String caseOf(Env env) {
        return Json.string(Json.map(env.context.get("holdpoint")).get("key")).split(":")[0];
    }

    static String reasonOf(Env env) {
        return Json.string(Json.map(env.context.get("holdpoint")).get("reason"));
    }

    private static DocumentRef reference(Env env) {
        return DocumentRef.parse(
                Json.string(Json.map(env.context.get("holdpoint")).get("document")));
    }

    private static void state(Env env, String state, String reason) {
        var document = reference(env);
        env.write(env.model(document.model()), List.of(document.id()), Map.of(STATE, state, REASON, reason));
    }

    private static String name(Env env) {
        return env.displayName(reference(env).model(), reference(env).id());
    }

    static Row warehouse(Env env, long location) {
        return env.all(Stock.WAREHOUSE).stream()
                .filter(warehouse -> Stock.isWithin(env, location, warehouse.ref("view_location_id")))
                .findFirst()
                .orElseThrow();
    }

    /** A transfer of one quantity that is ready; no reservation is asked. */
    static long transfer(Env env, String kind, long from, long to, Row kept, double quantity, long partner) {
        var warehouse = warehouse(env, from);
        var values = new TreeMap<String, Object>(Map.of(
                "picking_type_id",
                warehouse.ref(kind),
                "location_id",
                from,
                "location_dest_id",
                to,
                "origin",
                "Quality " + name(env),
                "state",
                "assigned",
                "move_ids",
                List.of(List.of(
                        0,
                        0,
                        Map.of(
                                "product_id",
                                kept.ref("x_product_id"),
                                "product_uom_qty",
                                quantity,
                                "state",
                                "assigned")))));
        if (partner > 0) {
            values.put("partner_id", partner);
        }
        var picking = env.create(env.model(Transfers.PICKING), values);
        var move = env.inverse(Transfers.MOVE, "picking_id", picking).get(0);
        var line = new TreeMap<String, Object>(Map.of("move_id", move.id(), "quantity", quantity));
        if (kept.ref("x_lot_id") > 0) {
            line.put("lot_id", kept.ref("x_lot_id"));
        }
        env.create(env.model(Transfers.MOVE_LINE), line);
        env.store(Transfers.MOVE, move, Map.of("quantity", quantity));
        return picking;
    }

    static String sent(Env env, long picking) {
        Transfers.send(env.with(QUIET), picking);
        return env.row(Transfers.PICKING, picking).text("name");
    }

    private static List<Row> kept(Env env) {
        return Quality.rows(env, caseOf(env)).stream()
                .filter(row -> Quality.there(env, row) > NOTHING)
                .toList();
    }

    private static Map<String, Object> dispose(Env env, Map<String, Object> arguments) {
        var choice = Json.string(arguments.get("disposition"));
        var kept = kept(env);
        var quantity = kept.stream().mapToDouble(row -> Quality.there(env, row)).sum();
        var records = new ArrayList<String>();
        switch (choice) {
            case "releaseToStock", "useAsIs", "concession" -> records.addAll(toStock(env));
            case "scrap" -> kept.forEach(row -> records.add(scrap(env, row)));
            case "returnToVendor" -> {
                var vendor = arguments.get("vendor") instanceof Number id
                        ? env.find(Customers.PARTNER, id.longValue())
                        : null;
                if (vendor == null) {
                    throw Errors.refused(name(env) + " cannot be returned: its vendor is not known.");
                }
                kept.forEach(row -> records.add(toVendor(env, row, vendor.id())));
            }
            default -> throw Errors.refused("Holdpoint knows no disposition " + choice + ".");
        }
        unblock(env);
        var words = arguments.get("words") == null ? choice : Json.string(arguments.get("words"));
        state(env, "disposed", words + ": " + (quantity == Math.rint(quantity) ? (Object) (long) quantity : quantity));
        return Map.of("disposition", choice, "quantity", quantity, "records", records);
    }

    /** What should have lain there and did not stays on the row as missing. */
    private static void settle(Env env, Row row, double quantity, double left) {
        env.store(
                KEPT_APART,
                row,
                Map.of(
                        "x_quantity",
                        left,
                        "x_disposed",
                        row.number("x_disposed") + quantity,
                        "x_missing",
                        row.number("x_missing") + row.number("x_quantity") - quantity));
    }

    private static String scrap(Env env, Row row) {
        var quantity = Quality.there(env, row);
        var values = new TreeMap<String, Object>(Map.of(
                "product_id",
                row.ref("x_product_id"),
                "scrap_qty",
                quantity,
                "location_id",
                row.ref("x_location_id"),
                "origin",
                "Quality " + name(env)));
        if (row.ref("x_lot_id") > 0) {
            values.put("lot_id", row.ref("x_lot_id"));
        }
        var scrap = env.create(env.model(Scraps.SCRAP), values);
        Scraps.validate(env, List.of(scrap));
        settle(env, row, quantity, 0);
        return env.row(Scraps.SCRAP, scrap).text("name");
    }

    private static String toVendor(Env env, Row row, long vendor) {
        var quantity = Quality.there(env, row);
        var back = transfer(env, "out_type_id", row.ref("x_location_id"), Foundation.SUPPLIERS, row, quantity, vendor);
        settle(env, row, quantity, quantity);
        env.store(KEPT_APART, env.row(KEPT_APART, row.id()), Map.of("x_transfer_id", back));
        return env.row(Transfers.PICKING, back).text("name");
    }

    private static List<String> toStock(Env env) {
        var names = new ArrayList<String>();
        for (var row : kept(env)) {
            var quantity = Quality.there(env, row);
            var from = row.ref("x_location_id");
            settle(env, row, quantity, 0);
            var stock = warehouse(env, from).ref("lot_stock_id");
            names.add(sent(env, transfer(env, "int_type_id", from, stock, row, quantity, 0)));
        }
        return names;
    }

    private static Map<String, Object> giveBack(Env env) {
        var returned = toStock(env);
        unblock(env);
        // Nor does it count as a recurrence.
        Quality.rows(env, caseOf(env)).forEach(row -> env.store(KEPT_APART, row, Map.of("x_defect", "")));
        return Map.of("returned", returned);
    }

    /** What waited for this stock is delivered again. */
    private static void unblock(Env env) {
        var mine = Quality.rows(env, caseOf(env)).stream().map(Row::id).toList();
        for (var lot : List.copyOf(env.all(Stock.LOT))) {
            if (mine.contains(lot.ref(BLOCKED_BY))) {
                // Another case may keep it apart as well.
                env.store(Stock.LOT, lot, emptied(BLOCKED_BY));
                env.all(KEPT_APART).stream()
                        .filter(row -> row.ref("x_lot_id") == lot.id()
                                && !mine.contains(row.id())
                                && Quality.there(env, row) > NOTHING)
                        .findFirst()
                        .ifPresent(row ->
                                env.store(Stock.LOT, env.row(Stock.LOT, lot.id()), Map.of(BLOCKED_BY, row.id())));
            }
        }
        for (var picking : List.copyOf(env.all(Transfers.PICKING))) {
            if (picking.text(STATE).equals("blocked") && mine.contains(picking.ref(BLOCKED_BY))) {
                env.write(
                        env.model(Transfers.PICKING),
                        List.of(picking.id()),
                        Map.of(STATE, false, REASON, false, BLOCKED_BY, false));
                Transfers.assign(env, picking.id());
                Chatter.note(
                        env, Transfers.PICKING, picking.id(), "No longer blocked: " + name(env) + " is decided on.");
            }
        }
    }

    private static Map<String, ? extends @Nullable Object> emptied(String field) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put(field, null);
        return values;
    }

    private static Map<String, Object> level(Env env, Map<String, Object> arguments) {
        var vendor = arguments.get("vendor") instanceof Number id ? env.find(Customers.PARTNER, id.longValue()) : null;
        if (vendor == null) {
            throw Errors.refused("The vendor does not exist any more.");
        }
        var before = (long) vendor.number(Quality.LEVEL);
        var level = arguments.get("level") instanceof Number number ? number.longValue() : 0;
        env.write(env.model(Customers.PARTNER), List.of(vendor.id()), Map.of(Quality.LEVEL, level));
        Chatter.note(
                env,
                Customers.PARTNER,
                vendor.id(),
                "Supplier level " + level + ", before " + before + ": " + reasonOf(env));
        return Map.of("before", before, "level", level);
    }
}
