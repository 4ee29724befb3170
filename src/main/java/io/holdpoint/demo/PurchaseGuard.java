package io.holdpoint.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The guard that {@code odoo-setup} gives a real Odoo: no urgent purchase is confirmed without Holdpoint. */
final class PurchaseGuard {

    private static final List<String> FIELDS = List.of(
            "x_holdpoint_state",
            "x_holdpoint_reason",
            "x_holdpoint_requested_by",
            "x_holdpoint_requested_at",
            "x_holdpoint_promised",
            "x_holdpoint_approved_amount");
    private static final Set<String> USED_UP =
            Set.of("x_holdpoint_state", "x_holdpoint_reason", "x_holdpoint_promised", "x_holdpoint_approved_amount");
    private static final Set<String> ASKED = Set.of("requested", "held", "rejected", "returned", "withdrawn");

    private PurchaseGuard() {}

    static void orderChanged(Env env, @Nullable Row before, Row order) {
        var passed = order.text("state").equals("purchase");
        var was = before != null && before.text("state").equals("purchase");
        if (env.isUnguarded()) {
            return;
        }
        var earlier = before == null ? "" : before.text("x_holdpoint_state");
        if (passed && !was) {
            confirmation(before, order, earlier);
        } else if (passed
                && order.text("x_holdpoint_state").equals("released")
                && (order.number("amount_total") > order.number("x_holdpoint_approved_amount") + 0.005
                        || changed("partner_id", before, order))) {
            throw Errors.refused(
                    "%s was approved for %.2f with this vendor. What is to be added is a new purchase order."
                            .formatted(order.text("name"), order.number("x_holdpoint_approved_amount")));
        }
        var own = new HashSet<>(FIELDS);
        own.removeIf(field -> !changed(field, before, order));
        if (was && !passed && earlier.equals("released")) {
            // An approval is used up by the confirmation: an order that is cancelled or set back needs a new one.
            var nothing = new TreeMap<String, @Nullable Object>();
            USED_UP.forEach(field -> nothing.put(field, null));
            env.store(Purchasing.ORDER, order, nothing);
            own.removeAll(USED_UP);
        }
        if (!own.isEmpty()) {
            fields(env, order, earlier, passed);
        }
    }

    static void vendorChanged(Env env, @Nullable Row before, @Nullable Row partner) {
        if (partner == null || env.isIn(Groups.PURCHASE_MANAGER) || env.isUnguarded()) {
            return;
        }
        if (changed("x_holdpoint_vendor_approved", before, partner)) {
            throw Errors.refused(partner.text("name") + ": only Purchase administrators approve vendors.");
        }
    }

    private static void confirmation(@Nullable Row before, Row order, String earlier) {
        var state = order.text("x_holdpoint_state");
        var urgent = order.text("priority").equals("1")
                || before != null && before.text("priority").equals("1");
        if (!urgent && !ASKED.contains(state) && !ASKED.contains(earlier)) {
            return;
        }
        var name = order.text("name");
        var reason = order.has("x_holdpoint_reason") ? order.text("x_holdpoint_reason") : "the reason follows shortly";
        throw Errors.refused(
                switch (state) {
                    case "held" ->
                        name + " is on hold by Holdpoint: " + reason
                                + ".\n\nIt is confirmed automatically as soon as it is approved.";
                    case "requested" ->
                        name + " waits for its approval by Holdpoint.\n\nIt is confirmed automatically as soon as it is"
                                + " approved.";
                    case "rejected" ->
                        name + " was not approved by Holdpoint: " + reason
                                + ".\n\nChange it and use Request approval again.";
                    case "returned" ->
                        name + " was returned for correction by Holdpoint: " + reason
                                + ".\n\nCorrect it and use Request approval again.";
                    case "withdrawn" ->
                        "The request to approve " + name
                                + " was withdrawn, so it is not approved.\n\nUse Request approval"
                                + " again, with the star or without. What was never urgent is a new order.";
                    default ->
                        name + " is urgent and needs an approval by Holdpoint before it is confirmed.\n\nUse Request"
                                + " approval; it is then confirmed automatically when nothing speaks against it.";
                });
    }

    /** Others may ask for an approval, in their own name, unless one is being decided. */
    private static void fields(Env env, Row order, String earlier, boolean passed) {
        var asks = order.text("x_holdpoint_state").equals("requested") && !earlier.equals("requested") && !passed;
        if (!asks
                || earlier.equals("held")
                || order.has("x_holdpoint_reason")
                || order.ref("x_holdpoint_requested_by") != env.userId()) {
            throw Errors.refused(
                    asks && earlier.equals("held")
                            ? order.text("name")
                                    + " is on hold by Holdpoint and is being decided. There is nothing to request now."
                            : order.text("name") + ": only Holdpoint sets the state of an approval and what belongs to"
                                    + " it. Use Request approval to ask for one.");
        }
    }

    private static boolean changed(String field, @Nullable Row before, Row after) {
        return !Objects.equals(before == null ? null : before.get(field), after.get(field));
    }
}
