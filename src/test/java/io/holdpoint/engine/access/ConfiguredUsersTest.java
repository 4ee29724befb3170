package io.holdpoint.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.engine.access.AccessProperties.ListedUser;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredUsersTest {

    private static final String STRONG = "Quite-Strong-1";

    private static ProcessEngine engine;

    private final IdentityService identities = engine.getIdentityService();

    @BeforeAll
    static void start() {
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setUserResourceWhitelistPattern(Accounts.LOGIN.pattern());
        engine = configuration
                .setJdbcUrl("jdbc:h2:mem:configured-users")
                .setProcessEngineName("configured-users")
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
    void people_are_as_the_list_says() {
        start(listed("anna.meier", List.of("sales", "buyer"), STRONG));

        var anna = identities.createUserQuery().userId("anna.meier").singleResult();
        assertThat(anna.getFirstName()).isEqualTo("Anna");
        assertThat(anna.getEmail()).isEqualTo("anna@shop.example");
        assertThat(groups("anna.meier")).containsExactlyInAnyOrder("sales", "buyer");
        assertThat(identities.checkPassword("anna.meier", STRONG)).isTrue();
    }

    @Test
    void a_role_taken_out_of_the_list_ends_with_the_next_start() {
        start(listed("anna", List.of("sales", "buyer"), STRONG));

        start(listed("anna", List.of("buyer"), "Another-Strong-2"));

        assertThat(groups("anna")).containsExactly("buyer");
        assertThat(identities.checkPassword("anna", "Another-Strong-2")).isTrue();
    }

    @Test
    void whoever_left_the_list_is_locked_out_and_stays_for_the_evidence() {
        start(listed("anna", List.of("sales"), STRONG), listed("ben", List.of("sales"), STRONG));

        start(listed("ben", List.of("sales"), STRONG));

        assertThat(identities.createUserQuery().userId("anna").count()).isOne();
        assertThat(groups("anna")).isEmpty();
        assertThat(identities.checkPassword("anna", STRONG)).isFalse();
        assertThat(identities.checkPassword("ben", STRONG)).isTrue();
    }

    @Test
    void users_of_an_administrator_are_left_alone() {
        var kim = identities.newUser("kim");
        kim.setPassword(STRONG);
        identities.saveUser(kim);

        start(listed("anna", List.of("sales"), STRONG));

        assertThat(identities.checkPassword("kim", STRONG)).isTrue();
    }

    @Test
    void nobody_changes_the_own_address() {
        start(listed("anna", List.of("sales"), STRONG));

        assertThat(engine.getAuthorizationService()
                        .isUserAuthorized("anna", List.of(), Permissions.UPDATE, Resources.USER, "anna"))
                .isFalse();
        assertThat(engine.getAuthorizationService()
                        .isUserAuthorized("anna", List.of(), Permissions.READ, Resources.USER, "anna"))
                .isTrue();
    }

    @Test
    void an_administrator_in_the_list_is_enough() {
        start(listed("anna", List.of(Role.ADMINISTRATORS), STRONG));

        assertThat(identities.createUserQuery().list()).extracting(User::getId).containsExactly("anna");
    }

    @Test
    void a_wrong_role_is_refused_with_its_field_and_nothing_is_written() {
        assertThatThrownBy(() ->
                        start(listed("anna", List.of("sales"), STRONG), listed("ben", List.of("salesmanager"), STRONG)))
                .hasMessageStartingWith(
                        "holdpoint.access.users[1].roles: \"salesmanager\" is no role. There are sales, ");
        assertThat(identities.createUserQuery().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"weak-secret", "With-anna-in-1"})
    void a_weak_password_is_refused_with_its_field_and_not_repeated(String password) {
        assertThatThrownBy(() -> start(listed("anna", List.of("sales"), password)))
                .hasMessageStartingWith("holdpoint.access.users[0].password: this password is too weak")
                .hasMessageNotContaining(password);
        assertThat(identities.createUserQuery().count()).isZero();
    }

    @Test
    void logins_that_cannot_be_are_refused() {
        assertThatThrownBy(() -> start(listed("anna/../x", List.of("sales"), STRONG)))
                .hasMessageStartingWith("holdpoint.access.users[0].id: \"anna/../x\" cannot be a login");
        assertThatThrownBy(() -> start(listed("admin", List.of("sales"), STRONG)))
                .hasMessageStartingWith("holdpoint.access.users[0].id: \"admin\" is a user of Holdpoint itself");
        assertThatThrownBy(() -> start(listed("anna", List.of(), STRONG), listed("anna", List.of(), STRONG)))
                .hasMessageStartingWith("holdpoint.access.users[1].id: \"anna\" is listed twice");
    }

    @Test
    void passwords_are_not_printed() {
        assertThat(listed("anna", List.of("sales"), STRONG)).asString().doesNotContain(STRONG);
    }

    private static ListedUser listed(String id, List<String> roles, String password) {
        return new ListedUser(id, "Anna", id.split("\\W")[0] + "@shop.example", roles, password);
    }

    private List<String> groups(String user) {
        return identities.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .toList();
    }

    private void start(ListedUser... listed) {
        var administrator =
                List.of(listed).stream().anyMatch(user -> user.roles().contains(Role.ADMINISTRATORS));
        var properties = new AccessProperties("", "", List.of(listed));
        var accounts = new Accounts(identities, engine.getAuthorizationService());
        var configured = new ConfiguredUsers(identities, accounts, properties);
        if (administrator) {
            var first =
                    new FirstUsers(identities, accounts, configured, properties, new DemoMode("http://odoo.example"));
            new AccessSetup(identities, engine.getAuthorizationService(), first, List.of())
                    .afterSingletonsInstantiated();
        } else {
            for (var role : Role.values()) {
                if (identities.createGroupQuery().groupId(role.id()).count() == 0) {
                    identities.saveGroup(identities.newGroup(role.id()));
                }
            }
            configured.apply();
        }
    }
}
