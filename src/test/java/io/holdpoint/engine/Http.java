package io.holdpoint.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Real calls to the running application, as one caller. */
public final class Http {

    private static final String BOUNDARY = "a-boundary-between-parts";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final @Nullable String authorization;
    private final boolean sendsToken;
    private final CookieManager cookies;
    private final HttpClient client;

    private Http(String base, @Nullable String authorization, CookieManager cookies, boolean sendsToken) {
        this.base = base;
        this.authorization = authorization;
        this.cookies = cookies;
        this.sendsToken = sendsToken;
        this.client = HttpClient.newBuilder().cookieHandler(cookies).build();
    }

    private Http(int port, @Nullable String authorization) {
        this("http://localhost:" + port, authorization, new CookieManager(), true);
    }

    public static Http anonymous(int port) {
        return new Http(port, null);
    }

    public static Http basic(int port, String user, String password) {
        var credentials = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new Http(port, "Basic " + credentials);
    }

    public static Http bearer(int port, String token) {
        return new Http(port, "Bearer " + token);
    }

    /** The same browser with the same cookies, as a page of another site would use it: it cannot read the token. */
    public Http withoutToken() {
        return new Http(base, authorization, cookies, false);
    }

    /** Logs in to a web application as its login page does; the answer's status is 403 for a person without access. */
    public Answer logIn(String application, String user, String password) {
        var page = "/camunda/app/" + application + "/default/";
        get(page);
        var answer = send(request("/camunda/api/admin/auth/user/default/login/" + application)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + encode(user) + "&password=" + encode(password))));
        // The login began a new session, and that one hands out its token against forged requests with the next page.
        get(page);
        return answer;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Answer put(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /**
     * A request as a browser makes it for a page.
     *
     * @param headers names and values in turn
     */
    public Answer forPage(String method, String path, String body, String... headers) {
        return send(request(path).method(method, BodyPublishers.ofString(body)).headers(headers));
    }

    /** The value of a cookie, or an empty text. */
    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** Deploys one file with the fields that Camunda Modeler sends. */
    public Answer deployAsModeler(String name, String file, byte[] content) {
        var body = new ByteArrayOutputStream();
        var fields = Map.of(
                "deployment-name", name, "deployment-source", "Camunda Modeler", "enable-duplicate-filtering", "true");
        fields.forEach((field, value) -> write(
                body,
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(BOUNDARY, field, value)));
        write(
                body,
                ("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                                + "Content-Type: application/octet-stream\r\n\r\n")
                        .formatted(BOUNDARY, file, file));
        body.writeBytes(content);
        write(body, "\r\n--" + BOUNDARY + "--\r\n");
        return send(request("/engine-rest/deployment/create")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        var token = cookie("XSRF-TOKEN");
        if (sendsToken && !token.isEmpty()) {
            request.header("X-XSRF-TOKEN", token);
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Location").orElse(""),
                    response.body(),
                    response.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What came back. */
    public record Answer(int status, String type, String location, String body, Map<String, List<String>> headers) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }

        /** The message of an engine's or the detail of a problem's answer. */
        public String message() {
            var json = json();
            return json.path("message").asText(json.path("detail").asText());
        }
    }
}
