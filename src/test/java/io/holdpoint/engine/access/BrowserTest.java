package io.holdpoint.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.engine.Http;
import io.holdpoint.engine.Http.Answer;
import io.holdpoint.engine.RunningApplication;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What browsers are told at each door, what they keep, and what they are not believed. */
@RunningApplication
class BrowserTest {

    private static final String API = "/camunda/api/engine/engine/default";

    private static final String OWN_PAGES = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    private static final String CAMUNDA_PAGES =
            "default-src 'self'; script-src 'nonce-…' 'strict-dynamic' 'unsafe-eval';"
                    + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; sandbox allow-forms allow-scripts allow-same-origin"
                    + " allow-popups allow-downloads";

    private static final String NOTHING_KEPT = "no-cache, no-store, max-age=0, must-revalidate";

    private static final List<String> OF_INTEREST = List.of(
            "Cache-Control",
            "Content-Security-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "Permissions-Policy",
            "Referrer-Policy",
            "Server",
            "Strict-Transport-Security",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "X-Powered-By",
            "X-XSS-Protection");

    private static final Map<String, String> EVERYWHERE = Map.of(
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Referrer-Policy", "same-origin",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "X-XSS-Protection", "0");

    @LocalServerPort
    private int port;

    @Autowired
    private IdentityService identities;

    // Headers -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/cases/sale.order,1",
                "/api/attempts",
                "/api/openapi.json",
                "/actuator/health",
                "/demo/odoo",
                "/"
            })
    void our_own_pages_and_answers_let_nothing_in(String path) {
        assertThat(headers(Http.basic(port, "admin", FirstUsers.DEMO_PASSWORD).get(path)))
                .isEqualTo(with("Cache-Control", NOTHING_KEPT, "Content-Security-Policy", OWN_PAGES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/task?maxResults=1", "/engine-rest/no-such-thing"})
    void the_engine_has_its_answers_asked_for_again(String path) {
        assertThat(headers(Http.basic(port, "admin", FirstUsers.DEMO_PASSWORD).get(path)))
                .isEqualTo(with("Cache-Control", "no-cache", "Content-Security-Policy", OWN_PAGES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/task", "/api/attempts", "/actuator/env", "/anything"})
    void a_refusal_says_the_same(String path) {
        var answer = Http.anonymous(port).get(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(headers(answer))
                .isEqualTo(with("Cache-Control", NOTHING_KEPT, "Content-Security-Policy", OWN_PAGES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "cockpit", "admin", "welcome"})
    void pages_of_camunda_run_their_own_scripts_only(String application) {
        var answer = Http.anonymous(port).get("/camunda/app/" + application + "/default/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(headers(answer)).isEqualTo(with("Content-Security-Policy", CAMUNDA_PAGES));
    }

    @Test
    void what_camunda_says_about_people_and_documents_is_kept_nowhere() {
        assertThat(headers(loggedIn("clara").get(API + "/task?maxResults=1")))
                .isEqualTo(with("Cache-Control", NOTHING_KEPT, "Content-Security-Policy", CAMUNDA_PAGES));
    }

    @Test
    void a_request_that_makes_no_sense_is_not_told_which_server_answers() throws IOException {
        assertThat(raw("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .contains(" 400")
                .doesNotContain("Tomcat");
        assertThat(raw("TRACE /actuator/health HTTP/1.1\r\nHost: localhost\r\nX-Secret: sent\r\n\r\n"))
                .contains(" 400")
                .doesNotContain("Tomcat", "sent");
    }

    // Cookies and session -----------------------------------------------------------------------------------------

    @Test
    void the_cookie_of_the_session_is_for_the_server_alone_and_comes_with_no_foreign_post() {
        var answer = Http.anonymous(port).get("/camunda/app/tasklist/default/");

        assertThat(answer.headers().get("set-cookie"))
                .anySatisfy(cookie -> assertThat(attributes(cookie, "JSESSIONID"))
                        .containsExactlyInAnyOrder("Path=/", "HttpOnly", "SameSite=Lax"))
                .anySatisfy(cookie -> assertThat(attributes(cookie, "XSRF-TOKEN"))
                        .as("scripts of the page send it back as a header")
                        .containsExactlyInAnyOrder("Path=/camunda", "SameSite=Lax"))
                .hasSize(2);
    }

    @Test
    void a_login_begins_another_session() {
        var browser = Http.anonymous(port);
        browser.get("/camunda/app/tasklist/default/");
        var before = browser.cookie("JSESSIONID");

        browser.logIn("tasklist", "clara", FirstUsers.DEMO_PASSWORD);

        assertThat(before).isNotEmpty();
        assertThat(browser.cookie("JSESSIONID")).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    void a_logout_ends_the_session() {
        var clara = loggedIn("clara");
        assertThat(clara.get(API + "/task/count").status()).isEqualTo(200);

        clara.post("/camunda/api/admin/auth/user/default/logout", "{}");

        assertThat(clara.get(API + "/task/count").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/task", "/api/attempts", "/actuator/health", "/demo/odoo", "/"})
    void elsewhere_there_is_no_session(String path) {
        var answer = Http.basic(port, "admin", FirstUsers.DEMO_PASSWORD).get(path);

        assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }

    // What a page of another site sends ---------------------------------------------------------------------------

    @Test
    void the_web_application_changes_nothing_without_the_token_of_its_page() {
        var clara = loggedIn("clara");
        var forged = "{\"id\": \"clara\", \"firstName\": \"Forged\", \"lastName\": \"\","
                + " \"email\": \"clara@demo.holdpoint.example\"}";

        var answer = clara.withoutToken().put(API + "/user/clara/profile", forged);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(nameOfClara()).isEqualTo("Clara");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://elsewhere.example",
        "Origin, null",
        "Origin, http://localhost:1",
        "Origin, file:///tmp/page.html"
    })
    void a_page_of_another_site_changes_nothing_with_the_password_that_the_browser_remembers(
            String header, String value) {
        var clara = Http.basic(port, "clara", FirstUsers.DEMO_PASSWORD);
        var forged = "{\"id\": \"clara\", \"firstName\": \"Forged\", \"lastName\": \"\","
                + " \"email\": \"clara@demo.holdpoint.example\"}";

        var answer = clara.forPage(
                "PUT", "/engine-rest/user/clara/profile", forged, "Content-Type", "application/json", header, value);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.message())
                .isEqualTo("A page of another site made the browser send this. Do it on a page of Holdpoint, or with a"
                        + " program.");
        assertThat(nameOfClara()).isEqualTo("Clara");
        assertThat(Http.basic(port, "ole", FirstUsers.DEMO_PASSWORD)
                        .forPage("POST", "/api/events/1/replay", "", header, value)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_page_of_another_site_is_on_record_with_whose_password_came() {
        Http.basic(port, "wim", FirstUsers.DEMO_PASSWORD)
                .forPage("POST", "/engine-rest/task/1/claim", "", "Sec-Fetch-Site", "cross-site");

        assertThat(Http.basic(port, "audrey", FirstUsers.DEMO_PASSWORD)
                        .get("/api/attempts")
                        .json())
                .anySatisfy(line -> {
                    assertThat(line.path("person").asText()).isEqualTo("wim");
                    assertThat(line.path("why").asText()).startsWith("A page of another site");
                });
    }

    @Test
    void a_page_of_another_site_reads_nothing_either() {
        var answer = Http.basic(port, "clara", FirstUsers.DEMO_PASSWORD)
                .forPage(
                        "OPTIONS",
                        "/engine-rest/task",
                        "",
                        "Origin",
                        "https://elsewhere.example",
                        "Access-Control-Request-Method",
                        "PUT");

        assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void the_own_pages_and_programs_go_on() {
        var demo = Http.anonymous(port);
        var own = "http://localhost:" + port;

        assertThat(demo.forPage("POST", "/demo/odoo/sale.order/0/request", "", "Origin", own)
                        .status())
                .as("there is no such order")
                .isEqualTo(404);
        assertThat(demo.forPage("POST", "/demo/odoo/sale.order/0/request", "", "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(404);
        assertThat(Http.basic(port, "clara", FirstUsers.DEMO_PASSWORD)
                        .post("/engine-rest/task/count", "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void camunda_modeler_deploys_from_its_own_disk() {
        var answer = Http.basic(port, "petra", FirstUsers.DEMO_PASSWORD)
                .forPage(
                        "POST",
                        "/engine-rest/deployment/create",
                        "--x--\r\n",
                        "Content-Type",
                        "multipart/form-data; boundary=x",
                        "Origin",
                        "file://",
                        "Sec-Fetch-Site",
                        "cross-site");

        assertThat(answer.status())
                .as("there is nothing in it")
                .isBetween(400, 500)
                .isNotIn(401, 403);
    }

    // ---------------------------------------------------------------------------------------------------------------

    private String nameOfClara() {
        return identities.createUserQuery().userId("clara").singleResult().getFirstName();
    }

    private Http loggedIn(String person) {
        var browser = Http.anonymous(port);
        assertThat(browser.logIn("tasklist", person, FirstUsers.DEMO_PASSWORD).status())
                .isEqualTo(200);
        return browser;
    }

    private static Map<String, String> with(String... more) {
        var all = new TreeMap<>(EVERYWHERE);
        for (var i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    /** Those of interest; a header that is said twice shows twice. */
    private static Map<String, String> headers(Answer answer) {
        var all = new TreeMap<String, String>();
        var said = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        said.putAll(answer.headers());
        for (var name : OF_INTEREST) {
            if (said.containsKey(name)) {
                all.put(name, String.join(" | ", said.get(name)).replaceAll("'nonce-[^']+'", "'nonce-…'"));
            }
        }
        return all;
    }

    private static TreeSet<String> attributes(String cookie, String name) {
        var parts = new TreeSet<>(List.of(cookie.split(";\\s*")));
        assertThat(parts.removeIf(part -> part.startsWith(name + "="))).as(name).isTrue();
        return parts;
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
