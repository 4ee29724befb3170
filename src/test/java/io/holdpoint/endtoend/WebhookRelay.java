package io.holdpoint.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Takes all webhooks of an Odoo, and loses some of them on the way to the nodes. */
final class WebhookRelay implements AutoCloseable {

    /** As long as Odoo waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Supplier<Optional<URI>> receiver;
    private final HttpServer server;

    /** @param receiver where a webhook goes; asked for each, and empty where it is to be lost */
    WebhookRelay(Supplier<Optional<URI>> receiver) throws IOException {
        this.receiver = receiver;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Odoo sends none twice, so it is all the same to it what becomes of them. */
    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            receiver.get()
                    .map(address -> HttpRequest.newBuilder(address)
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build())
                    .ifPresent(request -> http.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
            exchange.sendResponseHeaders(202, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
