package io.holdpoint.demo;

import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The server actions that {@code odoo-setup} gives a real Odoo. */
final class Commands {

    static final String COMMAND = "x_holdpoint_command";
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

    private final List<WorkflowCommand> workflows;

    Commands(List<WorkflowCommand> workflows) {
        this.workflows = workflows;
    }

    /** Server actions, and the register of what was carried out. */
    void models(Schema schema) {
        schema.model("ir.config_parameter", "System Parameter", "key")
                .of("char", "key", "value")
                .rights(Set.of(Groups.ADMIN), Set.of(Groups.ADMIN));
        schema.model("ir.model.data", "Model Data", "module, model, name")
                .of("char", "module", "name", "model")
                .of("many2one_reference", "res_id");
        schema.model("ir.actions.server", "Server Action", "name")
                .of("char", "name", "code")
                .selection("state", "code", "webhook")
                .many("group_ids", "res.groups")
                .method("run", this::run);
        schema.model(COMMAND, "Holdpoint command", "id")
                .of("char", "x_name", "x_document", "x_operation", "x_answer", "x_result")
                .required("x_name")
                .rights(Set.of(Groups.TECHNICAL), Set.of());
    }

    /** {@code ir.actions.server.run}; an action's code is the name of what it does. */
    Object run(Env env, List<Long> ids, Map<String, Object> arguments) {
        Object answer = false;
        for (var id : ids) {
            var action = env.row("ir.actions.server", id);
            var allowed = action.refs("group_ids");
            if (!allowed.isEmpty() && allowed.stream().noneMatch(env.user().refs("group_ids")::contains)) {
                throw Errors.noAccessToAction();
            }
            answer = run(env, action);
        }
        return answer;
    }

    private Object run(Env env, Row action) {
        var code = action.text("code");
        var command = workflows.stream()
                .filter(workflow -> workflow.action().equals(code))
                .findFirst();
        if (command.isPresent()) {
            return command(env.sudo(), command.get());
        }
        var active = env.context.get("active_id") instanceof Number number ? number.longValue() : 0;
        return switch (code) {
            case ToDos.ACTION -> ToDos.run(env.sudo());
            case FIGURES_ACTION -> figures(env.sudo(), active);
            case QualityFigures.ACTION -> QualityFigures.figures(env.sudo());
            case Quality.REPORT_ACTION -> Quality.report(env);
            case REQUEST_ACTION -> request(env, active);
            case Purchasing.REQUEST_ACTION -> Purchasing.request(env, active);
            case PurchaseFigures.ACTION -> PurchaseFigures.figures(env.sudo(), active);
            case Returns.REQUEST_ACTION -> Returns.request(env, active);
            case Returns.FIGURES_ACTION -> Returns.figures(env.sudo(), active);
            default -> throw Errors.misfit("forbidden code in " + action.text("name"));
        };
    }

    /** Looks at the key, compares, acts and records, all in the one transaction that a call is. */
    private static Map<String, Object> command(Env env, WorkflowCommand workflow) {
        var command = Json.map(env.context.get("holdpoint"));
        var key = Json.string(command.get("key"));
        var operation = Json.string(command.get("operation"));
        var holdpointState = STATES.get(operation);
        if (key.isEmpty() || holdpointState == null && !workflow.operations().contains(operation)) {
            throw Errors.refused("This is no command of Holdpoint: " + operation);
        }
        var reference = DocumentRef.parse(Json.string(command.get("document")));
        if (!workflow.documents().contains(reference.model())) {
            throw Errors.refused("This command is not about records of " + reference.model() + ".");
        }
        var document = env.find(reference.model(), reference.id());
        if (document == null) {
            throw Errors.refused("The document does not exist any more.");
        }
        for (var earlier : env.all(COMMAND)) {
            if (earlier.text("x_name").equals(key)) {
                return answer("already", earlier.text("x_answer"), Json.object(earlier.text("x_result")));
            }
        }
        if (command.get("expected") instanceof Map<?, ?> expected
                && !same(workflow.material(env, document), expected)) {
            return answer("changed", document.text("state"), Map.of());
        }

        if (holdpointState != null) {
            env.write(
                    env.model(reference.model()),
                    List.of(reference.id()),
                    Map.of(
                            workflow.prefix() + "_state",
                            holdpointState,
                            workflow.prefix() + "_reason",
                            Json.string(command.get("reason"))));
        }
        if (workflow.remarks().contains(operation)) {
            env.write(
                    env.model(reference.model()),
                    List.of(reference.id()),
                    Map.of(workflow.prefix() + "_reason", Json.string(command.get("reason"))));
        }
        var result = workflow.carryOut(
                env,
                env.row(reference.model(), reference.id()),
                operation,
                command.get("arguments") instanceof Map<?, ?> arguments ? Json.map(arguments) : Map.of());
        var note = Json.string(command.get("note"));
        if (!note.isEmpty()) {
            Chatter.note(env, reference.model(), reference.id(), note);
        }
        var state = env.row(reference.model(), reference.id()).text("state");
        env.create(
                env.model(COMMAND),
                Map.of(
                        "x_name", key,
                        "x_document", reference.toString(),
                        "x_operation", operation,
                        "x_answer", state,
                        "x_result", result.isEmpty() ? "" : Json.text(result)));
        return answer("done", state, result);
    }

    /** The button: whoever may write an order may ask for its release, in their own name. */
    private static Object request(Env env, long orderId) {
        var order = env.row(Sales.ORDER, orderId);
        var name = order.text("name");
        if (!Set.of("draft", "sent").contains(order.text("state"))) {
            throw Errors.refused("Only quotations can be released, but these are none: " + name + ".");
        }
        if (env.inverse(Sales.LINE, "order_id", orderId).isEmpty()) {
            throw Errors.refused("Add a line before you request the release of " + name + ".");
        }
        if (order.text("x_holdpoint_state").equals("held")) {
            throw Errors.refused(name + " is on hold by Holdpoint already: "
                    + (order.has("x_holdpoint_reason") ? order.text("x_holdpoint_reason") : "being decided") + ".");
        }
        if (!order.text("x_holdpoint_state").equals("requested")) {
            env.write(env.model(Sales.ORDER), List.of(orderId), request(env));
        }
        return false;
    }

    static Map<String, Object> request(Env env) {
        return Map.of(
                "x_holdpoint_state",
                "requested",
                "x_holdpoint_reason",
                false,
                "x_holdpoint_requested_by",
                env.userId(),
                "x_holdpoint_requested_at",
                env.moment().substring(0, 19));
    }

    /**
     * What policy needs and no field tells the technical user: list prices, costs, free stock where the order is served
     * from, and the order's tags.
     */
    private static Map<String, Object> figures(Env env, long orderId) {
        var lines = new TreeMap<String, Object>();
        var tags = new ArrayList<String>();
        var order = env.find(Sales.ORDER, orderId);
        if (order != null) {
            order.refs("tag_ids").forEach(tag -> tags.add(env.displayName("crm.tag", tag)));
            var here = Stock.servedFrom(env, order);
            for (var line : env.inverse(Sales.LINE, "order_id", orderId)) {
                var product = env.find("product.product", line.ref("product_id"));
                if (product != null) {
                    var storable = product.flag("is_storable");
                    lines.put(
                            String.valueOf(line.id()),
                            Map.of(
                                    "list_price",
                                    Sales.listPrice(order, product),
                                    "cost",
                                    product.number("standard_price") * order.number("currency_rate"),
                                    "storable",
                                    storable,
                                    "free_qty",
                                    storable ? Stock.free(here, product) : 0.0));
                }
            }
        }
        return Map.of("lines", lines, "tags", tags);
    }

    private static boolean same(@Nullable Object actual, @Nullable Object expected) {
        if (actual instanceof Map<?, ?> fields && expected instanceof Map<?, ?> wanted) {
            return wanted.entrySet().stream().allMatch(field -> same(fields.get(field.getKey()), field.getValue()));
        }
        if (actual instanceof List<?> items && expected instanceof List<?> wanted) {
            return items.size() == wanted.size()
                    && IntStream.range(0, items.size()).allMatch(i -> same(items.get(i), wanted.get(i)));
        }
        if (actual instanceof Boolean flag) {
            return flag == Boolean.TRUE.equals(expected);
        }
        if (actual instanceof String || expected instanceof String) {
            return Json.string(actual).equals(Json.string(expected));
        }
        return Math.abs(number(actual) - number(expected)) <= TOLERANCE;
    }

    /** An empty many-to-one is 0 here and false on the wire. */
    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Boolean.TRUE.equals(value) ? 1 : 0;
    }

    private static Map<String, Object> answer(String status, String state, Map<String, Object> result) {
        return Map.of("status", status, "state", state, "result", result);
    }
}
