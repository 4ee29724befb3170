package io.holdpoint.odoo;

/**
 * A business answer: Odoo's rules say no (UserError, ValidationError). The message is in Odoo's own words; a person
 * decides what follows.
 */
public final class OdooRefused extends OdooException {

    public OdooRefused(String message) {
        super(message);
    }

    public OdooRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
