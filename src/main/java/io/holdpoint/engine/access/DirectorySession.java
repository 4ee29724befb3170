package io.holdpoint.engine.access;

import io.holdpoint.odoo.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapName;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.Direction;
import org.camunda.bpm.engine.impl.GroupQueryProperty;
import org.camunda.bpm.engine.impl.UserQueryProperty;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.IdentityProviderException;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.identity.impl.ldap.LdapAuthenticationException;
import org.camunda.bpm.identity.impl.ldap.LdapGroupQuery;
import org.camunda.bpm.identity.impl.ldap.LdapIdentityProviderSession;
import org.camunda.bpm.identity.impl.ldap.LdapUserEntity;
import org.camunda.bpm.identity.impl.ldap.LdapUserQueryImpl;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * What the engine learns of people within one command. Camunda's plugin looks for groups by the names that they have in
 * the directory and for users by what the directory takes for the same login; here groups are the roles, whatever the
 * directory calls the groups that give them, and a login is one person in exactly one spelling: four eyes and evidence
 * tell people apart by it.
 */
class DirectorySession extends LdapIdentityProviderSession {

    private static final Map<String, Function<User, @Nullable String>> OF_USERS = Map.of(
            UserQueryProperty.USER_ID.getName(), User::getId,
            UserQueryProperty.FIRST_NAME.getName(), User::getFirstName,
            UserQueryProperty.LAST_NAME.getName(), User::getLastName,
            UserQueryProperty.EMAIL.getName(), User::getEmail);

    private static final Map<String, Function<Group, @Nullable String>> OF_GROUPS = Map.of(
            GroupQueryProperty.GROUP_ID.getName(), Group::getId,
            GroupQueryProperty.NAME.getName(), Group::getName,
            GroupQueryProperty.TYPE.getName(), Group::getType);

    /** @param odoo password of Odoo's technical user, who is in no directory; empty for no such user */
    record Known(LdapProperties properties, RoleMapping mapping, Secret odoo, ObjectProvider<WrongPasswords> wrong) {}

    private final DirectoryClient client;
    private final LdapProperties properties;
    private final RoleMapping mapping;
    private final Secret odoo;
    private final ObjectProvider<WrongPasswords> wrongPasswords;

    DirectorySession(Directory directory, DirectoryClient client, Known known) {
        super(directory);
        this.ldapClient = client;
        this.client = client;
        this.properties = known.properties();
        this.mapping = known.mapping();
        this.odoo = known.odoo();
        this.wrongPasswords = known.wrong();
    }

    // Passwords

    @Override
    public boolean checkPassword(@Nullable String login, @Nullable String password) {
        if (login == null || password == null || password.isEmpty()) {
            return false;
        }
        if (login.equals(FirstUsers.ODOO)) {
            return counted(login, () -> isOdoos(password));
        }
        var person = person(login);
        return person != null && counted(login, () -> binds(person.getDn(), password));
    }

    private boolean counted(String login, BooleanSupplier isRight) {
        var wrong = wrongPasswords.getObject();
        if (wrong.isLocked(login)) {
            return false;
        }
        if (isRight.getAsBoolean()) {
            wrong.forget(login);
            return true;
        }
        wrong.count(login);
        return false;
    }

    private boolean isOdoos(String password) {
        return !odoo.isEmpty()
                && MessageDigest.isEqual(
                        odoo.reveal().getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
    }

    private boolean binds(String dn, String password) {
        try {
            client.openContext(dn, password).close();
            return true;
        } catch (LdapAuthenticationException wrong) {
            return false;
        } catch (NamingException closing) {
            return true;
        }
    }

    // People

    @Override
    public long findUserCountByQueryCriteria(LdapUserQueryImpl query) {
        return users(query).size();
    }

    @Override
    public List<User> findUserByQueryCriteria(LdapUserQueryImpl query) {
        return page(users(query), query, OF_USERS);
    }

    private List<User> users(LdapUserQueryImpl query) {
        var asked = Stream.concat(
                        Stream.ofNullable(query.getId()),
                        Stream.ofNullable(query.getIds()).flatMap(Arrays::stream))
                .toList();
        if (!asked.isEmpty() && asked.stream().noneMatch(DirectorySession::isLogin)) {
            return List.of();
        }
        var people = query.getGroupId() == null ? people(properties.peopleBelow(), userFilter(query)) : members(query);
        return people.stream()
                .filter(user -> query.getId() == null || query.getId().equals(user.getId()))
                .filter(user ->
                        query.getIds() == null || Arrays.asList(query.getIds()).contains(user.getId()))
                .filter(user -> isAuthenticatedAndAuthorized(user.getId()))
                .map(User.class::cast)
                .toList();
    }

    /** Who it is in exactly this spelling. */
    private @Nullable LdapUserEntity person(String login) {
        if (!isLogin(login)) {
            return null;
        }
        var found =
                people(properties.peopleBelow(), and(properties.userFilter(), is(properties.loginAttribute(), login)))
                        .stream()
                        .filter(user -> login.equals(user.getId()))
                        .toList();
        if (found.size() > 1) {
            throw new IdentityProviderException("The directory has several people with the login " + login
                    + ". Narrow HOLDPOINT_ACCESS_LDAP_USER_BASE or HOLDPOINT_ACCESS_LDAP_USER_FILTER.");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private List<LdapUserEntity> people(LdapName below, String filter) {
        return client.find(below, filter).stream()
                .map(entry -> (LdapUserEntity) transformUser(entry))
                .filter(user -> user.getId() != null && isLogin(user.getId()))
                .toList();
    }

    private List<LdapUserEntity> members(LdapUserQueryImpl query) {
        var people = new LinkedHashMap<String, LdapUserEntity>();
        for (var member : memberNames(query.getGroupId())) {
            try {
                people(member, userFilter(query)).forEach(user -> people.put(user.getId(), user));
            } catch (DirectoryClient.NoSuchEntry gone) {
                // Groups keep naming people who were deleted.
            }
        }
        return new ArrayList<>(people.values());
    }

    private Set<LdapName> memberNames(String role) {
        var names = mapping.namesOf(role);
        if (names.isEmpty()) {
            return Set.of();
        }
        return groupEntries(names, "").stream()
                .flatMap(entry -> values(entry, properties.memberAttribute()).stream())
                .flatMap(DirectorySession::name)
                .collect(Collectors.toSet());
    }

    private String userFilter(LdapUserQueryImpl query) {
        return and(
                properties.userFilter(),
                Stream.of(
                                is(properties.loginAttribute(), query.getId()),
                                anyOf(properties.loginAttribute(), query.getIds()),
                                is(properties.mailAttribute(), query.getEmail()),
                                isLike(properties.mailAttribute(), query.getEmailLike()),
                                is(properties.firstNameAttribute(), query.getFirstName()),
                                isLike(properties.firstNameAttribute(), query.getFirstNameLike()),
                                is(properties.lastNameAttribute(), query.getLastName()),
                                isLike(properties.lastNameAttribute(), query.getLastNameLike()))
                        .collect(Collectors.joining()));
    }

    /** Holdpoint's own users are nobody's: an entry of that name in the directory is not one of them. */
    private static boolean isLogin(String id) {
        return Accounts.LOGIN.matcher(id).matches() && !FirstUsers.isReserved(id);
    }

    // Roles

    @Override
    public long findGroupCountByQueryCriteria(LdapGroupQuery query) {
        return groups(query).size();
    }

    @Override
    public List<Group> findGroupByQueryCriteria(LdapGroupQuery query) {
        return page(groups(query), query, OF_GROUPS);
    }

    private List<Group> groups(LdapGroupQuery query) {
        var of = query.getUserId() == null ? null : rolesOf(query.getUserId());
        return RoleGroup.all().stream()
                .filter(group -> of == null || of.contains(group.id()))
                .filter(group -> query.getId() == null || query.getId().equals(group.id()))
                .filter(group ->
                        query.getIds() == null || Arrays.asList(query.getIds()).contains(group.id()))
                .filter(group -> query.getName() == null || query.getName().equals(group.label()))
                .filter(group -> query.getNameLike() == null || like(query.getNameLike(), group.label()))
                .filter(group -> query.getType() == null || query.getType().equals(group.type()))
                .filter(group -> isAuthorizedToRead(Resources.GROUP, group.id()))
                .map(DirectorySession::entity)
                .toList();
    }

    private Set<String> rolesOf(String login) {
        if (login.equals(FirstUsers.ODOO)) {
            return odoo.isEmpty() ? Set.of() : Set.of(AccessSetup.ODOO);
        }
        var person = person(login);
        if (person == null) {
            return Set.of();
        }
        var groups = groupEntries(mapping.names(), is(properties.memberAttribute(), person.getDn()));
        return mapping.rolesOf(groups.stream()
                .flatMap(group -> values(group, properties.groupNameAttribute()).stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList());
    }

    private List<SearchResult> groupEntries(Collection<String> names, String terms) {
        var named = anyOf(properties.groupNameAttribute(), names.toArray(String[]::new));
        return client.find(properties.groupsBelow(), and(properties.groupFilter(), named + terms));
    }

    private static Group entity(RoleGroup role) {
        var group = new GroupEntity(role.id());
        group.setName(role.label());
        group.setType(role.type());
        return group;
    }

    private static boolean like(String pattern, String text) {
        return Pattern.compile(
                        Arrays.stream(pattern.split("%", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")),
                        Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .matches();
    }

    // Rights

    /** What the engine or a guard looks up by itself, it may know, as it may with tables of its own. */
    @Override
    protected boolean isAuthorizedToRead(Resource resource, String id) {
        return !Context.getCommandContext().isAuthorizationCheckEnabled() || super.isAuthorizedToRead(resource, id);
    }

    // Filters

    private static String and(String filter, String terms) {
        return "(&" + filter + terms + ")";
    }

    private String is(String attribute, @Nullable String value) {
        return value == null ? "" : "(" + attribute + "=" + escapeLDAPSearchFilter(value) + ")";
    }

    private String isLike(String attribute, @Nullable String pattern) {
        return pattern == null
                ? ""
                : "(" + attribute + "=" + escapeLDAPSearchFilter(pattern).replaceAll("%+", "*") + ")";
    }

    private String anyOf(String attribute, String @Nullable [] values) {
        return values == null
                ? ""
                : Arrays.stream(values).map(value -> is(attribute, value)).collect(Collectors.joining("", "(|", ")"));
    }

    // Answers

    private static List<String> values(SearchResult entry, String attribute) {
        var values = new ArrayList<String>();
        var found = entry.getAttributes().get(attribute);
        try {
            for (var i = 0; found != null && i < found.size(); i++) {
                values.add(String.valueOf(found.get(i)));
            }
        } catch (NamingException e) {
            throw new IdentityProviderException("The values of " + attribute + " cannot be read.", e);
        }
        return values;
    }

    private static Stream<LdapName> name(String text) {
        try {
            return Stream.of(new LdapName(text));
        } catch (InvalidNameException e) {
            return Stream.empty();
        }
    }

    private static <T> List<T> page(
            List<T> all, AbstractQuery<?, ?> query, Map<String, Function<T, @Nullable String>> columns) {
        return all.stream()
                .sorted(order(query, columns))
                .skip(query.getFirstResult())
                .limit(query.getMaxResults())
                // Lists of the engine may be added to.
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static <T> Comparator<T> order(
            AbstractQuery<?, ?> query, Map<String, Function<T, @Nullable String>> columns) {
        Comparator<T> order = (one, other) -> 0;
        for (var by : query.getOrderingProperties()) {
            var column = columns.get(by.getQueryProperty().getName());
            if (column != null) {
                var ascending = Comparator.comparing(column, Comparator.nullsFirst(String.CASE_INSENSITIVE_ORDER));
                // The plugin's query for users keeps no direction where it is to descend.
                order = order.thenComparing(
                        by.getDirection() == Direction.ASCENDING ? ascending : ascending.reversed());
            }
        }
        var id = columns.get(UserQueryProperty.USER_ID.getName());
        return id == null ? order : order.thenComparing(id, Comparator.nullsFirst(Comparator.naturalOrder()));
    }
}
