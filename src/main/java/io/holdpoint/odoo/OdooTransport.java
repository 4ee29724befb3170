package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Carries one call to Odoo and brings back its result: over JSON-RPC, over JSON-2, or to the demo Odoo in memory.
 *
 * <p>A result that Odoo does not give (its method returned None) is a JSON null. Failures arrive as
 * {@link OdooRefused}, {@link OdooContract} or {@link OdooUnavailable}, never as anything else.
 */
public interface OdooTransport {

    JsonNode call(OdooCall call);

    /** The server's version as {@code common.version} or {@code /web/version} tells it, for example {@code 19.0}. */
    String serverVersion();
}
