package io.holdpoint.demo;

import io.holdpoint.odoo.DocumentRef;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures of a defect report say: where the goods came from, where they are, and how often it happened. */
final class QualityFigures {

    static final String ACTION = "quality_figures";

    private QualityFigures() {}

    /** What policy needs to know of a report. */
    static Map<String, Object> figures(Env env) {
        var asked = Json.map(env.context.get("holdpoint"));
        var reference = DocumentRef.parse(Json.string(asked.get("document")));
        var document = env.find(reference.model(), reference.id());
        if (document == null) {
            return Map.of();
        }
        var caseId = Json.string(asked.get("case"));
        var defect = asked.get("defect") instanceof String text ? text : document.text(Quality.DEFECT);
        var products = products(env, reference.model(), document);
        var lots = lots(env, reference.model(), document);
        var company = document.ref("company_id") > 0 ? document.ref("company_id") : env.companyId();
        var vendor = vendor(env, reference.model(), document, lots, products);
        var figures = new LinkedHashMap<String, Object>();
        figures.put("name", env.displayName(reference.model(), reference.id()));
        figures.put("company", List.of(company, env.displayName("res.company", company)));
        var warehouses = warehouses(env, reference.model(), document, company, there(env, lots, products));
        figures.put(
                "warehouse",
                warehouses.size() == 1
                        ? Returns.reference(
                                env, Stock.WAREHOUSE, warehouses.iterator().next())
                        : false);
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
                vendor == 0 ? 0 : (long) env.row(Customers.PARTNER, vendor).number(Quality.LEVEL));
        figures.put("state", document.text(Quality.STATE));
        figures.put("defect", document.text(Quality.DEFECT));
        figures.put("severity", document.text(Quality.DEFECT + "_severity"));
        figures.put("quantity", document.number(Quality.DEFECT + "_quantity"));
        figures.put("description", document.text(Quality.DEFECT + "_description"));
        figures.put(
                "requested_at",
                document.has(Quality.REQUESTED_AT)
                        ? document.text(Quality.REQUESTED_AT).substring(0, 19)
                        : false);
        var user = document.ref(Quality.REQUESTED_BY);
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
        for (var quant : there(env, lots, products)) {
            var location = quant.ref("location_id");
            onHand += Quality.isQuarantine(env, location) ? 0 : quant.number("quantity");
            places.merge(env.displayName(Stock.LOCATION, location), quant.number("quantity"), Double::sum);
        }
        figures.put("on_hand", onHand);
        figures.put("places", places);
        figures.put("quarantined", Quality.quarantined(env, caseId));
        figures.put(
                "value",
                Quality.rows(env, caseId).stream()
                        .mapToDouble(row -> (row.number("x_disposed") + Quality.there(env, row))
                                * env.row(Products.PRODUCT, row.ref("x_product_id"))
                                        .number("standard_price"))
                        .sum());
    }

    /** The stock in our places. */
    private static List<Row> there(Env env, Set<Long> lots, Set<Long> products) {
        return env.all(Stock.QUANT).stream()
                .filter(quant -> products.contains(quant.ref("product_id"))
                        && (lots.isEmpty() || lots.contains(quant.ref("lot_id")))
                        && quant.number("quantity") != 0
                        && Stock.isInternal(env, quant.ref("location_id")))
                .toList();
    }

    /** Of a company, where the stock lies; of a transfer, to which it belongs. */
    private static Set<Long> warehouses(Env env, String model, Row document, long company, List<Row> stock) {
        if (model.equals(Transfers.PICKING)) {
            return Set.of(
                    env.row(Transfers.TYPE, document.ref("picking_type_id")).ref("warehouse_id"));
        }
        return env.all(Stock.WAREHOUSE).stream()
                .filter(warehouse -> warehouse.ref("company_id") == company)
                .filter(warehouse -> stock.stream()
                        .anyMatch(quant ->
                                Stock.isWithin(env, quant.ref("location_id"), warehouse.ref("view_location_id"))))
                .map(Row::id)
                .collect(Collectors.toSet());
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
        var lines = Quality.doneLines(env, from(env, "supplier"));
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
        for (var row : env.all(Quality.KEPT_APART)) {
            if (row.text("x_defect").equals(defect)
                    && products.contains(row.ref("x_product_id"))
                    && !row.text("x_name").equals(caseId)
                    && row.text("create_date").compareTo(since) >= 0) {
                cases.add(row.text("x_name"));
                counted.add(row.text("x_document"));
            }
        }
        for (var model : Quality.DOCUMENTS) {
            for (var other : env.all(model)) {
                var document = new DocumentRef(model, other.id()).toString();
                if (other.text(Quality.DEFECT).equals(defect)
                        && other.has(Quality.STATE)
                        && !Set.of("rejected", "withdrawn").contains(other.text(Quality.STATE))
                        && other.text(Quality.REQUESTED_AT).compareTo(since) >= 0
                        && products(env, model, other).stream().anyMatch(products::contains)
                        && !counted.contains(document)) {
                    cases.add(document);
                }
            }
        }
        return cases.size();
    }

    private static double total(Env env, Predicate<Row> which) {
        return Quality.doneLines(env, which).stream()
                .mapToDouble(line -> line.number("quantity"))
                .sum();
    }

    private static Predicate<Row> from(Env env, String usage) {
        return line -> Stock.usage(env, line.ref("location_id")).equals(usage);
    }

    private static Predicate<Row> to(Env env, String usage) {
        return line -> Stock.usage(env, line.ref("location_dest_id")).equals(usage);
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
