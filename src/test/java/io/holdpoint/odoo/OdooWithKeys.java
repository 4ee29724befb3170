package io.holdpoint.odoo;

import io.holdpoint.odoo.FakeServer.Request;
import io.holdpoint.odoo.FakeServer.Response;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An Odoo that keeps API keys as the real one does, with the action that {@code odoo-setup} creates; it answers over
 * HTTP.
 */
final class OdooWithKeys implements AutoCloseable {

    private static final long ACTION = 66;

    private final String version;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger made = new AtomicInteger();
    private final FakeServer server = new FakeServer(this::answer);
    private volatile boolean acceptsNewOnes = true;

    OdooWithKeys(String version, String... keys) {
        this.version = version;
        accepted.addAll(Set.of(keys));
    }

    URI url() {
        return server.url();
    }

    FakeServer server() {
        return server;
    }

    /** The keys or passwords that it accepts. */
    Set<String> accepted() {
        return accepted;
    }

    /** From now on it makes keys that it does not accept. */
    void refusesNewOnes() {
        acceptsNewOnes = false;
    }

    private Response answer(Request request) {
        if (request.path().equals("/web/version")) {
            return version.startsWith("19")
                    ? Response.json(200, "{\"version\":\"" + version + "\"}")
                    : Response.html(404);
        }
        if (request.path().startsWith("/json/2/")) {
            var key = request.headers().getFirst("Authorization").replace("bearer ", "");
            return accepted.contains(key)
                    ? Response.json(200, result(request, request.path().substring("/json/2/".length())))
                    : Response.json(
                            401, "{\"name\":\"werkzeug.exceptions.Unauthorized\",\"message\":\"Invalid apikey\"}");
        }
        var arguments = request.body().at("/params/args");
        return switch (request.rpc()) {
            case "common.version" -> rpc("\"result\":{\"server_version\":\"" + version + "\"}");
            case "common.authenticate" ->
                rpc("\"result\":" + (accepted.contains(arguments.path(2).asText()) ? "7" : "false"));
            default ->
                accepted.contains(arguments.path(2).asText())
                        ? rpc("\"result\":"
                                + result(
                                        request,
                                        arguments.path(3).asText() + "/"
                                                + arguments.path(4).asText()))
                        : rpc("\"error\":{\"data\":{\"name\":\"odoo.exceptions.AccessDenied\","
                                + "\"message\":\"Access Denied\"}}");
        };
    }

    private static Response rpc(String content) {
        return Response.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1," + content + "}");
    }

    private String result(Request request, String method) {
        return switch (method) {
            case "ir.model.data/search_read" -> "[{\"id\":1,\"res_id\":" + ACTION + "}]";
            case "res.users/context_get" -> "{\"uid\":7}";
            case "ir.actions.server/run" -> action(request);
            default -> "[{\"id\":42,\"name\":\"S00042\"}]";
        };
    }

    private String action(Request request) {
        var payload = request.body().findValue("holdpoint");
        var index = payload.path("index").asText("-");
        return switch (payload.path("operation").asText()) {
            case "make" -> {
                var key = "%08d".formatted(made.incrementAndGet()) + "0123456789abcdef0123456789abcdef";
                if (acceptsNewOnes) {
                    accepted.add(key);
                }
                yield "{\"key\":\"" + key + "\",\"expires\":\"2026-09-01 10:00:00\"}";
            }
            case "revoke" -> "{\"known\":" + accepted.removeIf(key -> key.startsWith(index)) + ",\"expires\":false}";
            default -> throw new IllegalStateException(payload.toString());
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
