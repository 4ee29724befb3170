package io.holdpoint.endtoend;

import static org.awaitility.Awaitility.await;

import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A real Odoo, whose webhooks come by way of a relay and whose books an administrator searches. */
final class RealOffice implements Office {

    private static final String TRANSFER = "stock.picking";

    private final RealOdoo odoo = new RealOdoo();
    private final RealOdoo.Session buyer = odoo.employ("purchase.group_purchase_user");
    private final RealOdoo.Session storekeeper = odoo.employ("stock.group_stock_user");
    private final WebhookRelay relay;
    private final long pump = odoo.storable(100, 30, 1e6);
    private final long seal = odoo.storable(200, 100, 0);
    /** The orders of deliveries of which something comes back. */
    private final Map<DocumentRef, Long> orders = new HashMap<>();

    /** @param receiver where webhooks go; asked for each, and empty where one is to be lost */
    RealOffice(Supplier<Optional<URI>> receiver) throws IOException {
        relay = new WebhookRelay(receiver);
    }

    @Override
    public String name() {
        return "Odoo " + odoo.version();
    }

    @Override
    public String url() {
        return odoo.url();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(8);
    }

    @Override
    public void open(Holdpoint holdpoint) throws Exception {
        holdpoint.setUpOdoo(relay.url());
    }

    @Override
    public long order(int number, double discount) {
        return odoo.quotation(odoo.customer(), Map.of("product_id", pump, "product_uom_qty", 10, "discount", discount));
    }

    @Override
    public long purchase(int number, double pieces) {
        return odoo.urgentPurchase(buyer, odoo.vendor(seal, 100), seal, pieces);
    }

    @Override
    public long delivery(int number, String reason, boolean opened) {
        var order = odoo.quotation(odoo.customer(), Map.of("product_id", pump, "product_uom_qty", 4));
        odoo.release(order);
        var delivery = odoo.delivery(order);
        storekeeper.validate(delivery);
        odoo.post(odoo.invoice(order));
        odoo.seller().comesBack(delivery, pump, 2, reason, opened);
        orders.put(new DocumentRef(TRANSFER, delivery), order);
        return delivery;
    }

    @Override
    public long lot(int number) {
        var product = odoo.lotted(10);
        var lot = odoo.lot(product);
        odoo.received(odoo.vendor(product, 10), product, lot, 10);
        return lot;
    }

    @Override
    public void request(DocumentRef document) {
        switch (document.model()) {
            case "sale.order" -> press(odoo.seller(), "sale_order_request", document);
            case "purchase.order" -> press(buyer, "purchase_order_request", document);
            default -> press(odoo.seller(), "return_request", document);
        }
    }

    private static void press(RealOdoo.Session person, String button, DocumentRef document) {
        patiently(() -> person.press(button, document.model(), document.id()));
    }

    @Override
    public void report(DocumentRef lot, String defect, String severity) {
        patiently(() -> storekeeper.reportDefect(lot.id(), defect, severity));
    }

    @Override
    public void receive(Collection<DocumentRef> documents) {
        receive(List.of("purchase_id", "in", ids("purchase.order", documents)));
        receive(List.of("return_id", "in", ids(TRANSFER, documents)));
    }

    private void receive(List<?> of) {
        var awaited = List.of(of, List.of("state", "=", "assigned"));
        for (var transfer : odoo.admin().search(TRANSFER, awaited, "id")) {
            patiently(() -> storekeeper.validate(transfer.asLong()));
        }
    }

    private static List<Long> ids(String model, Collection<DocumentRef> documents) {
        return documents.stream()
                .filter(document -> document.model().equals(model))
                .map(DocumentRef::id)
                .toList();
    }

    /** Whoever is told that somebody else was quicker tries again: Odoo has done nothing then. */
    private static void patiently(Runnable work) {
        await().atMost(Duration.ofMinutes(2)).pollDelay(Duration.ZERO).until(() -> {
            try {
                work.run();
                return true;
            } catch (RealOdoo.Refused refused) {
                if (refused.getMessage().contains("could not serialize access")) {
                    return false;
                }
                throw refused;
            }
        });
    }

    @Override
    public int effects(String effect, DocumentRef document) {
        return switch (effect) {
            case "released" ->
                odoo.technical()
                        .count(
                                "x_holdpoint_command",
                                List.of("x_document", "=", document.toString()),
                                List.of("x_operation", "=", "release"));
            case "confirmed" -> became("sale", "Sales Order", document);
            case "purchased" -> became("purchase", "Purchase Order", document);
            case "delivery" -> count(TRANSFER, List.of("sale_id", "=", document.id()));
            case "receipt" -> count(TRANSFER, List.of("purchase_id", "=", document.id()));
            case "return" -> count(TRANSFER, List.of("return_id", "=", document.id()));
            case "credit" ->
                count(
                        "account.move",
                        List.of("line_ids.sale_line_ids.order_id", "=", orders.get(document)),
                        List.of("move_type", "=", "out_refund"));
            case "quarantined" -> moved(document, odoo.stock(), odoo.place("Quarantine"));
            case "back in stock" -> moved(document, odoo.place("Quarantine"), odoo.stock());
            case "scrapped" ->
                count("stock.scrap", List.of("lot_id", "=", document.id()), List.of("state", "=", "done"));
            default -> throw new IllegalArgumentException(effect);
        };
    }

    private int count(String model, List<?>... conditions) {
        return odoo.admin().count(model, conditions);
    }

    /** How often an order went into a state, as its chatter tells; less than nothing where it did not stay there. */
    private int became(String state, String label, DocumentRef order) {
        var changes = count(
                "mail.tracking.value",
                List.of("mail_message_id.model", "=", order.model()),
                List.of("mail_message_id.res_id", "=", order.id()),
                List.of("field_id.name", "=", "state"),
                List.of("new_value_char", "=", label));
        var is = odoo.admin().read(order.model(), order.id(), "state").asText();
        return is.equals(state) ? changes : -changes;
    }

    private int moved(DocumentRef lot, long from, long to) {
        return count(
                TRANSFER,
                List.of("move_line_ids.lot_id", "=", lot.id()),
                List.of("location_id", "=", from),
                List.of("location_dest_id", "=", to),
                List.of("state", "=", "done"));
    }

    @Override
    public void close() {
        relay.close();
    }
}
