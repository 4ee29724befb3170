package io.holdpoint.urgentpurchase;

import io.holdpoint.followup.FollowUps;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.PurchaseOrder;
import io.holdpoint.odoo.PurchaseOrders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How the delivery of an approved purchase stands, and who has to do something about it, when. What was done counts
 * only for the situation that it was done in: a date that moves again, or more goods that come, are a new one.
 */
@Component
class Promise {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** The gravest first. */
    private static final List<String> STEPS =
            List.of("chaseDelivery", "arrangeRest", "assessNewDate", "askVendor", "remindVendor");

    private final PurchaseOrders orders;
    private final FollowUps followUps;
    private final Rulings rulings;
    private final Clock clock;

    Promise(PurchaseOrders orders, FollowUps followUps, Rulings rulings, Clock clock) {
        this.orders = orders;
        this.followUps = followUps;
        this.rulings = rulings;
        this.clock = clock;
    }

    /**
     * @param state received, cancelled, waiting or followUp
     * @param step what is to be done now; null when the state says that nothing is
     * @param lookAt when the answer may be another one, if nothing changes in Odoo
     */
    record Look(String state, @Nullable String step, Instant lookAt) {}

    Optional<PurchaseOrder> order(DocumentRef document) {
        return orders.find(document.id());
    }

    Look look(String caseId, DocumentRef document, String element) {
        var now = clock.instant();
        var order = orders.find(document.id())
                .filter(found -> found.state().equals("purchase"))
                .orElse(null);
        if (order == null) {
            return new Look("cancelled", null, now);
        }
        if (order.receivedPercent() >= 100) {
            return new Look("received", null, now);
        }
        // Odoo tells of changes at once; a message that was lost is made good within a day.
        var next = now.plus(Duration.ofDays(1));
        for (var step : STEPS) {
            var since = cause(order, step, now);
            if (since == null) {
                continue;
            }
            var due = due(caseId, document, element, order, step, since);
            if (due.isPresent() && !due.get().isAfter(now)) {
                return new Look("followUp", step, now);
            }
            if (due.isPresent() && due.get().isBefore(next)) {
                next = due.get();
            }
        }
        return new Look("waiting", null, next);
    }

    /** The moment from which the step's time counts; null when there is no cause for it. */
    private static @Nullable Instant cause(PurchaseOrder order, String step, Instant now) {
        var hasBegun = order.receivedPercent() > 0;
        return switch (step) {
            case "chaseDelivery" -> expected(order);
            case "arrangeRest" -> hasBegun ? now : null;
            case "assessNewDate" -> hasMoved(order) ? now : null;
            case "askVendor" -> order.acknowledged() || hasBegun ? null : order.approvedAt();
            default -> hasBegun ? null : expected(order);
        };
    }

    private Optional<Instant> due(
            String caseId, DocumentRef document, String element, PurchaseOrder order, String step, Instant since) {
        var terms = rulings.askAgain(
                caseId, document, element, "urgent-purchase.watch", Map.of("step", step, "lineDown", order.lineDown()));
        return terms.map(term -> {
            var within = Duration.parse(String.valueOf(term.get("within")));
            var due = step.equals("remindVendor") ? since.minus(within) : since.plus(within);
            var again = Duration.parse(String.valueOf(term.get("againAfter")));
            return followUps
                    .latest(caseId, step)
                    .filter(done -> done.situation().equals(situation(order, step)))
                    .map(done -> done.at().plus(again))
                    .filter(due::isBefore)
                    .orElse(due);
        });
    }

    /** What a step is about, in words that are the same as long as nothing has changed. */
    static String situation(PurchaseOrder order, String step) {
        return switch (step) {
            case "chaseDelivery" -> "Expected on " + day(expected(order)) + ". " + arrived(order);
            case "arrangeRest" -> arrived(order) + " The rest is promised for " + day(order.promisedAt()) + ".";
            case "assessNewDate" ->
                "Agreed for " + day(order.agreedAt()) + ", now promised for " + day(order.promisedAt()) + ".";
            case "askVendor" -> "Ordered on " + day(order.approvedAt()) + " and not acknowledged since.";
            default -> "Promised for " + day(expected(order)) + ".";
        };
    }

    private static String arrived(PurchaseOrder order) {
        var percent = order.receivedPercent();
        return percent == 0 ? "Nothing has arrived yet." : Math.round(percent) + " % has arrived.";
    }

    /** A vendor who moves the date does not move what was agreed. */
    private static @Nullable Instant expected(PurchaseOrder order) {
        return hasMoved(order) ? order.agreedAt() : order.promisedAt();
    }

    private static boolean hasMoved(PurchaseOrder order) {
        var promised = order.promisedAt();
        var agreed = order.agreedAt();
        return promised != null && agreed != null && PurchaseFacts.day(promised).isAfter(PurchaseFacts.day(agreed));
    }

    static String day(@Nullable Instant moment) {
        return moment == null ? "no date" : DAY.format(moment);
    }
}
