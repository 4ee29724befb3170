package io.holdpoint.odoo;

/**
 * Odoo does not know who calls, and did nothing. It concerns every case at once and is over once the key is renewed;
 * then all of them go on by themselves.
 */
final class WrongCredentials extends OdooUnavailable {

    WrongCredentials() {
        super("Odoo does not accept the credentials. Check ODOO_LOGIN and ODOO_API_KEY (or ODOO_PASSWORD);"
                + " API keys expire, and users with two-factor authentication need one.");
    }
}
