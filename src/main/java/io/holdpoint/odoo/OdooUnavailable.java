package io.holdpoint.odoo;

/**
 * Odoo could not be asked or could not answer now: I/O, 5xx, pool full, serialization failure, a page of a proxy, a key
 * that has expired. Whether it acted is unknown; trying again is right for idempotent calls.
 */
public sealed class OdooUnavailable extends OdooException permits WrongCredentials {

    public OdooUnavailable(String message) {
        super(message);
    }

    public OdooUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
