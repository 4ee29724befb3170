package io.holdpoint.engine.access;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;

/** Tells Camunda's web applications who has logged in at the provider; groups and rights they ask of the engine. */
class OidcWebappLogin extends ContainerBasedAuthenticationFilter implements AuthenticationProvider {

    OidcWebappLogin() {
        this.authenticationProvider = this;
    }

    @Override
    public void init(FilterConfig configuration) {
        // The filter would look for the name of a class.
    }

    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        var caller = SecurityContextHolder.getContext().getAuthentication();
        return caller instanceof OAuth2AuthenticationToken && isThere(caller.getName(), engine)
                ? AuthenticationResult.successful(caller.getName())
                : AuthenticationResult.unsuccessful();
    }

    /** An administrator may have deleted the account meanwhile. */
    private static boolean isThere(String user, ProcessEngine engine) {
        return engine.getIdentityService().createUserQuery().userId(user).count() > 0;
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        // People are sent to the provider before they come here.
    }
}
