package io.holdpoint.demo;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that {@code odoo-setup} gives a real Odoo: nobody passes a hold point without Holdpoint. */
final class Guards {

    private static final Set<String> KEPT =
            Set.of("x_holdpoint_state", "x_holdpoint_reason", "x_holdpoint_requested_by", "x_holdpoint_requested_at");

    private Guards() {}

    static void check(Env env, @Nullable Row before, Row after) {
        if (env.isIn(Groups.TECHNICAL)) {
            confirmation(before, after, after.text("x_holdpoint_state").equals("released"));
        } else {
            confirmation(before, after, false);
            fields(env, before, after);
        }
    }

    private static void confirmation(@Nullable Row before, Row after, boolean released) {
        var confirms = after.text("state").equals("sale")
                && (before == null || !before.text("state").equals("sale"));
        if (confirms && !released) {
            var reason = after.text("x_holdpoint_reason");
            throw Errors.refused(after.text("name") + " is on hold by Holdpoint"
                    + (reason.isEmpty() ? "" : ": " + reason) + ". Use Request release.");
        }
    }

    /** Anybody may ask for the release, in their own name; everything else is Holdpoint's to say. */
    private static void fields(Env env, @Nullable Row before, Row after) {
        var changed = KEPT.stream()
                .filter(field -> !Objects.equals(before == null ? null : before.get(field), after.get(field)))
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        var asks = after.text("x_holdpoint_state").equals("requested")
                && after.ref("x_holdpoint_requested_by") == env.userId()
                && !changed.contains("x_holdpoint_reason");
        if (!asks) {
            throw Errors.refused(
                    "Only Holdpoint may change the release of " + after.text("name") + ". Use Request release.");
        }
    }
}
