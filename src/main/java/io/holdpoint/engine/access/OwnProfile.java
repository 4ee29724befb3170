package io.holdpoint.engine.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.IdentityOperationResult;
import org.camunda.bpm.engine.impl.identity.WritableIdentityProvider;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps people from changing their own e-mail address, which the engine lets everybody do: by the address four eyes
 * tells whose request a document is. Whoever keeps the users changes it.
 */
@Component
class OwnProfile extends AbstractProcessEnginePlugin {

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        var factories = engine.getCustomSessionFactories() == null
                ? new ArrayList<SessionFactory>()
                : new ArrayList<>(engine.getCustomSessionFactories());
        factories.add(new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return WritableIdentityProvider.class;
            }

            @Override
            public Session openSession() {
                return new Users();
            }
        });
        engine.setCustomSessionFactories(factories);
    }

    private static final class Users extends DbIdentityServiceProvider {

        @Override
        public IdentityOperationResult saveUser(User user) {
            var caller = Context.getCommandContext().getAuthentication();
            if (caller != null
                    && user.getId().equals(caller.getUserId())
                    && !groups(caller.getGroupIds()).contains(Role.ADMINISTRATORS)) {
                var stored = findUserById(user.getId());
                if (stored != null && !Objects.equals(stored.getEmail(), user.getEmail())) {
                    throw new AuthorizationException("Your e-mail address is changed by an administrator: by it"
                            + " Holdpoint tells which documents are your own.");
                }
            }
            return super.saveUser(user);
        }

        private static List<String> groups(@org.jspecify.annotations.Nullable List<String> ids) {
            return ids == null ? List.of() : ids;
        }
    }
}
