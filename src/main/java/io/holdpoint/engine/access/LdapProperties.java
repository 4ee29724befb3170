package io.holdpoint.engine.access;

import io.holdpoint.odoo.RefusedSetting;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a directory is and how people and groups are found in it. What is not set is as OpenLDAP has it.
 *
 * @param url one or several, separated by blanks, of which the first that answers is asked
 * @param bindDn of the account by which Holdpoint reads
 * @param bindPassword of that account, as long as no file gives it
 * @param baseDn below which everything is
 * @param userBase relative to the base DN
 * @param groupBase relative to the base DN
 * @param groupNameAttribute by which {@code roles} names groups
 * @param roles for each {@link Role}, and {@code camunda-admin}, the groups that give it
 */
@ConfigurationProperties("holdpoint.access.ldap")
record LdapProperties(
        @DefaultValue("") String url,
        @DefaultValue("") String bindDn,
        @DefaultValue("") String bindPassword,
        @DefaultValue("") String baseDn,
        @DefaultValue("") String userBase,
        @DefaultValue("(objectClass=inetOrgPerson)") String userFilter,
        @DefaultValue("uid") String loginAttribute,
        @DefaultValue("givenName") String firstNameAttribute,
        @DefaultValue("sn") String lastNameAttribute,
        @DefaultValue("mail") String mailAttribute,
        @DefaultValue("") String groupBase,
        @DefaultValue("(objectClass=groupOfNames)") String groupFilter,
        @DefaultValue("cn") String groupNameAttribute,
        @DefaultValue("member") String memberAttribute,
        @DefaultValue Map<String, List<String>> roles) {

    private static final String SETTING = "holdpoint.access.ldap";

    /** Between these nobody listens. */
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws RefusedSetting naming the setting that cannot be */
    void check() {
        if (url.isBlank()) {
            throw refused(".url", "say where the directory is: ldaps://dc1.example.com");
        }
        Arrays.stream(url.strip().split("\\s+")).forEach(LdapProperties::checkUrl);
        if (baseDn.isBlank()) {
            throw refused(".base-dn", "say below which entry people and groups are: dc=example,dc=com");
        }
        if (bindDn.isBlank()) {
            throw refused(".bind-dn", "name the account by which Holdpoint reads the directory.");
        }
        peopleBelow();
        groupsBelow();
        checkFilter(".user-filter", userFilter);
        checkFilter(".group-filter", groupFilter);
        if (mapping().namesOf(Role.ADMINISTRATORS).isEmpty()) {
            throw refused(".roles." + Role.ADMINISTRATORS, "say which group of the directory administers Holdpoint.");
        }
    }

    LdapName peopleBelow() {
        return below(".user-base", userBase);
    }

    LdapName groupsBelow() {
        return below(".group-base", groupBase);
    }

    /** With names of groups in small letters: directories take no notice of them. */
    RoleMapping mapping() {
        return new RoleMapping(
                SETTING + ".roles",
                "the directory",
                roles.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                role -> role.getValue().stream()
                                        .map(name -> name.toLowerCase(Locale.ROOT))
                                        .toList())));
    }

    private LdapName below(String field, String relative) {
        var name = name(".base-dn", baseDn);
        try {
            return (LdapName) name.addAll(name(field, relative));
        } catch (InvalidNameException e) {
            throw refused(field, "\"" + relative + "\" is no DN below the base DN.");
        }
    }

    private static LdapName name(String field, String text) {
        try {
            return new LdapName(text);
        } catch (InvalidNameException e) {
            throw refused(field, "\"" + text + "\" is no DN; it looks like ou=people,dc=example,dc=com");
        }
    }

    /** Passwords go over this connection. */
    private static void checkUrl(String one) {
        URI address;
        try {
            address = URI.create(one);
        } catch (IllegalArgumentException e) {
            throw refused(".url", "\"" + one + "\" is no address; it looks like ldaps://dc1.example.com");
        }
        if (address.getHost() == null
                || !("ldaps".equals(address.getScheme())
                        || "ldap".equals(address.getScheme()) && THIS_MACHINE.contains(address.getHost()))) {
            throw refused(
                    ".url",
                    "\"" + one + "\" would carry passwords in the clear, or is no address. Use ldaps://host; ldap:// is"
                            + " only taken for this machine itself.");
        }
    }

    private static void checkFilter(String field, String filter) {
        if (!filter.startsWith("(") || !filter.endsWith(")")) {
            throw refused(field, "\"" + filter + "\" is no filter; it looks like (objectClass=person)");
        }
    }

    private static RefusedSetting refused(String field, String why) {
        return new RefusedSetting(SETTING + field, why);
    }

    /** Passwords never reach a log by way of their record. */
    @Override
    public String toString() {
        return "LdapProperties[" + url + "]";
    }
}
