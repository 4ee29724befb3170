package io.holdpoint.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.SelfSignedCertificateGenerator;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import io.holdpoint.engine.access.AccessProperties.ListedUser;
import io.holdpoint.odoo.RefusedSetting;
import io.holdpoint.odoo.SecretFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

/** Settings with which Holdpoint does not start, and a directory that it does not trust. */
@ExtendWith(OutputCaptureExtension.class)
class LdapSettingsTest {

    private static final String PASSWORD = "reader-Kq7Xw2";

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "url", "ldaps://dc1.shop.example ldaps://dc2.shop.example",
            "base-dn", "dc=shop,dc=example",
            "user-base", "ou=people",
            "bind-dn", "cn=holdpoint,dc=shop,dc=example",
            "bind-password", PASSWORD,
            "roles.creditControl", "HP-Credit",
            "roles.camundaAdmin", "HP-Admin"));

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void what_is_needed_is_the_address_the_base_the_reading_account_and_the_groups() {
        assertThatCode(() -> start()).doesNotThrowAnyException();

        assertThat(properties().peopleBelow()).hasToString("ou=people,dc=shop,dc=example");
        assertThat(properties().groupsBelow()).hasToString("dc=shop,dc=example");
        assertThat(properties().toString()).doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url                |                           | holdpoint.access.ldap.url: say where the directory is",
                "url                | ldap://dc1.shop.example   | holdpoint.access.ldap.url: \"ldap://dc1.shop.example\" would carry passwords in the clear",
                "url                | ldaps://a ldap://b        | holdpoint.access.ldap.url: \"ldap://b\" would carry passwords",
                "url                | dc1.shop.example          | holdpoint.access.ldap.url: \"dc1.shop.example\" would carry",
                "base-dn            |                           | holdpoint.access.ldap.base-dn: say below which entry",
                "base-dn            | shop.example              | holdpoint.access.ldap.base-dn: \"shop.example\" is no DN",
                "user-base          | people                    | holdpoint.access.ldap.user-base: \"people\" is no DN",
                "user-filter        | objectClass=person        | holdpoint.access.ldap.user-filter: \"objectClass=person\" is no filter",
                "bind-dn            |                           | holdpoint.access.ldap.bind-dn: name the account",
                "bind-password      |                           | holdpoint.access.ldap.bind-password: give the password of cn=holdpoint,dc=shop,dc=example",
                "roles.camundaAdmin |                           | holdpoint.access.ldap.roles.camunda-admin: say which group",
                "roles.boss         | HP-Boss                   | holdpoint.access.ldap.roles.boss: this is no role. There are sales,"
            })
    void what_cannot_be_stops_the_start_and_names_its_field(String field, String value, String words) {
        if (value == null) {
            settings.remove(field);
        } else {
            settings.put(field, value);
        }

        assertThatThrownBy(this::start)
                .isInstanceOf(RefusedSetting.class)
                .hasMessageStartingWith(words)
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void people_come_from_one_place() {
        var listed = new ListedUser("anna", "Anna", "anna@shop.example", List.of("sales"), "");
        assertThatThrownBy(() -> start(listed)).hasMessageStartingWith("holdpoint.access.users: with the profile ldap");

        environment.setActiveProfiles("oidc", "ldap");
        assertThatThrownBy(this::start).hasMessageContaining("from a directory (ldap) or from a provider");
    }

    @Test
    void a_directory_whose_certificate_nobody_trusts_is_not_told_any_password(CapturedOutput output) throws Exception {
        var certificate = SelfSignedCertificateGenerator.generateTemporarySelfSignedCertificate("LdapTest", "PKCS12");
        var tls = new SSLUtil(
                new KeyStoreKeyManager(certificate.getFirst(), certificate.getSecond(), "PKCS12", null),
                new TrustAllTrustManager());
        var configuration = new InMemoryDirectoryServerConfig("dc=shop,dc=example");
        configuration.setListenerConfigs(InMemoryListenerConfig.createLDAPSConfig(
                "ldaps",
                InetAddress.getLoopbackAddress(),
                0,
                tls.createSSLServerSocketFactory(),
                tls.createSSLSocketFactory()));
        try (var server = new InMemoryDirectoryServer(configuration)) {
            server.startListening();
            settings.put("url", "ldaps://localhost:" + server.getListenPort());
            var directory = start();

            assertThatThrownBy(() -> directory.client().find(properties().peopleBelow(), "(uid=carla)"))
                    .hasMessageContaining("the connection cannot be secured; its certificate has to be trusted here");
            assertThat(output.getAll())
                    .contains("the connection cannot be secured")
                    .doesNotContain(PASSWORD);
        }
    }

    private Directory start(ListedUser... listed) {
        return new Directory(
                properties(),
                new AccessProperties("", "", List.of(listed)),
                new SecretFiles("", new SimpleMeterRegistry()),
                new ObjectProvider<>() {
                    @Override
                    public WrongPasswords getObject() {
                        throw new AssertionError("Nobody logs in.");
                    }
                },
                environment);
    }

    private LdapProperties properties() {
        var prefixed = new HashMap<String, String>();
        settings.forEach((name, value) -> prefixed.put("holdpoint.access.ldap." + name, value));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate("holdpoint.access.ldap", LdapProperties.class);
    }
}
