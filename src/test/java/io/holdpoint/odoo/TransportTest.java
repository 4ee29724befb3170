package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.holdpoint.odoo.FakeServer.Request;
import io.holdpoint.odoo.FakeServer.Response;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the two protocols look on the wire, and what becomes of each kind of failure. */
class TransportTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef01234567";
    private static final OdooCall READ = new OdooCall(
            "sale.order", "read", List.of(42L), Map.of("fields", List.of("name")), Map.of("lang", "en_US"));

    private FakeServer server = new FakeServer(request -> Response.html(500));

    @AfterEach
    void stop() {
        server.close();
    }

    private OdooTransport transport(OdooProperties.Transport kind, Function<Request, Response> answers) {
        return transport(kind, Duration.ofSeconds(10), answers);
    }

    private OdooTransport transport(
            OdooProperties.Transport kind, Duration readTimeout, Function<Request, Response> answers) {
        server.close();
        server = new FakeServer(answers);
        return connection(properties(server.url(), kind, readTimeout));
    }

    private static OdooTransport connection(OdooProperties properties) {
        return new OdooConnection(properties, new Credentials(properties, SecretFiles.none()));
    }

    private static OdooProperties properties(URI url, OdooProperties.Transport kind, Duration readTimeout) {
        return new OdooProperties(
                url, "shop", "holdpoint", Secret.of(KEY), null, 8, Duration.ofSeconds(5), readTimeout, kind);
    }

    /** Answers the questions about version and login, and this to all others. */
    private static Function<Request, Response> odoo19(Response answer) {
        return odoo("19.0", request -> answer);
    }

    private static Function<Request, Response> odoo(String version, Function<Request, Response> answers) {
        return request -> {
            if (request.path().equals("/web/version")) {
                return version.startsWith("19")
                        ? Response.json(200, "{\"version\":\"" + version + "\"}")
                        : Response.html(404);
            }
            return switch (request.rpc()) {
                case "common.version" -> result("{\"server_version\":\"" + version + "\"}");
                case "common.authenticate" -> result("7");
                default -> answers.apply(request);
            };
        };
    }

    private static Response result(String json) {
        return Response.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + json + "}");
    }

    private static Response failure(OdooProperties.Transport kind, int status, String name, String message) {
        var data = "{\"name\":\"" + name + "\",\"message\":\"" + message + "\",\"arguments\":[],\"context\":{},"
                + "\"debug\":\"Traceback (most recent call last): secret frames\"}";
        return kind == OdooProperties.Transport.JSON2
                ? Response.json(status, data)
                : Response.json(
                        200,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":0,\"message\":\"Odoo Server Error\",\"data\":"
                                + data + "}}");
    }

    private List<Request> calls() {
        return server.requests().stream()
                .filter(request -> !request.path().equals("/web/version"))
                .toList();
    }

    // Shape of requests

    @Test
    void json_rpc_sends_ids_in_place_and_arguments_by_name() throws Exception {
        var transport = transport(OdooProperties.Transport.JSONRPC, odoo19(result("[{\"id\":42}]")));

        assertThat(transport.call(READ)).isEqualTo(new ObjectMapper().readTree("[{\"id\":42}]"));
        var request = calls().get(1);
        assertThat(request.path()).isEqualTo("/jsonrpc");
        assertThat(request.rpc()).isEqualTo("object.execute_kw");
        assertThat(request.body().at("/params/args"))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        "[\"shop\",7,\"" + KEY
                                                + "\",\"sale.order\",\"read\",[[42]],{\"fields\":[\"name\"],\"context\":{\"lang\":\"en_US\"}}]"));
    }

    @Test
    void json_rpc_creates_with_the_values_in_place() throws Exception {
        var transport = transport(OdooProperties.Transport.JSONRPC, odoo19(result("[1]")));

        transport.call(new OdooCall(
                "res.partner", "create", List.of(), Map.of("vals_list", List.of(Map.of("name", "A"))), Map.of()));

        assertThat(calls().get(1).body().at("/params/args/5"))
                .isEqualTo(new ObjectMapper().readTree("[[{\"name\":\"A\"}]]"));
    }

    @Test
    void json_rpc_logs_in_once() {
        var transport = transport(OdooProperties.Transport.JSONRPC, odoo19(result("[]")));

        transport.call(READ);
        transport.call(READ);

        assertThat(calls()).extracting(Request::rpc).containsOnlyOnce("common.authenticate");
    }

    @Test
    void json_2_sends_one_object_and_the_key_as_a_header() throws Exception {
        var transport = transport(OdooProperties.Transport.JSON2, odoo19(Response.json(200, "[]")));

        transport.call(READ);

        var request = calls().get(0);
        assertThat(request.path()).isEqualTo("/json/2/sale.order/read");
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("bearer " + KEY);
        assertThat(request.headers().getFirst("X-Odoo-Database")).isEqualTo("shop");
        assertThat(request.headers().containsKey("Cookie")).isFalse();
        assertThat(request.body())
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"ids\":[42],\"fields\":[\"name\"],\"context\":{\"lang\":\"en_US\"}}"));
    }

    @Test
    void json_2_sends_no_ids_to_a_method_of_the_model() {
        var transport = transport(OdooProperties.Transport.JSON2, odoo19(Response.json(200, "{}")));

        transport.call(new OdooCall("sale.order", "fields_get", List.of(), Map.of(), Map.of()));

        assertThat(calls().get(0).body().has("ids")).isFalse();
    }

    @Test
    void a_missing_result_is_null() {
        var rpc = transport(
                OdooProperties.Transport.JSONRPC, odoo19(Response.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1}")));
        assertThat(rpc.call(READ)).isEqualTo(NullNode.getInstance());

        var json2 = transport(OdooProperties.Transport.JSON2, odoo19(Response.json(200, "null")));
        assertThat(json2.call(READ)).isEqualTo(NullNode.getInstance());
    }

    // Choice of protocol

    @Test
    void an_odoo_19_with_a_key_is_spoken_to_in_json_2() {
        transport(OdooProperties.Transport.AUTO, odoo19(Response.json(200, "[]")))
                .call(READ);

        assertThat(calls()).extracting(Request::path).containsExactly("/json/2/sale.order/read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"18.0", "17.0+e", "saas~18.3"})
    void older_ones_are_spoken_to_in_json_rpc(String version) {
        transport(OdooProperties.Transport.AUTO, odoo(version, request -> result("[]")))
                .call(READ);

        assertThat(calls()).extracting(Request::path).containsOnly("/jsonrpc");
    }

    @Test
    void an_odoo_that_is_too_old_is_named() {
        var transport = transport(OdooProperties.Transport.AUTO, odoo("16.0", request -> result("[]")));

        assertThatThrownBy(() -> transport.call(READ))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("16.0")
                .hasMessageContaining("17 or later");
    }

    @Test
    void what_is_no_odoo_is_told() {
        var transport = transport(OdooProperties.Transport.AUTO, request -> Response.html(200));

        assertThatThrownBy(() -> transport.call(READ))
                .isInstanceOf(OdooUnavailable.class)
                .hasMessageContaining("ODOO_URL");
    }

    @Test
    void nothing_is_asked_before_the_first_call() {
        transport(OdooProperties.Transport.AUTO, odoo19(result("[]")));

        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_missing_setting_is_named() {
        server.close();
        server = new FakeServer(odoo19(result("[]")));
        var transport = connection(new OdooProperties(
                server.url(),
                null,
                null,
                null,
                null,
                8,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                OdooProperties.Transport.AUTO));

        assertThatThrownBy(() -> transport.call(READ))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("ODOO_DB");
    }

    // Kinds of failure

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "422 | odoo.exceptions.UserError | Some orders are not in a state requiring confirmation. | OdooRefused",
                "422 | odoo.exceptions.ValidationError | The operation cannot be completed. | OdooRefused",
                "422 | odoo.exceptions.RedirectWarning | Configure it first. | OdooRefused",
                "404 | odoo.exceptions.MissingError | Record does not exist or has been deleted. | OdooRefused",
                "403 | odoo.exceptions.AccessError | You are not allowed to access 'Sales Order'. | OdooContract",
                "403 | odoo.exceptions.AccessDenied | Access Denied | WrongCredentials",
                "422 | odoo.exceptions.UserError | Object no.such.model doesn't exist | OdooContract",
                "404 | werkzeug.exceptions.NotFound | the model 'no.such' does not exist | OdooContract",
                "404 | builtins.AttributeError | The method 'sale.order.x' does not exist | OdooContract",
                "500 | builtins.ValueError | Invalid field 'x' on 'sale.order' | OdooContract",
                "422 | builtins.TypeError | missing a required argument: 'vals' | OdooContract",
                "500 | psycopg2.errors.UndefinedColumn | column x does not exist | OdooContract",
                "500 | psycopg2.errors.SerializationFailure | could not serialize access | OdooUnavailable",
                "500 | psycopg2.errors.DeadlockDetected | deadlock detected | OdooUnavailable",
                "500 | psycopg2.errors.LockNotAvailable | lock timeout | OdooUnavailable",
                "500 | psycopg2.pool.PoolError | The Connection Pool Is Full | OdooUnavailable",
                "409 | odoo.exceptions.LockError | Cannot grab a lock | OdooUnavailable",
                "500 | psycopg2.OperationalError | server closed the connection unexpectedly | OdooUnavailable",
                "500 | builtins.MemoryError | out of memory | OdooUnavailable",
            })
    void the_name_of_odoos_exception_tells_the_kind(int status, String name, String message, String kind) {
        for (var protocol : List.of(OdooProperties.Transport.JSONRPC, OdooProperties.Transport.JSON2)) {
            var transport = transport(protocol, odoo19(failure(protocol, status, name, message)));

            var thrown = catchThrowable(() -> transport.call(READ));

            assertThat(thrown.getClass().getSimpleName())
                    .as("%s over %s", name, protocol)
                    .isEqualTo(kind);
            assertThat(thrown).hasMessageNotContaining("Traceback");
        }
    }

    @Test
    void a_refusal_is_in_odoos_own_words() {
        var transport = transport(
                OdooProperties.Transport.JSONRPC,
                odoo19(failure(
                        OdooProperties.Transport.JSONRPC, 200, "odoo.exceptions.UserError", "S00042 is on hold.")));

        assertThatThrownBy(() -> transport.call(READ))
                .isInstanceOf(OdooRefused.class)
                .hasMessage("S00042 is on hold.");
    }

    @ParameterizedTest
    @CsvSource({
        "200, OdooUnavailable",
        "500, OdooUnavailable",
        "502, OdooUnavailable",
        "503, OdooUnavailable",
        "504, OdooUnavailable",
        "429, OdooUnavailable",
        "401, WrongCredentials",
        "403, OdooContract",
        "404, OdooContract",
        "400, OdooContract"
    })
    void a_page_instead_of_an_answer_is_judged_by_its_status(int status, String kind) {
        for (var protocol : List.of(OdooProperties.Transport.JSONRPC, OdooProperties.Transport.JSON2)) {
            var transport = transport(protocol, odoo19(Response.html(status)));

            assertThat(catchThrowable(() -> transport.call(READ)).getClass().getSimpleName())
                    .isEqualTo(kind);
        }
    }

    @Test
    void a_wrong_database_is_named() {
        var rpc = transport(
                OdooProperties.Transport.JSONRPC,
                request -> request.rpc().equals("common.authenticate")
                        ? failure(
                                OdooProperties.Transport.JSONRPC,
                                200,
                                "psycopg2.OperationalError",
                                "connection to server failed: FATAL:  database shop does not exist")
                        : odoo19(result("[]")).apply(request));
        assertThatThrownBy(() -> rpc.call(READ))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("ODOO_DB");

        var json2 = transport(OdooProperties.Transport.JSON2, odoo19(Response.html(404)));
        assertThatThrownBy(() -> json2.call(READ))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("ODOO_DB");
    }

    @Test
    void a_wrong_or_expired_key_is_named() {
        var rpc = transport(
                OdooProperties.Transport.JSONRPC,
                request -> request.rpc().equals("common.authenticate")
                        ? result("false")
                        : odoo19(result("[]")).apply(request));
        assertThatThrownBy(() -> rpc.call(READ))
                .isInstanceOf(OdooUnavailable.class)
                .hasMessageContaining("ODOO_API_KEY")
                .hasMessageContaining("expire");

        var json2 = transport(
                OdooProperties.Transport.JSON2,
                odoo19(failure(
                        OdooProperties.Transport.JSON2, 401, "werkzeug.exceptions.Unauthorized", "Invalid apikey")));
        assertThatThrownBy(() -> json2.call(READ))
                .isInstanceOf(OdooUnavailable.class)
                .hasMessageContaining("ODOO_API_KEY");
    }

    @Test
    void a_redirect_is_not_followed() {
        var transport = transport(
                OdooProperties.Transport.AUTO, request -> new Response(302, "text/html", "https://elsewhere"));

        assertThatThrownBy(() -> transport.call(READ))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("https://elsewhere");
    }

    @Test
    void a_closed_port_is_unavailable() {
        var url = server.url();
        server.close();
        var transport = connection(properties(url, OdooProperties.Transport.AUTO, Duration.ofSeconds(5)));

        assertThatThrownBy(() -> transport.call(READ))
                .isInstanceOf(OdooUnavailable.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void too_late_an_answer_is_unavailable() {
        var silence = new CountDownLatch(1);
        var transport = transport(OdooProperties.Transport.JSON2, Duration.ofMillis(200), odoo("19.0", request -> {
            await(silence);
            return Response.json(200, "[]");
        }));

        assertThatThrownBy(() -> transport.call(READ))
                .isInstanceOf(OdooUnavailable.class)
                .hasMessageContaining("did not answer");
        silence.countDown();
    }

    @Test
    void half_an_answer_of_which_the_rest_never_comes_is_unavailable() throws Exception {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var stays = CompletableFuture.supplyAsync(() -> half(door));
            var http = new OdooHttp(
                    URI.create("http://127.0.0.1:" + door.getLocalPort()),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(200));

            assertThatThrownBy(() -> assertTimeoutPreemptively(Duration.ofSeconds(10), () -> http.get("/")))
                    .isInstanceOf(OdooUnavailable.class)
                    .hasMessageContaining("did not answer");
            stays.get(10, TimeUnit.SECONDS).close();
        }
    }

    /** Answers with a beginning and keeps the connection open. */
    private static Socket half(ServerSocket door) {
        try {
            var connection = door.accept();
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n["
                            .getBytes(StandardCharsets.US_ASCII));
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // Secrets

    @Test
    void settings_do_not_show_secrets() {
        var properties = new OdooProperties(
                server.url(),
                "shop",
                "holdpoint",
                Secret.of(KEY),
                Secret.of("pass-word"),
                8,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                OdooProperties.Transport.AUTO);

        assertThat(properties.toString())
                .doesNotContain(KEY)
                .doesNotContain("pass-word")
                .contains("***");
    }

    @Test
    void a_password_in_the_address_is_not_accepted_nor_repeated() {
        assertThatThrownBy(() -> properties(
                        URI.create("https://me:pass-word@odoo.example.com"),
                        OdooProperties.Transport.AUTO,
                        Duration.ofSeconds(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pass-word");
    }

    @ParameterizedTest
    @EnumSource(
            value = OdooProperties.Transport.class,
            names = {"JSONRPC", "JSON2"})
    void no_failure_holds_the_key(OdooProperties.Transport protocol) {
        var answers = List.of(
                Response.html(500),
                Response.html(401),
                Response.json(200, "no json"),
                failure(protocol, 500, "builtins.ValueError", "Invalid field"));
        for (var answer : answers) {
            var transport = transport(protocol, odoo19(answer));

            var thrown = catchThrowable(() -> transport.call(READ));

            var trace = new StringWriter();
            if (thrown != null) {
                thrown.printStackTrace(new PrintWriter(trace));
            }
            assertThat(trace.toString()).doesNotContain(KEY);
        }
    }

    @Test
    void the_environment_is_read_by_springs_rules() {
        var properties = OdooCommandLine.properties(Map.of(
                "ODOO_URL", "https://odoo.example.com",
                "ODOO_DB", "shop",
                "ODOO_LOGIN", " ",
                "ODOO_API_KEY", KEY,
                "ODOO_PARALLEL_CALLS", "3",
                "ODOO_READTIMEOUT", "PT7S",
                "ODOO_TRANSPORT", "json2"));

        assertThat(properties.url()).isEqualTo(URI.create("https://odoo.example.com"));
        assertThat(properties.login()).isNull();
        assertThat(properties.password()).isNull();
        assertThat(properties.apiKey()).isNotNull();
        assertThat(properties.parallelCalls()).isEqualTo(3);
        assertThat(properties.readTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(properties.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(properties.transport()).isEqualTo(OdooProperties.Transport.JSON2);
    }

    // Limit

    @Test
    void never_are_more_calls_under_way_than_allowed() throws Exception {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        // Two calls meet here; were there three at once, the third would be seen by the counter.
        var pair = new CyclicBarrier(2);
        var transport = transport(OdooProperties.Transport.JSON2, odoo("19.0", request -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                pair.await(10, TimeUnit.SECONDS);
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            } finally {
                underWay.decrementAndGet();
            }
            return Response.json(200, "[]");
        }));
        var odoo = new Odoo(transport, null, 2);
        var pool = Executors.newFixedThreadPool(8);
        try {
            var tasks = new ArrayList<Callable<Object>>();
            for (int i = 0; i < 8; i++) {
                tasks.add(() -> odoo.read("sale.order", List.of(1L), List.of("name")));
            }
            for (var done : pool.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(most).hasValue(2);
    }

    // Odoo's series

    @ParameterizedTest
    @CsvSource({
        "17.0, product_uom, groups_id, /web#model=sale.order&id=42&view_type=form",
        "18.0, product_uom, groups_id, /odoo/sale.order/42",
        "saas~18.2, product_uom_id, group_ids, /odoo/sale.order/42",
        "19.0+e, product_uom_id, group_ids, /odoo/sale.order/42",
        "20.0, product_uom_id, group_ids, /odoo/sale.order/42"
    })
    void each_series_has_its_names(String version, String unit, String groups, String path) {
        var profile = OdooProfile.of(version);

        assertThat(profile.lineUnit()).isEqualTo(unit);
        assertThat(profile.userGroups()).isEqualTo(groups);
        assertThat(profile.path(new DocumentRef("sale.order", 42))).isEqualTo(path);
    }

    @Test
    void sums_go_by_either_name_of_the_method() {
        for (var version : List.of("18.0", "19.0")) {
            var row = version.equals("18.0") ? "{\"amount\":7.5}" : "{\"amount:sum\":7.5}";
            var methods = new ArrayList<String>();
            var transport = transport(OdooProperties.Transport.JSONRPC, odoo(version, request -> {
                methods.add(request.body().at("/params/args/4").asText());
                return result("[" + row + "]");
            }));

            var totals = new Odoo(transport, null, 1).sum("account.move", List.of(), List.of("amount:sum"));

            assertThat(totals.path("amount:sum").asDouble()).isEqualTo(7.5);
            assertThat(methods).containsExactly(version.equals("18.0") ? "read_group" : "formatted_read_group");
        }
    }
}
