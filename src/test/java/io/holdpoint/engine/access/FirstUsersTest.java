package io.holdpoint.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstUsersTest {

    private static final String NONE = "";
    private static final String STRONG = "Quite-Strong-1";

    private static ProcessEngine engine;

    private final IdentityService identities = engine.getIdentityService();

    @BeforeAll
    static void start() {
        engine = new StandaloneInMemProcessEngineConfiguration()
                .setJdbcUrl("jdbc:h2:mem:first-users")
                .setProcessEngineName("first-users")
                .setAuthorizationEnabled(true)
                .setEnablePasswordPolicy(true)
                .setJobExecutorActivate(false)
                .buildProcessEngine();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @AfterEach
    void forget() {
        identities.createUserQuery().list().forEach(user -> identities.deleteUser(user.getId()));
    }

    @Test
    void a_demonstration_has_somebody_for_every_role() {
        setUp("", NONE, NONE);

        for (var role : Role.values()) {
            assertThat(identities.createUserQuery().memberOfGroup(role.id()).list())
                    .as(role.label())
                    .isNotEmpty()
                    .allMatch(user -> user.getEmail().equals(user.getId() + "@demo.holdpoint.example"));
        }
        assertThat(identities.checkPassword("clara", FirstUsers.DEMO_PASSWORD)).isTrue();
        assertThat(identities.createUserQuery().userId("odoo").count()).isZero();
    }

    @Test
    void a_second_start_changes_nothing() {
        setUp("", NONE, NONE);
        var clara = identities.createUserQuery().userId("clara").singleResult();
        clara.setPassword(STRONG);
        identities.saveUser(clara);

        setUp("", NONE, NONE);

        assertThat(identities.checkPassword("clara", STRONG)).isTrue();
    }

    @Test
    void an_installation_has_its_administrator_and_nobody_else() {
        setUp("http://odoo.example", STRONG, NONE);

        assertThat(identities.createUserQuery().list()).extracting(User::getId).containsExactly("admin");
        assertThat(identities.checkPassword("admin", STRONG)).isTrue();
        assertThat(identities
                        .createUserQuery()
                        .memberOfGroup(Role.ADMINISTRATORS)
                        .count())
                .isOne();
    }

    @Test
    void an_installation_without_administrator_says_what_to_set() {
        assertThatThrownBy(() -> setUp("http://odoo.example", NONE, NONE))
                .hasMessage(
                        "HOLDPOINT_ADMIN_PASSWORD: there is no administrator yet. Set it for the first start: it becomes"
                                + " the password of the user \"admin\".");
    }

    @Test
    void the_password_is_needed_for_the_first_start_only() {
        setUp("http://odoo.example", STRONG, NONE);

        setUp("http://odoo.example", NONE, NONE);

        assertThat(identities.checkPassword("admin", STRONG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"weak-secret", "With-The-admin-1"})
    void a_weak_password_is_refused_without_being_repeated(String password) {
        assertThatThrownBy(() -> setUp("http://odoo.example", password, NONE))
                .hasMessageContaining("HOLDPOINT_ADMIN_PASSWORD: this password is too weak")
                .hasMessageNotContaining(password);
    }

    @Test
    void users_of_a_demonstration_do_not_outlive_it() {
        setUp("", NONE, NONE);

        setUp("http://odoo.example", STRONG, NONE);

        assertThat(identities.createUserQuery().list()).extracting(User::getId).containsExactly("admin");
        assertThat(identities.checkPassword("admin", STRONG)).isTrue();
        assertThat(identities.checkPassword("admin", FirstUsers.DEMO_PASSWORD)).isFalse();
    }

    @Test
    void odoo_gets_the_password_that_the_environment_says() {
        setUp("http://odoo.example", STRONG, "Machine-Secret-1");
        setUp("http://odoo.example", NONE, "Machine-Secret-2");

        assertThat(identities.checkPassword("odoo", "Machine-Secret-2")).isTrue();
        assertThat(identities.createGroupQuery().groupMember("odoo").list())
                .extracting(group -> group.getId())
                .containsExactly(AccessSetup.ODOO);
    }

    @Test
    void passwords_are_not_printed() {
        assertThat(new AccessProperties(STRONG, STRONG, List.of())).asString().doesNotContain(STRONG);
    }

    private void setUp(String odooUrl, String adminPassword, String odooPassword) {
        var properties = new AccessProperties(adminPassword, odooPassword, List.of());
        var accounts = new Accounts(identities, engine.getAuthorizationService());
        var users = new FirstUsers(
                identities,
                accounts,
                new ConfiguredUsers(identities, accounts, properties),
                properties,
                new DemoMode(odooUrl));
        new AccessSetup(identities, engine.getAuthorizationService(), users, List.of()).afterSingletonsInstantiated();
    }
}
