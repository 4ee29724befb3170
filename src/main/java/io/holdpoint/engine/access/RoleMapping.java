package io.holdpoint.engine.access;

import io.holdpoint.odoo.RefusedSetting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which groups elsewhere give which {@link Role} here, or {@code camunda-admin}. Others give nothing. */
class RoleMapping {

    private final Map<String, List<String>> names = new LinkedHashMap<>();

    /**
     * @param setting in which it is configured
     * @param whose the provider, the directory
     * @param configured for each role, its capitals and hyphens left aside, the names that give it
     * @throws RefusedSetting naming the setting that cannot be
     */
    RoleMapping(String setting, String whose, Map<String, List<String>> configured) {
        if (configured.isEmpty()) {
            throw new RefusedSetting(setting, "say which groups of " + whose + " have which role. " + Role.choice());
        }
        configured.forEach((key, groups) -> {
            var role = role(key)
                    .orElseThrow(() -> new RefusedSetting(setting + "." + key, "this is no role. " + Role.choice()));
            names.computeIfAbsent(role, unknown -> new ArrayList<>()).addAll(groups);
        });
    }

    Set<String> rolesOf(Collection<String> groups) {
        var roles = new TreeSet<String>();
        names.forEach((role, giving) -> {
            if (giving.stream().anyMatch(groups::contains)) {
                roles.add(role);
            }
        });
        return roles;
    }

    /** The groups elsewhere that give this role. */
    List<String> namesOf(String role) {
        return names.getOrDefault(role, List.of());
    }

    /** All groups elsewhere that give a role. */
    Set<String> names() {
        var all = new TreeSet<String>();
        names.values().forEach(all::addAll);
        return all;
    }

    /** Environment variables know neither capitals nor hyphens. */
    private static Optional<String> role(String key) {
        return Stream.concat(Stream.of(Role.values()).map(Role::id), Stream.of(Role.ADMINISTRATORS))
                .filter(id -> plain(id).equals(plain(key)))
                .findFirst();
    }

    private static String plain(String id) {
        return id.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
