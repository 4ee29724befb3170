package io.holdpoint.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.engine.Http;
import io.holdpoint.engine.RunningApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

/** Behind a proxy that speaks HTTPS to people. */
@RunningApplication
@ActiveProfiles("https")
class HttpsTest {

    private static final String[] FROM_PROXY = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "holdpoint.example"};

    @LocalServerPort
    private int port;

    @Test
    void browsers_are_told_to_come_by_https_only() {
        for (var path : List.of("/camunda/app/tasklist/default/", "/actuator/health", "/demo/odoo")) {
            var answer = Http.anonymous(port).forPage("GET", path, "", FROM_PROXY);

            assertThat(answer.headers().get("strict-transport-security"))
                    .as(path)
                    .containsExactly("max-age=31536000");
        }
    }

    @Test
    void cookies_travel_by_https_only() {
        var answer = Http.anonymous(port).forPage("GET", "/camunda/app/tasklist/default/", "", FROM_PROXY);

        assertThat(answer.headers().get("set-cookie"))
                .hasSize(2)
                .allSatisfy(cookie ->
                        assertThat(cookie).containsPattern("; ?Secure").contains("SameSite=Lax"));
    }

    @Test
    void the_bare_address_leads_on_by_https() {
        var answer = Http.anonymous(port).forPage("GET", "/", "", FROM_PROXY);

        assertThat(answer.location()).doesNotStartWith("http:").endsWith("/camunda/app/tasklist/default/");
    }
}
