package io.holdpoint.demo;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the figures of a purchase say: the vendor's prices, lead times and record, and the requester's other orders. */
final class PurchaseFigures {

    static final String ACTION = "purchase_order_figures";

    private PurchaseFigures() {}

    /** What of an order is in no field that the technical user may read. */
    static Map<String, Object> figures(Env env, long id) {
        var lines = new TreeMap<String, Object>();
        var order = env.find(Purchasing.ORDER, id);
        if (order == null) {
            return Map.of("lines", lines, "vendor", Map.of(), "split", Map.of("amount", 0.0, "count", 0));
        }
        var vendor = Purchasing.vendor(env, order);
        var drifts = new java.util.ArrayList<Double>();
        for (var line : env.inverse(Purchasing.LINE, "order_id", id)) {
            var product = env.find("product.product", line.ref("product_id"));
            if (product == null || line.has("display_type")) {
                continue;
            }
            var price = Purchasing.price(env, order, product, line.number("product_qty"));
            var category = env.find("product.category", product.ref("categ_id"));
            drift(env, order, vendor, product).ifPresent(drifts::add);
            lines.put(
                    String.valueOf(line.id()),
                    Map.of(
                            "list_price",
                            price.<Object>map(row -> row.number("price") * order.number("currency_rate"))
                                    .orElse(false),
                            "delay",
                            price.<Object>map(row -> (long) row.number("delay")).orElse(false),
                            "basic",
                            category != null && category.flag("x_holdpoint_basic"),
                            "goods",
                            !product.text("type").equals("service")));
        }
        return Map.of(
                "warehouse",
                Purchasing.receipts(env, order)
                        .map(kind -> Returns.reference(
                                env,
                                Stock.WAREHOUSE,
                                env.row(Transfers.TYPE, kind).ref("warehouse_id")))
                        .orElse(false),
                "lines",
                lines,
                "vendor",
                Map.of(
                        "approved",
                        vendor.flag("x_holdpoint_vendor_approved"),
                        "level",
                        (long) vendor.number(Quality.LEVEL),
                        "on_time",
                        onTime(env, vendor),
                        "drift",
                        drifts.stream().mapToDouble(drift -> drift).average().orElse(0),
                        "drift_products",
                        drifts.size()),
                "split",
                split(env, order, vendor));
    }

    /**
     * {@code on_time_rate}: what came by the promised date, in percent of what was ordered and has come at all. Vendors
     * that were there before the demo began bring their rate along.
     */
    private static double onTime(Env env, Row vendor) {
        if (vendor.has("on_time_rate")) {
            return vendor.number("on_time_rate");
        }
        double ordered = 0;
        double inTime = 0;
        for (var line : env.all(Purchasing.LINE)) {
            var order = env.row(Purchasing.ORDER, line.ref("order_id"));
            if (order.ref("partner_id") != vendor.id()
                    || !order.text("state").equals("purchase")
                    || line.number("qty_received") == 0) {
                continue;
            }
            ordered += line.number("product_qty");
            inTime += env.inverse(Transfers.MOVE, "purchase_line_id", line.id()).stream()
                    .filter(move -> move.text("state").equals("done")
                            && move.text("date")
                                            .substring(0, 10)
                                            .compareTo(line.text("date_planned").substring(0, 10))
                                    <= 0)
                    .mapToDouble(move -> move.number("quantity"))
                    .sum();
        }
        return ordered > 0 ? inTime / ordered * 100 : -1.0;
    }

    /** How the price of a product at this vendor moved from the first to the last purchase of a year, in percent. */
    private static Optional<Double> drift(Env env, Row order, Row vendor, Row product) {
        var since = Purchasing.MOMENT.format(env.today().minusDays(365).atStartOfDay());
        var prices = env.all(Purchasing.LINE).stream()
                .filter(line -> line.ref("product_id") == product.id() && line.ref("order_id") != order.id())
                .filter(line -> {
                    var bought = env.row(Purchasing.ORDER, line.ref("order_id"));
                    return bought.text("state").equals("purchase")
                            && bought.text("date_approve").compareTo(since) >= 0
                            && Purchasing.vendor(env, bought).id() == vendor.id();
                })
                .sorted(Comparator.comparing((Row line) ->
                                env.row(Purchasing.ORDER, line.ref("order_id")).text("date_approve"))
                        .thenComparing(Row::id))
                .map(line -> line.number("price_unit") * (1 - line.number("discount") / 100))
                .toList();
        return prices.size() < 2 || prices.get(0) == 0
                ? Optional.empty()
                : Optional.of((prices.get(prices.size() - 1) / prices.get(0) - 1) * 100);
    }

    private static Map<String, Object> split(Env env, Row order, Row vendor) {
        var requester = requester(order);
        var since = Purchasing.MOMENT.format(LocalDateTime.ofInstant(Purchasing.instant(env.moment()), ZoneOffset.UTC)
                .minusDays(7));
        var others = env.all(Purchasing.ORDER).stream()
                .filter(other -> other.id() != order.id()
                        && other.ref("company_id") == order.ref("company_id")
                        && !other.text("state").equals("cancel")
                        && (other.text("priority").equals("1") || other.has("x_holdpoint_state"))
                        && !Set.of("rejected", "withdrawn").contains(other.text("x_holdpoint_state"))
                        && other.text("create_date").compareTo(since) >= 0
                        && Purchasing.vendor(env, other).id() == vendor.id()
                        && (requester(other) == requester
                                || !other.has("x_holdpoint_requested_by") && other.ref("user_id") == requester))
                .toList();
        return Map.of(
                "amount",
                others.stream()
                        .mapToDouble(other -> other.number("amount_total") / other.number("currency_rate"))
                        .sum(),
                "count",
                others.size());
    }

    private static long requester(Row order) {
        return order.has("x_holdpoint_requested_by") ? order.ref("x_holdpoint_requested_by") : order.ref("create_uid");
    }
}
