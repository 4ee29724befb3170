package io.holdpoint.demo;

import io.holdpoint.odoo.OdooException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules that {@code odoo-setup} gives a real Odoo: nobody passes a hold point without Holdpoint. */
final class Guards {

    private static final List<String> FIELDS =
            List.of("x_holdpoint_state", "x_holdpoint_reason", "x_holdpoint_requested_by", "x_holdpoint_requested_at");

    private Guards() {}

    static void orderChanged(Env env, @Nullable Row before, Row order) {
        if (!env.guardsStand()) {
            return;
        }
        if (changed("state", before, order) && order.text("state").equals("sale")) {
            confirmation(env, order);
        }
        if (FIELDS.stream().anyMatch(field -> changed(field, before, order)) && !env.isIn(Groups.TECHNICAL)) {
            fields(env, before, order);
        }
        if (changed("state", before, order)
                && !order.text("state").equals("sale")
                && holdpointState(order).equals("released")) {
            // A release is used up by the confirmation.
            var nothing = new TreeMap<String, Object>(Map.of("x_holdpoint_state", false, "x_holdpoint_reason", false));
            env.sudo().write(env.model(Sales.ORDER), List.of(order.id()), nothing);
        }
    }

    static void partnerChanged(Env env, @Nullable Row before, @Nullable Row partner) {
        if (partner != null && changed("x_holdpoint_limit_review", before, partner) && !env.isIn(Groups.INVOICING)) {
            throw Errors.refused("Only Invoicing users may set the day of the next credit limit review.");
        }
    }

    private static void confirmation(Env env, Row order) {
        if (env.isIn(Groups.TECHNICAL) && holdpointState(order).equals("released")) {
            return;
        }
        var name = order.text("name");
        var reason = order.has("x_holdpoint_reason") ? order.text("x_holdpoint_reason") : "the reason follows shortly";
        throw Errors.refused(
                switch (holdpointState(order)) {
                    case "held" ->
                        name + " is on hold by Holdpoint: " + reason
                                + ".\n\nIt is confirmed by itself as soon as it is released.";
                    case "requested" ->
                        name + " waits for its release by Holdpoint.\n\nIt is confirmed by itself as soon as it is"
                                + " released.";
                    case "rejected" ->
                        name + " was not released by Holdpoint: " + reason
                                + ".\n\nChange the order and use Request release again.";
                    case "returned" ->
                        name + " was returned for correction by Holdpoint: " + reason
                                + ".\n\nCorrect the order and use Request release again.";
                    default ->
                        name + " needs a release by Holdpoint before it is confirmed.\n\nUse Request release; the order"
                                + " is then confirmed by itself when nothing speaks against it.";
                });
    }

    /** Others may ask for a release, in their own name, unless one is being decided. */
    private static void fields(Env env, @Nullable Row before, Row order) {
        var state = holdpointState(order);
        var earlier = before == null ? "" : holdpointState(before);
        var inOwnName = order.ref("x_holdpoint_requested_by") == env.userId();
        boolean allowed;
        if (before == null) {
            allowed = state.equals("requested") ? inOwnName : FIELDS.stream().noneMatch(order::has);
        } else if (state.equals("requested") && !earlier.equals("requested")) {
            allowed = inOwnName && !earlier.equals("held");
        } else {
            allowed = state.isEmpty()
                    && earlier.equals("released")
                    && !order.text("state").equals("sale");
        }
        if (!allowed || order.has("x_holdpoint_reason")) {
            throw forbidden(order, state.equals("requested") && earlier.equals("held"));
        }
    }

    private static OdooException forbidden(Row order, boolean asksAgain) {
        return Errors.refused(
                asksAgain
                        ? order.text("name")
                                + " is on hold by Holdpoint and is being decided. There is nothing to request now."
                        : order.text("name") + ": only Holdpoint sets the state of a release and its reason. Use"
                                + " Request release to ask for one.");
    }

    private static String holdpointState(Row order) {
        return order.text("x_holdpoint_state");
    }

    private static boolean changed(String field, @Nullable Row before, Row after) {
        return !Objects.equals(before == null ? null : before.get(field), after.get(field));
    }
}
