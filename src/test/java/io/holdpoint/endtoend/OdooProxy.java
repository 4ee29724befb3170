package io.holdpoint.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Lies between Holdpoint and Odoo, and can do something before Odoo hears of a call, or once Odoo has answered but
 * before Holdpoint hears of it; or lets calls fail in all the ways that they can.
 *
 * <p>Not WireMock or Toxiproxy: the first cannot let a real Odoo commit and then lose its answer, the second knows no
 * HTTP, so it cannot answer with Odoo's own errors, and is a server of its own to install.
 */
final class OdooProxy implements AutoCloseable {

    private static final Duration A_WHILE = Duration.ofMillis(300);

    /** What happens to a call. */
    enum Fault {
        /** Nothing. */
        NONE,
        /** It takes its time. */
        DELAY,
        /** The connection breaks before Odoo hears of it. */
        CUT_BEFORE,
        /** The connection breaks after Odoo did what was asked. */
        CUT_AFTER,
        /** A proxy answers 500 with a page of its own. */
        STATUS_500,
        /** A proxy answers 200 with a page that says that it is being worked on. */
        HTML_PAGE,
        /** Odoo has no connection to its database left. */
        POOL_FULL,
        /** Odoo gave up after several tries to get a lock. */
        SERIALIZATION,
        /** Odoo does not know the key any more. */
        EXPIRED_KEY,
        /** Odoo did it, and half of its answer arrives. */
        HALF_ANSWER,
        /** Odoo did it, and half of its answer arrives; the connection stays. */
        STALLED_ANSWER,
        /** Odoo did it, and no answer arrives in time. */
        NO_ANSWER
    }

    /**
     * A call of Holdpoint.
     *
     * @param model what it is about, for example {@code sale.order}; empty where it is about no record of a document
     * @param command whether it changes something
     */
    record Call(String model, boolean command) {

        private static final Map<String, String> MODELS = models();

        private static Map<String, String> models() {
            var models = new LinkedHashMap<String, String>();
            for (var model : new String[] {"sale.order", "purchase.order", "stock.lot", "stock.picking"}) {
                models.put('"' + model, model);
            }
            return models;
        }

        private static Call of(String body) {
            var model = MODELS.entrySet().stream()
                    .filter(known -> body.contains(known.getKey()))
                    .findFirst()
                    .map(Map.Entry::getValue)
                    .orElse("");
            return new Call(model, body.contains("\"holdpoint\"") && body.contains("\"operation\""));
        }
    }

    private record Trap(String text, Runnable action, CountDownLatch sprung) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String odoo;
    private final Duration tooLong;
    private final HttpServer server;
    private final AtomicReference<Trap> trap = new AtomicReference<>();
    private final AtomicReference<Trap> ambush = new AtomicReference<>();
    private final Map<Fault, Map<Call, Integer>> played = new ConcurrentHashMap<>();
    private volatile Function<Call, Fault> plan = call -> Fault.NONE;

    OdooProxy(String odoo) throws IOException {
        this(odoo, Duration.ofMinutes(1));
    }

    /** @param patience how long Holdpoint is told to wait for an answer */
    OdooProxy(String odoo, Duration patience) throws IOException {
        this.odoo = odoo;
        tooLong = patience.plusSeconds(1);
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::forward);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Runs the action after Odoo answered the next call that contains this text; its answer gets lost. */
    CountDownLatch after(String text, Runnable action) {
        var sprung = new CountDownLatch(1);
        trap.set(new Trap(text, action, sprung));
        return sprung;
    }

    /** Runs the action before the next call that contains this text goes on to Odoo. */
    CountDownLatch before(String text, Runnable action) {
        var sprung = new CountDownLatch(1);
        ambush.set(new Trap(text, action, sprung));
        return sprung;
    }

    /**
     * @param chosen what happens to a call; asked once for each, by many threads. Logins and versions are left alone
     */
    void plan(Function<Call, Fault> chosen) {
        plan = chosen;
    }

    /** How often each fault happened, and to which calls. */
    Map<Fault, Map<Call, Integer>> played() {
        return Map.copyOf(played);
    }

    private void forward(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var fault = Fault.NONE;
        if (body.contains("execute_kw")) {
            var call = Call.of(body);
            fault = plan.apply(call);
            played.computeIfAbsent(fault, any -> new ConcurrentHashMap<>()).merge(call, 1, Integer::sum);
        }
        switch (fault) {
            case DELAY -> later(A_WHILE, () -> finish(Fault.NONE, exchange, body));
            case NO_ANSWER -> {
                ask(exchange, body);
                later(tooLong, exchange::close);
            }
            case STALLED_ANSWER -> {
                half(exchange, body);
                later(tooLong, exchange::close);
            }
            default -> finish(fault, exchange, body);
        }
    }

    private void later(Duration wait, Runnable work) {
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, threads)
                .execute(work);
    }

    /** An exchange that is closed without an answer breaks the connection. */
    private void finish(Fault fault, HttpExchange exchange, String body) {
        try (exchange) {
            play(fault, exchange, body);
        } catch (IOException broken) {
            // Nobody waits for the answer any more.
        }
    }

    private void play(Fault fault, HttpExchange exchange, String body) throws IOException {
        switch (fault) {
            case CUT_BEFORE -> {}
            case CUT_AFTER -> ask(exchange, body);
            case STATUS_500 -> page(exchange, 500, "Internal Server Error");
            case HTML_PAGE -> page(exchange, 200, "We are back in a minute");
            case POOL_FULL -> error(exchange, "psycopg2.pool.PoolError", "The Connection Pool Is Full");
            case SERIALIZATION ->
                error(
                        exchange,
                        "psycopg2.errors.SerializationFailure",
                        "could not serialize access due to concurrent update");
            case EXPIRED_KEY -> error(exchange, "odoo.exceptions.AccessDenied", "Access Denied");
            case HALF_ANSWER -> half(exchange, body);
            default -> pass(exchange, body);
        }
    }

    private void half(HttpExchange exchange, String body) throws IOException {
        var answer = ask(exchange, body).body();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer, 0, answer.length / 2);
        exchange.getResponseBody().flush();
    }

    private void pass(HttpExchange exchange, String body) throws IOException {
        spring(ambush, body);
        var answer = ask(exchange, body);
        if (spring(trap, body)) {
            return;
        }
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private static boolean spring(AtomicReference<Trap> set, String body) {
        var armed = set.get();
        if (armed == null || !body.contains(armed.text()) || !set.compareAndSet(armed, null)) {
            return false;
        }
        armed.action().run();
        armed.sprung().countDown();
        return true;
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange, String body) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(odoo + exchange.getRequestURI()))
                .header("Content-Type", "application/json")
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void page(HttpExchange exchange, int status, String title) throws IOException {
        send(exchange, status, "text/html", "<html><body><h1>" + title + "</h1></body></html>");
    }

    private static void error(HttpExchange exchange, String name, String message) throws IOException {
        send(
                exchange,
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":0,\"message\":\"Odoo Server Error\",\"data\":{\"name\":\""
                        + name + "\",\"message\":\"" + message + "\"}}}");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
