package io.holdpoint.odoo;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API keys that Odoo knows of the technical user, through an action that {@code odoo-setup} creates: Odoo's own
 * methods for it ask a person for the password, or have to be opened to all users.
 */
final class ApiKeys {

    private static final String ACTION = "api_key";
    /** So many characters of a key does Odoo keep in the clear to look it up by. */
    private static final int INDEX = 8;

    private final Odoo odoo;

    ApiKeys(Odoo odoo) {
        this.odoo = odoo;
    }

    /** @param expires null for never */
    record Made(Secret key, @Nullable Instant expires) {}

    /**
     * @param known whether it is one of the technical user's keys
     * @param expires null for never
     */
    record Looked(boolean known, @Nullable Instant expires) {}

    /** A new one that is valid for 90 days, or for as long as Odoo allows the technical user. */
    Made make() {
        var answer = odoo.runAction(ACTION, Map.of("operation", "make"));
        return new Made(Secret.of(Values.requiredText(answer, "key")), Values.instant(answer, "expires"));
    }

    Looked look(Secret key) {
        return looked("look", key);
    }

    /** @return how it was before; where it was not known there was nothing to do */
    Looked revoke(Secret key) {
        return looked("revoke", key);
    }

    private Looked looked(String operation, Secret key) {
        var index = key.reveal().substring(0, Math.min(INDEX, key.reveal().length()));
        var answer = odoo.runAction(ACTION, Map.of("operation", operation, "index", index));
        return new Looked(answer.path("known").asBoolean(), Values.instant(answer, "expires"));
    }
}
