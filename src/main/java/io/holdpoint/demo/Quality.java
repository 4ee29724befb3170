package io.holdpoint.demo;

import io.holdpoint.odoo.Choices;
import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code odoo-setup} gives a real Odoo for defects: the report, its figures, and the guards of what is kept apart.
 */
final class Quality {

    static final String FIGURES_ACTION = "quality_figures";
    static final String REPORT_ACTION = "quality_report";
    static final String KEPT_APART = "x_holdpoint_quarantine";
    static final String BLOCKED_BY = "x_holdpoint_quarantine_id";
    static final String STATE = "x_holdpoint_quality_state";
    static final String REASON = "x_holdpoint_quality_reason";
    static final String LEVEL = "x_holdpoint_supplier_level";
    static final Set<String> DOCUMENTS = Set.of(Stock.LOT, Transfers.PICKING, Products.PRODUCT);
    static final double NOTHING = 1e-6;

    private static final String DEFECT = "x_holdpoint_defect";
    private static final String REQUESTED_BY = "x_holdpoint_quality_requested_by";
    private static final String REQUESTED_AT = "x_holdpoint_quality_requested_at";
    private static final Set<String> WORKING =
            Set.of("requested", "held", "quarantined", "disposed", "reopened", "blocked");
    private static final Set<String> REPORT = Set.of(DEFECT, DEFECT + "_severity", DEFECT + "_quantity");
    private static final Set<String> PROTECTED = Set.of(STATE, REASON, REQUESTED_BY, REQUESTED_AT, BLOCKED_BY);

    private Quality() {}

    static void models(Schema schema) {
        schema.model(KEPT_APART, "Holdpoint: kept apart", "id")
                .of("char", "x_name", "x_document", "x_title", "x_defect")
                .of("float", "x_quantity", "x_disposed")
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
            if (now != null && changed(LEVEL, old, now) && !env.isIn(Groups.TECHNICAL)) {
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
        if (after == null || env.isIn(Groups.TECHNICAL)) {
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
                || env.isIn(Groups.TECHNICAL)
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
            var leaves = Set.of("customer", "production").contains(Stock.usage(env, move.ref("location_dest_id")));
            for (var line : env.inverse(Transfers.MOVE_LINE, "move_id", move.id())) {
                if (line.number("quantity") <= NOTHING) {
                    continue;
                }
                var product = line.ref("product_id");
                var lot = line.ref("lot_id");
                var row = env.find(Stock.LOT, lot);
                if (leaves && row != null && row.ref(BLOCKED_BY) > 0) {
                    throw keptApart(env, product, lot, env.row(KEPT_APART, row.ref(BLOCKED_BY)));
                }
                var place = line.ref("location_id");
                taken(env, product, lot, place, after.id());
                if (leaves && lot == 0 && blocked && lying(env, place, product, lot) < -NOTHING) {
                    throw keptApart(env, product, lot, env.row(KEPT_APART, after.ref(BLOCKED_BY)));
                }
            }
        }
    }

    /**
     * To be asked when something was taken from a place, by whatever way.
     *
     * @param transfer by which it was; what is to go to its vendor may go with that one
     */
    static void taken(Env env, long product, long lot, long place, long transfer) {
        if (env.isIn(Groups.TECHNICAL)) {
            return;
        }
        var kept = env.all(KEPT_APART).stream()
                .filter(row -> row.ref("x_product_id") == product
                        && row.ref("x_lot_id") == lot
                        && row.ref("x_location_id") == place
                        && row.number("x_quantity") > NOTHING)
                .filter(row -> row.ref("x_transfer_id") == 0
                        || row.ref("x_transfer_id") != transfer
                                && !env.row(Transfers.PICKING, row.ref("x_transfer_id"))
                                        .text("state")
                                        .equals("done"))
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

    private static double total(Env env, Predicate<Row> which) {
        return doneLines(env, which).stream()
                .mapToDouble(line -> line.number("quantity"))
                .sum();
    }

    private static Predicate<Row> from(Env env, String usage) {
        return line -> Stock.usage(env, line.ref("location_id")).equals(usage);
    }

    private static Predicate<Row> to(Env env, String usage) {
        return line -> Stock.usage(env, line.ref("location_dest_id")).equals(usage);
    }

    // figures

    /** What policy needs to know of a report. */
    static Map<String, Object> figures(Env env) {
        var asked = Json.map(env.context.get("holdpoint"));
        var reference = DocumentRef.parse(Json.string(asked.get("document")));
        var document = env.find(reference.model(), reference.id());
        if (document == null) {
            return Map.of();
        }
        var caseId = Json.string(asked.get("case"));
        var defect = asked.get("defect") instanceof String text ? text : document.text(DEFECT);
        var products = products(env, reference.model(), document);
        var lots = lots(env, reference.model(), document);
        var company = document.ref("company_id") > 0 ? document.ref("company_id") : env.companyId();
        var vendor = vendor(env, reference.model(), document, lots, products);
        var figures = new LinkedHashMap<String, Object>();
        figures.put("name", env.displayName(reference.model(), reference.id()));
        figures.put("company", List.of(company, env.displayName("res.company", company)));
        figures.put(
                "currency",
                env.displayName("res.currency", env.row("res.company", company).ref("currency_id")));
        figures.put("document_state", document.text("state"));
        figures.put("products", pairs(env, Products.PRODUCT, products));
        figures.put("unit", "Units");
        figures.put("lots", pairs(env, Stock.LOT, lots));
        figures.put("vendor", vendor == 0 ? false : List.of(vendor, env.displayName(Customers.PARTNER, vendor)));
        figures.put(
                "supplier_level",
                vendor == 0 ? 0 : (long) env.row(Customers.PARTNER, vendor).number(LEVEL));
        figures.put("state", document.text(STATE));
        figures.put("defect", document.text(DEFECT));
        figures.put("severity", document.text(DEFECT + "_severity"));
        figures.put("quantity", document.number(DEFECT + "_quantity"));
        figures.put("description", document.text(DEFECT + "_description"));
        figures.put(
                "requested_at",
                document.has(REQUESTED_AT) ? document.text(REQUESTED_AT).substring(0, 19) : false);
        var user = document.ref(REQUESTED_BY);
        figures.put("requested_by", user > 0 ? List.of(user, env.displayName("res.users", user)) : false);
        figures.put("received", received(env, reference, lots, products));
        figures.put("shipped", shipped(env, reference, lots));
        stock(env, caseId, lots, products, figures);
        figures.put("repeats", defect.isEmpty() ? 0 : repeats(env, reference, caseId, defect, products));
        return figures;
    }

    private static void stock(Env env, String caseId, Set<Long> lots, Set<Long> products, Map<String, Object> figures) {
        double onHand = 0;
        var places = new LinkedHashMap<String, Double>();
        for (var quant : env.all(Stock.QUANT)) {
            var location = quant.ref("location_id");
            if (products.contains(quant.ref("product_id"))
                    && (lots.isEmpty() || lots.contains(quant.ref("lot_id")))
                    && quant.number("quantity") != 0
                    && Stock.isInternal(env, location)) {
                onHand += isQuarantine(env, location) ? 0 : quant.number("quantity");
                places.merge(env.displayName(Stock.LOCATION, location), quant.number("quantity"), Double::sum);
            }
        }
        figures.put("on_hand", onHand);
        figures.put("places", places);
        figures.put("quarantined", quarantined(env, caseId));
        figures.put(
                "value",
                rows(env, caseId).stream()
                        .mapToDouble(row -> (row.number("x_disposed") + there(env, row))
                                * env.row(Products.PRODUCT, row.ref("x_product_id"))
                                        .number("standard_price"))
                        .sum());
    }

    /** Stock that lies prepared from the beginning was received too, though no transfer brought it. */
    private static double received(Env env, DocumentRef reference, Set<Long> lots, Set<Long> products) {
        if (reference.model().equals(Transfers.PICKING)) {
            return total(env, line -> line.ref("picking_id") == reference.id());
        }
        Predicate<Row> ours =
                line -> lots.isEmpty() ? products.contains(line.ref("product_id")) : lots.contains(line.ref("lot_id"));
        var here = env.all(Stock.QUANT).stream()
                .filter(ours)
                .filter(quant -> Stock.isInternal(env, quant.ref("location_id")))
                .mapToDouble(quant -> quant.number("quantity"))
                .sum();
        var left = total(env, ours.and(to(env, "customer")))
                - total(env, ours.and(from(env, "customer")))
                + total(env, ours.and(to(env, "supplier")));
        var scrapped = env.all(Scraps.SCRAP).stream()
                .filter(ours)
                .filter(scrap -> scrap.text("state").equals("done"))
                .mapToDouble(scrap -> scrap.number("scrap_qty"))
                .sum();
        return here + left + scrapped;
    }

    /** All that was ever delivered of a product is not what a report on it is about. */
    private static double shipped(Env env, DocumentRef reference, Set<Long> lots) {
        Predicate<Row> ofLot = line -> lots.contains(line.ref("lot_id"));
        var shipped = total(env, ofLot.and(to(env, "customer"))) - total(env, ofLot.and(from(env, "customer")));
        if (reference.model().equals(Transfers.PICKING)) {
            Predicate<Row> loose = line -> line.ref("lot_id") == 0;
            shipped += total(env, loose.and(to(env, "customer")).and(line -> line.ref("picking_id") == reference.id()));
            shipped -= total(env, loose.and(from(env, "customer")).and(line -> {
                var move = env.find(Transfers.MOVE, line.ref("move_id"));
                var origin = move == null ? null : env.find(Transfers.MOVE, move.ref("origin_returned_move_id"));
                return origin != null && origin.ref("picking_id") == reference.id();
            }));
        }
        return shipped;
    }

    /** From whom it came; as its lot, or else the product, was last received; 0 where nobody is known to. */
    private static long vendor(Env env, String model, Row document, Set<Long> lots, Set<Long> products) {
        if (model.equals(Transfers.PICKING)
                && document.ref("partner_id") > 0
                && env.row(Transfers.TYPE, document.ref("picking_type_id"))
                        .text("code")
                        .equals("incoming")) {
            return Customers.commercial(env, env.row(Customers.PARTNER, document.ref("partner_id")))
                    .id();
        }
        var lines = doneLines(env, from(env, "supplier"));
        return Stream.<Predicate<Row>>of(
                        line -> lots.contains(line.ref("lot_id")), line -> products.contains(line.ref("product_id")))
                .flatMap(about -> lines.stream()
                        .filter(about)
                        .map(line -> env.row(Transfers.PICKING, line.ref("picking_id"))
                                .ref("partner_id"))
                        .filter(partner -> partner > 0)
                        .reduce((earlier, later) -> later)
                        .stream())
                .findFirst()
                .map(partner -> Customers.commercial(env, env.row(Customers.PARTNER, partner))
                        .id())
                .orElse(0L);
    }

    /** The same defect of the same product: cases that kept stock apart, and reports that stand on other documents. */
    private static int repeats(Env env, DocumentRef reference, String caseId, String defect, Set<Long> products) {
        var since = env.today().minusMonths(12).toString();
        var cases = new HashSet<String>();
        var counted = new HashSet<String>(Set.of(reference.toString()));
        for (var row : env.all(KEPT_APART)) {
            if (row.text("x_defect").equals(defect)
                    && products.contains(row.ref("x_product_id"))
                    && !row.text("x_name").equals(caseId)
                    && row.text("create_date").compareTo(since) >= 0) {
                cases.add(row.text("x_name"));
                counted.add(row.text("x_document"));
            }
        }
        for (var model : DOCUMENTS) {
            for (var other : env.all(model)) {
                var document = new DocumentRef(model, other.id()).toString();
                if (other.text(DEFECT).equals(defect)
                        && other.has(STATE)
                        && !Set.of("rejected", "withdrawn").contains(other.text(STATE))
                        && other.text(REQUESTED_AT).compareTo(since) >= 0
                        && products(env, model, other).stream().anyMatch(products::contains)
                        && !counted.contains(document)) {
                    cases.add(document);
                }
            }
        }
        return cases.size();
    }

    private static Set<Long> lots(Env env, String model, Row document) {
        var lots = new LinkedHashSet<Long>();
        if (model.equals(Stock.LOT)) {
            lots.add(document.id());
        } else if (model.equals(Transfers.PICKING)) {
            env.inverse(Transfers.MOVE_LINE, "picking_id", document.id()).stream()
                    .filter(line -> line.ref("lot_id") > 0)
                    .forEach(line -> lots.add(line.ref("lot_id")));
        }
        return lots;
    }

    private static Set<Long> products(Env env, String model, Row document) {
        if (model.equals(Products.PRODUCT)) {
            return Set.of(document.id());
        }
        if (model.equals(Stock.LOT)) {
            return Set.of(document.ref("product_id"));
        }
        var products = new LinkedHashSet<Long>();
        env.inverse(Transfers.MOVE, "picking_id", document.id()).forEach(move -> products.add(move.ref("product_id")));
        return products;
    }

    private static List<List<Object>> pairs(Env env, String model, Set<Long> ids) {
        return ids.stream()
                .map(id -> List.<Object>of(id, env.displayName(model, id)))
                .toList();
    }
}
