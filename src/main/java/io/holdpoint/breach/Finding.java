package io.holdpoint.breach;

import io.holdpoint.odoo.Passage;
import io.holdpoint.odoo.Passage.Loss;
import java.util.Locale;
import java.util.Set;

/**
 * What is wrong with a document that is past its hold point.
 *
 * @param kind as the tables of policy know it
 * @param key by which it is told from others of the same document, so that it is reported once
 * @param words for people
 */
record Finding(String kind, String key, String words) {

    static final String UNRELEASED = "passedWithoutRelease";
    static final String RAISED = "raisedAfterRelease";
    static final String LEFT = "leftQuarantine";

    static Finding unreleased(HoldPoint holdPoint, Passage passage) {
        return new Finding(
                UNRELEASED,
                UNRELEASED,
                passage.name() + " was " + holdPoint.step() + " in Odoo, and the record knows no release of it.");
    }

    /** @param loss what left, and from where; told again when more is gone than was told */
    static Finding left(Passage passage, Loss loss) {
        return new Finding(
                LEFT,
                String.format(Locale.ROOT, "%s:%.2f", LEFT, loss.quantity()),
                String.format(
                        Locale.ROOT,
                        "%,.2f of %s, left %s otherwise than by a decision of the case.",
                        loss.quantity(),
                        passage.name(),
                        loss.place()));
    }

    /** Whether this was told before, or as much of it. */
    boolean isAmong(Set<String> known) {
        return known.contains(key)
                || kind.equals(LEFT)
                        && known.stream()
                                .filter(one -> one.startsWith(LEFT + ":"))
                                .anyMatch(one -> quantity(one) >= quantity(key));
    }

    private static double quantity(String key) {
        return Double.parseDouble(key.substring(LEFT.length() + 1));
    }

    /** @param released what was decided on, in the currency of the document */
    static Finding raised(Passage passage, double released) {
        return new Finding(
                RAISED,
                String.format(Locale.ROOT, "%s:%.2f", RAISED, passage.amount()),
                String.format(
                        Locale.ROOT,
                        "%s was released for %,.2f and has %,.2f now; nobody was asked about the rest.",
                        passage.name(),
                        released,
                        passage.amount()));
    }
}
