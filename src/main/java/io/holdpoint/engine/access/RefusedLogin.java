package io.holdpoint.engine.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** The page for whoever comes from the provider and is not let in: why, and what helps. */
class RefusedLogin implements AuthenticationFailureHandler {

    private static final Logger log = LoggerFactory.getLogger(RefusedLogin.class);

    private final ITemplateEngine templates;

    RefusedLogin(ITemplateEngine templates) {
        this.templates = templates;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (refusal instanceof NotAdmitted) {
            log.info("A login was refused: {}", refusal.getMessage());
            write(response, HttpStatus.FORBIDDEN, String.valueOf(refusal.getMessage()));
        } else {
            log.warn("The provider's answer to a login could not be used: {}", refusal.toString());
            write(
                    response,
                    HttpStatus.BAD_GATEWAY,
                    "The provider did not log you in (" + code(refusal)
                            + "). Try again; if that does not help, those who"
                            + " keep Holdpoint running find the reason in its log.");
        }
    }

    /** Not the provider's words: whoever makes up an address could put any into them. */
    private static String code(AuthenticationException refusal) {
        var code = refusal instanceof OAuth2AuthenticationException failure
                ? failure.getError().getErrorCode()
                : "";
        return code.matches("[a-z_]{1,60}") ? code : "no reason given";
    }

    private void write(HttpServletResponse response, HttpStatus status, String why) throws IOException {
        response.setStatus(status.value());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType("text/html;charset=UTF-8");
        var page = templates.process("access/refused", new Context(Locale.ENGLISH, Map.of("why", why)));
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }
}
