package io.holdpoint.evidence;

import io.holdpoint.odoo.DocumentRef;

/** A document has one open case per workflow; this one has it already. */
public final class CaseAlreadyOpen extends RuntimeException {

    CaseAlreadyOpen(String workflow, DocumentRef document, String openCase) {
        this(workflow, document, openCase, null);
    }

    CaseAlreadyOpen(
            String workflow,
            DocumentRef document,
            String openCase,
            @org.jspecify.annotations.Nullable Throwable cause) {
        super(
                document + " already has an open case of " + workflow + ": " + openCase
                        + ". No second case was opened; nothing more is needed.",
                cause);
    }
}
