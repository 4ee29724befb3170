package io.holdpoint.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What the rules that {@code odoo-setup} makes cost a confirmation in Odoo. Both kinds of confirmation alternate in one
 * run, so that whatever else the machine does falls on both.
 *
 * <p>Switches the rules of that Odoo off and on again and leaves confirmed orders behind: name an Odoo that may be
 * thrown away.
 */
@Tag("benchmark")
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+", disabledReason = "needs an Odoo, see CONTRIBUTING.md")
class ConfirmationBenchmark {

    private static final int ROUNDS = 12;
    private static final int WARM_UP = 2;
    private static final int MEASURED = 10;

    @Test
    void confirms_orders_with_and_without_the_rules() throws Exception {
        var admin = OdooRpc.administrator();
        var technical = OdooRpc.technicalUser();
        var rules = ids(
                admin.call(
                        "ir.model.data",
                        "search_read",
                        List.of(List.of(
                                List.of("module", "=", "__holdpoint__"), List.of("model", "=", "base.automation"))),
                        Map.of("fields", List.of("res_id"))),
                "res_id");
        assertThat(rules).as("rules made by odoo-setup").isNotEmpty();

        var with = new Figures("confirmation with Holdpoint's rules");
        var without = new Figures("confirmation without them");
        var differences = new ArrayList<Double>();
        var chance = new Random(7);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                var kinds = new ArrayList<>(List.of(true, false));
                Collections.shuffle(kinds, chance);
                var ofThisRound = Map.of(true, new Figures("with"), false, new Figures("without"));
                for (var active : kinds) {
                    admin.call("base.automation", "write", List.of(rules, Map.of("active", active)));
                    confirm(admin, technical, ofThisRound.get(active));
                }
                with.addAll(ofThisRound.get(true));
                without.addAll(ofThisRound.get(false));
                differences.add(
                        ofThisRound.get(true).median() - ofThisRound.get(false).median());
            }
        } finally {
            admin.call("base.automation", "write", List.of(rules, Map.of("active", true)));
        }

        with.print();
        without.print();
        Collections.sort(differences);
        System.out.printf(
                "the rules add, median of %d rounds: %.1f ms (rounds from %.1f to %.1f ms)%n",
                ROUNDS, differences.get(ROUNDS / 2), differences.get(0), differences.get(ROUNDS - 1));
    }

    private static void confirm(OdooRpc admin, OdooRpc technical, Figures figures) throws Exception {
        var orders = newOrders(admin, WARM_UP + MEASURED);
        technical.call("sale.order", "write", List.of(orders, Map.of("x_holdpoint_state", "released")));
        for (int i = 0; i < orders.size(); i++) {
            var order = orders.get(i);
            if (i < WARM_UP) {
                technical.call("sale.order", "action_confirm", List.of(List.of(order)));
            } else {
                figures.measure(() -> technical.call("sale.order", "action_confirm", List.of(List.of(order))));
            }
        }
        var states = StreamSupport.stream(
                        admin.call("sale.order", "read", List.of(orders, List.of("state")))
                                .spliterator(),
                        false)
                .map(order -> order.path("state").asText())
                .collect(Collectors.toSet());
        assertThat(states).as("states after confirmation").containsExactly("sale");
    }

    private static List<Long> newOrders(OdooRpc admin, int count) throws IOException, InterruptedException {
        var customer = one(admin, "res.partner", List.of(List.of("is_company", "=", true)));
        var product = one(
                admin, "product.product", List.of(List.of("sale_ok", "=", true), List.of("is_storable", "=", true)));
        var order = Map.of(
                "partner_id",
                customer,
                "order_line",
                List.of(List.of(0, 0, Map.of("product_id", product, "product_uom_qty", 1))));
        var created = admin.call(
                "sale.order",
                "create",
                List.of(IntStream.range(0, count).mapToObj(i -> order).toList()));
        return StreamSupport.stream(created.spliterator(), false)
                .map(id -> id.asLong())
                .toList();
    }

    private static long one(OdooRpc admin, String model, List<?> domain) throws IOException, InterruptedException {
        return ids(
                        admin.call(
                                model,
                                "search_read",
                                List.of(domain),
                                Map.of("fields", List.of("id"), "limit", 1, "order", "id")),
                        "id")
                .get(0);
    }

    private static List<Long> ids(JsonNode records, String field) {
        return StreamSupport.stream(records.spliterator(), false)
                .map(found -> found.path(field).asLong())
                .toList();
    }
}
