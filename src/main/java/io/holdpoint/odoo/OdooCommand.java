package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change to a document, carried out by a server action in one Odoo transaction, at most once per key.
 *
 * @param workflow whose command it is, for example order-release; each has a server action of its own
 * @param key {@code <case>:<element>[:<part>]}; the same key never acts twice
 * @param operation what to do: hold, release, reject, return and withdraw in every workflow, each of which sets
 *     {@code x_holdpoint_state} accordingly, and what the workflow has besides
 * @param reason short text shown in Odoo beside the state and in the guard's message, for example which holds are open
 * @param note text for the document's chatter; null for none
 * @param expected the material fields as decided on; where Odoo finds others it does nothing and answers
 *     {@code changed}; null when the operation does not depend on them
 * @param arguments what else the operation needs, by names that the workflow's action knows
 */
public record OdooCommand(
        String workflow,
        String key,
        DocumentRef document,
        String operation,
        String reason,
        @Nullable String note,
        @Nullable Map<String, Object> expected,
        Map<String, Object> arguments) {

    /**
     * @param status done, already (this key acted before; the answer is the one of then) or changed (nothing was done)
     * @param state the document's own state after the command, for example {@code sale}
     * @param result what the operation tells besides, for example the transfer that it made; an empty object as a rule
     */
    public record Answer(String status, String state, JsonNode result) {}
}
