package io.holdpoint.engine.access;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * Knows people by the users and passwords of the engine. A person's groups become authorities under their own ids.
 *
 * <p>The engine counts wrong passwords and locks for a growing while, whichever door they were tried at.
 */
@Component
class EngineUsers implements AuthenticationProvider {

    private final IdentityService identities;

    EngineUsers(IdentityService identities) {
        this.identities = identities;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var user = attempt.getName();
        if (!(attempt.getCredentials() instanceof String password) || !identities.checkPassword(user, password)) {
            // One answer for unknown, wrong and locked: it tells a guesser nothing.
            throw new BadCredentialsException("Unknown user, wrong password, or locked for a while after wrong ones.");
        }
        var groups = identities.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .map(SimpleGrantedAuthority::new)
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated(user, null, groups);
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
