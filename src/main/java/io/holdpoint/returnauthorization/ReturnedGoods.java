package io.holdpoint.returnauthorization;

import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.Deliveries;
import io.holdpoint.odoo.Delivery;
import io.holdpoint.odoo.DocumentRef;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What came back in a case, as Odoo has it: the transfer with the number of this case's authorization. */
@Component
class ReturnedGoods {

    private final Deliveries deliveries;
    private final ReturnRequests requests;
    private final Rulings rulings;

    ReturnedGoods(Deliveries deliveries, ReturnRequests requests, Rulings rulings) {
        this.deliveries = deliveries;
        this.requests = requests;
        this.rulings = rulings;
    }

    /**
     * One product that came back, or that is refunded without coming back.
     *
     * @param price of one piece in the currency of the company
     */
    record Goods(long moveId, long productId, String product, double quantity, double price, String reason) {

        double value() {
            return price * quantity;
        }

        /** So many of these. */
        Goods of(double some) {
            return new Goods(moveId, productId, product, some, price, reason);
        }
    }

    /** @param transfer empty where nothing has to come back */
    record Came(Delivery delivery, Optional<Delivery.Return> transfer, List<Goods> goods) {

        double value() {
            return goods.stream().mapToDouble(Goods::value).sum();
        }
    }

    /** @throws IllegalStateException when goods have to come back and Odoo has no transfer for them */
    Came of(String caseId, DocumentRef document) {
        var delivery = deliveries.find(document.id()).orElseThrow();
        var rma = ReturnFacts.rma(caseId, document);
        var asked = requests.of(caseId, delivery);
        var transfer = delivery.returns().stream()
                .filter(back -> back.rma().equals(rma))
                .findFirst();
        if (transfer.isEmpty() && !ChooseWay.isRefundOnly(rulings, caseId)) {
            throw new IllegalStateException("Odoo has no return with the number " + rma + " for " + document
                    + ". Without it nobody knows what came back.");
        }
        var goods = transfer.map(back -> back.moved().stream()
                        .flatMap(moved -> delivery.lines().stream()
                                .filter(line -> line.moveId() == moved.moveId())
                                .map(line -> new Goods(
                                        line.moveId(),
                                        line.product().id(),
                                        line.product().name(),
                                        moved.quantity(),
                                        line.price(),
                                        reason(asked, line))))
                        .toList())
                .orElseGet(() -> asked.stream()
                        .flatMap(line -> Optional.ofNullable(line.delivered()).stream()
                                .map(delivered -> new Goods(
                                        delivered.moveId(),
                                        delivered.product().id(),
                                        delivered.product().name(),
                                        line.quantity(),
                                        delivered.price(),
                                        line.reason())))
                        .toList());
        return new Came(delivery, transfer, goods);
    }

    private static String reason(List<ReturnLine> asked, Delivery.Line line) {
        return asked.stream()
                .filter(one -> line.equals(one.delivered()))
                .map(ReturnLine::reason)
                .findFirst()
                .orElse("");
    }
}
