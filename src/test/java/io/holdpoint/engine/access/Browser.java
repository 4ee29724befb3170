package io.holdpoint.engine.access;

import io.holdpoint.engine.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody's browser: keeps cookies, follows redirects from one site to the other, sends forms. */
final class Browser {

    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(name|value)=\"([^\"]*)\"");

    private final String holdpoint;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient follows = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    private final HttpClient stays =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    Browser(int port) {
        // By another name than the provider's: cookies know no ports.
        this.holdpoint = "http://127.0.0.1:" + port;
    }

    /** Where the browser is in the end, and what it shows. */
    record Page(URI address, int status, String body, String contentPolicy) {}

    Page open(String path) {
        return page(send(follows, asPage(path).GET()));
    }

    /**
     * A link that leads to Holdpoint.
     *
     * @param site of the page that has it, as browsers tell it
     */
    Page followFrom(String site, String path) {
        return page(send(follows, asPage(path).header("Sec-Fetch-Site", site).GET()));
    }

    /** Opens Holdpoint and logs in at the provider, which has to ask. */
    Page logIn(String person) {
        return logIn("/", person);
    }

    Page logIn(String path, String person) {
        var form = open(path);
        if (form.address().toString().startsWith(holdpoint)) {
            throw new AssertionError("The provider did not ask who it is: " + form);
        }
        var fields = hidden(form.body());
        fields.put("username", person);
        fields.put("password", OidcProvider.PASSWORD);
        var body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return page(send(
                follows,
                HttpRequest.newBuilder(form.address())
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))));
    }

    /** A call of the page's own script, which follows no redirect to another site. */
    Http.Answer get(String path) {
        return answer(send(stays, script(path).GET()));
    }

    Http.Answer post(String path, String json) {
        return answer(send(
                stays, script(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json))));
    }

    /** The first answer as it is, to look at its headers. */
    HttpResponse<String> look(String path) {
        return send(stays, asPage(path).GET());
    }

    /**
     * As a page of somebody else would send it: with the cookies and without what only Holdpoint's own script knows.
     */
    Http.Answer forged(String path, String json) {
        return answer(send(
                stays,
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))));
    }

    private HttpRequest.Builder asPage(String path) {
        return HttpRequest.newBuilder(at(path)).header("Accept", "text/html");
    }

    private HttpRequest.Builder script(String path) {
        var request = HttpRequest.newBuilder(at(path)).header("Accept", "application/json");
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .forEach(token -> request.header("X-XSRF-TOKEN", token));
        return request;
    }

    private URI at(String path) {
        return URI.create(holdpoint + path);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Page page(HttpResponse<String> response) {
        return new Page(
                response.uri(),
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Content-Security-Policy").orElse(""));
    }

    private static Http.Answer answer(HttpResponse<String> response) {
        return new Http.Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.headers().firstValue("Location").orElse(""),
                response.body(),
                response.headers().map());
    }

    private static Map<String, String> hidden(String html) {
        var fields = new LinkedHashMap<String, String>();
        INPUT.matcher(html).results().map(input -> input.group()).forEach(input -> {
            var attributes = new LinkedHashMap<String, String>();
            ATTRIBUTE
                    .matcher(input)
                    .results()
                    .forEach(attribute -> attributes.put(attribute.group(1), attribute.group(2)));
            if (input.contains("hidden")) {
                fields.put(attributes.get("name"), attributes.getOrDefault("value", ""));
            }
        });
        return fields;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
