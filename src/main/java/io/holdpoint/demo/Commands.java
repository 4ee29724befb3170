package io.holdpoint.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The server action through which Holdpoint changes an order: look at the key, compare, act, record, all in one
 * transaction.
 */
final class Commands {

    static final String COMMAND = "x_holdpoint_command";
    static final String COMMAND_ACTION = "sale_order_command";
    static final String FIGURES_ACTION = "sale_order_figures";
    static final String REQUEST_ACTION = "sale_order_request";

    private static final double TOLERANCE = 1e-6;
    private static final Map<String, String> STATES = Map.of(
            "request", "requested",
            "hold", "held",
            "release", "released",
            "reject", "rejected",
            "return", "returned",
            "withdraw", "withdrawn");

    private final Sales sales;

    Commands(Sales sales) {
        this.sales = sales;
    }

    /** {@code ir.actions.server.run}; an action's code is the name of what it does. */
    Object run(Env env, List<Long> ids, Map<String, Object> arguments) {
        Object answer = false;
        for (var id : ids) {
            var action = env.row("ir.actions.server", id);
            var allowed = action.refs("group_ids");
            if (!allowed.isEmpty() && allowed.stream().noneMatch(env.user().refs("group_ids")::contains)) {
                throw Errors.contract("You don't have enough access rights to run this action.");
            }
            var document = env.context.get("active_id") instanceof Number active ? active.longValue() : 0;
            answer = switch (action.text("code")) {
                case COMMAND_ACTION -> command(env, document);
                case FIGURES_ACTION -> figures(env, document);
                case REQUEST_ACTION -> request(env, document);
                default -> throw Errors.contract("forbidden code in " + action.text("name"));
            };
        }
        return answer;
    }

    /** The button: anybody who may write the order asks for its release, in their own name. */
    private static Object request(Env env, long orderId) {
        env.write(
                env.model(Sales.ORDER),
                List.of(orderId),
                Map.of(
                        "x_holdpoint_state", "requested",
                        "x_holdpoint_requested_by", env.userId(),
                        "x_holdpoint_requested_at", env.moment().substring(0, 19)));
        return false;
    }

    /**
     * What policy needs of each line and no field tells: list price now, cost, free stock where the order is served
     * from.
     */
    private static Map<String, Object> figures(Env env, long orderId) {
        var order = env.row(Sales.ORDER, orderId);
        var here = env.with(Map.of("warehouse_id", order.ref("warehouse_id")));
        var lines = new TreeMap<String, Object>();
        for (var line : env.inverse(Sales.LINE, "order_id", orderId)) {
            var product = env.find("product.product", line.ref("product_id"));
            if (product != null) {
                lines.put(
                        String.valueOf(line.id()),
                        Map.of(
                                "cost", line.number("purchase_price"),
                                "list_price", Sales.listPrice(order, product),
                                "storable", product.flag("is_storable"),
                                "free_qty", Stock.free(here, product)));
            }
        }
        return Map.of("lines", lines);
    }

    private Map<String, Object> command(Env env, long orderId) {
        var command = Json.map(env.context.get("holdpoint"));
        var key = Json.string(command.get("key"));
        var orders = env.model(Sales.ORDER);
        env.row(Sales.ORDER, orderId);

        var earlier = env.all(COMMAND).stream()
                .filter(row -> row.text("x_name").equals(key))
                .findFirst();
        if (earlier.isPresent()) {
            return Map.of("status", "already", "state", earlier.get().text("x_answer"));
        }
        if (command.get("expected") instanceof Map<?, ?> expected
                && !matches(material(env, env.row(Sales.ORDER, orderId)), expected)) {
            return Map.of(
                    "status", "changed", "state", env.row(Sales.ORDER, orderId).text("state"));
        }

        var operation = Json.string(command.get("operation"));
        var holdpointState = STATES.get(operation);
        if (holdpointState == null) {
            throw Errors.refused("Holdpoint knows no operation '" + operation + "'.");
        }
        var values = new TreeMap<String, Object>();
        values.put("x_holdpoint_state", holdpointState);
        values.put("x_holdpoint_reason", Json.string(command.get("reason")));
        env.write(orders, List.of(orderId), values);
        if (operation.equals("release")
                && !env.row(Sales.ORDER, orderId).text("state").equals("sale")) {
            sales.confirm(env, List.of(orderId));
        }
        var note = Json.string(command.get("note"));
        if (!note.isEmpty()) {
            Chatter.note(env, Sales.ORDER, orderId, note);
        }
        var state = env.row(Sales.ORDER, orderId).text("state");
        env.create(
                env.model(COMMAND),
                Map.of("x_name", key, "x_document", Sales.ORDER + "," + orderId, "x_answer", state));
        return Map.of("status", "done", "state", state);
    }

    /** The fields on which a decision rests, in the shape of {@code SaleOrders.material}. */
    private static Map<String, Object> material(Env env, Row order) {
        var material = new TreeMap<String, Object>();
        for (var field : List.of("partner_id", "payment_term_id", "currency_id", "company_id")) {
            material.put(field, order.has(field) ? order.ref(field) : Boolean.FALSE);
        }
        material.put("amount_total", order.number("amount_total"));
        material.put(
                "lines",
                env.inverse(Sales.LINE, "order_id", order.id()).stream()
                        .map(line -> List.<Object>of(
                                line.id(),
                                line.ref("product_id"),
                                line.number("product_uom_qty"),
                                line.number("price_unit"),
                                line.number("discount")))
                        .toList());
        return material;
    }

    private static boolean matches(@Nullable Object actual, @Nullable Object expected) {
        if (actual instanceof Map<?, ?> fields && expected instanceof Map<?, ?> wanted) {
            return wanted.entrySet().stream().allMatch(field -> matches(fields.get(field.getKey()), field.getValue()));
        }
        if (actual instanceof List<?> items && expected instanceof List<?> wanted) {
            return items.size() == wanted.size()
                    && IntStream.range(0, items.size()).allMatch(i -> matches(items.get(i), wanted.get(i)));
        }
        if (actual instanceof Number number && expected instanceof Number wanted) {
            return Math.abs(number.doubleValue() - wanted.doubleValue()) <= TOLERANCE;
        }
        return empty(actual) ? empty(expected) : actual != null && actual.equals(expected);
    }

    private static boolean empty(@Nullable Object value) {
        return value == null || value.equals(Boolean.FALSE) || value.equals(0L);
    }
}
