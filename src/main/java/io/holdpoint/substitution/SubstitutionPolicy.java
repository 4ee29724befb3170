package io.holdpoint.substitution;

import io.holdpoint.engine.DecisionTables;
import io.holdpoint.engine.access.Role;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who leads whom, and who may stand in for whom, as the tables of policy say. */
@Component
class SubstitutionPolicy {

    private static final String LEAD = "substitution.lead";
    private static final String ELIGIBILITY = "substitution.eligibility";

    private final DecisionTables tables;
    private final StandIns standIns;

    SubstitutionPolicy(DecisionTables tables, StandIns standIns) {
        this.tables = tables;
        this.standIns = standIns;
    }

    /**
     * Whether this person may name a substitute for that one: themselves, whoever leads all their roles,
     * administrators.
     */
    boolean mayNameFor(String person, String absent) {
        if (person.equals(absent) || standIns.hasOneOf(person, Set.of(Role.ADMINISTRATORS))) {
            return true;
        }
        var roles = standIns.decidingRoles(absent);
        return !roles.isEmpty() && roles.stream().allMatch(role -> standIns.hasOneOf(person, leadsOf(role)));
    }

    /** The role that leads this one, and those that lead it in turn, nearest first; empty when none does. */
    Set<String> leadsOf(String role) {
        var leads = new LinkedHashSet<String>();
        var next = role;
        while (true) {
            var values = new HashMap<String, Object>();
            values.put("role", next);
            var lead = tables.evaluate(LEAD, values).answers().stream()
                    .map(answer -> String.valueOf(answer.outputs().get("lead")))
                    .findFirst();
            if (lead.isEmpty() || !leads.add(lead.get())) {
                return leads;
            }
            next = lead.get();
        }
    }

    /** Whether somebody of these groups may stand in for this role. One row that says no is enough. */
    boolean mayStandIn(Collection<String> groups, String role) {
        var answers = groups.stream()
                .flatMap(group -> {
                    var values = new HashMap<String, Object>();
                    values.put("role", role);
                    values.put("substituteRole", group);
                    return tables.evaluate(ELIGIBILITY, values).answers().stream();
                })
                .map(answer -> Boolean.TRUE.equals(answer.outputs().get("eligible")))
                .toList();
        return !answers.isEmpty() && !answers.contains(false);
    }
}
