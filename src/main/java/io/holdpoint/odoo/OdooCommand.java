package io.holdpoint.odoo;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change to a document, carried out by a server action in one Odoo transaction, at most once per key.
 *
 * @param key {@code <case>:<element>[:<hold>]}; the same key never acts twice
 * @param operation what to do: request, hold, release, reject, return, withdraw; each sets {@code x_holdpoint_state}
 *     accordingly, and release also confirms the document
 * @param reason short text shown in Odoo beside the state and in the guard's message, for example which holds are open
 * @param note text for the document's chatter; null for none
 * @param expected the material fields as decided on (see {@code SaleOrders.material}); where Odoo finds others it does
 *     nothing and answers {@code changed}; null when the operation does not depend on them
 */
public record OdooCommand(
        String key,
        DocumentRef document,
        String operation,
        String reason,
        @Nullable String note,
        @Nullable Map<String, Object> expected) {

    /**
     * @param status done, already (this key acted before; the answer is the one of then) or changed (nothing was done)
     * @param state the document's own state after the command, for example {@code sale}
     */
    public record Answer(String status, String state) {}
}
