package io.holdpoint.engine.access;

import io.holdpoint.engine.access.AccessProperties.ListedUser;
import io.holdpoint.odoo.RefusedSetting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The people of a small shop, from a list in the configuration ({@code holdpoint.access.users}). At each start they are
 * made as the list says. Whoever left the list is locked out and not deleted: evidence names them.
 */
@Component
class ConfiguredUsers {

    private static final Logger log = LoggerFactory.getLogger(ConfiguredUsers.class);

    /** The note that says where a person comes from. */
    static final String SOURCE = "holdpoint.source";

    private static final String LIST = "configuration";
    private static final String LEFT = "was in configuration";

    private final IdentityService identities;
    private final Accounts accounts;
    private final List<ListedUser> listed;

    ConfiguredUsers(IdentityService identities, Accounts accounts, AccessProperties properties) {
        this.identities = identities;
        this.accounts = accounts;
        this.listed = properties.users();
    }

    /** @throws RefusedSetting naming the entry and field that cannot be, before anything is written */
    void apply() {
        var ids = new HashSet<String>();
        for (var i = 0; i < listed.size(); i++) {
            check("holdpoint.access.users[" + i + "]", listed.get(i), ids);
        }
        listed.forEach(this::save);
        lockOutWhoLeft(ids);
    }

    private void check(String entry, ListedUser user, Set<String> ids) {
        if (!Accounts.LOGIN.matcher(user.id()).matches()) {
            throw refused(
                    entry + ".id",
                    "\"" + user.id()
                            + "\" cannot be a login: letters and digits, inside also . _ @ and -, at most 64.");
        }
        if (FirstUsers.isReserved(user.id())) {
            throw refused(entry + ".id", "\"" + user.id() + "\" is a user of Holdpoint itself. Choose another login.");
        }
        if (!ids.add(user.id())) {
            throw refused(entry + ".id", "\"" + user.id() + "\" is listed twice.");
        }
        if (user.name().isBlank()) {
            throw refused(entry + ".name", "say how colleagues call " + user.id() + ".");
        }
        if (!user.email().contains("@")) {
            throw refused(
                    entry + ".email", "give the address of " + user.id() + "; an own request is recognised by it.");
        }
        for (var role : user.roles()) {
            if (!Role.isGroup(role)) {
                throw refused(entry + ".roles", "\"" + role + "\" is no role. " + Role.choice());
            }
        }
        if (!user.password().isEmpty()) {
            accounts.requireStrong(entry + ".password", user.id(), user.name(), user.email(), user.password());
        }
    }

    private void save(ListedUser user) {
        accounts.save(user.id(), user.name(), user.email(), user.password().isEmpty() ? null : user.password());
        accounts.setGroups(user.id(), user.roles());
        accounts.keepAsGiven(user.id());
        accounts.note(user.id(), SOURCE, LIST);
    }

    private void lockOutWhoLeft(Set<String> ids) {
        var left = identities.createUserQuery().list().stream()
                .map(User::getId)
                .filter(id -> !ids.contains(id) && LIST.equals(accounts.noted(id, SOURCE)))
                .toList();
        for (var id : left) {
            accounts.setGroups(id, Set.of());
            accounts.forgetPassword(id);
            accounts.note(id, SOURCE, LEFT);
            log.warn(
                    "{} is no longer in holdpoint.access.users: locked out, without roles and password. The user stays,"
                            + " because evidence names it. Open tasks that {} has claimed have to be given back by an"
                            + " administrator.",
                    id,
                    id);
        }
    }

    private static RefusedSetting refused(String field, String why) {
        return new RefusedSetting(field, why);
    }
}
