package io.holdpoint.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is done to deliveries that come back: authorized, cancelled, put somewhere, credited. */
final class ReturnCommand implements WorkflowCommand {

    private static final double NOTHING = 1e-6;

    @Override
    public String action() {
        return "return_authorization_command";
    }

    @Override
    public Set<String> documents() {
        return Set.of(Transfers.PICKING);
    }

    @Override
    public Set<String> operations() {
        return Set.of("cancelReturn", "dispose", "credit", "settle", "remind");
    }

    @Override
    public Map<String, Object> material(Env env, Row delivery) {
        var material = new TreeMap<String, Object>();
        material.put("partner_id", delivery.ref("partner_id"));
        material.put(
                "lines",
                env.inverse(Transfers.MOVE, "picking_id", delivery.id()).stream()
                        .filter(move -> !move.text("state").equals("cancel"))
                        .map(move -> List.<Object>of(
                                move.id(),
                                move.text("state").equals("done") ? move.number("quantity") : 0.0,
                                Returns.cameBack(env, move.id()).stream()
                                        .mapToDouble(Returns::quantity)
                                        .sum()))
                        .toList());
        material.put(
                "requests",
                env.inverse(Returns.LINE, "x_picking_id", delivery.id()).stream()
                        .map(line -> List.<Object>of(
                                line.ref("x_product_id"),
                                line.ref("x_lot_id"),
                                line.number("x_quantity"),
                                line.text("x_reason"),
                                line.flag("x_opened")))
                        .toList());
        return material;
    }

    @Override
    public Map<String, Object> carryOut(Env env, Row delivery, String operation, Map<String, Object> arguments) {
        return switch (operation) {
            case "release" -> authorize(env, delivery, arguments);
            case "cancelReturn" -> cancel(env, back(env, delivery, arguments));
            case "dispose" -> dispose(env, back(env, delivery, arguments), lines(arguments));
            case "credit" -> credit(env, delivery, arguments);
            case "settle" -> {
                state(env, delivery.id(), "settled");
                yield Map.of();
            }
            default -> Map.of();
        };
    }

    private static List<Map<String, Object>> lines(Map<String, Object> arguments) {
        return Json.list(arguments.get("lines")).stream().map(Json::map).toList();
    }

    private static Row back(Env env, Row delivery, Map<String, Object> arguments) {
        var back = arguments.get("return") instanceof Number id ? env.find(Transfers.PICKING, id.longValue()) : null;
        if (back == null || back.ref("return_id") != delivery.id()) {
            throw Errors.refused(delivery.text("name") + " has no such return transfer.");
        }
        return back;
    }

    private static void state(Env env, long id, String state) {
        env.write(env.model(Transfers.PICKING), List.of(id), Map.of("x_holdpoint_state", state));
    }

    private static Map<String, Object> authorize(Env env, Row delivery, Map<String, Object> arguments) {
        var name = delivery.text("name");
        if (!delivery.text("state").equals("done")) {
            throw Errors.refused(name + " is not delivered. What has not gone out cannot come back.");
        }
        env.write(
                env.model(Transfers.PICKING),
                List.of(delivery.id()),
                Map.of("x_holdpoint_rma", Json.string(arguments.get("rma"))));
        if (Boolean.TRUE.equals(arguments.get("refundOnly"))) {
            return Map.of();
        }
        var wanted = new HashMap<Long, Double>();
        var lots = new HashMap<Long, Long>();
        for (var line : lines(arguments)) {
            var move = number(line, "move");
            wanted.merge((long) move, number(line, "quantity"), Double::sum);
            if (line.get("lot") instanceof Number lot) {
                lots.put((long) move, lot.longValue());
            }
        }
        var wizard = env.create(env.model(ReturnWizard.WIZARD), Map.of("picking_id", delivery.id()));
        for (var line : env.inverse(ReturnWizard.LINE, "wizard_id", wizard)) {
            var move = env.row(Transfers.MOVE, line.ref("move_id"));
            double quantity = wanted.containsKey(move.id()) ? wanted.remove(move.id()) : 0;
            var lot = lots.get(move.id());
            if (lot != null
                    && env.inverse(Transfers.MOVE_LINE, "move_id", move.id()).stream()
                            .noneMatch(sent -> sent.ref("lot_id") == lot)) {
                throw Errors.refused("The lot of %s that is to come back did not go out with %s."
                        .formatted(env.displayName(Products.PRODUCT, move.ref("product_id")), name));
            }
            var left = move.number("quantity")
                    - Returns.cameBack(env, move.id()).stream()
                            .mapToDouble(Returns::quantity)
                            .sum();
            if (quantity > left + NOTHING) {
                throw Errors.refused("Only %s of %s can still come back from %s."
                        .formatted(plain(left), env.displayName(Products.PRODUCT, move.ref("product_id")), name));
            }
            env.write(env.model(ReturnWizard.LINE), List.of(line.id()), Map.of("quantity", quantity));
        }
        if (!wanted.isEmpty()) {
            throw Errors.refused("Something is to come back that was not delivered with " + name + ".");
        }
        var made = ReturnWizard.create(env, wizard).get("res_id") instanceof Number id ? id.longValue() : 0;
        var values = new TreeMap<String, Object>(
                Map.of("x_holdpoint_state", "released", "x_holdpoint_rma", Json.string(arguments.get("rma"))));
        if (Boolean.TRUE.equals(arguments.get("quarantine"))) {
            values.put("location_dest_id", Returns.place(env, warehouse(env, made), "Quarantine"));
        }
        env.write(env.model(Transfers.PICKING), List.of(made), values);
        for (var move : env.inverse(Transfers.MOVE, "picking_id", made)) {
            var lot = lots.get(move.ref("origin_returned_move_id"));
            if (lot != null) {
                env.inverse(Transfers.MOVE_LINE, "move_id", move.id())
                        .forEach(line -> env.store(Transfers.MOVE_LINE, line, Map.of("lot_id", lot)));
            }
        }
        Chatter.note(env, Transfers.PICKING, made, "Authorized by Holdpoint as " + arguments.get("rma") + ".");
        return Map.of("return", made, "name", env.row(Transfers.PICKING, made).text("name"));
    }

    private static long warehouse(Env env, long picking) {
        return env.row(Transfers.TYPE, env.row(Transfers.PICKING, picking).ref("picking_type_id"))
                .ref("warehouse_id");
    }

    private static Map<String, Object> cancel(Env env, Row back) {
        if (back.text("state").equals("done")) {
            throw Errors.refused(back.text("name") + " has been received. It cannot be cancelled any more.");
        }
        if (!back.text("state").equals("cancel")) {
            Transfers.cancel(env, back.id());
        }
        state(env, back.id(), "withdrawn");
        return Map.of("return", back.id());
    }

    private static Map<String, Object> dispose(Env env, Row back, List<Map<String, Object>> lines) {
        received(env, back, lines);
        var warehouse = env.row(Stock.WAREHOUSE, warehouse(env, back.id()));
        var from = back.ref("location_dest_id");
        var transfers = new ArrayList<Long>();
        var scraps = new ArrayList<Long>();
        for (var line : lines) {
            var product = (long) number(line, "product");
            var quantity = number(line, "quantity");
            var disposition = Json.string(line.get("disposition"));
            var there = env.all(Stock.QUANT).stream()
                    .filter(quant -> quant.ref("product_id") == product && quant.ref("location_id") == from)
                    .mapToDouble(quant -> quant.number("quantity"))
                    .sum();
            if (there + NOTHING < quantity) {
                throw Errors.refused("There is not enough of %s in %s%s"
                        .formatted(
                                env.displayName(Products.PRODUCT, product),
                                env.displayName(Stock.LOCATION, from),
                                disposition.equals("scrap") ? " to be scrapped." : " any more."));
            }
            if (disposition.equals("scrap")) {
                var scrap = env.create(
                        env.model(Scraps.SCRAP),
                        Map.of(
                                "product_id", product,
                                "scrap_qty", quantity,
                                "location_id", from,
                                "origin", back.text("x_holdpoint_rma")));
                Scraps.validate(env, List.of(scrap));
                scraps.add(scrap);
                continue;
            }
            var vendor = disposition.equals("returnToVendor");
            var to = switch (disposition) {
                case "restock" -> warehouse.ref("lot_stock_id");
                case "refurbish" -> Returns.place(env, warehouse.id(), "Refurbishment");
                default -> Foundation.SUPPLIERS;
            };
            if (to == from) {
                continue;
            }
            var moved = Transfers.make(
                    env,
                    warehouse.ref(vendor ? "out_type_id" : "int_type_id"),
                    Map.of("location_id", from, "location_dest_id", to, "origin", back.text("x_holdpoint_rma")),
                    List.of(new Transfers.Wanted(product, quantity, Map.of())));
            if (!vendor) {
                Transfers.send(env.with(Map.of("skip_backorder", true)), moved);
            }
            transfers.add(moved);
        }
        return Map.of("transfers", transfers, "scraps", scraps);
    }

    private static void received(Env env, Row back, List<Map<String, Object>> lines) {
        if (!back.text("state").equals("done")) {
            throw Errors.refused(
                    back.text("name") + " has not been received. What is not here cannot be put anywhere.");
        }
        var wanted = new HashMap<Long, Double>();
        lines.forEach(line -> wanted.merge((long) number(line, "product"), number(line, "quantity"), Double::sum));
        wanted.forEach((product, quantity) -> {
            var came = env.inverse(Transfers.MOVE, "picking_id", back.id()).stream()
                    .filter(move -> move.ref("product_id") == product)
                    .mapToDouble(move -> move.number("quantity"))
                    .sum();
            if (quantity > came + NOTHING) {
                throw Errors.refused("Less of %s came back with %s."
                        .formatted(env.displayName(Products.PRODUCT, product), back.text("name")));
            }
        });
    }

    private static Map<String, Object> credit(Env env, Row delivery, Map<String, Object> arguments) {
        var order = env.find(Sales.ORDER, delivery.ref("sale_id"));
        var name = order == null ? delivery.text("name") : order.text("name");
        var invoices = env.all(Invoicing.INVOICE).stream()
                .filter(invoice -> invoice.text("invoice_origin").equals(name))
                .sorted(Comparator.comparing(Row::id))
                .toList();
        if (invoices.stream().anyMatch(invoice -> invoice.text("state").equals("draft"))) {
            throw Errors.refused(
                    "An invoice of " + name + " is still a draft. Post or delete it; then the credit note can follow.");
        }
        var items = new ArrayList<List<Object>>();
        var here = new HashMap<Long, Double>();
        for (var line : lines(arguments)) {
            var move = env.row(Transfers.MOVE, (long) number(line, "move"));
            var invoiced = invoices.stream()
                    .filter(invoice -> invoice.text("move_type").equals("out_invoice"))
                    .flatMap(invoice -> env.inverse(Invoicing.ITEM, "move_id", invoice.id()).stream())
                    .filter(item -> item.refs("sale_line_ids").contains(move.ref("sale_line_id")))
                    .findFirst()
                    .orElseThrow(() -> Errors.refused(env.displayName(Products.PRODUCT, move.ref("product_id")) + " of "
                            + name + " was not invoiced, so there is nothing to credit."));
            var sold = move.ref("sale_line_id");
            var left = billed(env, invoices, "out_invoice", sold) - billed(env, invoices, "out_refund", sold);
            if (here.merge(sold, number(line, "quantity"), Double::sum) > left + NOTHING) {
                throw Errors.refused("Only %s of %s in %s are invoiced and not credited yet."
                        .formatted(plain(left), env.displayName(Products.PRODUCT, move.ref("product_id")), name));
            }
            items.add(List.of(
                    0,
                    0,
                    Map.of(
                            "product_id", invoiced.ref("product_id"),
                            "name", invoiced.text("name"),
                            "quantity", number(line, "quantity"),
                            "price_unit", invoiced.number("price_unit"),
                            "tax_ids", List.of(List.of(6, 0, invoiced.refs("tax_ids"))),
                            "sale_line_ids", List.of(List.of(6, 0, invoiced.refs("sale_line_ids"))))));
        }
        if (number(arguments, "fee") > 0) {
            items.add(List.of(
                    0,
                    0,
                    Map.of(
                            "name",
                            "Restocking fee " + arguments.get("rma"),
                            "quantity",
                            1.0,
                            "price_unit",
                            -number(arguments, "fee"))));
        }
        var note = env.create(
                env.model(Invoicing.INVOICE),
                Map.of(
                        "move_type", "out_refund",
                        "partner_id", delivery.ref("partner_id"),
                        "company_id", delivery.ref("company_id"),
                        "invoice_date", env.today().toString(),
                        "ref", Json.string(arguments.get("rma")),
                        "invoice_origin", name,
                        "invoice_line_ids", items));
        Invoicing.post(env, List.of(note));
        state(env, delivery.id(), "settled");
        var posted = env.row(Invoicing.INVOICE, note);
        return Map.of("creditNote", note, "name", posted.text("name"), "amount", posted.number("amount_total"));
    }

    private static double billed(Env env, List<Row> invoices, String type, long sold) {
        return invoices.stream()
                .filter(invoice -> invoice.text("move_type").equals(type)
                        && invoice.text("state").equals("posted"))
                .flatMap(invoice -> env.inverse(Invoicing.ITEM, "move_id", invoice.id()).stream())
                .filter(item -> item.refs("sale_line_ids").contains(sold))
                .mapToDouble(item -> item.number("quantity"))
                .sum();
    }

    private static double number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
