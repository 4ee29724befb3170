package io.holdpoint.engine.access;

import io.holdpoint.odoo.RefusedSetting;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the claims of a provider's tokens are read.
 *
 * @param loginClaim by which people are known in Holdpoint
 * @param groupsClaim names the groups of a person: a list, or one name
 * @param roles for each {@link Role}, or {@code camunda-admin}, the names in that claim that give it; what is not named
 *     here gives nothing
 * @param session after so long people are sent to the provider again, which is when they lose what they lost there
 * @param machines callers without a person behind them
 */
@ConfigurationProperties("holdpoint.access.oidc")
record OidcProperties(
        @DefaultValue("preferred_username") String loginClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue Map<String, List<String>> roles,
        @DefaultValue("PT10H") Duration session,
        @DefaultValue List<Machine> machines) {

    private static final String SETTING = "holdpoint.access.oidc";

    /** Of these a machine may have some: it reads, deploys, looks after the inbox or starts workflows. */
    private static final Set<String> FOR_MACHINES =
            Set.of(Role.OPERATIONS.id(), Role.POLICY_OWNER.id(), Role.AUDITOR.id(), AccessSetup.ODOO);

    /**
     * A caller that decides nothing, whatever its roles.
     *
     * @param subject the claim {@code sub} of its tokens
     * @param name by which it appears on record
     */
    record Machine(
            @DefaultValue("") String subject,
            @DefaultValue("") String name,
            @DefaultValue List<String> roles) {}

    /** @throws RefusedSetting naming the setting that cannot be */
    void check() {
        mapping();
        for (var i = 0; i < machines.size(); i++) {
            check(".machines[" + i + "]", machines.get(i));
        }
    }

    private static void check(String entry, Machine machine) {
        if (machine.subject().isBlank()) {
            throw refused(entry + ".subject", "give the claim sub of its tokens.");
        }
        if (!Accounts.LOGIN.matcher(machine.name()).matches()) {
            throw refused(entry + ".name", "give it a name of letters and digits, inside also . _ @ and -.");
        }
        if (!FOR_MACHINES.containsAll(machine.roles())) {
            throw refused(
                    entry + ".roles",
                    "a machine decides nothing; it may have " + String.join(", ", new TreeSet<>(FOR_MACHINES)) + ".");
        }
    }

    /** The groups of the engine that these names in the groups claim give. */
    Set<String> groupsOf(Collection<String> names) {
        return mapping().rolesOf(names);
    }

    private RoleMapping mapping() {
        return new RoleMapping(SETTING + ".roles", "the provider", roles);
    }

    Optional<Machine> machine(String subject) {
        return machines.stream()
                .filter(machine -> machine.subject().equals(subject))
                .findFirst();
    }

    private static RefusedSetting refused(String field, String why) {
        return new RefusedSetting(SETTING + field, why);
    }
}
