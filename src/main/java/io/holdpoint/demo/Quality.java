package io.holdpoint.demo;

import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Defect reports and quarantine, as {@code odoo-setup} brings them to a real Odoo. */
final class Quality implements WorkflowCommand {

    static final String FIGURES_ACTION = "quality_figures";
    static final Set<String> DOCUMENTS = Set.of(Stock.LOT, Transfers.PICKING, Products.PRODUCT);
    private static final String MARK = "Quarantine";
    private static final double NOTHING = 1e-9;

    static void models(Schema schema) {
        for (var model : DOCUMENTS) {
            schema.existing(model)
                    .of("char", "x_holdpoint_quality_reason")
                    .of("float", "x_holdpoint_defect_quantity")
                    .of("text", "x_holdpoint_defect_description")
                    .of("datetime", "x_holdpoint_quality_requested_at")
                    .of("char", "x_holdpoint_defect", "x_holdpoint_defect_severity")
                    .selection(
                            "x_holdpoint_quality_state",
                            "requested",
                            "held",
                            "released",
                            "rejected",
                            "returned",
                            "withdrawn",
                            "quarantined",
                            "blocked",
                            "disposed",
                            "monitored",
                            "reopened",
                            "closed")
                    .one("x_holdpoint_quality_requested_by", "res.users");
        }
        schema.existing(Transfers.PICKING).of("char", "x_holdpoint_quality_case");
        schema.existing(Scraps.SCRAP).of("char", "x_holdpoint_quality_case");
        schema.existing(Customers.PARTNER).of("integer", "x_holdpoint_supplier_level");
    }

    @Override
    public String action() {
        return "quality_escalation_command";
    }

    @Override
    public Set<String> documents() {
        return DOCUMENTS;
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
        return Map.of(
                "quarantined",
                kept(env, caseOf(env)).stream().mapToDouble(Kept::quantity).sum());
    }

    @Override
    public Map<String, Object> carryOut(Env env, Row document, String operation, Map<String, Object> arguments) {
        return switch (operation) {
            case "quarantine" -> quarantine(env, document, arguments);
            case "show" -> {
                state(env, document, Json.string(arguments.get("state")), reasonOf(env));
                yield Map.of();
            }
            case "dispose" -> dispose(env, document, arguments);
            case "supplier_level" -> {
                env.write(
                        env.model(Customers.PARTNER),
                        List.of(Long.parseLong(String.valueOf(arguments.get("vendor")))),
                        Map.of("x_holdpoint_supplier_level", Integer.parseInt(String.valueOf(arguments.get("level")))));
                yield Map.of("level", String.valueOf(arguments.get("level")));
            }
            case "reject", "withdraw" -> {
                // Where nobody decided, nobody said that the stock is good.
                if (!Boolean.TRUE.equals(arguments.get("expired"))) {
                    back(env);
                }
                yield Map.of();
            }
            default -> Map.of();
        };
    }

    /** Something of a case in quarantine. */
    private record Kept(long location, long product, long lot, double quantity) {}

    private static String caseOf(Env env) {
        return Json.string(Json.map(env.context.get("holdpoint")).get("key")).split(":")[0];
    }

    private static String reasonOf(Env env) {
        return Json.string(Json.map(env.context.get("holdpoint")).get("reason"));
    }

    private static void state(Env env, Row document, String state, String reason) {
        env.write(
                env.model(modelOf(env)),
                List.of(document.id()),
                Map.of("x_holdpoint_quality_state", state, "x_holdpoint_quality_reason", reason));
    }

    private static String modelOf(Env env) {
        return DocumentRef.parse(
                        Json.string(Json.map(env.context.get("holdpoint")).get("document")))
                .model();
    }

    private static Map<String, Object> quarantine(Env env, Row document, Map<String, Object> arguments) {
        var wanted = arguments.get("quantity") instanceof Number number ? number.doubleValue() : 0;
        double moved = 0;
        var lots = lots(env, modelOf(env), document);
        var products = products(env, modelOf(env), document);
        var limited = modelOf(env).equals(Products.PRODUCT);
        for (var quant : List.copyOf(env.all(Stock.QUANT))) {
            var location = quant.ref("location_id");
            if (!products.contains(quant.ref("product_id"))
                    || !lots.isEmpty() && !lots.contains(quant.ref("lot_id"))
                    || !Stock.isInternal(env, location)
                    || isQuarantine(env, location)) {
                continue;
            }
            var quantity = limited ? Math.min(quant.number("quantity"), wanted - moved) : quant.number("quantity");
            if (quantity > NOTHING) {
                transfer(
                        env,
                        quant.ref("product_id"),
                        quant.ref("lot_id"),
                        quantity,
                        location,
                        quarantineOf(env, location));
                moved += quantity;
            }
        }
        var reported = new LinkedHashMap<String, Object>(Map.of(
                "x_holdpoint_defect", Json.string(arguments.get("defect")),
                "x_holdpoint_defect_severity", Json.string(arguments.get("severity")),
                "x_holdpoint_defect_quantity", wanted,
                "x_holdpoint_defect_description", Json.string(arguments.get("description"))));
        if (document.text("x_holdpoint_quality_requested_at").isEmpty()) {
            reported.put("x_holdpoint_quality_requested_at", env.moment().substring(0, 19));
        }
        env.write(env.model(modelOf(env)), List.of(document.id()), reported);
        state(env, document, "quarantined", reasonOf(env));
        return Map.of("moved", moved);
    }

    private static void transfer(Env env, long product, long lot, double quantity, long from, long to) {
        Stock.carry(env, product, lot, quantity, from, to);
        var picking = env.create(
                env.model(Transfers.PICKING),
                Map.of(
                        "picking_type_id",
                        13L,
                        "location_id",
                        from,
                        "location_dest_id",
                        to,
                        "x_holdpoint_quality_case",
                        caseOf(env)));
        var move = env.create(
                env.model(Transfers.MOVE),
                Map.of(
                        "picking_id", picking,
                        "product_id", product,
                        "product_uom_qty", quantity,
                        "quantity", quantity,
                        "picked", true,
                        "location_id", from,
                        "location_dest_id", to));
        env.store(Transfers.MOVE, env.row(Transfers.MOVE, move), Map.of("state", "done"));
        var line = new LinkedHashMap<String, Object>(Map.of(
                "picking_id", picking,
                "move_id", move,
                "product_id", product,
                "quantity", quantity,
                "location_id", from,
                "location_dest_id", to));
        if (lot > 0) {
            line.put("lot_id", lot);
        }
        env.create(env.model(Transfers.MOVE_LINE), line);
        env.store(Transfers.PICKING, env.row(Transfers.PICKING, picking), Map.of("state", "done"));
    }

    private static Map<String, Object> dispose(Env env, Row document, Map<String, Object> arguments) {
        var choice = Json.string(arguments.get("disposition"));
        double quantity = 0;
        for (var kept : kept(env, caseOf(env))) {
            quantity += kept.quantity();
            var to = choice.equals("scrap")
                    ? Foundation.SCRAPPED
                    : choice.equals("returnToVendor") ? Foundation.SUPPLIERS : stockOf(env, kept.location());
            transfer(env, kept.product(), kept.lot(), kept.quantity(), kept.location(), to);
        }
        state(env, document, "disposed", arguments.get("words") + ": " + quantity);
        return Map.of("disposition", choice, "quantity", quantity);
    }

    private static void back(Env env) {
        for (var kept : kept(env, caseOf(env))) {
            transfer(env, kept.product(), kept.lot(), kept.quantity(), kept.location(), stockOf(env, kept.location()));
        }
    }

    private static List<Kept> kept(Env env, String caseId) {
        var sums = new LinkedHashMap<List<Long>, Double>();
        for (var line : lines(env, caseId)) {
            var in = isQuarantine(env, line.ref("location_dest_id"));
            var place = List.of(
                    line.ref(in ? "location_dest_id" : "location_id"), line.ref("product_id"), line.ref("lot_id"));
            sums.merge(place, in ? line.number("quantity") : -line.number("quantity"), Double::sum);
        }
        var kept = new ArrayList<Kept>();
        sums.forEach((place, sum) -> {
            var there = env.all(Stock.QUANT).stream()
                    .filter(quant -> quant.ref("location_id") == place.get(0)
                            && quant.ref("product_id") == place.get(1)
                            && quant.ref("lot_id") == place.get(2))
                    .mapToDouble(quant -> quant.number("quantity"))
                    .sum();
            if (Math.min(sum, there) > NOTHING) {
                kept.add(new Kept(place.get(0), place.get(1), place.get(2), Math.min(sum, there)));
            }
        });
        return kept;
    }

    private static List<Row> lines(Env env, String caseId) {
        return env.all(Transfers.PICKING).stream()
                .filter(picking -> !caseId.isEmpty()
                        && picking.text("x_holdpoint_quality_case").equals(caseId))
                .flatMap(picking -> env.inverse(Transfers.MOVE_LINE, "picking_id", picking.id()).stream())
                .toList();
    }

    private static boolean isQuarantine(Env env, long location) {
        var row = env.find(Stock.LOCATION, location);
        return row != null && row.text("name").startsWith(MARK);
    }

    private static long quarantineOf(Env env, long location) {
        return env.all(Stock.LOCATION).stream()
                .filter(one -> one.text("name").startsWith(MARK))
                .findFirst()
                .map(Row::id)
                .orElseGet(() -> env.create(env.model(Stock.LOCATION), Map.of("name", MARK, "usage", "internal")));
    }

    private static long stockOf(Env env, long quarantine) {
        return env.all(Stock.WAREHOUSE).iterator().next().ref("lot_stock_id");
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
        env.inverse(Transfers.MOVE_LINE, "picking_id", document.id())
                .forEach(line -> products.add(line.ref("product_id")));
        return products;
    }

    /** What policy needs to know of a report. */
    static Map<String, Object> figures(Env env) {
        var asked = Json.map(env.context.get("holdpoint"));
        var reference = DocumentRef.parse(Json.string(asked.get("document")));
        var document = env.find(reference.model(), reference.id());
        if (document == null) {
            return Map.of();
        }
        var products = products(env, reference.model(), document);
        var lots = lots(env, reference.model(), document);
        double onHand = 0;
        double apart = 0;
        for (var quant : env.all(Stock.QUANT)) {
            if (products.contains(quant.ref("product_id"))
                    && (lots.isEmpty() || lots.contains(quant.ref("lot_id")))
                    && Stock.isInternal(env, quant.ref("location_id"))) {
                if (isQuarantine(env, quant.ref("location_id"))) {
                    apart += quant.number("quantity");
                } else {
                    onHand += quant.number("quantity");
                }
            }
        }
        var caseId = Json.string(asked.get("case"));
        var quarantined = kept(env, caseId).stream().mapToDouble(Kept::quantity).sum()
                + lines(env, caseId).stream()
                        .filter(line -> !isQuarantine(env, line.ref("location_dest_id")))
                        .mapToDouble(line -> line.number("quantity"))
                        .sum();
        var figures = new LinkedHashMap<String, Object>();
        figures.put("name", env.displayName(reference.model(), reference.id()));
        var company = document.ref("company_id") > 0 ? document.ref("company_id") : env.companyId();
        figures.put("company", List.of(company, env.displayName("res.company", company)));
        figures.put("currency", "USD");
        figures.put("document_state", document.text("state"));
        figures.put("products", pairs(env, Products.PRODUCT, products));
        figures.put("unit", "Units");
        figures.put("lots", pairs(env, Stock.LOT, lots));
        var vendor = vendor(env, reference.model(), document, lots, products);
        figures.put("vendor", vendor == 0 ? false : List.of(vendor, env.displayName(Customers.PARTNER, vendor)));
        figures.put(
                "supplier_level",
                vendor == 0 ? 0 : (int) env.row(Customers.PARTNER, vendor).number("x_holdpoint_supplier_level"));
        figures.put("state", document.text("x_holdpoint_quality_state"));
        figures.put("defect", document.text("x_holdpoint_defect"));
        figures.put("severity", document.text("x_holdpoint_defect_severity"));
        figures.put("quantity", document.number("x_holdpoint_defect_quantity"));
        figures.put("description", document.text("x_holdpoint_defect_description"));
        figures.put("requested_by", requester(env, document));
        figures.put(
                "requested_at",
                document.has("x_holdpoint_quality_requested_at")
                        ? document.text("x_holdpoint_quality_requested_at")
                        : false);
        var shipped = limited(reference) ? 0 : shipped(env, lots, products);
        figures.put("received", Math.max(onHand + apart, quarantined) + shipped);
        figures.put("shipped", shipped);
        figures.put("on_hand", onHand);
        figures.put("quarantined", quarantined);
        figures.put(
                "value",
                quarantined
                        * products.stream()
                                .findFirst()
                                .map(product ->
                                        env.row(Products.PRODUCT, product).number("standard_price"))
                                .orElse(0.0));
        figures.put("places", Map.of());
        figures.put("repeats", 0);
        return figures;
    }

    /** All that was ever delivered of a product is not what a report about it is about. */
    private static boolean limited(DocumentRef document) {
        return document.model().equals(Products.PRODUCT);
    }

    private static double shipped(Env env, Set<Long> lots, Set<Long> products) {
        double shipped = 0;
        for (var line : env.all(Transfers.MOVE_LINE)) {
            if (!isDone(env, line)
                    || (lots.isEmpty()
                            ? !products.contains(line.ref("product_id"))
                            : !lots.contains(line.ref("lot_id")))) {
                continue;
            }
            if (Stock.usage(env, line.ref("location_dest_id")).equals("customer")) {
                shipped += line.number("quantity");
            } else if (Stock.usage(env, line.ref("location_id")).equals("customer")) {
                shipped -= line.number("quantity");
            }
        }
        return shipped;
    }

    private static boolean isDone(Env env, Row line) {
        var move = env.find(Transfers.MOVE, line.ref("move_id"));
        return move != null && move.text("state").equals("done");
    }

    /** Who sent what is affected; 0 where nobody is known to. */
    private static long vendor(Env env, String model, Row document, Set<Long> lots, Set<Long> products) {
        return env.all(Transfers.MOVE_LINE).stream()
                .filter(line -> Stock.usage(env, line.ref("location_id")).equals("supplier") && isDone(env, line))
                .filter(line -> model.equals(Transfers.PICKING)
                        ? line.ref("picking_id") == document.id()
                        : lots.isEmpty()
                                ? products.contains(line.ref("product_id"))
                                : lots.contains(line.ref("lot_id")))
                .map(line -> env.row(Transfers.PICKING, line.ref("picking_id")).ref("partner_id"))
                .filter(partner -> partner > 0)
                .reduce((earlier, later) -> later)
                .orElse(0L);
    }

    private static Object requester(Env env, Row document) {
        var user = document.ref("x_holdpoint_quality_requested_by");
        return user > 0 ? List.of(user, env.displayName("res.users", user)) : false;
    }

    private static List<List<Object>> pairs(Env env, String model, Set<Long> ids) {
        return ids.stream()
                .map(id -> List.<Object>of(id, env.displayName(model, id)))
                .toList();
    }
}
