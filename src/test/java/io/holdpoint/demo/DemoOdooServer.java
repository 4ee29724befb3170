package io.holdpoint.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCall;
import io.holdpoint.odoo.OdooException;
import io.holdpoint.odoo.OdooRefused;
import io.holdpoint.odoo.OdooUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The demo Odoo behind Odoo's own protocol, for applications that run in a process of their own. Counts in its books
 * what they bring about, so that "once" can be told from "twice".
 */
public final class DemoOdooServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long TECHNICAL_USER_ID = 3;

    private final DemoOdoo odoo;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DemoHints hints;
    private final Map<String, Integer> effects = new ConcurrentHashMap<>();

    /** @param receiver where webhooks go; asked for each, and empty where one is to be lost */
    public DemoOdooServer(DemoOdoo odoo, Supplier<Optional<URI>> receiver) throws IOException {
        this.odoo = odoo;
        hints = new DemoHints(odoo, receiver);
        odoo.onCommit(hints::changed);
        odoo.onCommit(changes -> changes.forEach(this::count));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * How often something happened to a document.
     *
     * @param effect {@code released} by a command; {@code confirmed} or {@code delivery} of an order, {@code purchased}
     *     or {@code receipt} of a purchase order, {@code return} or {@code credit} of a delivery, {@code quarantined},
     *     {@code back in stock} or {@code scrapped} of a lot
     */
    public int effects(String effect, DocumentRef document) {
        return effects.getOrDefault(effect + " " + document, 0);
    }

    private void count(Store.Change change) {
        var before = change.before();
        var after = change.after();
        if (after == null) {
            return;
        }
        switch (change.model()) {
            case Commands.COMMAND -> {
                if (before == null && after.text("x_operation").equals("release")) {
                    happened("released", DocumentRef.parse(after.text("x_document")));
                }
            }
            case Sales.ORDER -> {
                if (became("sale", before, after)) {
                    happened("confirmed", new DocumentRef(Sales.ORDER, after.id()));
                }
            }
            case Purchasing.ORDER -> {
                if (became("purchase", before, after)) {
                    happened("purchased", new DocumentRef(Purchasing.ORDER, after.id()));
                }
            }
            case Scraps.SCRAP -> {
                if (became("done", before, after)) {
                    happened("scrapped", new DocumentRef(Stock.LOT, after.ref("lot_id")));
                }
            }
            case Transfers.PICKING -> {
                if (before == null) {
                    made(after);
                }
                if (became("done", before, after) && after.text("origin").startsWith("Quality ")) {
                    odoo.transaction(env -> {
                        happened(
                                Quality.isQuarantine(env, after.ref("location_dest_id"))
                                        ? "quarantined"
                                        : "back in stock",
                                new DocumentRef(Stock.LOT, lot(env, after)));
                        return 0;
                    });
                }
            }
            case Invoicing.INVOICE -> {
                if (became("posted", before, after) && after.text("ref").startsWith("RMA-")) {
                    happened(
                            "credit",
                            new DocumentRef(
                                    Transfers.PICKING,
                                    Long.parseLong(after.text("ref").split("-")[1])));
                }
            }
            default -> {}
        }
    }

    private void made(Row transfer) {
        if (transfer.ref("return_id") > 0) {
            happened("return", new DocumentRef(Transfers.PICKING, transfer.ref("return_id")));
        } else if (transfer.ref("sale_id") > 0) {
            happened("delivery", new DocumentRef(Sales.ORDER, transfer.ref("sale_id")));
        } else if (transfer.ref("purchase_id") > 0) {
            happened("receipt", new DocumentRef(Purchasing.ORDER, transfer.ref("purchase_id")));
        }
    }

    private static long lot(Env env, Row transfer) {
        return env.inverse(Transfers.MOVE_LINE, "picking_id", transfer.id())
                .get(0)
                .ref("lot_id");
    }

    private static boolean became(String state, Row before, Row after) {
        return after.text("state").equals(state)
                && (before == null || !before.text("state").equals(state));
    }

    private void happened(String effect, DocumentRef document) {
        effects.merge(effect + " " + document, 1, Integer::sum);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var answer = exchange.getRequestURI().getPath().equals("/web/version")
                    ? Map.of("version", odoo.serverVersion())
                    : rpc(JSON.readTree(text));
            var bytes = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Map<String, Object> rpc(JsonNode request) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("jsonrpc", "2.0");
        answer.put("id", request.path("id").asLong());
        try {
            answer.put(
                    "result",
                    request.at("/params/service").asText().equals("object")
                            ? odoo.call(call(request.at("/params/args")))
                            : TECHNICAL_USER_ID);
        } catch (OdooException refused) {
            answer.put("error", Map.of("code", 0, "message", "Odoo Server Error", "data", data(refused)));
        }
        return answer;
    }

    /** Arguments of {@code execute_kw}: database, user, password, model, method, positional and named ones. */
    private static OdooCall call(JsonNode arguments) {
        var named = JSON.convertValue(arguments.path(6), Map.class);
        var values = new LinkedHashMap<String, Object>();
        named.forEach((name, value) -> values.put(String.valueOf(name), value));
        var context = values.remove("context");
        var method = arguments.path(4).asText();
        var first = arguments.path(5).path(0);
        List<Long> ids = new ArrayList<>();
        if (method.equals("create")) {
            values.put("vals_list", JSON.convertValue(first, List.class));
        } else if (!(first instanceof MissingNode)) {
            first.forEach(id -> ids.add(id.asLong()));
        }
        return new OdooCall(arguments.path(3).asText(), method, ids, values, Json.map(context));
    }

    private static Map<String, Object> data(OdooException refused) {
        var name = refused instanceof OdooRefused
                ? "odoo.exceptions.UserError"
                : refused instanceof OdooUnavailable ? "psycopg2.OperationalError" : "builtins.ValueError";
        return Map.of("name", name, "message", String.valueOf(refused.getMessage()));
    }

    @Override
    public void close() {
        server.stop(0);
        hints.close();
        threads.shutdownNow();
    }
}
