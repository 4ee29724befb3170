package io.holdpoint.engine.access;

import java.util.TreeSet;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.IdentityProviderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says at the start what is wrong with the directory or its settings. It holds nothing up: a node that is started while
 * the directory is away has to work all the same.
 */
@Component
@Profile("ldap")
class DirectoryCheck {

    private static final Logger log = LoggerFactory.getLogger(DirectoryCheck.class);

    private final IdentityService identities;

    DirectoryCheck(IdentityService identities) {
        this.identities = identities;
    }

    @EventListener(ApplicationReadyEvent.class)
    void look() {
        try {
            // Whoever it is: below the base DN has to be something.
            identities.createUserQuery().userId("somebody").count();
            var nobody = new TreeSet<String>();
            for (var role : Role.values()) {
                if (identities.createUserQuery().memberOfGroup(role.id()).count() == 0) {
                    nobody.add(role.id());
                }
            }
            if (identities.createUserQuery().memberOfGroup(Role.ADMINISTRATORS).count() == 0) {
                log.error("Nobody in the directory administers Holdpoint. Put somebody into a group that"
                        + " HOLDPOINT_ACCESS_LDAP_ROLES_CAMUNDAADMIN names.");
            }
            if (!nobody.isEmpty()) {
                log.warn(
                        "Nobody in the directory has one of these roles: {}. Where one of them is asked, nobody answers:"
                                + " compare HOLDPOINT_ACCESS_LDAP_ROLES_… with the names of the groups and with who is"
                                + " in them.",
                        String.join(", ", nobody));
            }
        } catch (DirectoryClient.NoSuchEntry wrong) {
            log.error("{}", wrong.getMessage());
        } catch (IdentityProviderException failure) {
            log.debug("The directory cannot be looked at; that has been said.", failure);
        }
    }
}
