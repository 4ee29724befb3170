package io.holdpoint.odoo;

/** A many-to-one value: the id that counts and the name that people read. */
public record Reference(long id, String name) {}
