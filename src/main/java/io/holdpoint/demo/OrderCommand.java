package io.holdpoint.demo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is done to sales orders: a release confirms them. */
final class OrderCommand implements WorkflowCommand {

    private final Sales sales;

    OrderCommand(Sales sales) {
        this.sales = sales;
    }

    @Override
    public String action() {
        return "order_release_command";
    }

    @Override
    public Set<String> documents() {
        return Set.of(Sales.ORDER);
    }

    @Override
    public Map<String, Object> material(Env env, Row order) {
        var material = new TreeMap<String, Object>();
        for (var field : List.of("partner_id", "payment_term_id", "currency_id", "company_id")) {
            material.put(field, order.ref(field));
        }
        material.put("amount_total", order.number("amount_total"));
        material.put(
                "lines",
                env.inverse(Sales.LINE, "order_id", order.id()).stream()
                        .filter(line -> !line.has("display_type"))
                        .map(line -> List.<Object>of(
                                line.id(),
                                line.ref("product_id"),
                                line.number("product_uom_qty"),
                                line.number("price_unit"),
                                line.number("discount")))
                        .toList());
        return material;
    }

    @Override
    public Map<String, Object> carryOut(Env env, Row order, String operation, Map<String, Object> arguments) {
        if (operation.equals("release") && !order.text("state").equals("sale")) {
            sales.confirm(env, List.of(order.id()));
        }
        return Map.of();
    }
}
