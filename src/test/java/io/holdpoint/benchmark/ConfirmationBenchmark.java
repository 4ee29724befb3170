package io.holdpoint.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a confirmation in Odoo costs with and without what {@code odoo-setup} made there. The kinds of confirmation
 * alternate in one run, so that whatever else the machine does falls on all of them.
 *
 * <p>Switches guards and hints of that Odoo off and on again and leaves confirmed orders behind: name an Odoo that may
 * be thrown away.
 */
@Tag("benchmark")
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+", disabledReason = "needs an Odoo, see CONTRIBUTING.md")
class ConfirmationBenchmark {

    private static final int ROUNDS = 10;
    /** Odoo reads its models anew when they are switched. */
    private static final int WARM_UP = 3;

    private static final int MEASURED = 10;

    private enum Kind {
        PLAIN("Odoo alone: action_confirm, no guards"),
        COMMAND("release command, guards and hints off"),
        GUARDED("release command, guards and hints on");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private final OdooRpc administrator = OdooRpc.administrator();
    private final OdooRpc technicalUser = OdooRpc.technicalUser();
    private long customer;
    private long product;

    ConfirmationBenchmark() throws Exception {}

    @ParameterizedTest(name = "{0} lines")
    @ValueSource(ints = {1, 10})
    void confirms_orders_with_and_without_guards(int lines) throws Exception {
        customer = create("res.partner", Map.of("name", "Benchmark"));
        product = create("product.product", Map.of("name", "Benchmark", "is_storable", true, "list_price", 100));
        var fields = guardsAndHints();
        var command = made("ir.actions.server", "order_release_command").get(0);

        var all = new EnumMap<Kind, Figures>(Kind.class);
        var medians = new EnumMap<Kind, List<Double>>(Kind.class);
        for (var kind : Kind.values()) {
            all.put(kind, new Figures(kind.label));
            medians.put(kind, new ArrayList<>());
        }
        var order = new ArrayList<>(List.of(Kind.values()));
        var chance = new Random(7);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Collections.shuffle(order, chance);
                for (var kind : order) {
                    switchTo(kind == Kind.GUARDED, fields);
                    var block = confirm(kind, command, lines);
                    all.get(kind).addAll(block);
                    medians.get(kind).add(block.median());
                }
            }
        } finally {
            switchTo(true, fields);
        }

        System.out.printf("Orders with %d lines%n", lines);
        all.values().forEach(Figures::print);
        printDifference("guards and hints add", medians.get(Kind.GUARDED), medians.get(Kind.COMMAND));
        printDifference("guards, hints and command add", medians.get(Kind.GUARDED), medians.get(Kind.PLAIN));
    }

    /** Nobody asked for an approval and nobody has to: what it costs those who have nothing to do with Holdpoint. */
    @ParameterizedTest(name = "{0} lines")
    @ValueSource(ints = {1, 10})
    void confirms_purchases_that_are_not_urgent_with_and_without_guards(int lines) throws Exception {
        customer = create("res.partner", Map.of("name", "Benchmark"));
        product = create("product.product", Map.of("name", "Benchmark", "is_storable", true));
        var fields = guardsAndHints();
        var off = new Figures("button_confirm, guards and hints off");
        var on = new Figures("button_confirm, guards and hints on");
        var mediansOff = new ArrayList<Double>();
        var mediansOn = new ArrayList<Double>();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                for (var guarded : List.of(round % 2 == 0, round % 2 != 0)) {
                    switchTo(guarded, fields);
                    var block = confirmPurchases(guarded ? "on" : "off", lines);
                    (guarded ? on : off).addAll(block);
                    (guarded ? mediansOn : mediansOff).add(block.median());
                }
            }
        } finally {
            switchTo(true, fields);
        }

        System.out.printf("Purchases with %d lines that are not urgent%n", lines);
        off.print();
        on.print();
        printDifference("guards and hints add", mediansOn, mediansOff);
        System.out.printf("ratio of the medians %.3f%n", on.median() / off.median());
    }

    private Figures confirmPurchases(String label, int lines) throws Exception {
        var line = List.of(0, 0, Map.of("product_id", product, "product_qty", 1, "price_unit", 10));
        var orders = created(
                "purchase.order",
                Map.of("partner_id", customer, "order_line", Collections.nCopies(lines, line)),
                WARM_UP + MEASURED);
        var figures = new Figures(label);
        for (int i = 0; i < orders.size(); i++) {
            var order = orders.get(i);
            var measured = i < WARM_UP ? new Figures("warm-up") : figures;
            measured.measure(() -> administrator.call("purchase.order", "button_confirm", List.of(List.of(order))));
        }
        var states = values(
                administrator.call("purchase.order", "read", List.of(orders, List.of("state"))),
                "state",
                JsonNode::asText);
        assertThat(states).as("states after confirmation").containsOnly("purchase");
        return figures;
    }

    private JsonNode guardsAndHints() throws Exception {
        var fields = administrator.call(
                "ir.model.fields",
                "search_read",
                List.of(List.of(
                        List.of("id", "in", made("ir.model.fields", "%_field")), List.of("compute", "!=", false))),
                Map.of("fields", List.of("compute", "depends")));
        assertThat(fields).as("guards and hints made by odoo-setup").isNotEmpty();
        return fields;
    }

    private void switchTo(boolean on, JsonNode fields) throws Exception {
        for (var field : fields) {
            Object compute = on ? field.path("compute").asText() : false;
            Object depends = on ? field.path("depends").asText() : false;
            administrator.call(
                    "ir.model.fields",
                    "write",
                    List.of(List.of(field.path("id").asLong()), Map.of("compute", compute, "depends", depends)));
        }
    }

    private Figures confirm(Kind kind, long command, int lines) throws Exception {
        var figures = new Figures(kind.label);
        var orders = newOrders(WARM_UP + MEASURED, lines);
        for (int i = 0; i < orders.size(); i++) {
            var order = orders.get(i);
            var measured = i < WARM_UP ? new Figures("warm-up") : figures;
            if (kind == Kind.PLAIN) {
                measured.measure(() -> administrator.call("sale.order", "action_confirm", List.of(List.of(order))));
            } else {
                measured.measure(() -> technicalUser.call(
                        "ir.actions.server", "run", List.of(List.of(command)), Map.of("context", release(order))));
            }
        }
        var states = values(
                administrator.call("sale.order", "read", List.of(orders, List.of("state"))), "state", JsonNode::asText);
        assertThat(states).as("states after confirmation").containsOnly("sale");
        return figures;
    }

    private static Map<String, ?> release(long order) {
        return Map.of(
                "active_model",
                "sale.order",
                "active_id",
                order,
                "active_ids",
                List.of(order),
                "holdpoint",
                Map.of(
                        "key",
                        UUID.randomUUID(),
                        "document",
                        "sale.order," + order,
                        "operation",
                        "release",
                        "reason",
                        "",
                        "note",
                        "Released."));
    }

    private List<Long> newOrders(int count, int lines) throws Exception {
        var line = List.of(0, 0, Map.of("product_id", product, "product_uom_qty", 1));
        return created(
                "sale.order", Map.of("partner_id", customer, "order_line", Collections.nCopies(lines, line)), count);
    }

    private List<Long> created(String model, Map<String, ?> record, int count) throws Exception {
        var created = administrator.call(
                model,
                "create",
                List.of(IntStream.range(0, count).mapToObj(i -> record).toList()));
        return StreamSupport.stream(created.spliterator(), false)
                .map(JsonNode::asLong)
                .toList();
    }

    /** Ids of what odoo-setup made. */
    private List<Long> made(String model, String name) throws Exception {
        return values(
                administrator.call(
                        "ir.model.data",
                        "search_read",
                        List.of(List.of(
                                List.of("module", "=", "__holdpoint__"),
                                List.of("model", "=", model),
                                List.of("name", "=like", name))),
                        Map.of("fields", List.of("res_id"))),
                "res_id",
                JsonNode::asLong);
    }

    private long create(String model, Map<String, ?> values) throws Exception {
        return administrator.call(model, "create", List.of(values)).asLong();
    }

    private static <T> List<T> values(JsonNode records, String field, Function<JsonNode, T> conversion) {
        return StreamSupport.stream(records.spliterator(), false)
                .map(found -> conversion.apply(found.path(field)))
                .toList();
    }

    /** Of medians measured in the same round, which saw the same machine. */
    private static void printDifference(String what, List<Double> these, List<Double> those) {
        var differences = IntStream.range(0, these.size())
                .mapToObj(round -> these.get(round) - those.get(round))
                .sorted()
                .toList();
        System.out.printf(
                "%-44s median of %d rounds %.1f ms (from %.1f to %.1f ms)%n",
                what,
                differences.size(),
                differences.get(differences.size() / 2),
                differences.get(0),
                differences.get(differences.size() - 1));
    }
}
