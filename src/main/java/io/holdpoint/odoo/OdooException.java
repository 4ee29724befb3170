package io.holdpoint.odoo;

/** Odoo did not do what was asked. The message is fit for people and holds no secret. */
public abstract sealed class OdooException extends RuntimeException permits OdooRefused, OdooContract, OdooUnavailable {

    OdooException(String message) {
        super(message);
    }

    OdooException(String message, Throwable cause) {
        super(message, cause);
    }
}
