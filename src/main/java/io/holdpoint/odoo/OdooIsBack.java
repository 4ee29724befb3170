package io.holdpoint.odoo;

/** Odoo answers again after it did not. */
public record OdooIsBack() {}
