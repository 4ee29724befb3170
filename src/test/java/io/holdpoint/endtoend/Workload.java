package io.holdpoint.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.demo.DemoOdooServer;
import io.holdpoint.odoo.DocumentRef;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Documents of one workflow in the demo Odoo, what people do with them, and what must have happened in the end. */
abstract class Workload {

    /** What is to become of a document. */
    enum Fate {
        /** Nothing holds it, or nothing that anybody doubts. */
        PASSES,
        RELEASED,
        /** The first answer sends it back to be corrected, the second releases it. */
        RETURNED,
        REJECTED
    }

    final DemoOdoo odoo;
    private final Map<DocumentRef, Fate> fates = new LinkedHashMap<>();
    private final Set<DocumentRef> returned = new HashSet<>();

    Workload(DemoOdoo odoo) {
        this.odoo = odoo;
    }

    abstract String workflow();

    /** What the documents are in Odoo. */
    abstract String model();

    /** Makes a document that is to end like this; {@code number} is its own. */
    abstract long make(Fate fate, int number);

    /** Asks for it, by Odoo's button. */
    abstract void request(DocumentRef document);

    /** What somebody does in Odoo meanwhile, such as receiving goods; called again and again. */
    void act(DocumentRef document) {}

    /** What a person enters into the form of a follow-up. */
    Map<String, Object> work(DocumentRef document, String step) {
        throw new IllegalStateException("Nobody knows what to enter for " + step + " of " + document + ".");
    }

    /** What must have happened to a document, by the names that {@link DemoOdooServer#effects} knows. */
    abstract Map<String, Integer> expected(Fate fate);

    final DocumentRef prepare(Fate fate, int number) {
        var document = new DocumentRef(model(), make(fate, number));
        fates.put(document, fate);
        return document;
    }

    final Map<DocumentRef, Fate> fates() {
        return fates;
    }

    final Fate fate(DocumentRef document) {
        return fates.get(document);
    }

    /** What a person enters into the form of a step; step {@code decide} is a hold. */
    final Map<String, Object> answer(DocumentRef document, String step) {
        if (!step.equals("decide")) {
            return work(document, step);
        }
        var decision = switch (fate(document)) {
            case REJECTED -> "reject";
            case RETURNED -> returned.add(document) ? "return" : "release";
            default -> "release";
        };
        return Map.of("decision", decision, "reason", "As agreed.");
    }

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
        String model() {
            return "sale.order";
        }

        @Override
        long make(Fate fate, int number) {
            var customer = odoo.data()
                    .customer("Elbe Metall " + number)
                    .creditLimit(1e9)
                    .add();
            return odoo.data()
                    .order(customer)
                    .line(product, 10, fate == Fate.PASSES ? 0 : 25)
                    .add();
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

    /** Urgent orders, most of them too dear for one buyer alone; what is bought is received. */
    static final class UrgentPurchases extends Workload {

        private final long product;
        private final Set<DocumentRef> received = new HashSet<>();

        UrgentPurchases(DemoOdoo odoo) {
            super(odoo);
            product = odoo.data().product("Seal").price(200).cost(100).stock(0).add();
        }

        @Override
        String workflow() {
            return "urgent-purchase";
        }

        @Override
        String model() {
            return "purchase.order";
        }

        /** Orders at one vendor would add up to one amount. */
        @Override
        long make(Fate fate, int number) {
            var vendor = odoo.data()
                    .vendor("Isar Stahlhandel " + number)
                    .price(product, 100)
                    .add();
            return odoo.data()
                    .purchase(vendor)
                    .line(product, fate == Fate.PASSES ? 3 : 20)
                    .add();
        }

        @Override
        void request(DocumentRef document) {
            odoo.requestApproval(document.id(), "bea");
        }

        @Override
        void act(DocumentRef document) {
            if (!received.contains(document)
                    && record(document).path("state").asText().equals("purchase")) {
                odoo.receivePurchase(document.id(), 1);
                received.add(document);
            }
        }

        @Override
        Map<String, Integer> expected(Fate fate) {
            return Map.of("purchased", fate == Fate.REJECTED ? 0 : 1);
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
        String model() {
            return "stock.picking";
        }

        @Override
        long make(Fate fate, int number) {
            var customer = odoo.data()
                    .customer("Weser Armaturen " + number)
                    .creditLimit(1e9)
                    .add();
            var order =
                    odoo.data().order(customer).line(product, 4).delivered(5).add();
            var delivery = odoo.data().delivery(order);
            odoo.data()
                    .comesBack(
                            delivery, product, 2, fate == Fate.PASSES ? "faulty" : "changed_mind", fate != Fate.PASSES);
            return delivery;
        }

        @Override
        void request(DocumentRef document) {
            odoo.requestReturn(document.id(), "ben");
        }

        @Override
        void act(DocumentRef document) {
            record(document).path("return_ids").forEach(id -> {
                var back = record(new DocumentRef(model(), id.asLong()));
                if (back.path("state").asText().equals("assigned")
                        && back.path("x_holdpoint_state").asText().equals("released")) {
                    odoo.validate(id.asLong(), "wim");
                }
            });
        }

        @Override
        Map<String, Object> work(DocumentRef document, String step) {
            return switch (step) {
                case "inspectGoods" -> Map.of("grade", "A");
                case "approveRefund" -> Map.of("refund", "approve");
                default -> super.work(document, step);
            };
        }

        @Override
        Map<String, Integer> expected(Fate fate) {
            var times = fate == Fate.REJECTED ? 0 : 1;
            return Map.of("return", times, "credit", times);
        }
    }

    /** Lots with a defect: good after all, scrapped, or reported by mistake. */
    static final class QualityEscalations extends Workload {

        QualityEscalations(DemoOdoo odoo) {
            super(odoo);
        }

        @Override
        String workflow() {
            return "quality-escalation";
        }

        @Override
        String model() {
            return "stock.lot";
        }

        /** The same defect of one product again and again would be a pattern. */
        @Override
        long make(Fate fate, int number) {
            var product =
                    odoo.data().product("Valve " + number).price(20).cost(10).add();
            return odoo.data().lot("LOT-" + number, product, 10);
        }

        @Override
        void request(DocumentRef document) {
            var critical = fate(document) == Fate.REJECTED;
            odoo.data()
                    .defectSeen(
                            document,
                            critical ? "safety" : "appearance",
                            critical ? "critical" : "minor",
                            0,
                            "Scratches on the flange of all ten");
            odoo.reportDefect(document, "wim");
        }

        @Override
        Map<String, Object> work(DocumentRef document, String step) {
            if (!step.equals("inspectStock")) {
                return super.work(document, step);
            }
            return fate(document) == Fate.PASSES
                    ? Map.of("conformity", "conforms", "inspection", "Ten of ten measured, all within tolerance")
                    : Map.of(
                            "conformity",
                            "doesNotConform",
                            "functionalImpact",
                            true,
                            "inspection",
                            "Ten of ten measured with the gauge, all out of tolerance");
        }

        @Override
        Map<String, Integer> expected(Fate fate) {
            var scrapped = fate == Fate.RELEASED || fate == Fate.RETURNED;
            return Map.of("quarantined", 1, "back in stock", scrapped ? 0 : 1, "scrapped", scrapped ? 1 : 0);
        }
    }
}
