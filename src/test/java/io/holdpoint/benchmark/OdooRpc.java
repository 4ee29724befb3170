package io.holdpoint.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Odoo as any other client sees it, so that a measurement contains nothing of Holdpoint. */
final class OdooRpc {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI endpoint;
    private final String database;
    private final String secret;
    private final int user;

    /** @param secret password or API key */
    OdooRpc(String url, String database, String login, String secret) throws IOException, InterruptedException {
        this.endpoint = URI.create(url + "/jsonrpc");
        this.database = database;
        this.secret = secret;
        this.user = post("common", "login", List.of(database, login, secret)).asInt(0);
        if (user == 0) {
            throw new IllegalStateException("Odoo refuses the login of " + login + ".");
        }
    }

    /** The administrator of ODOO_LOGIN and ODOO_API_KEY or ODOO_PASSWORD. */
    static OdooRpc administrator() throws IOException, InterruptedException {
        return new OdooRpc(
                required("ODOO_URL"),
                required("ODOO_DB"),
                required("ODOO_LOGIN"),
                Optional.ofNullable(System.getenv("ODOO_API_KEY")).orElseGet(() -> required("ODOO_PASSWORD")));
    }

    /** The user that {@code odoo-setup} made, of HOLDPOINT_ODOO_LOGIN and HOLDPOINT_ODOO_PASSWORD. */
    static OdooRpc technicalUser() throws IOException, InterruptedException {
        return new OdooRpc(
                required("ODOO_URL"),
                required("ODOO_DB"),
                System.getenv().getOrDefault("HOLDPOINT_ODOO_LOGIN", "holdpoint"),
                required("HOLDPOINT_ODOO_PASSWORD"));
    }

    JsonNode call(String model, String method, List<?> arguments) throws IOException, InterruptedException {
        return call(model, method, arguments, Map.of());
    }

    JsonNode call(String model, String method, List<?> arguments, Map<String, ?> named)
            throws IOException, InterruptedException {
        return post("object", "execute_kw", List.of(database, user, secret, model, method, arguments, named));
    }

    private JsonNode post(String service, String method, List<?> arguments) throws IOException, InterruptedException {
        var body = JSON.writeValueAsBytes(Map.of(
                "jsonrpc", "2.0",
                "method", "call",
                "params", Map.of("service", service, "method", method, "args", arguments)));
        var request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        var answer = JSON.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream()).body());
        if (answer.has("error")) {
            throw new IllegalStateException(answer.at("/error/data/message").asText());
        }
        return answer.path("result");
    }

    private static String required(String variable) {
        var value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("Set " + variable + ".");
        }
        return value;
    }
}
