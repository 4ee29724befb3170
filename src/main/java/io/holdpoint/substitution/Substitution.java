package io.holdpoint.substitution;

import io.holdpoint.evidence.Cases.Matter;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * That somebody stands in for somebody else.
 *
 * @param id of the process instance that hands over and brings back
 * @param person who is away
 * @param beginsAt the first moment at which it is in force
 * @param endsAt the first moment at which it is not any more
 * @param workflows in which it is in force; empty for all
 * @param upTo in the currency of the document's company; null for no limit
 * @param endedAt when it was ended before its time; null when it was not
 */
record Substitution(
        String id,
        String person,
        String substitute,
        Instant beginsAt,
        Instant endsAt,
        Set<String> workflows,
        @Nullable Double upTo,
        String namedBy,
        Instant namedAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {

    private static final double SAME = 1e-6;

    Substitution {
        workflows = Set.copyOf(workflows);
    }

    boolean isInForce(Instant moment) {
        return !moment.isBefore(beginsAt) && moment.isBefore(end());
    }

    /** When it ends, or ended before its time. */
    Instant end() {
        return endedAt != null && endedAt.isBefore(endsAt) ? endedAt : endsAt;
    }

    /** Whether it is about such a document. Of how much a document is about that was not read yet, nobody knows. */
    boolean covers(Matter matter) {
        var amount = matter.amount();
        return (workflows.isEmpty() || workflows.contains(matter.workflow()))
                && (upTo == null || (amount != null && amount <= upTo + SAME));
    }

    /** Whether both are about the same time and the same workflows, for a while. */
    boolean meets(Substitution other) {
        return beginsAt.isBefore(other.end())
                && other.beginsAt.isBefore(end())
                && (sharesWorkflow(workflows, other.workflows));
    }

    /** The part of another one that falls into this one, where they meet. */
    Substitution within(Substitution other) {
        return new Substitution(
                id,
                person,
                substitute,
                beginsAt.isAfter(other.beginsAt) ? beginsAt : other.beginsAt,
                end().isBefore(other.end()) ? end() : other.end(),
                common(other.workflows),
                upTo,
                namedBy,
                namedAt,
                null,
                null);
    }

    private Set<String> common(Collection<String> others) {
        if (workflows.isEmpty() || others.isEmpty()) {
            return Set.copyOf(workflows.isEmpty() ? others : workflows);
        }
        return workflows.stream().filter(others::contains).collect(java.util.stream.Collectors.toSet());
    }

    private static boolean sharesWorkflow(Collection<String> one, Collection<String> other) {
        return one.isEmpty() || other.isEmpty() || !Collections.disjoint(one, other);
    }
}
