package io.holdpoint.demo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is done to purchase orders: an approval confirms them, an agreed date moves them. */
final class PurchaseCommand implements WorkflowCommand {

    private final Purchasing purchasing;

    PurchaseCommand(Purchasing purchasing) {
        this.purchasing = purchasing;
    }

    @Override
    public String action() {
        return "urgent_purchase_command";
    }

    @Override
    public Set<String> documents() {
        return Set.of(Purchasing.ORDER);
    }

    @Override
    public Set<String> operations() {
        return Set.of("approveAfterwards", "breach", "agreeDate");
    }

    @Override
    public Set<String> remarks() {
        return Set.of("approveAfterwards", "breach");
    }

    @Override
    public Map<String, Object> material(Env env, Row order) {
        var material = new TreeMap<String, Object>();
        for (var field : List.of("partner_id", "currency_id", "company_id")) {
            material.put(field, order.ref(field));
        }
        material.put("priority", order.text("priority"));
        material.put("x_holdpoint_line_down", order.flag("x_holdpoint_line_down"));
        material.put("amount_total", order.number("amount_total"));
        material.put(
                "lines",
                env.inverse(Purchasing.LINE, "order_id", order.id()).stream()
                        .filter(line -> !line.has("display_type"))
                        .map(line -> List.<Object>of(
                                line.id(),
                                line.ref("product_id"),
                                line.number("product_qty"),
                                line.number("price_unit"),
                                line.number("discount"),
                                line.text("date_planned")))
                        .toList());
        return material;
    }

    @Override
    public Map<String, Object> carryOut(Env env, Row order, String operation, Map<String, Object> arguments) {
        switch (operation) {
            case "release" -> {
                release(env, order);
                return Map.of(
                        "pickings",
                        Purchasing.transfers(env, order.id()).stream()
                                .map(Row::id)
                                .toList());
            }
            case "agreeDate" -> agreeDate(env, order, Json.string(arguments.get("date")));
            default -> {
                // Note and remark say it.
            }
        }
        return Map.of();
    }

    private void release(Env env, Row order) {
        if (!order.text("state").equals("purchase")) {
            purchasing.confirm(env, List.of(order.id()));
            if (env.row(Purchasing.ORDER, order.id()).text("state").equals("to approve")) {
                Purchasing.approved(env, order.id());
            }
            if (!env.row(Purchasing.ORDER, order.id()).text("state").equals("purchase")) {
                throw Errors.refused("Odoo did not confirm " + order.text("name") + ".");
            }
        }
        var now = env.row(Purchasing.ORDER, order.id());
        var values = new TreeMap<String, Object>(Map.of("x_holdpoint_approved_amount", now.number("amount_total")));
        if (now.has("date_planned")) {
            values.put("x_holdpoint_promised", now.text("date_planned"));
        }
        env.write(env.model(Purchasing.ORDER), List.of(order.id()), values);
    }

    private static void agreeDate(Env env, Row order, String date) {
        if (!order.text("state").equals("purchase")) {
            throw Errors.refused(order.text("name") + " is not on order any more, so no date can be agreed for it.");
        }
        for (var line : env.inverse(Purchasing.LINE, "order_id", order.id())) {
            if (line.number("qty_received") < line.number("product_qty")) {
                env.write(env.model(Purchasing.LINE), List.of(line.id()), Map.of("date_planned", date));
            }
        }
        env.write(env.model(Purchasing.ORDER), List.of(order.id()), Map.of("x_holdpoint_promised", date));
    }
}
