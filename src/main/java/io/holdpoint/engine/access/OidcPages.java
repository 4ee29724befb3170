package io.holdpoint.engine.access;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What people meet in the browser when they leave. */
@Controller
@Profile("oidc")
class OidcPages {

    static final String LOGOUT = "/logout";
    static final String LOGGED_OUT = "/logged-out";

    private static final String CAMUNDA = "META-INF/resources/webjars/camunda/app/";

    /**
     * Keeps Camunda's login form from people who have no password: where the application would show it, after <em>Log
     * out</em> or the end of the session, the page goes to {@code /logout}, which ends both sessions or begins new
     * ones.
     */
    private static final String LEAVE_BY_THE_PROVIDER = """
            import shipped from './config.js?shipped';
            export default shipped;

            const atLoginForm = () => location.hash.startsWith('#/login');
            if (atLoginForm()) {
              history.replaceState(null, '', location.pathname);
            }
            new MutationObserver((changes, observer) => {
              if (atLoginForm()) {
                observer.disconnect();
                location.replace('/logout');
              }
            }).observe(document, {childList: true, subtree: true});
            """;

    /** Whom a page of another site sends to log out is not logged out, and finds Holdpoint as it was. */
    @GetMapping(LOGOUT)
    String sentByAnotherSite() {
        return "redirect:/";
    }

    @GetMapping(LOGGED_OUT)
    String loggedOut() {
        return "access/logged-out";
    }

    /** The application's own configuration; with {@code ?shipped} as Camunda ships it. */
    @GetMapping("/camunda/app/{application:tasklist|cockpit|admin|welcome}/scripts/config.js")
    ResponseEntity<Resource> configuration(
            @PathVariable String application, @RequestParam(required = false) @Nullable String shipped) {
        Resource script = shipped == null
                ? new ByteArrayResource(LEAVE_BY_THE_PROVIDER.getBytes(StandardCharsets.UTF_8))
                : new ClassPathResource(CAMUNDA + application + "/scripts/config.js");
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/javascript;charset=UTF-8"))
                .body(script);
    }
}
