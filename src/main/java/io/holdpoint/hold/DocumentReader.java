package io.holdpoint.hold;

import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Reference;
import java.util.Optional;
import java.util.Set;

/** Reads the documents of one workflow as Odoo has them now. Each workflow provides one as a bean. */
public interface DocumentReader {

    /** The key of the workflow's process, for example order-release. */
    String workflow();

    /** @param caseId the case that asks; what was requested for it may lie in its record */
    Reading read(String caseId, DocumentRef document);

    /** Whether a workflow that is for these companies, or for all where none is named, is for this one. */
    static boolean covers(Set<Long> companies, Reference company) {
        return companies.isEmpty() || companies.contains(company.id());
    }

    /** What Odoo says of a document. */
    enum State {
        /** waits for its release */
        OPEN,
        /** our own command has had its effect already */
        DONE,
        /** cancelled, deleted, or moved on by somebody else */
        GONE
    }

    /**
     * @param facts empty only when the document is not in Odoo
     * @param because in words, when the document is gone
     */
    record Reading(State state, Optional<Facts> facts, Optional<String> because) {

        public static Reading open(Facts facts) {
            return new Reading(State.OPEN, Optional.of(facts), Optional.empty());
        }

        public static Reading done(Facts facts) {
            return new Reading(State.DONE, Optional.of(facts), Optional.empty());
        }

        public static Reading gone(Facts facts, String because) {
            return new Reading(State.GONE, Optional.of(facts), Optional.of(because));
        }

        public static Reading notThere(DocumentRef document) {
            return new Reading(
                    State.GONE, Optional.empty(), Optional.of(document + " does not exist in Odoo, or was deleted"));
        }
    }
}
