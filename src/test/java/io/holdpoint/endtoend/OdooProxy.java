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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lies between Holdpoint and Odoo, and can do something before Odoo hears of a call, or once Odoo has answered but
 * before Holdpoint hears of it.
 */
final class OdooProxy implements AutoCloseable {

    private record Trap(String text, Runnable action, CountDownLatch sprung) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final String odoo;
    private final HttpServer server;
    private final AtomicReference<Trap> trap = new AtomicReference<>();
    private final AtomicReference<Trap> ambush = new AtomicReference<>();

    OdooProxy(String odoo) throws IOException {
        this.odoo = odoo;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::forward);
        server.setExecutor(Executors.newCachedThreadPool());
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

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var waiting = ambush.get();
            if (waiting != null && body.contains(waiting.text()) && ambush.compareAndSet(waiting, null)) {
                waiting.action().run();
                waiting.sprung().countDown();
            }
            var request = HttpRequest.newBuilder(URI.create(odoo + exchange.getRequestURI()))
                    .header("Content-Type", "application/json")
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(body));
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            var armed = trap.get();
            if (armed != null && body.contains(armed.text()) && trap.compareAndSet(armed, null)) {
                armed.action().run();
                armed.sprung().countDown();
                return;
            }
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
