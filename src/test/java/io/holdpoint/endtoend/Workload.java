package io.holdpoint.endtoend;

import io.holdpoint.odoo.DocumentRef;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Documents of one workflow, what people do with them, and what must have happened in the end. */
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

    final Office office;
    private final Map<DocumentRef, Fate> fates = new LinkedHashMap<>();
    private final Set<DocumentRef> returned = new HashSet<>();

    Workload(Office office) {
        this.office = office;
    }

    abstract String workflow();

    /** What the documents are in Odoo. */
    abstract String model();

    /** Makes a document that is to end like this; {@code number} is its own. */
    abstract long make(Fate fate, int number);

    /** Asks for it, by Odoo's button. */
    void request(DocumentRef document) {
        office.request(document);
    }

    /** What a person enters into the form of a follow-up. */
    Map<String, Object> work(DocumentRef document, String step) {
        throw new IllegalStateException("Nobody knows what to enter for " + step + " of " + document + ".");
    }

    /** What must have happened to a document, by the names that {@link Office#effects} knows. */
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

    /** Orders, some of them with a discount that somebody has to release. */
    static final class OrderReleases extends Workload {

        OrderReleases(Office office) {
            super(office);
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
            return office.order(number, fate == Fate.PASSES ? 0 : 25);
        }

        @Override
        Map<String, Integer> expected(Fate fate) {
            var times = fate == Fate.REJECTED ? 0 : 1;
            return Map.of("released", times, "confirmed", times, "delivery", times);
        }
    }

    /** Urgent orders, most of them too dear for one buyer alone; what is bought is received. */
    static final class UrgentPurchases extends Workload {

        UrgentPurchases(Office office) {
            super(office);
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
            return office.purchase(number, fate == Fate.PASSES ? 3 : 20);
        }

        @Override
        Map<String, Integer> expected(Fate fate) {
            var times = fate == Fate.REJECTED ? 0 : 1;
            return Map.of("released", times, "purchased", times, "receipt", times);
        }
    }

    /** Deliveries of which something comes back; opened goods have to be released. */
    static final class Returns extends Workload {

        Returns(Office office) {
            super(office);
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
            return office.delivery(number, fate == Fate.PASSES ? "faulty" : "changed_mind", fate != Fate.PASSES);
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
            return Map.of("released", times, "return", times, "credit", times);
        }
    }

    /** Lots with a defect: good after all, scrapped, or reported by mistake. */
    static final class QualityEscalations extends Workload {

        QualityEscalations(Office office) {
            super(office);
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
            return office.lot(number);
        }

        @Override
        void request(DocumentRef document) {
            var critical = fate(document) == Fate.REJECTED;
            office.report(document, critical ? "safety" : "appearance", critical ? "critical" : "minor");
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
