package io.holdpoint.engine.access;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * Knows people by the users and passwords of the engine, or of the directory that it asks (profile {@code ldap}). A
 * person's groups become authorities under their own ids.
 *
 * <p>The engine counts wrong passwords and locks for a growing while, whichever door they were tried at. Where people
 * log in at a provider (profile {@code oidc}), the password of Odoo's technical user is the only one that counts.
 */
@Component
class EngineUsers implements AuthenticationProvider {

    private final IdentityService identities;
    private final boolean people;

    EngineUsers(IdentityService identities, Environment environment) {
        this.identities = identities;
        this.people = !environment.acceptsProfiles(Profiles.of("oidc"));
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var user = attempt.getName();
        if (!(people || user.equals(FirstUsers.ODOO))
                || !(attempt.getCredentials() instanceof String password)
                || !identities.checkPassword(user, password)) {
            // One answer for unknown, wrong and locked: it tells a guesser nothing.
            throw new BadCredentialsException("Unknown user, wrong password, or locked for a while after wrong ones.");
        }
        return UsernamePasswordAuthenticationToken.authenticated(user, null, groupsOf(user));
    }

    /** The groups that this person has now. */
    List<? extends GrantedAuthority> groupsOf(String user) {
        return identities.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .map(SimpleGrantedAuthority::new)
                .toList();
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
