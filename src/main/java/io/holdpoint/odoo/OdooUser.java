package io.holdpoint.odoo;

import org.jspecify.annotations.Nullable;

/** A user of Odoo, for telling who may not decide on their own document. */
public record OdooUser(
        long id, String login, String name, @Nullable String email) {}
