package io.holdpoint.engine.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.camunda.bpm.engine.impl.identity.IdentityProviderException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells callers clearly that nobody can say at the moment who they are: it is not their fault, and it passes. */
class DirectoryAway extends OncePerRequestFilter {

    private final Problems problems;

    DirectoryAway(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failure) {
            var away = cause(failure);
            if (away.isEmpty() || response.isCommitted()) {
                throw failure;
            }
            problems.unavailable(response, String.valueOf(away.get().getMessage()));
        }
    }

    private static Optional<IdentityProviderException> cause(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IdentityProviderException away) {
                return Optional.of(away);
            }
        }
        return Optional.empty();
    }
}
