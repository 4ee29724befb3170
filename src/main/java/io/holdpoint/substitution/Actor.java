package io.holdpoint.substitution;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who acts, and in whose stead.
 *
 * @param inSteadOf the absent person, followed by the absent substitute of that person where there is one; empty for
 *     whoever acts in their own right
 */
public record Actor(String person, List<String> inSteadOf) {

    private static final String COMMA = ",";

    public Actor {
        inSteadOf = List.copyOf(inSteadOf);
    }

    public static Actor inOwnRight(String person) {
        return new Actor(person, List.of());
    }

    /** As it is stored, see {@link #stored}. */
    public static Actor read(String person, @Nullable String stored) {
        return new Actor(person, stored == null ? List.of() : List.of(stored.split(COMMA)));
    }

    /** In whose stead, for a column; null for nobody's. */
    public @Nullable String stored() {
        return inSteadOf.isEmpty() ? null : String.join(COMMA, inSteadOf);
    }

    public boolean standsIn() {
        return !inSteadOf.isEmpty();
    }

    /** Everybody whom four eyes counts as one person here. */
    public Set<String> people() {
        var people = new LinkedHashSet<String>();
        people.add(person);
        people.addAll(inSteadOf);
        return people;
    }

    /** Whether these two are one pair of eyes. */
    public boolean isOneWith(Actor other) {
        return isAmong(other.people());
    }

    public boolean isAmong(Collection<String> others) {
        return !Collections.disjoint(people(), others);
    }

    /** For people to read: "max", "dora for max", or "clara for dora for max" where both are away. */
    public String text() {
        return text(UnaryOperator.identity());
    }

    /** As {@link #text()}, with names in the place of logins. */
    public String text(UnaryOperator<String> names) {
        var away = new java.util.ArrayList<>(inSteadOf);
        Collections.reverse(away);
        return Stream.concat(Stream.of(person), away.stream()).map(names).collect(Collectors.joining(" for "));
    }
}
