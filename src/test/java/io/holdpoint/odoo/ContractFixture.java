package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * What the contracts with Odoo have in common: records to try them on, and a look at what became of those. A subclass
 * says how to reach an Odoo on which the setup has run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractFixture {

    protected abstract OdooTransport admin();

    protected abstract OdooTransport technical();

    /** As its administrator. */
    protected Odoo odoo;

    /** As Holdpoint. */
    protected Odoo holdpoint;

    protected Commands commands;

    @BeforeAll
    final void reach() {
        odoo = new Odoo(admin(), null, 8);
        holdpoint = new Odoo(technical(), null, 8);
        commands = new Commands(holdpoint);
    }

    final long vendor() {
        return odoo.create("res.partner", List.of(Map.of("name", "Vendor " + UUID.randomUUID(), "is_company", true)))
                .get(0);
    }

    final long customer() {
        return odoo.create("res.partner", List.of(Map.of("name", "Customer " + UUID.randomUUID())))
                .get(0);
    }

    /** A new product of which stock is kept, at 10 where nothing else is said. */
    final long product(Map<String, ?> more) {
        var values = new HashMap<String, Object>(
                Map.of("name", "Part " + UUID.randomUUID(), "type", "consu", "is_storable", true, "list_price", 10));
        values.putAll(more);
        return odoo.create("product.product", List.of(values)).get(0);
    }

    /** An order without taxes of a new customer that Holdpoint has released. */
    final long confirmed(long product, double quantity) {
        var line = Map.of(
                "product_id", product, "product_uom_qty", quantity, "tax_ids", List.of(List.of(6, 0, List.of())));
        var order = odoo.create(
                        "sale.order",
                        List.of(Map.of("partner_id", customer(), "order_line", List.of(List.of(0, 0, line)))))
                .get(0);
        commands.run(new OdooCommand(
                "order-release",
                UUID.randomUUID().toString(),
                new DocumentRef("sale.order", order),
                "release",
                "",
                null,
                null,
                Map.of()));
        return order;
    }

    /** The first delivery of an order. */
    final long delivery(long order) {
        return odoo.searchRead("stock.picking", List.of(List.of("sale_id", "=", order)), List.of("id"), "id", 1)
                .get(0)
                .path("id")
                .asLong();
    }

    /** Validates a transfer with all questions answered beforehand. */
    final JsonNode validate(long transfer) {
        return odoo.call(
                "stock.picking",
                "button_validate",
                List.of(transfer),
                Map.of(),
                Map.of("skip_sms", true, "skip_backorder", true));
    }

    /** How much of a product lies in a place. */
    final double lying(long product, long place) {
        return odoo
                .searchRead(
                        "stock.quant",
                        List.of(List.of("product_id", "=", product), List.of("location_id", "=", place)),
                        List.of("quantity"),
                        "id",
                        0)
                .stream()
                .mapToDouble(quant -> quant.path("quantity").asDouble())
                .sum();
    }

    final String text(String model, long id, String field) {
        return odoo.read(model, List.of(id), List.of(field)).get(0).path(field).asText();
    }
}
