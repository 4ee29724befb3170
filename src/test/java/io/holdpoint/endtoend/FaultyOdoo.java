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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The road to Odoo with all that can happen on it. Calls that only ask for the version are left alone. */
final class FaultyOdoo implements AutoCloseable {

    private static final Duration A_WHILE = Duration.ofMillis(300);
    /** Longer than Holdpoint is told to wait for an answer. */
    private static final Duration TOO_LONG = Duration.ofSeconds(4);

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
        /** Odoo did it, and no answer arrives in time. */
        NO_ANSWER
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Fault, Integer> played = new ConcurrentHashMap<>();
    private final URI odoo;
    private final HttpServer server;
    private volatile Function<String, Fault> plan = call -> Fault.NONE;

    FaultyOdoo(URI odoo) throws IOException {
        this.odoo = odoo;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::forward);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param chosen what happens to a call with this body; asked once for each, by many threads */
    void plan(Function<String, Fault> chosen) {
        plan = chosen;
    }

    /** How often each happened. */
    Map<Fault, Integer> played() {
        return Map.copyOf(played);
    }

    private void forward(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var fault = body.contains("execute_kw") ? plan.apply(body) : Fault.NONE;
        played.merge(fault, 1, Integer::sum);
        switch (fault) {
            case DELAY -> later(A_WHILE, () -> finish(fault, exchange, body));
            case NO_ANSWER -> {
                ask(exchange, body);
                later(TOO_LONG, exchange::close);
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
            case NONE, DELAY -> pass(exchange, ask(exchange, body));
            case CUT_BEFORE, NO_ANSWER -> {}
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
            case HALF_ANSWER -> {
                var answer = ask(exchange, body).body();
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer, 0, answer.length / 2);
                exchange.getResponseBody().flush();
            }
        }
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange, String body) throws IOException {
        var request = HttpRequest.newBuilder(
                        URI.create(odoo + exchange.getRequestURI().toString()))
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

    private static void pass(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
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
