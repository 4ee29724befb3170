package io.holdpoint.demo;

import java.util.Map;
import java.util.Set;

/** The command of one workflow, as {@code odoo-setup} gives it to a real Odoo; what all commands share is elsewhere. */
interface WorkflowCommand {

    /** The name of the server action, for example {@code order_release_command}. */
    String action();

    /** The models of the workflow's documents. */
    Set<String> documents();

    /** Begins the names of the state fields. */
    default String prefix() {
        return "x_holdpoint";
    }

    /** Operations besides those of every hold point. */
    default Set<String> operations() {
        return Set.of();
    }

    /** Those of {@link #operations} that leave their reason beside the state, which they do not change. */
    default Set<String> remarks() {
        return Set.of();
    }

    /** The fields on which a decision rests, in the shape in which the gateway of the document has them. */
    Map<String, Object> material(Env env, Row document);

    /** @return what the operation tells besides; empty as a rule */
    Map<String, Object> carryOut(Env env, Row document, String operation, Map<String, Object> arguments);
}
