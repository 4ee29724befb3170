package io.holdpoint.demo;

import io.holdpoint.odoo.Choices;
import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code odoo-setup} gives a real Odoo for defects: the report, and the guards of what is kept apart. */
final class Quality {

    static final String REPORT_ACTION = "quality_report";
    static final String KEPT_APART = "x_holdpoint_quarantine";
    static final String BLOCKED_BY = "x_holdpoint_quarantine_id";
    static final String STATE = "x_holdpoint_quality_state";
    static final String REASON = "x_holdpoint_quality_reason";
    static final String LEVEL = "x_holdpoint_supplier_level";
    static final Set<String> DOCUMENTS = Set.of(Stock.LOT, Transfers.PICKING, Products.PRODUCT);
    static final double NOTHING = 1e-6;

    static final String DEFECT = "x_holdpoint_defect";
    static final String REQUESTED_BY = "x_holdpoint_quality_requested_by";
    static final String REQUESTED_AT = "x_holdpoint_quality_requested_at";
    private static final Set<String> WORKING =
            Set.of("requested", "held", "quarantined", "disposed", "reopened", "blocked");
    private static final Set<String> REPORT = Set.of(DEFECT, DEFECT + "_severity", DEFECT + "_quantity");
    private static final Set<String> PROTECTED = Set.of(STATE, REASON, REQUESTED_BY, REQUESTED_AT, BLOCKED_BY);

    private Quality() {}

    static void models(Schema schema) {
        schema.model(KEPT_APART, "Holdpoint: kept apart", "id")
                .of("char", "x_name", "x_document", "x_title", "x_defect")
                .of("float", "x_quantity", "x_disposed", "x_missing")
                .one("x_product_id", Products.PRODUCT)
                .one("x_lot_id", Stock.LOT)
                .one("x_location_id", Stock.LOCATION)
                .one("x_transfer_id", Transfers.PICKING)
                .rights(Groups.USERS, Set.of());
        for (var model : DOCUMENTS) {
            var documents = schema.existing(model)
                    .of("char", REASON)
                    .of("float", DEFECT + "_quantity")
                    .of("text", DEFECT + "_description")
                    .of("datetime", REQUESTED_AT)
                    .selection(DEFECT, codes(Choices.DEFECTS))
                    .selection(DEFECT + "_severity", codes(Choices.SEVERITIES))
                    .selection(STATE, states())
                    .one(REQUESTED_BY, "res.users");
            var before = documents.rule;
            documents.rule = (env, old, now) -> {
                before.changed(env, old, now);
                reportChanged(env, model, old, now);
            };
        }
        schema.existing(Stock.LOT).one(BLOCKED_BY, KEPT_APART);
        schema.existing(Stock.QUANT).also(Quality::stockChanged);
        var transfers = schema.existing(Transfers.PICKING).one(BLOCKED_BY, KEPT_APART);
        var before = transfers.rule;
        transfers.rule = (env, old, now) -> {
            before.changed(env, old, now);
            transferDone(env, old, now);
        };
        var partners = schema.existing(Customers.PARTNER).of("integer", LEVEL);
        var first = partners.rule;
        partners.rule = (env, old, now) -> {
            first.changed(env, old, now);
            if (now != null && changed(LEVEL, old, now) && !env.isUnguarded()) {
                throw Errors.refused(now.text("name")
                        + ": only Holdpoint moves a vendor on the supplier ladder, by its quality cases.");
            }
        };
    }

    private static String[] codes(Map<String, String> choices) {
        return choices.keySet().toArray(String[]::new);
    }

    private static String[] states() {
        return Stream.concat(
                        Stream.of(HoldpointStates.ALL),
                        Stream.of("quarantined", "blocked", "disposed", "monitored", "reopened", "closed"))
                .toArray(String[]::new);
    }

    /** What the window of Report defect asks for. */
    static List<DemoRecords.Ask> asked() {
        return List.of(
                new DemoRecords.Ask(DEFECT, "Defect", "choice", List.copyOf(Choices.DEFECTS.keySet())),
                new DemoRecords.Ask(
                        DEFECT + "_severity", "Severity", "choice", List.copyOf(Choices.SEVERITIES.keySet())),
                new DemoRecords.Ask(DEFECT + "_quantity", "Affected quantity, empty for all", "number", List.of()),
                new DemoRecords.Ask(DEFECT + "_description", "What was seen", "text", List.of()));
    }

    /** People report what they have written down of lots and receipts. */
    static List<Consumer<DemoOdoo>> firstRequests(Env env) {
        return Stream.of(Stock.LOT, Transfers.PICKING)
                .flatMap(model -> env.all(model).stream()
                        .filter(row -> row.has(DEFECT) && !row.has(STATE))
                        .map(row -> (Consumer<DemoOdoo>) odoo -> odoo.press("wim", REPORT_ACTION, model, row.id())))
                .toList();
    }

    // guards

    private static boolean changed(String field, @Nullable Row before, Row after) {
        return !Objects.equals(before == null ? null : before.get(field), after.get(field));
    }

    private static void reportChanged(Env env, String model, @Nullable Row before, @Nullable Row after) {
        if (after == null || env.isUnguarded()) {
            return;
        }
        var working = before != null && WORKING.contains(before.text(STATE));
        var reported = REPORT.stream().anyMatch(field -> changed(field, before, after));
        var set = PROTECTED.stream().anyMatch(field -> changed(field, before, after));
        var asks = after.text(STATE).equals("requested")
                && !after.has(REASON)
                && !changed(BLOCKED_BY, before, after)
                && after.ref(REQUESTED_BY) == env.userId();
        if (reported && working || set && (working || !asks)) {
            throw Errors.refused(env.displayName(model, after.id())
                    + ": only Holdpoint sets the state of a defect report, and what was reported stays while it is"
                    + " worked on. Use Report defect to report one.");
        }
    }

    /** A transfer that is done has moved its goods; what may not move is found out then, and nothing has happened. */
    private static void transferDone(Env env, @Nullable Row before, @Nullable Row after) {
        if (after == null
                || env.isUnguarded()
                || !after.text("state").equals("done")
                || before != null && before.text("state").equals("done")) {
            return;
        }
        var blocked = after.text(STATE).equals("blocked");
        var moves = env.inverse(Transfers.MOVE, "picking_id", after.id());
        if (blocked && moves.stream().anyMatch(move -> !Set.of("done", "cancel").contains(move.text("state")))) {
            throw Errors.refused(after.text("name") + " is blocked by Holdpoint: " + after.text(REASON)
                    + ".\n\nIt is delivered when that is decided on.");
        }
        for (var move : moves) {
            for (var line : env.inverse(Transfers.MOVE_LINE, "move_id", move.id())) {
                if (line.number("quantity") <= NOTHING) {
                    continue;
                }
                var usages = Set.copyOf(List.of(
                        Stock.usage(env, move.ref("location_dest_id")),
                        Stock.usage(env, line.ref("location_dest_id"))));
                var leaves = usages.contains("customer") || usages.contains("production");
                var product = line.ref("product_id");
                var lot = line.ref("lot_id");
                var row = env.find(Stock.LOT, lot);
                if (leaves && row != null && row.ref(BLOCKED_BY) > 0) {
                    throw keptApart(env, product, lot, env.row(KEPT_APART, row.ref(BLOCKED_BY)));
                }
                var place = line.ref("location_id");
                // What is to go to its vendor may go with its transfer, and to a vendor only.
                taken(env, product, lot, place, after.id(), usages.equals(Set.of("supplier")));
                if (leaves && lot == 0 && blocked && lying(env, place, product, lot) < -NOTHING) {
                    throw keptApart(env, product, lot, env.row(KEPT_APART, after.ref(BLOCKED_BY)));
                }
            }
        }
    }

    /** Stock that somebody writes by itself, without any transfer. */
    private static void stockChanged(Env env, @Nullable Row before, @Nullable Row after) {
        if (before != null
                && isQuarantine(env, before.ref("location_id"))
                && (after == null || Transfers.moved(before, after, "location_id"))) {
            taken(env, before.ref("product_id"), before.ref("lot_id"), before.ref("location_id"));
        }
    }

    /** To be asked when something was taken from a place, by whatever way but a transfer. */
    static void taken(Env env, long product, long lot, long place) {
        taken(env, product, lot, place, 0, false);
    }

    /** @param toVendor what is to go there may go with this transfer */
    private static void taken(Env env, long product, long lot, long place, long transfer, boolean toVendor) {
        if (env.isUnguarded()) {
            return;
        }
        var kept = env.all(KEPT_APART).stream()
                .filter(row -> row.ref("x_product_id") == product
                        && row.ref("x_lot_id") == lot
                        && row.ref("x_location_id") == place
                        && row.number("x_quantity") > NOTHING)
                .filter(row -> row.ref("x_transfer_id") == 0
                        || (row.ref("x_transfer_id") == transfer
                                ? !toVendor
                                : !env.row(Transfers.PICKING, row.ref("x_transfer_id"))
                                        .text("state")
                                        .equals("done")))
                .toList();
        if (!kept.isEmpty()
                && lying(env, place, product, lot) + NOTHING
                        < kept.stream()
                                .mapToDouble(row -> row.number("x_quantity"))
                                .sum()) {
            throw keptApart(env, product, lot, kept.get(0));
        }
    }

    private static RuntimeException keptApart(Env env, long product, long lot, Row row) {
        var document = DocumentRef.parse(row.text("x_document"));
        var record = env.find(document.model(), document.id());
        var reason = record == null || !record.has(REASON) ? "a defect was reported" : record.text(REASON);
        return Errors.refused(
                "%s is kept apart by Holdpoint: defect report on %s, %s.\n\nIt is moved and delivered again when that is decided on."
                        .formatted(
                                lot > 0 ? env.displayName(Stock.LOT, lot) : env.displayName(Products.PRODUCT, product),
                                row.text("x_title"),
                                reason));
    }

    // reports

    /** The button in the window of Report defect. */
    static Object report(Env env) {
        var model = Json.string(env.context.get("active_model"));
        var id = env.context.get("active_id") instanceof Number number ? number.longValue() : 0;
        var document = env.row(model, id);
        var name = env.displayName(model, id);
        if (WORKING.contains(document.text(STATE))) {
            throw Errors.refused("A defect of " + name + " is reported already and being worked on: "
                    + (document.has(REASON) ? document.text(REASON) : "quarantine follows") + ".");
        }
        var missing = new ArrayList<String>();
        if (!document.has(DEFECT)) {
            missing.add("what is wrong (Defect)");
        }
        if (!document.has(DEFECT + "_severity")) {
            missing.add("how grave it is (Severity)");
        }
        if (!document.has(DEFECT + "_description")) {
            missing.add("what you saw (Description)");
        }
        if (!missing.isEmpty()) {
            throw Errors.refused("Please say of " + name + ": " + String.join(", ", missing) + ".");
        }
        if (document.number(DEFECT + "_quantity") < 0) {
            throw Errors.refused(
                    "Quantity: a defect cannot affect less than nothing. Enter how many units are affected,"
                            + " or 0 for all.");
        }
        if (model.equals(Products.PRODUCT) && document.number(DEFECT + "_quantity") <= 0) {
            throw Errors.refused("Quantity: say how many units of " + name + " are affected.");
        }
        if (model.equals(Transfers.PICKING) && !document.text("state").equals("done")) {
            throw Errors.refused("Validate " + name + " first: until then nothing of it lies in stock.");
        }
        env.write(
                env.model(model),
                List.of(id),
                Map.of(
                        STATE,
                        "requested",
                        REASON,
                        false,
                        REQUESTED_BY,
                        env.userId(),
                        REQUESTED_AT,
                        env.moment().substring(0, 19)));
        return false;
    }

    // what there is

    static boolean isQuarantine(Env env, long location) {
        var place = env.find(Stock.LOCATION, location);
        return place != null
                && place.text("name").equals("Quarantine")
                && Stock.usage(env, place.ref("location_id")).equals("view");
    }

    static double lying(Env env, long location, long product, long lot) {
        return env.all(Stock.QUANT).stream()
                .filter(quant -> quant.ref("location_id") == location
                        && quant.ref("product_id") == product
                        && quant.ref("lot_id") == lot)
                .mapToDouble(quant -> quant.number("quantity"))
                .sum();
    }

    static List<Row> rows(Env env, String caseId) {
        return env.all(KEPT_APART).stream()
                .filter(row -> !caseId.isEmpty() && row.text("x_name").equals(caseId))
                .toList();
    }

    /** What a row keeps apart and is really there. */
    static double there(Env env, Row row) {
        return row.ref("x_transfer_id") > 0
                ? 0
                : Math.max(
                        0,
                        Math.min(
                                row.number("x_quantity"),
                                lying(env, row.ref("x_location_id"), row.ref("x_product_id"), row.ref("x_lot_id"))));
    }

    static double quarantined(Env env, String caseId) {
        return rows(env, caseId).stream()
                .mapToDouble(row -> row.number("x_disposed") + there(env, row))
                .sum();
    }

    static List<Row> doneLines(Env env, Predicate<Row> which) {
        return env.all(Transfers.MOVE_LINE).stream()
                .filter(which)
                .filter(line -> {
                    var move = env.find(Transfers.MOVE, line.ref("move_id"));
                    return move != null && move.text("state").equals("done");
                })
                .toList();
    }
}
