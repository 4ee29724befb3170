package io.holdpoint.endtoend;

import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.demo.DemoOdooServer;
import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The demo Odoo, which answers at once. */
final class DemoOffice implements Office {

    private final DemoOdoo odoo = DemoOdoo.empty(Clock.systemUTC());
    private final DemoOdooServer server;
    private final long pump =
            odoo.data().product("Pump").price(100).cost(30).stock(1e9).add();
    private final long seal =
            odoo.data().product("Seal").price(200).cost(100).stock(0).add();
    private final Set<DocumentRef> received = new HashSet<>();

    /** @param receiver where webhooks go; asked for each, and empty where one is to be lost */
    DemoOffice(Supplier<Optional<URI>> receiver) throws IOException {
        server = new DemoOdooServer(odoo, receiver);
    }

    @Override
    public String name() {
        return "demo Odoo";
    }

    @Override
    public String url() {
        return server.url().toString();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("ODOO_DB", "demo");
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(3);
    }

    @Override
    public void open(Holdpoint holdpoint) {
        // It has all that odoo-setup makes.
    }

    @Override
    public long order(int number, double discount) {
        return odoo.data()
                .order(customer("Elbe Metall " + number))
                .line(pump, 10, discount)
                .add();
    }

    private long customer(String name) {
        return odoo.data().customer(name).creditLimit(1e9).add();
    }

    @Override
    public long purchase(int number, double pieces) {
        var vendor = odoo.data()
                .vendor("Isar Stahlhandel " + number)
                .price(seal, 100)
                .add();
        return odoo.data().purchase(vendor).line(seal, pieces).add();
    }

    @Override
    public long delivery(int number, String reason, boolean opened) {
        var order = odoo.data()
                .order(customer("Weser Armaturen " + number))
                .line(pump, 4)
                .delivered(5)
                .add();
        var delivery = odoo.data().delivery(order);
        odoo.data().comesBack(delivery, pump, 2, reason, opened);
        return delivery;
    }

    @Override
    public long lot(int number) {
        var product = odoo.data().product("Valve " + number).price(20).cost(10).add();
        return odoo.data().lot("LOT-" + number, product, 10);
    }

    @Override
    public void request(DocumentRef document) {
        switch (document.model()) {
            case "sale.order" -> odoo.requestRelease(document.id(), "anna");
            case "purchase.order" -> odoo.requestApproval(document.id(), "bea");
            default -> odoo.requestReturn(document.id(), "ben");
        }
    }

    @Override
    public void report(DocumentRef lot, String defect, String severity) {
        odoo.data().defectSeen(lot, defect, severity, 0, "Scratches on the flange of all ten");
        odoo.reportDefect(lot, "wim");
    }

    @Override
    public void receive(Collection<DocumentRef> documents) {
        for (var document : documents) {
            switch (document.model()) {
                case "purchase.order" -> receivePurchase(document);
                case "stock.picking" -> receiveReturn(document);
                default -> {}
            }
        }
    }

    private void receivePurchase(DocumentRef order) {
        if (!received.contains(order)
                && odoo.record(order).path("state").asText().equals("purchase")) {
            odoo.receivePurchase(order.id(), 1);
            received.add(order);
        }
    }

    private void receiveReturn(DocumentRef delivery) {
        odoo.record(delivery).path("return_ids").forEach(id -> {
            var back = odoo.record(new DocumentRef(delivery.model(), id.asLong()));
            if (back.path("state").asText().equals("assigned")
                    && back.path("x_holdpoint_state").asText().equals("released")) {
                odoo.validate(id.asLong(), "wim");
            }
        });
    }

    @Override
    public int effects(String effect, DocumentRef document) {
        return server.effects(effect, document);
    }

    @Override
    public void close() {
        server.close();
    }
}
