package io.holdpoint.engine.access;

import java.util.Collection;
import org.springframework.context.annotation.Profile;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/**
 * Who calls with a token: a machine of the configuration, or a person with the groups of their last login. A token
 * makes no account and changes none, since an access token may be older than what is known, and often says less.
 */
@Component
@Profile("oidc")
class OidcTokens implements Converter<Jwt, AbstractAuthenticationToken> {

    /** Begins the name of each machine; no login of a person can hold a colon. */
    private static final String MACHINE = "machine:";

    private final OidcProperties properties;
    private final OidcAccounts accounts;
    private final EngineUsers users;

    OidcTokens(OidcProperties properties, OidcAccounts accounts, EngineUsers users) {
        this.properties = properties;
        this.accounts = accounts;
        this.users = users;
    }

    static boolean isMachine(String caller) {
        return caller.startsWith(MACHINE);
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        var machine = properties.machine(token.getSubject());
        if (machine.isPresent()) {
            var roles = machine.get().roles().stream()
                    .map(SimpleGrantedAuthority::new)
                    .toList();
            return authenticated(token, MACHINE + machine.get().name(), roles);
        }
        var login = accounts.admitted(token)
                .orElseThrow(() -> new NotAdmitted("Nobody is known by it. A person logs in to"
                        + " Tasklist once before; a machine is listed in holdpoint.access.oidc.machines."));
        return authenticated(token, login, users.groupsOf(login));
    }

    private static AbstractAuthenticationToken authenticated(
            Jwt token, String name, Collection<? extends GrantedAuthority> groups) {
        return new JwtAuthenticationToken(token, groups, name);
    }
}
