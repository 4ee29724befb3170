package io.holdpoint.engine.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells the engine who calls its REST API. Without this the engine would check no rights at all: it does so only for
 * callers it knows. A machine gets no group that is asked to decide.
 */
class EngineIdentity extends OncePerRequestFilter {

    private final IdentityService identities;

    EngineIdentity(IdentityService identities) {
        this.identities = identities;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null) {
            throw new ServletException("A call of the engine's REST API without a caller.");
        }
        var groups = caller.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(group -> !OidcTokens.isMachine(caller.getName())
                        || Role.byId(group).filter(Role::decides).isEmpty())
                .toList();
        identities.setAuthentication(caller.getName(), groups);
        try {
            chain.doFilter(request, response);
        } finally {
            identities.clearAuthentication();
        }
    }
}
