package io.holdpoint.engine.access;

import io.holdpoint.odoo.RefusedSetting;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The users that must be there at the first start: in a demonstration one per role, all with the same well-known
 * password; otherwise the administrator and, if wanted, Odoo's technical user.
 */
@Component
class FirstUsers {

    /** The password of every demo user, as the documentation says. */
    static final String DEMO_PASSWORD = "Holdpoint-1";

    private static final String DEMO_MAIL = "@demo.holdpoint.example";

    private static final String ADMIN = "admin";
    private static final String ADMIN_NAME = "Administrator";

    static final String ODOO = "odoo";
    private static final String ODOO_NAME = "Odoo";

    private static final Logger log = LoggerFactory.getLogger(FirstUsers.class);

    /** Salespeople and buyers are such in the demo Odoo too, under the same logins. */
    private static final List<DemoUser> DEMO_USERS = List.of(
            new DemoUser("anna", "Anna", Role.SALES.id(), Role.SALES.label()),
            new DemoUser("ben", "Ben", Role.SALES.id(), Role.SALES.label()),
            demo("sam", "Sam", Role.SALES_MANAGER),
            demo("clara", "Clara", Role.CREDIT_CONTROL),
            demo("max", "Max", Role.CREDIT_MANAGER),
            demo("dora", "Dora", Role.FINANCE_DIRECTOR),
            demo("bea", "Bea", Role.BUYER),
            demo("carl", "Carl", Role.BUYER),
            demo("paul", "Paul", Role.PURCHASE_MANAGER),
            demo("rita", "Rita", Role.RETURNS_DESK),
            demo("wim", "Wim", Role.WAREHOUSE),
            demo("quinn", "Quinn", Role.QUALITY),
            demo("kim", "Kim", Role.QUALITY),
            demo("quentin", "Quentin", Role.QUALITY_MANAGER),
            demo("ole", "Ole", Role.OPERATIONS),
            demo("petra", "Petra", Role.POLICY_OWNER),
            demo("audrey", "Audrey", Role.AUDITOR),
            new DemoUser(ADMIN, ADMIN_NAME, Role.ADMINISTRATORS, ADMIN_NAME));

    private final IdentityService identities;
    private final Accounts accounts;
    private final ConfiguredUsers configured;
    private final AccessProperties properties;
    private final DemoMode demoMode;

    FirstUsers(
            IdentityService identities,
            Accounts accounts,
            ConfiguredUsers configured,
            AccessProperties properties,
            DemoMode demoMode) {
        this.identities = identities;
        this.accounts = accounts;
        this.configured = configured;
        this.properties = properties;
        this.demoMode = demoMode;
    }

    /** Whether a login belongs to Holdpoint itself, so that no person may come along with it. */
    static boolean isReserved(String id) {
        return id.equalsIgnoreCase(ADMIN) || id.equalsIgnoreCase(ODOO);
    }

    /**
     * Creates who is missing. Once there, users and their passwords belong to the administrators.
     *
     * @throws RefusedSetting when nobody could administer this installation, saying what to set
     */
    void create() {
        if (!properties.odooPassword().isBlank()) {
            accounts.requireStrong("HOLDPOINT_ENGINE_ODOO_PASSWORD", ODOO, ODOO_NAME, "", properties.odooPassword());
        }
        if (identities.isReadOnly()) {
            // People are those of a directory, which knows Odoo's technical user by this password too.
            return;
        }
        if (demoMode.isOn()) {
            createDemoUsers();
            configured.apply();
        } else {
            removeDemoUsers();
            configured.apply();
            createAdministrator();
        }
        createOdoo();
    }

    private void createDemoUsers() {
        for (var demo : DEMO_USERS) {
            if (accounts.find(demo.id()) == null) {
                accounts.save(demo.id(), demo.name(), demo.id() + DEMO_MAIL, DEMO_PASSWORD);
            }
            accounts.join(demo.id(), demo.group());
        }
    }

    /** A database that was a demonstration once must not keep users whose password everybody knows. */
    private void removeDemoUsers() {
        var demos = identities.createUserQuery().userEmailLike("%" + DEMO_MAIL).list();
        if (!demos.isEmpty()) {
            demos.forEach(user -> identities.deleteUser(user.getId()));
            log.warn(
                    "Removed the users of the demonstration: {}.",
                    demos.stream().map(User::getId).collect(Collectors.joining(", ")));
        }
    }

    private void createAdministrator() {
        if (identities.createUserQuery().memberOfGroup(Role.ADMINISTRATORS).count() > 0) {
            return;
        }
        if (properties.adminPassword().isBlank()) {
            throw new RefusedSetting(
                    "HOLDPOINT_ADMIN_PASSWORD",
                    "there is no administrator yet. Set it for the first start: it becomes the password of the user"
                            + " \"admin\".");
        }
        accounts.requireStrong("HOLDPOINT_ADMIN_PASSWORD", ADMIN, ADMIN_NAME, "", properties.adminPassword());
        accounts.save(ADMIN, ADMIN_NAME, "", properties.adminPassword());
        accounts.join(ADMIN, Role.ADMINISTRATORS);
    }

    /** The password in the environment is the one that counts, so that it can be changed there. */
    private void createOdoo() {
        if (!properties.odooPassword().isBlank()) {
            accounts.save(ODOO, ODOO_NAME, "", properties.odooPassword());
            accounts.join(ODOO, AccessSetup.ODOO);
        }
    }

    private static DemoUser demo(String id, String name, Role role) {
        return new DemoUser(id, name, role.id(), role.label());
    }

    /** Tells a newcomer where to go and as whom. */
    @EventListener
    void welcome(ApplicationReadyEvent ready) {
        if (demoMode.isOn()
                && !identities.isReadOnly()
                && ready.getApplicationContext() instanceof ServletWebServerApplicationContext web) {
            var users = DEMO_USERS.stream()
                    .map(user -> "  %-10s %s".formatted(user.id(), user.label()))
                    .collect(Collectors.joining("\n"));
            log.info("""
                    Demonstration: no Odoo is configured (ODOO_URL), so Holdpoint runs with one of its own.
                    Open http://localhost:{}/ and log in with password "{}" as
                    {}""", web.getWebServer().getPort(), DEMO_PASSWORD, users);
        }
    }

    private record DemoUser(String id, String name, String group, String label) {}
}
