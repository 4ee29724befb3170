package io.holdpoint.engine.access;

import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.identity.IdentityOperationResult;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Nobody changes the own e-mail address, administrators included: by it an own request is recognised. The engine lets
 * everybody change their own profile, and asks no further.
 *
 * <p>With the profile {@code ldap} people come read-only, see {@link Directory}.
 */
@Component
@Profile("!ldap")
@Order(Ordered.HIGHEST_PRECEDENCE)
class OwnAddress extends AbstractProcessEnginePlugin {

    private final ObjectProvider<JdbcClient> jdbc;

    OwnAddress(ObjectProvider<JdbcClient> jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setIdentityProviderSessionFactory(new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return DbIdentityServiceProvider.class;
            }

            @Override
            public Session openSession() {
                return new People(jdbc);
            }
        });
    }

    private static final class People extends DbIdentityServiceProvider {

        private final ObjectProvider<JdbcClient> jdbc;

        People(ObjectProvider<JdbcClient> jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public IdentityOperationResult saveUser(User user) {
            var caller = getCurrentAuthentication();
            if (caller != null && user.getId().equals(caller.getUserId())) {
                // The engine's own copy of the user holds the new address already.
                stored(user.getId())
                        .filter(address -> !address.equalsIgnoreCase(orEmpty(user.getEmail())))
                        .ifPresent(address -> {
                            throw new AuthorizationException("Your e-mail address says whose requests are your own, so"
                                    + " you do not change it yourself. Ask an administrator.");
                        });
            }
            return super.saveUser(user);
        }

        private Optional<String> stored(String user) {
            return jdbc.getObject()
                    .sql("select coalesce(email_, '') from act_id_user where id_ = :user")
                    .param("user", user)
                    .query(String.class)
                    .optional();
        }

        private static String orEmpty(String address) {
            return Objects.requireNonNullElse(address, "");
        }
    }
}
