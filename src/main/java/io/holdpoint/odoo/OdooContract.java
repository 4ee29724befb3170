package io.holdpoint.odoo;

/**
 * Odoo and Holdpoint do not fit together: unknown model or field, missing right, missing setup. Trying again does not
 * help; the message names the remedy.
 */
public final class OdooContract extends OdooException {

    public OdooContract(String message) {
        super(message);
    }

    public OdooContract(String message, Throwable cause) {
        super(message, cause);
    }
}
