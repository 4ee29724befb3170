package io.holdpoint.breach;

import io.holdpoint.odoo.Passage;
import java.util.Locale;

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

    static Finding unreleased(HoldPoint holdPoint, Passage passage) {
        return new Finding(
                UNRELEASED,
                UNRELEASED,
                passage.name() + " was " + holdPoint.step() + " in Odoo, and the record knows no release of it.");
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
