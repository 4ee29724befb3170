package io.holdpoint.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application between a real Odoo and its webhooks: how long an order without holds takes from the request
 * to the confirmation, and how fast webhooks are answered meanwhile.
 *
 * <p>Works on the database of {@code SPRING_DATASOURCE_URL}, or on H2. Directs the webhooks of that Odoo to itself and
 * leaves confirmed orders behind: name an Odoo that may be thrown away.
 */
@Tag("benchmark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+", disabledReason = "needs an Odoo, see CONTRIBUTING.md")
class OrderReleaseBenchmark {

    private static final String SECRET = "secret-of-the-benchmark";
    private static final int WARM_UP = 20;
    private static final int ORDERS = 100;
    private static final int SALESPEOPLE = 4;
    private static final int WEBHOOKS = 400;
    private static final Duration BETWEEN_WEBHOOKS = Duration.ofMillis(50);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final OdooRpc odoo = OdooRpc.administrator();
    private PackagedApplication holdpoint;
    private long customer;
    private long product;
    private long request;

    OrderReleaseBenchmark() throws Exception {}

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        var environment = System.getenv();
        var asTechnicalUser = new HashMap<String, String>();
        asTechnicalUser.put("ODOO_LOGIN", environment.getOrDefault("HOLDPOINT_ODOO_LOGIN", "holdpoint"));
        asTechnicalUser.put("ODOO_PASSWORD", environment.get("HOLDPOINT_ODOO_PASSWORD"));
        asTechnicalUser.put("ODOO_API_KEY", "");
        asTechnicalUser.put("HOLDPOINT_ADMIN_PASSWORD", "Benchmark-1");
        asTechnicalUser.put("HOLDPOINT_WEBHOOK_SECRET", SECRET);
        holdpoint = PackagedApplication.start(folder, asTechnicalUser);
        PackagedApplication.run(
                Map.of("HOLDPOINT_URL", holdpoint.address().toString(), "HOLDPOINT_WEBHOOK_SECRET", SECRET),
                "odoo-setup");

        customer = odoo.call("res.partner", "create", List.of(Map.of("name", "Benchmark")))
                .asLong();
        product = odoo.call(
                        "product.product",
                        "create",
                        List.of(Map.of(
                                "name", "Benchmark", "type", "service", "list_price", 100, "standard_price", 50)))
                .asLong();
        request = odoo.call(
                        "ir.model.data",
                        "search_read",
                        List.of(List.of(
                                List.of("module", "=", "__holdpoint__"), List.of("name", "=", "sale_order_request"))),
                        Map.of("fields", List.of("res_id")))
                .path(0)
                .path("res_id")
                .asLong();
    }

    @AfterAll
    void stop() throws Exception {
        if (holdpoint != null) {
            holdpoint.close();
        }
    }

    @Test
    void confirms_orders_and_answers_webhooks() throws Exception {
        var warmUp = new Figures("warm-up");
        for (int i = 0; i < WARM_UP; i++) {
            release(warmUp);
        }

        var alone = new Figures("request to confirmation, one at a time");
        for (int i = 0; i < ORDERS; i++) {
            release(alone);
        }

        var together = new Figures("request to confirmation, " + SALESPEOPLE + " people and webhooks");
        var webhooks = new Figures("webhook answered meanwhile");
        var people = Executors.newFixedThreadPool(SALESPEOPLE);
        var clock = Executors.newSingleThreadScheduledExecutor();
        try {
            var work = new ArrayList<Future<?>>();
            for (int i = 0; i < ORDERS; i++) {
                work.add(people.submit(() -> {
                    release(together);
                    return null;
                }));
            }
            for (int i = 0; i < WEBHOOKS; i++) {
                var number = i;
                work.add(clock.schedule(
                        () -> webhook(webhooks, number),
                        BETWEEN_WEBHOOKS.multipliedBy(i).toMillis(),
                        TimeUnit.MILLISECONDS));
            }
            for (var each : work) {
                each.get();
            }
        } finally {
            people.shutdownNow();
            clock.shutdownNow();
        }

        alone.print();
        together.print();
        webhooks.print();
    }

    /** From the moment at which the salesperson presses the button until Odoo shows a confirmed order. */
    private void release(Figures figures) throws Exception {
        var order = odoo.call(
                        "sale.order",
                        "create",
                        List.of(Map.of(
                                "partner_id",
                                customer,
                                "order_line",
                                List.of(List.of(0, 0, Map.of("product_id", product, "product_uom_qty", 1))))))
                .asLong();
        figures.measure(() -> {
            odoo.call(
                    "ir.actions.server",
                    "run",
                    List.of(List.of(request)),
                    Map.of(
                            "context",
                            Map.of("active_model", "sale.order", "active_id", order, "active_ids", List.of(order))));
            await("confirmation of sale.order," + order)
                    .atMost(Duration.ofMinutes(2))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> state(order).equals("sale"));
            return null;
        });
    }

    private String state(long order) throws IOException, InterruptedException {
        return odoo.call("sale.order", "read", List.of(List.of(order), List.of("state")))
                .path(0)
                .path("state")
                .asText();
    }

    private Void webhook(Figures figures, int number) throws Exception {
        var body = """
                {"_model": "sale.order", "_id": 1, "_action": "Holdpoint: webhook sale.order", "state": "draft",
                 "x_holdpoint_state": false, "write_date": "%s %d"}
                """.formatted(Instant.now(), number);
        var post = HttpRequest.newBuilder(holdpoint.address().resolve("/api/odoo/webhooks/" + SECRET))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = figures.measure(() -> http.send(post, HttpResponse.BodyHandlers.discarding()));
        assertThat(answer.statusCode()).isEqualTo(202);
        return null;
    }
}
