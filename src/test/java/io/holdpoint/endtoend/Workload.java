package io.holdpoint.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.demo.DemoOdooServer;
import io.holdpoint.odoo.DocumentRef;
import java.util.Map;

/** Documents of one workflow in the demo Odoo, what people do with them, and what must have happened in the end. */
abstract class Workload {

    /** What is to become of a document. */
    enum Fate {
        /** Nothing holds it. */
        PASSES,
        RELEASED,
        REJECTED
    }

    final DemoOdoo odoo;

    Workload(DemoOdoo odoo) {
        this.odoo = odoo;
    }

    abstract String workflow();

    /** Makes a document that is to end like this. */
    abstract DocumentRef prepare(Fate fate);

    /** Asks for it, by Odoo's button. */
    abstract void request(DocumentRef document);

    /** What somebody does in Odoo meanwhile, such as receiving goods; called again and again. */
    void act(DocumentRef document) {}

    /** What a person enters into the form of a follow-up. */
    Map<String, Object> answer(String step) {
        throw new IllegalStateException("Nobody knows what to enter for " + step + ".");
    }

    /** What must have happened to a document, by the names that {@link DemoOdooServer#effects} knows. */
    abstract Map<String, Integer> expected(Fate fate);

    JsonNode record(DocumentRef document) {
        return odoo.record(document);
    }

    /** Orders, some of them with a discount that somebody has to release. */
    static final class OrderReleases extends Workload {

        private final long product;

        OrderReleases(DemoOdoo odoo) {
            super(odoo);
            product = odoo.data().product("Pump").price(100).cost(30).stock(1e9).add();
        }

        @Override
        String workflow() {
            return "order-release";
        }

        @Override
        DocumentRef prepare(Fate fate) {
            var customer = odoo.data().customer("Elbe Metall").creditLimit(1e9).add();
            var order = odoo.data().order(customer).line(product, 10, fate == Fate.PASSES ? 0 : 25);
            return new DocumentRef("sale.order", order.add());
        }

        @Override
        void request(DocumentRef document) {
            odoo.requestRelease(document.id(), "anna");
        }

        @Override
        Map<String, Integer> expected(Fate fate) {
            return Map.of("confirmed", fate == Fate.REJECTED ? 0 : 1);
        }
    }

    /** Deliveries of which something comes back; opened goods have to be released. */
    static final class Returns extends Workload {

        private final long product;

        Returns(DemoOdoo odoo) {
            super(odoo);
            product = odoo.data().product("Pump").price(100).cost(30).stock(1e6).add();
        }

        @Override
        String workflow() {
            return "return-authorization";
        }

        @Override
        DocumentRef prepare(Fate fate) {
            var customer = odoo.data().customer("Elbe Metall").creditLimit(1e9).add();
            var order =
                    odoo.data().order(customer).line(product, 4).delivered(5).add();
            var delivery = odoo.data().delivery(order);
            odoo.data()
                    .comesBack(
                            delivery, product, 2, fate == Fate.PASSES ? "faulty" : "changed_mind", fate != Fate.PASSES);
            return new DocumentRef("stock.picking", delivery);
        }

        @Override
        void request(DocumentRef document) {
            odoo.requestReturn(document.id(), "ben");
        }

        @Override
        void act(DocumentRef document) {
            record(document).path("return_ids").forEach(id -> {
                var back = new DocumentRef("stock.picking", id.asLong());
                if (record(back).path("state").asText().equals("assigned")
                        && record(back).path("x_holdpoint_state").asText().equals("released")) {
                    odoo.validate(back.id(), "wim");
                }
            });
        }

        @Override
        Map<String, Object> answer(String step) {
            return switch (step) {
                case "inspectGoods" -> Map.of("grade", "A");
                case "approveRefund" -> Map.of("refund", "approve");
                default -> super.answer(step);
            };
        }

        @Override
        Map<String, Integer> expected(Fate fate) {
            var times = fate == Fate.REJECTED ? 0 : 1;
            return Map.of("return", times, "credit", times);
        }
    }
}
