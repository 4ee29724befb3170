package io.holdpoint.urgentpurchase;

import io.holdpoint.followup.FollowUps;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.PurchaseOrder;
import io.holdpoint.odoo.PurchaseOrders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the delivery of an approved purchase stands, and who has to do something about it, when. */
@Component
class Promise {

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

    /** @param step what is to be done now; null when the state says that nothing is */
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
        var next = now.plus(Duration.ofDays(1));
        for (var step : STEPS) {
            var due = due(caseId, document, element, order, step);
            if (due.isPresent() && !due.get().isAfter(now)) {
                return new Look("followUp", step, now);
            }
            if (due.isPresent() && due.get().isBefore(next)) {
                next = due.get();
            }
        }
        return new Look("waiting", null, next);
    }

    /** Empty when there is no cause for it. */
    private Optional<Instant> due(
            String caseId, DocumentRef document, String element, PurchaseOrder order, String step) {
        var promised = order.promisedAt();
        var agreed = order.agreedAt();
        var begun = order.receivedPercent() > 0;
        var base = switch (step) {
            case "chaseDelivery" -> promised;
            case "arrangeRest" -> begun ? clock.instant() : null;
            case "assessNewDate" ->
                promised != null && agreed != null && promised.isAfter(agreed) ? clock.instant() : null;
            case "askVendor" -> order.acknowledged() || begun ? null : order.approvedAt();
            default -> begun ? null : promised;
        };
        if (base == null) {
            return Optional.empty();
        }
        return rulings.ask(
                        caseId,
                        document,
                        element,
                        "urgent-purchase.watch",
                        Map.of("step", step, "lineDown", order.lineDown()))
                .map(terms -> {
                    var within = Duration.parse(String.valueOf(terms.get("within")));
                    var due = step.equals("remindVendor") ? base.minus(within) : base.plus(within);
                    var again = Duration.parse(String.valueOf(terms.get("againAfter")));
                    return followUps
                            .latest(caseId, step)
                            .map(done -> done.at().plus(again))
                            .filter(due::isBefore)
                            .orElse(due);
                });
    }
}
