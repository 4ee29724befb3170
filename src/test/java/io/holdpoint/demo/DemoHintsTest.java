package io.holdpoint.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.holdpoint.odoo.Commands;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.OdooCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoHintsTest {

    private final DemoOdoo odoo = DemoOdoo.empty(Clock.systemUTC());
    private final Commands commands = new Commands(new Odoo(odoo, null, 8));
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private HttpServer server;
    private DemoHints hints;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(Json.MAPPER.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        server.start();
        var address = URI.create("http://localhost:" + server.getAddress().getPort() + "/api/odoo/webhooks/secret");
        hints = new DemoHints(odoo, () -> Optional.of(address));
        odoo.onCommit(hints::changed);
    }

    @AfterEach
    void close() {
        hints.close();
        server.stop(0);
    }

    @Test
    void a_request_is_told_as_odoo_tells_it() throws InterruptedException {
        var order = odoo.data().goodOrder();

        odoo.requestRelease(order, "anna");

        var body = next();
        assertThat(body.path("_model").asText()).isEqualTo("sale.order");
        assertThat(body.path("_id").asLong()).isEqualTo(order);
        assertThat(body.path("_action").asText()).isNotBlank();
        assertThat(body.path("state").asText()).isEqualTo("draft");
        assertThat(body.path("x_holdpoint_state").asText()).isEqualTo("requested");
        assertThat(body.path("amount_total").asDouble()).isEqualTo(1_000);
        assertThat(body.path("write_date").asText()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
    }

    @Test
    void only_what_matters_is_told_and_nothing_that_holdpoint_did_itself() throws InterruptedException {
        var free = odoo.data().goodOrder();
        var order = odoo.data().goodOrder();
        odoo.requestRelease(order, "anna");
        next();

        odoo.changeLine(line(free), "anna", Map.of("discount", 5));
        odoo.changeLine(line(order), "anna", Map.of("name", "Pump, green"));
        commands.run(new OdooCommand(
                "order-release", "k1", new DocumentRef("sale.order", order), "hold", "Price", null, null, Map.of()));
        odoo.changeLine(line(order), "anna", Map.of("discount", 5));

        var body = next();
        assertThat(body.path("_id").asLong()).isEqualTo(order);
        assertThat(body.path("amount_total").asDouble()).isEqualTo(950);
        assertThat(received).isEmpty();
    }

    @Test
    void a_payment_is_told_when_an_order_of_the_customer_is_held() throws InterruptedException {
        var customer = odoo.data().customer("Elbe Metall").add();
        var other = odoo.data().customer("Oder Stahl").add();
        var order = odoo.data().order(customer).add();
        commands.run(new OdooCommand(
                "order-release", "k1", new DocumentRef("sale.order", order), "hold", "Overdue", null, null, Map.of()));
        var unrelated = odoo.data().invoice(other).overdue(40).add();
        var overdue = odoo.data().invoice(customer).overdue(40).add();
        // The fresh invoice itself is the first thing to be told.
        assertThat(next().path("_id").asLong()).isEqualTo(overdue);

        odoo.payInvoice(unrelated);
        odoo.payInvoice(overdue);

        var body = next();
        assertThat(body.path("_model").asText()).isEqualTo("account.move");
        assertThat(body.path("_id").asLong()).isEqualTo(overdue);
        assertThat(body.path("payment_state").asText()).isEqualTo("paid");
        assertThat(received).isEmpty();
    }

    @Test
    void a_defect_is_told_when_it_is_reported() throws InterruptedException {
        var lot = new DocumentRef(
                "stock.lot",
                odoo.data().lot("L-1", odoo.data().product("Bearing").stock(0).add(), 8));
        odoo.data().defectSeen(lot, "damage", "minor", 0, "Dented");

        odoo.press("wim", Quality.REPORT_ACTION, lot.model(), lot.id());

        var body = next();
        assertThat(body.path("_model").asText()).isEqualTo("stock.lot");
        assertThat(body.path("_id").asLong()).isEqualTo(lot.id());
        assertThat(body.path("x_holdpoint_quality_state").asText()).isEqualTo("requested");
        assertThat(received).isEmpty();
    }

    @Test
    void nobody_who_listens_disturbs_nobody() {
        server.stop(0);
        var order = odoo.data().goodOrder();

        odoo.requestRelease(order, "anna");

        assertThat(odoo.order(order).path("x_holdpoint_state").asText()).isEqualTo("requested");
    }

    private long line(long order) {
        return odoo.order(order).path("order_line").path(0).asLong();
    }

    private JsonNode next() throws InterruptedException {
        var body = received.poll(10, TimeUnit.SECONDS);
        assertThat(body).as("a webhook").isNotNull();
        return body;
    }
}
