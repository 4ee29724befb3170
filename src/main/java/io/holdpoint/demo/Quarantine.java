package io.holdpoint.demo;

import static io.holdpoint.demo.Quality.BLOCKED_BY;
import static io.holdpoint.demo.Quality.KEPT_APART;
import static io.holdpoint.demo.Quality.NOTHING;

import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the stock of one report apart: what is there of it moves beside the stock, and deliveries let go of it. */
final class Quarantine {

    private final Env env;
    private final DocumentRef reference;
    private final Row document;
    private final Map<String, Object> arguments;
    private final String caseId;
    private final List<String> transfers = new ArrayList<>();
    private final Map<Long, Long> touched = new LinkedHashMap<>();
    private double moved;
    private double wantedInAll;

    /** @param lot 0 for all lots; @param most so much at most; null for all of it */
    private record Wanted(long product, long lot, @Nullable Double most) {}

    Quarantine(Env env, DocumentRef reference, Row document, Map<String, Object> arguments) {
        this.env = env;
        this.reference = reference;
        this.document = document;
        this.arguments = arguments;
        this.caseId = QualityCommand.caseOf(env);
    }

    Map<String, Object> carryOut() {
        var company = document.ref("company_id");
        if (arguments.get("company") instanceof Number decided && company > 0 && company != decided.longValue()) {
            throw Errors.refused("%s belongs to %s and not to the company that was decided on."
                    .formatted(
                            env.displayName(reference.model(), reference.id()),
                            env.displayName("res.company", company)));
        }
        var wanted = wanted();
        var takenOver = takeOver();
        for (var one : wanted) {
            var most = one.most();
            if (most != null) {
                most = Math.max(
                        0,
                        most
                                - takenOver.entrySet().stream()
                                        .filter(entry -> entry.getKey().ref("x_product_id") == one.product()
                                                && (one.lot() == 0
                                                        || entry.getKey().ref("x_lot_id") == one.lot()))
                                        .mapToDouble(Map.Entry::getValue)
                                        .sum());
            }
            keepApart(new Wanted(one.product(), one.lot(), most));
        }
        var blocked = block();
        report();
        return Map.of("moved", moved, "wanted", wantedInAll, "transfers", transfers, "blocked", blocked);
    }

    private List<Wanted> wanted() {
        var wanted = new ArrayList<Wanted>();
        switch (reference.model()) {
            case Stock.LOT -> wanted.add(new Wanted(document.ref("product_id"), document.id(), null));
            case Transfers.PICKING -> {
                var sums = new LinkedHashMap<List<Long>, Double>();
                Quality.doneLines(env, line -> line.ref("picking_id") == document.id())
                        .forEach(line -> sums.merge(
                                List.of(line.ref("product_id"), line.ref("lot_id")),
                                line.number("quantity"),
                                Double::sum));
                var outgoing = code(document).equals("outgoing");
                sums.forEach((what, quantity) -> {
                    if (!outgoing) {
                        var left = Math.max(0, quantity - already(what.get(0), what.get(1)));
                        wanted.add(new Wanted(what.get(0), what.get(1), left));
                    } else if (what.get(1) > 0) {
                        // It has left; of what is still here only the lot tells that it is the same.
                        wanted.add(new Wanted(what.get(0), what.get(1), null));
                    }
                });
            }
            default -> {
                var reported = arguments.get("quantity") instanceof Number number ? number.doubleValue() : 0;
                wanted.add(new Wanted(
                        document.id(),
                        0,
                        Math.max(
                                0,
                                reported
                                        - Quality.rows(env, caseId).stream()
                                                .mapToDouble(row -> Quality.there(env, row))
                                                .sum())));
            }
        }
        return wanted;
    }

    private double already(long product, long lot) {
        return Quality.rows(env, caseId).stream()
                .filter(row -> row.ref("x_product_id") == product && row.ref("x_lot_id") == lot)
                .mapToDouble(row -> Quality.there(env, row))
                .sum();
    }

    private String code(Row picking) {
        return env.row(Transfers.TYPE, picking.ref("picking_type_id")).text("code");
    }

    /** An earlier report of the same that nobody decided on left its stock where it is. */
    private Map<Row, Double> takeOver() {
        var taken = new LinkedHashMap<Row, Double>();
        for (var row : List.copyOf(env.all(KEPT_APART))) {
            var back = env.find(Transfers.PICKING, row.ref("x_transfer_id"));
            if (!row.text("x_document").equals(reference.toString())
                    || row.text("x_name").equals(caseId)
                    || row.number("x_quantity") <= NOTHING
                    || back != null && !back.text("state").equals("cancel")) {
                continue;
            }
            var quantity = Math.min(
                    row.number("x_quantity"),
                    Quality.lying(env, row.ref("x_location_id"), row.ref("x_product_id"), row.ref("x_lot_id")));
            var lot = env.find(Stock.LOT, row.ref("x_lot_id"));
            var blocks = lot != null && lot.ref(BLOCKED_BY) == row.id();
            env.store(
                    KEPT_APART,
                    row,
                    Map.of(
                            "x_quantity",
                            0.0,
                            "x_missing",
                            row.number("x_missing") + row.number("x_quantity") - quantity));
            var mine = keep(row.ref("x_location_id"), row.ref("x_product_id"), row.ref("x_lot_id"), quantity, false);
            if (lot != null && blocks) {
                env.store(Stock.LOT, lot, Map.of(BLOCKED_BY, mine));
            }
            for (var picking : List.copyOf(env.all(Transfers.PICKING))) {
                if (picking.ref(BLOCKED_BY) == row.id()) {
                    env.store(Transfers.PICKING, picking, Map.of(BLOCKED_BY, mine));
                }
            }
            moved += quantity;
            wantedInAll += quantity;
            taken.put(row, quantity);
        }
        return taken;
    }

    /** One row for each product, lot and place of a case. */
    private long keep(long location, long product, long lot, double quantity, boolean blocks) {
        var found = Quality.rows(env, caseId).stream()
                .filter(row -> row.ref("x_location_id") == location
                        && row.ref("x_product_id") == product
                        && row.ref("x_lot_id") == lot
                        && row.ref("x_transfer_id") == 0)
                .findFirst();
        long id;
        if (found.isPresent()) {
            id = found.get().id();
            env.store(KEPT_APART, found.get(), Map.of("x_quantity", found.get().number("x_quantity") + quantity));
        } else {
            var defect = Json.string(arguments.get("defect"));
            var values = new TreeMap<String, Object>(Map.of(
                    "x_name", caseId,
                    "x_document", reference.toString(),
                    "x_title", env.displayName(reference.model(), reference.id()),
                    "x_defect", defect.isEmpty() ? document.text("x_holdpoint_defect") : defect,
                    "x_location_id", location,
                    "x_product_id", product,
                    "x_quantity", quantity));
            if (lot > 0) {
                values.put("x_lot_id", lot);
            }
            id = env.create(env.model(KEPT_APART), values);
        }
        var row = env.find(Stock.LOT, lot);
        if (blocks && row != null && row.ref(BLOCKED_BY) == 0) {
            env.store(Stock.LOT, row, Map.of(BLOCKED_BY, id));
        }
        return id;
    }

    private void keepApart(Wanted wanted) {
        var quants = env.all(Stock.QUANT).stream()
                .filter(quant -> quant.ref("product_id") == wanted.product()
                        && (wanted.lot() == 0 || quant.ref("lot_id") == wanted.lot())
                        && quant.number("quantity") > NOTHING
                        && Stock.isInternal(env, quant.ref("location_id"))
                        && !Quality.isQuarantine(env, quant.ref("location_id"))
                        && ofTheCompany(quant.ref("location_id")))
                .toList();
        var most = wanted.most();
        var left = most == null
                ? quants.stream().mapToDouble(quant -> quant.number("quantity")).sum()
                : most;
        wantedInAll += left;
        if (wanted.lot() > 0
                && quants.isEmpty()
                && Quality.rows(env, caseId).stream()
                        .noneMatch(row -> row.ref("x_lot_id") == wanted.lot() && Quality.there(env, row) > NOTHING)) {
            // All of it has left; should some turn up, it is not delivered.
            var home = env.all(Stock.WAREHOUSE).iterator().next();
            keep(Returns.place(env, home.id(), "Quarantine"), wanted.product(), wanted.lot(), 0, true);
        }
        for (var quant : quants) {
            var quantity = Math.min(quant.number("quantity"), left);
            if (quantity <= NOTHING) {
                continue;
            }
            var from = quant.ref("location_id");
            var lot = quant.ref("lot_id");
            var reserving = reserving(wanted, from, lot, quantity, quant.number("quantity"));
            reserving.forEach(picking -> Transfers.unreserve(env, picking));
            var to = Returns.place(env, QualityCommand.warehouse(env, from).id(), "Quarantine");
            var row = keep(to, wanted.product(), lot, quantity, wanted.lot() > 0);
            transfers.add(QualityCommand.sent(
                    env, QualityCommand.transfer(env, "int_type_id", from, to, env.row(KEPT_APART, row), quantity, 0)));
            reserving.stream()
                    .filter(picking -> code(env.row(Transfers.PICKING, picking)).equals("outgoing"))
                    .forEach(picking -> touched.putIfAbsent(picking, row));
            moved += quantity;
            left -= quantity;
        }
    }

    private boolean ofTheCompany(long location) {
        var company = env.row(Stock.LOCATION, location).ref("company_id");
        return !(arguments.get("company") instanceof Number decided) || company == 0 || company == decided.longValue();
    }

    /** The open transfers that have to let go of what they have reserved. */
    private List<Long> reserving(Wanted wanted, long from, long lot, double quantity, double lying) {
        var lines = env.all(Transfers.MOVE_LINE).stream()
                .filter(line -> line.ref("product_id") == wanted.product()
                        && line.ref("location_id") == from
                        && line.ref("lot_id") == lot
                        && line.number("quantity") > NOTHING)
                .filter(line -> {
                    var move = env.find(Transfers.MOVE, line.ref("move_id"));
                    return move != null && !List.of("done", "cancel", "draft").contains(move.text("state"));
                })
                .toList();
        var reserved =
                lines.stream().mapToDouble(line -> line.number("quantity")).sum();
        return wanted.lot() == 0 && lying - reserved + NOTHING >= quantity
                ? List.of()
                : lines.stream().map(line -> line.ref("picking_id")).distinct().toList();
    }

    /** Other stock may do as well; what is short of it waits. */
    private List<String> block() {
        var blocked = new ArrayList<String>();
        var name = env.displayName(reference.model(), reference.id());
        touched.forEach((picking, row) -> {
            Transfers.assign(env, picking);
            var isShort = env.inverse(Transfers.MOVE, "picking_id", picking).stream()
                    .anyMatch(move -> move.number("quantity") + NOTHING < move.number("product_uom_qty"));
            if (isShort) {
                var because = QualityCommand.reasonOf(env);
                env.write(
                        env.model(Transfers.PICKING),
                        List.of(picking),
                        Map.of(
                                Quality.STATE,
                                "blocked",
                                Quality.REASON,
                                name + " is in quarantine: " + (because.isEmpty() ? "a defect was reported" : because),
                                BLOCKED_BY,
                                row));
                Chatter.note(env, Transfers.PICKING, picking, "Blocked by Holdpoint: " + name + " is in quarantine.");
                blocked.add(env.row(Transfers.PICKING, picking).text("name"));
            }
        });
        return blocked;
    }

    /** A report that came by event stands on the document too: recurrences are counted there. */
    private void report() {
        var values = new TreeMap<String, Object>(
                Map.of(Quality.STATE, "quarantined", Quality.REASON, QualityCommand.reasonOf(env)));
        var defect = Json.string(arguments.get("defect"));
        if (!defect.isEmpty()) {
            values.put("x_holdpoint_defect", defect);
            values.put("x_holdpoint_defect_severity", Json.string(arguments.get("severity")));
            values.put(
                    "x_holdpoint_defect_quantity",
                    arguments.get("quantity") instanceof Number number ? number.doubleValue() : 0.0);
            values.put("x_holdpoint_defect_description", Json.string(arguments.get("description")));
        }
        if (!document.has("x_holdpoint_quality_requested_at")) {
            values.put("x_holdpoint_quality_requested_at", env.moment().substring(0, 19));
        }
        env.write(env.model(reference.model()), List.of(reference.id()), values);
    }
}
