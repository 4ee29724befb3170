package io.holdpoint.engine.access;

import io.holdpoint.odoo.RefusedSetting;
import io.holdpoint.odoo.Secret;
import io.holdpoint.odoo.SecretFiles;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.identity.impl.ldap.LdapIdentityProviderFactory;
import org.camunda.bpm.identity.impl.ldap.plugin.LdapIdentityProviderPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Lets the engine look for people and their roles in a directory, by Camunda's own plugin. They come read-only, and
 * whatever asks the engine about people who are not logged in asks the directory: task lists, four eyes, substitution,
 * mails.
 */
@Component
@Profile("ldap")
class Directory extends LdapIdentityProviderPlugin {

    /** Of the account by which Holdpoint reads. */
    private static final String PASSWORD_FILE = "ldap-bind-password";

    private static final Logger log = LoggerFactory.getLogger(Directory.class);

    private static final String CONNECT_MILLISECONDS = "5000";
    private static final String READ_MILLISECONDS = "10000";

    private final LdapProperties properties;
    private final SecretFiles files;
    private final DirectorySession.Known known;
    private final AtomicBoolean away = new AtomicBoolean();

    Directory(
            LdapProperties properties,
            AccessProperties access,
            SecretFiles files,
            ObjectProvider<WrongPasswords> wrongPasswords,
            Environment environment) {
        if (environment.acceptsProfiles(Profiles.of("oidc"))) {
            throw new RefusedSetting(
                    "SPRING_PROFILES_ACTIVE",
                    "people come from a directory (ldap) or from a provider of OpenID Connect (oidc). Take one of the two out.");
        }
        if (!access.users().isEmpty()) {
            throw new RefusedSetting(
                    "holdpoint.access.users",
                    "with the profile ldap people come from the directory alone. Take the list out.");
        }
        properties.check();
        this.properties = properties;
        this.files = files;
        this.known = new DirectorySession.Known(
                properties, properties.mapping(), Secret.of(access.odooPassword()), wrongPasswords);
        if (passwords().get(0).isEmpty()) {
            throw new RefusedSetting(
                    "holdpoint.access.ldap.bind-password",
                    "give the password of " + properties.bindDn() + ", or the file " + PASSWORD_FILE
                            + " in HOLDPOINT_SECRETS_DIR.");
        }
        setServerUrl(properties.url().strip());
        setManagerDn(properties.bindDn());
        setUserIdAttribute(properties.loginAttribute());
        setUserFirstnameAttribute(properties.firstNameAttribute());
        setUserLastnameAttribute(properties.lastNameAttribute());
        setUserEmailAttribute(properties.mailAttribute());
        // We sort ourselves; without this the plugin refuses to.
        setSortControlSupported(true);
        setContextProperties(Map.of(
                "com.sun.jndi.ldap.connect.timeout", CONNECT_MILLISECONDS,
                "com.sun.jndi.ldap.read.timeout", READ_MILLISECONDS));
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setIdentityProviderSessionFactory(new LdapIdentityProviderFactory() {
            @Override
            public Session openSession() {
                return new DirectorySession(Directory.this, client(), known);
            }
        });
    }

    DirectoryClient client() {
        return new DirectoryClient(this);
    }

    /** Of the account by which Holdpoint reads, in the order in which they are tried. Never empty. */
    List<Secret> passwords() {
        return files.valid(PASSWORD_FILE, List.of(Secret.of(properties.bindPassword())));
    }

    void usedBefore() {
        files.usedBefore(PASSWORD_FILE);
    }

    /** Said once, and not for each question that gets no answer. */
    void failed(String why) {
        if (!away.getAndSet(true)) {
            log.error(
                    "The directory {} cannot be asked: {}. Nobody can log in, and cases that ask for people wait and go"
                            + " on by themselves when it can.",
                    properties.url(),
                    why);
        }
    }

    void answered() {
        if (away.getAndSet(false)) {
            // As loud as the beginning: whoever was woken by that one waits for it.
            log.warn("The directory {} answers again.", properties.url());
        }
    }
}
