package io.holdpoint.substitution;

import io.holdpoint.engine.access.Role;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Cases.Matter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Who may act in whose stead. A chain is followed once: who stands in for somebody whose substitute is away too acts
 * for both, and nobody stands in for these in turn.
 */
@Component
public class StandIns {

    /** An answer may be given on one node while another one, whose clock is behind, ends the substitution. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final Substitutions substitutions;
    private final Cases cases;
    private final IdentityService identity;
    private final Clock clock;

    StandIns(Substitutions substitutions, Cases cases, @Lazy IdentityService identity, Clock clock) {
        this.substitutions = substitutions;
        this.cases = cases;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * The ways in which this person may act in one of these roles in a case now: in their own right, and then in no
     * other; or in the stead of members who are away. Empty when in none.
     */
    public List<Actor> inRole(String person, Collection<String> roles, String caseId) {
        if (hasOneOf(person, roles)) {
            return List.of(Actor.inOwnRight(person));
        }
        return cases.about(caseId)
                .map(matter -> chains(substitutions.inForce(clock.instant()), matter).stream()
                        .map(Chain::actor)
                        .filter(actor -> actor.person().equals(person)
                                && hasOneOf(actor.inSteadOf().get(0), roles))
                        .toList())
                .orElse(List.of());
    }

    /**
     * Whether the record says that this actor could act in these persons' stead at that moment.
     *
     * @param amount of the document at that moment
     */
    public boolean couldAct(Actor actor, String caseId, @Nullable Double amount, Instant at) {
        if (!actor.standsIn()) {
            return true;
        }
        return cases.about(caseId)
                .map(matter -> new Matter(matter.caseId(), matter.document(), matter.workflow(), amount))
                .filter(matter -> isChain(actor, matter, at) || isChain(actor, matter, at.minus(CLOCKS_DIFFER)))
                .isPresent();
    }

    private boolean isChain(Actor actor, Matter matter, Instant at) {
        return chains(substitutions.inForce(at), matter).stream()
                .anyMatch(chain -> chain.actor().equals(actor));
    }

    /**
     * That somebody acts for somebody who is away.
     *
     * @param actor who acts, and in whose stead
     * @param until when the absence ends
     */
    public record Stead(Actor actor, Instant until) {

        public String substitute() {
            return actor.person();
        }
    }

    /** Those who stand in for this person in a case now, be it in the stead of somebody else as well. */
    public List<Stead> inSteadOf(String person, String caseId) {
        var inForce = substitutions.inForce(clock.instant());
        if (inForce.isEmpty()) {
            return List.of();
        }
        return cases.about(caseId)
                .map(matter -> chains(inForce, matter).stream()
                        .filter(chain -> chain.actor().inSteadOf().contains(person))
                        .map(chain -> new Stead(chain.actor(), chain.first().end()))
                        .toList())
                .orElse(List.of());
    }

    /** Those who are away in a case now, each with those who act for them, the one whom they named first. */
    public Map<String, List<Stead>> absences(String caseId) {
        var inForce = substitutions.inForce(clock.instant());
        if (inForce.isEmpty()) {
            return Map.of();
        }
        return cases.about(caseId)
                .map(matter -> chains(inForce, matter).stream()
                        .collect(Collectors.groupingBy(
                                chain -> chain.actor().inSteadOf().get(0),
                                Collectors.mapping(
                                        chain -> new Stead(
                                                chain.actor(), chain.first().end()),
                                        Collectors.toList()))))
                .orElse(Map.of());
    }

    /** @param first by which the absent person's tasks go over */
    record Chain(Actor actor, Substitution first) {}

    /** All who stand in for somebody in such a case, by the substitutions that are in force. */
    static List<Chain> chains(List<Substitution> inForce, Matter matter) {
        var covering = inForce.stream().filter(one -> one.covers(matter)).toList();
        var chains = new ArrayList<Chain>();
        for (var one : covering) {
            chains.add(new Chain(new Actor(one.substitute(), List.of(one.person())), one));
            covering.stream()
                    .filter(next -> next.person().equals(one.substitute()))
                    .map(next -> new Chain(new Actor(next.substitute(), List.of(one.person(), next.person())), one))
                    .forEach(chains::add);
        }
        return chains;
    }

    boolean hasOneOf(String person, Collection<String> roles) {
        return !roles.isEmpty()
                && identity.createGroupQuery()
                                .groupMember(person)
                                .groupIdIn(roles.toArray(String[]::new))
                                .count()
                        > 0;
    }

    /** The groups of a person. */
    Set<String> groups(String person) {
        return identity.createGroupQuery().groupMember(person).list().stream()
                .map(Group::getId)
                .collect(Collectors.toSet());
    }

    /** The roles of a person to which tasks are given. */
    Set<String> decidingRoles(String person) {
        return groups(person).stream()
                .filter(group -> Role.byId(group).filter(Role::decides).isPresent())
                .collect(Collectors.toSet());
    }
}
