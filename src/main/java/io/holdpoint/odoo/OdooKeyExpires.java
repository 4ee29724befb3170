package io.holdpoint.odoo;

import java.time.Instant;

/**
 * The API key by which Holdpoint calls Odoo expires soon. Published once for each warning, whichever node gives it, and
 * in the transaction that notes it.
 *
 * @param until when it expires
 * @param days within how many, 14, 7 or 1
 * @param remedy what to do, in words
 */
public record OdooKeyExpires(Instant until, int days, String remedy) {}
