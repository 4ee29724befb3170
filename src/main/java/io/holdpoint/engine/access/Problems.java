package io.holdpoint.engine.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Refusals as problem details (RFC 9457). They do not repeat the address: it may hold a secret.
 *
 * @param tokens whether callers come with tokens of a provider instead of passwords
 */
record Problems(ObjectMapper json, boolean tokens) implements AuthenticationEntryPoint, AccessDeniedHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                tokens ? "Bearer realm=\"Holdpoint\"" : "Basic realm=\"Holdpoint\", charset=\"UTF-8\"");
        write(response, HttpStatus.UNAUTHORIZED, detail(refusal));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        write(
                response,
                HttpStatus.FORBIDDEN,
                refusal instanceof ForeignPages.Refused
                        ? String.valueOf(refusal.getMessage())
                        : "None of your groups may do this.");
    }

    /** Who calls cannot be told at the moment. */
    void unavailable(HttpServletResponse response, String detail) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, "60");
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail);
        // Camunda's pages show the message.
        problem.setProperty("message", detail);
        write(response, problem);
    }

    private String detail(AuthenticationException refusal) {
        if (!tokens) {
            return "Give a user and password that may do this, by HTTP Basic.";
        }
        return refusal instanceof OAuth2AuthenticationException token
                        && token.getError().getDescription() != null
                ? "The token is not accepted: " + token.getError().getDescription()
                : "Give a token of the provider that may do this, as a bearer.";
    }

    private void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        write(response, ProblemDetail.forStatusAndDetail(status, detail));
    }

    private void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }
}
