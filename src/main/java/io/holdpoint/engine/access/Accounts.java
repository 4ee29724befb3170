package io.holdpoint.engine.access;

import io.holdpoint.odoo.RefusedSetting;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes people into the engine's own tables, where task lists, four eyes and notifications look for them. */
@Component
class Accounts {

    /** What may be a login; the engine is told the same (user-resource-whitelist-pattern). */
    static final Pattern LOGIN = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9._@-]{0,62}[a-zA-Z0-9])?");

    private final IdentityService identities;
    private final AuthorizationService authorizations;

    Accounts(IdentityService identities, AuthorizationService authorizations) {
        this.identities = identities;
        this.authorizations = authorizations;
    }

    @Nullable
    User find(String id) {
        return identities.createUserQuery().userId(id).singleResult();
    }

    /** @param password null leaves the one they have; whoever is new then has none and cannot log in with one */
    void save(String id, String name, String mail, @Nullable String password) {
        var user = find(id);
        if (user == null) {
            user = identities.newUser(id);
        } else if (password == null
                && name.equals(user.getFirstName())
                && mail.equals(user.getEmail())
                && "".equals(user.getLastName())) {
            return;
        }
        user.setFirstName(name);
        user.setLastName("");
        user.setEmail(mail);
        if (password != null) {
            user.setPassword(password);
        }
        identities.saveUser(user);
    }

    /** Nobody can log in with a password afterwards. */
    void forgetPassword(String id) {
        var user = find(id);
        if (user != null) {
            // Nobody knows it.
            user.setPassword("Aa1!" + UUID.randomUUID());
            identities.saveUser(user);
        }
    }

    void join(String user, String group) {
        if (!groupsOf(user).contains(group)) {
            identities.createMembership(user, group);
        }
    }

    /** Makes these the person's only groups, and says which they had. */
    Set<String> setGroups(String user, Collection<String> groups) {
        var before = groupsOf(user);
        before.stream()
                .filter(group -> !groups.contains(group))
                .forEach(group -> identities.deleteMembership(user, group));
        groups.stream()
                .filter(group -> !before.contains(group))
                .forEach(group -> identities.createMembership(user, group));
        return before;
    }

    Set<String> groupsOf(String user) {
        return identities.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Keeps a person from changing name and e-mail themselves: both come from elsewhere, and by the e-mail an own
     * request is recognised. The engine lets everybody change themselves.
     */
    void keepAsGiven(String user) {
        var own = authorizations
                .createAuthorizationQuery()
                .userIdIn(user)
                .resourceType(Resources.USER)
                .resourceId(user)
                .singleResult();
        if (own != null && own.isPermissionGranted(Permissions.UPDATE)) {
            own.setPermissions(new Permissions[] {Permissions.READ});
            authorizations.saveAuthorization(own);
        }
    }

    /** A note that the engine keeps with the person, over restarts and for all nodes. */
    void note(String user, String key, String value) {
        if (!value.equals(identities.getUserInfo(user, key))) {
            identities.setUserInfo(user, key, value);
        }
    }

    @Nullable
    String noted(String user, String key) {
        return identities.getUserInfo(user, key);
    }

    /**
     * @param setting in which the password is given
     * @throws RefusedSetting naming the setting
     */
    void requireStrong(String setting, String id, String name, String mail, String password) {
        var user = new UserEntity(id);
        user.setFirstName(name);
        user.setEmail(mail);
        if (!identities.checkPasswordAgainstPolicy(password, user).isValid()) {
            throw new RefusedSetting(
                    setting,
                    "this password is too weak. It needs 10 characters, among them a capital and a small letter, a"
                            + " digit and a special character, and must not have login, name or e-mail of its user in"
                            + " it.");
        }
    }
}
