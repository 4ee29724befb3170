package io.holdpoint.engine.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a page of another site makes a browser send. A browser that was once asked for user and password by HTTP
 * Basic sends them along with such requests, whoever wrote them. Programs send neither of the two headers.
 */
class ForeignPages extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** An own page, or a person: an address typed in, a bookmark. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    /** Camunda Modeler is a page from its own disk. Browsers call such pages "null", and no site can take this name. */
    private static final String MODELER = "file://";

    private final AccessDeniedHandler refusal;

    ForeignPages(AccessDeniedHandler refusal) {
        this.refusal = refusal;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isForeign(request)) {
            refusal.handle(request, response, new Refused());
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Whether another site made the browser send this, by a link as well. */
    static boolean isForeign(HttpServletRequest request) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (MODELER.equals(origin)) {
            return false;
        }
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN.contains(site);
        }
        // Browsers say the site only over HTTPS and to localhost.
        return origin != null && !origin.replaceFirst("^https?://", "").equals(request.getHeader(HttpHeaders.HOST));
    }

    static final class Refused extends AccessDeniedException {

        private static final long serialVersionUID = 1L;

        Refused() {
            super(
                    "A page of another site made the browser send this. Do it on a page of Holdpoint, or with a program.");
        }
    }
}
