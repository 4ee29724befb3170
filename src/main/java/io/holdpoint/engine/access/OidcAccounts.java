package io.holdpoint.engine.access;

import io.holdpoint.odoo.RefusedSetting;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * People as a provider of OpenID Connect says they are. Each login writes the person into the engine's own tables:
 * lists of tasks, four eyes, substitution and mails ask there also for people who are not logged in.
 */
@Component
@Profile("oidc")
class OidcAccounts {

    private static final Logger log = LoggerFactory.getLogger(OidcAccounts.class);

    /** Issuer and subject, by which alone a provider promises to mean the same person for ever. */
    private static final String SUBJECT = "holdpoint.oidc.subject";

    private final Accounts accounts;
    private final OidcProperties properties;

    OidcAccounts(Accounts accounts, OidcProperties properties, AccessProperties access) {
        properties.check();
        if (!access.users().isEmpty()) {
            throw new RefusedSetting(
                    "holdpoint.access.users",
                    "with the profile oidc people come from the provider"
                            + " alone. Take the list out; whoever is in it keeps login and tasks when the provider sends the"
                            + " same login and e-mail.");
        }
        this.accounts = accounts;
        this.properties = properties;
    }

    /**
     * Makes the account as the claims say, with these roles and no others.
     *
     * @throws NotAdmitted when they may not come in
     */
    @Transactional(noRollbackFor = NotAdmitted.class)
    public void admit(ClaimAccessor claims) {
        var login = login(claims);
        var mail = claims.getClaimAsString(StandardClaimNames.EMAIL);
        var known = known(login, claims, mail);
        var groups = properties.groupsOf(names(claims));
        if (groups.isEmpty()) {
            if (known) {
                setGroups(login, Set.of());
            }
            throw new NotAdmitted("None of your groups has a role in Holdpoint. The claim \"" + properties.groupsClaim()
                    + "\" of your token names " + (names(claims).isEmpty() ? "none" : String.join(", ", names(claims)))
                    + ". Ask whoever administers your logins for the right group, then log in again.");
        }
        if (mail == null || mail.isBlank()) {
            throw new NotAdmitted(
                    "The claim \"email\" is missing in your token. By the e-mail Holdpoint recognises an own"
                            + " request, so nobody works here without one. Ask whoever administers your logins to enter it and"
                            + " to send it (scope email).");
        }
        if (Boolean.FALSE.equals(claims.getClaimAsBoolean(StandardClaimNames.EMAIL_VERIFIED))) {
            throw new NotAdmitted(
                    "The e-mail " + mail + " is not verified at the provider (claim \"email_verified\"). Verify it"
                            + " there, then log in again.");
        }
        accounts.save(login, name(claims, login), mail, null);
        setGroups(login, groups);
        accounts.keepAsGiven(login);
        if (accounts.noted(login, SUBJECT) == null) {
            accounts.forgetPassword(login);
            accounts.note(login, SUBJECT, subject(claims));
            accounts.note(login, ConfiguredUsers.SOURCE, "provider");
        }
    }

    /** The login of a person who has been admitted before; a token alone makes no account. */
    Optional<String> admitted(ClaimAccessor claims) {
        return Optional.ofNullable(claims.getClaimAsString(properties.loginClaim()))
                .filter(login -> accounts.find(login) != null)
                .filter(login -> subject(claims).equals(accounts.noted(login, SUBJECT)));
    }

    private String login(ClaimAccessor claims) {
        var login = claims.getClaimAsString(properties.loginClaim());
        if (login == null) {
            throw new NotAdmitted("The claim \"" + properties.loginClaim() + "\" is missing in your token. Ask whoever"
                    + " administers your logins to send it, or to name another one in"
                    + " holdpoint.access.oidc.login-claim.");
        }
        if (!Accounts.LOGIN.matcher(login).matches()) {
            throw new NotAdmitted(
                    "\"" + login + "\" cannot be a login of Holdpoint: letters and digits, inside also . _ @ and"
                            + " -, at most 64.");
        }
        if (FirstUsers.isReserved(login)) {
            throw new NotAdmitted(
                    "\"" + login + "\" is a user of Holdpoint itself. You need another login at the provider.");
        }
        return login;
    }

    /** Whether there is an account, and that it is this person's. */
    private boolean known(String login, ClaimAccessor claims, @Nullable String mail) {
        var user = accounts.find(login);
        if (user == null) {
            return false;
        }
        var noted = accounts.noted(login, SUBJECT);
        // From before the provider: the same person if the e-mail is.
        if (noted == null
                ? user.getEmail() == null || !user.getEmail().equalsIgnoreCase(mail)
                : !noted.equals(subject(claims))) {
            throw new NotAdmitted(
                    "The login " + login + " belongs to somebody else in Holdpoint, and evidence names it. You"
                            + " need another login at the provider.");
        }
        return true;
    }

    private void setGroups(String login, Set<String> groups) {
        var before = accounts.setGroups(login, groups);
        if (!before.equals(groups)) {
            log.info("{} has the roles {} as the provider says; before: {}.", login, groups, before);
        }
    }

    private Collection<String> names(ClaimAccessor claims) {
        var names = claims.getClaimAsStringList(properties.groupsClaim());
        return names == null ? List.of() : names;
    }

    private static String name(ClaimAccessor claims, String login) {
        var name = claims.getClaimAsString(StandardClaimNames.NAME);
        return name == null || name.isBlank() ? login : name;
    }

    private static String subject(ClaimAccessor claims) {
        return claims.getClaimAsString(IdTokenClaimNames.ISS) + " " + claims.getClaimAsString(IdTokenClaimNames.SUB);
    }
}
