package io.holdpoint.engine.access;

import java.util.List;
import java.util.stream.Stream;

/** A group of the engine to which rights are given. */
record RoleGroup(String id, String label, String type) {

    private static final String OURS = "HOLDPOINT";

    /** All there are, wherever the people in them come from. */
    static List<RoleGroup> all() {
        return Stream.concat(
                        Stream.of(
                                new RoleGroup(Role.ADMINISTRATORS, "Administrators", "SYSTEM"),
                                new RoleGroup(AccessSetup.ODOO, "Odoo (technical)", OURS)),
                        Stream.of(Role.values()).map(role -> new RoleGroup(role.id(), role.label(), OURS)))
                .toList();
    }
}
