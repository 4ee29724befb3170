package io.holdpoint.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as Odoo wants it: version 1.1, no cookies (a session cookie of somebody else would win over the key), no
 * redirects (they turn a POST into a GET).
 */
final class OdooHttp {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final HttpClient client;

    OdooHttp(URI url, Duration connectTimeout, Duration readTimeout) {
        this.url = URI.create(url.toString().replaceAll("/+$", ""));
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .build();
    }

    /** @param json what came back; a missing node when it was no JSON */
    record Answer(int status, JsonNode json) {}

    Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
    }

    Answer post(String path, Map<String, String> headers, Map<String, ?> body) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(write(body)));
        headers.forEach(request::header);
        return send(request);
    }

    private Answer send(HttpRequest.Builder request) {
        var sent = client.sendAsync(
                request.header("Accept", "application/json")
                        .timeout(readTimeout)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> response;
        try {
            // The client's own limit ends with the head of an answer; a body may stall for ever.
            response = sent.get(readTimeout.toMillis() + connectTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            var cause = failure.getCause();
            throw unavailable(cause == null ? failure : cause);
        } catch (TimeoutException late) {
            throw unavailable(late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OdooUnavailable("Interrupted while waiting for Odoo.", interrupted);
        } finally {
            sent.cancel(true);
        }
        int status = response.statusCode();
        if (status >= 300 && status < 400) {
            throw new OdooContract("Odoo at " + url + " redirects to "
                    + response.headers().firstValue("Location").orElse("another address")
                    + ". Set ODOO_URL to the final address.");
        }
        return new Answer(status, parse(response.body()));
    }

    private OdooUnavailable unavailable(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
            return new OdooUnavailable("Odoo at " + url + " cannot be reached.", failure);
        }
        if (failure instanceof HttpTimeoutException || failure instanceof TimeoutException) {
            return new OdooUnavailable("Odoo did not answer within " + readTimeout.toSeconds() + " seconds.", failure);
        }
        return new OdooUnavailable("The connection to Odoo at " + url + " broke.", failure);
    }

    private static String write(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new OdooContract("What was to be sent to Odoo is no JSON.", impossible);
        }
    }

    private static JsonNode parse(@Nullable String body) {
        if (body == null || body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException noJson) {
            // An HTML page of Odoo or of a proxy; the status tells enough.
            return MissingNode.getInstance();
        }
    }
}
