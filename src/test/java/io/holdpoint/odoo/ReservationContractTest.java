package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What Holdpoint relies on in what Odoo reserves, by place and by lot, and in what it invoices and credits of it. A
 * subclass says how to reach an Odoo on which the setup has run.
 */
abstract class ReservationContractTest extends ContractFixture {

    private long company;
    private long warehouse;
    private long stock;
    private long besideStock;
    private long receipts;
    private long suppliers;

    @BeforeAll
    void connect() {
        var warehouse = odoo.searchRead(
                        "stock.warehouse",
                        List.of(),
                        List.of("company_id", "lot_stock_id", "view_location_id", "in_type_id"),
                        "id",
                        1)
                .get(0);
        this.warehouse = warehouse.path("id").asLong();
        company = warehouse.path("company_id").get(0).asLong();
        stock = warehouse.path("lot_stock_id").get(0).asLong();
        besideStock = warehouse.path("view_location_id").get(0).asLong();
        receipts = warehouse.path("in_type_id").get(0).asLong();
        suppliers = odoo.searchRead(
                        "stock.location", List.of(List.of("usage", "=", "supplier")), List.of("usage"), "id", 1)
                .get(0)
                .path("id")
                .asLong();
    }

    // Reservations

    @Test
    void without_stock_a_delivery_waits() {
        var delivery = delivery(confirmed(product("none"), 4));

        assertThat(text("stock.picking", delivery, "state")).isEqualTo("confirmed");
        assertThat(move(delivery).path("state").asText()).isEqualTo("confirmed");
        assertThat(move(delivery).path("quantity").asDouble()).isZero();
    }

    @Test
    void a_reservation_is_given_back_and_taken_again() {
        var product = product("none");
        count(product, stock, 0, 10);
        var delivery = delivery(confirmed(product, 4));
        assertThat(quant(product, stock, 0).path("reserved_quantity").asDouble())
                .isEqualTo(4);

        assertThat(call(delivery, "do_unreserve").isNull()).isTrue();

        assertThat(text("stock.picking", delivery, "state")).isEqualTo("confirmed");
        assertThat(quant(product, stock, 0).path("reserved_quantity").asDouble())
                .isZero();
        assertThat(call(delivery, "action_assign").asBoolean()).isTrue();
        assertThat(text("stock.picking", delivery, "state")).isEqualTo("assigned");
    }

    @Test
    void a_cancelled_order_cancels_its_delivery_and_reserves_nothing() {
        var product = product("none");
        count(product, stock, 0, 10);
        var order = confirmed(product, 4);
        var delivery = delivery(order);

        odoo.call("sale.order", "action_cancel", List.of(order), Map.of(), Map.of());

        assertThat(text("stock.picking", delivery, "state")).isEqualTo("cancel");
        assertThat(move(delivery).path("state").asText()).isEqualTo("cancel");
        assertThat(quant(product, stock, 0).path("reserved_quantity").asDouble())
                .isZero();
    }

    @Test
    void what_is_ticked_goes_and_the_rest_is_left_for_later() {
        var product = product("none");
        count(product, stock, 0, 10);
        var order = confirmed(product, 10);
        var delivery = delivery(order);
        odoo.write("stock.move", List.of(move(delivery).path("id").asLong()), Map.of("quantity", 6, "picked", true));

        assertThat(validate(delivery).asBoolean()).isTrue();

        assertThat(line(order).path("qty_delivered").asDouble()).isEqualTo(6);
        var rest = odoo.searchRead(
                "stock.picking", List.of(List.of("backorder_id", "=", delivery)), List.of("state"), "id", 0);
        assertThat(rest).singleElement().satisfies(one -> {
            assertThat(one.path("state").asText()).isEqualTo("assigned");
            assertThat(move(one.path("id").asLong()).path("product_uom_qty").asDouble())
                    .isEqualTo(4);
        });
    }

    @Test
    void places_below_the_stock_are_reserved_and_those_beside_it_are_not() {
        var product = product("none");
        var shelf = place(stock);
        var quarantine = place(besideStock);
        count(product, shelf, 0, 3);
        count(product, quarantine, 0, 50);

        var delivery = delivery(confirmed(product, 5));

        assertThat(move(delivery).path("quantity").asDouble()).isEqualTo(3);
        assertThat(moveLines(delivery))
                .singleElement()
                .satisfies(line ->
                        assertThat(line.path("location_id").get(0).asLong()).isEqualTo(shelf));
        assertThat(free(product, Map.of("location", stock))).isZero();
        assertThat(onHand(product, Map.of("location", stock))).isEqualTo(3);
        assertThat(onHand(product, Map.of("location", quarantine))).isEqualTo(50);
        assertThat(onHand(product, Map.of("warehouse_id", warehouse))).isEqualTo(53);
        assertThat(free(product, Map.of("warehouse_id", warehouse))).isEqualTo(50);
    }

    @Test
    void a_place_is_called_by_where_it_lies() {
        var shelf = place(stock);
        var name = text("stock.location", shelf, "name");

        assertThat(text("stock.location", shelf, "complete_name"))
                .isEqualTo(text("stock.location", stock, "complete_name") + "/" + name)
                .endsWith("/Stock/" + name);
        assertThat(text("stock.location", shelf, "display_name")).endsWith("/Stock/" + name);
    }

    @Test
    void a_count_applied_twice_is_a_count_of_nothing() {
        var product = product("none");
        count(product, stock, 0, 10);
        var id = quant(product, stock, 0).path("id").asLong();

        odoo.call("stock.quant", "action_apply_inventory", List.of(id), Map.of(), Map.of());

        assertThat(onHand(product, Map.of("location", stock))).isZero();
    }

    // Lots

    @Test
    void lots_are_reserved_delivered_and_come_back_by_name() {
        var product = product("lot");
        var first = lot(product, "A");
        var second = lot(product, "B");
        count(product, stock, first, 3);
        count(product, stock, second, 3);
        var order = confirmed(product, 5);
        var delivery = delivery(order);

        assertThat(lots(delivery)).isEqualTo(Map.of(first, 3.0, second, 2.0));
        assertThat(quant(product, stock, second).path("reserved_quantity").asDouble())
                .isEqualTo(2);
        validate(delivery);
        assertThat(onHandOf(first)).isZero();
        assertThat(onHandOf(second)).isEqualTo(1);

        var back = authorized(delivery, 5);
        assertThat(lots(back)).isEqualTo(Map.of(first, 3.0, second, 2.0));
        validate(back);
        assertThat(onHandOf(first)).isEqualTo(3);
        assertThat(line(order).path("qty_delivered").asDouble()).isZero();
    }

    @Test
    void a_lot_tells_where_it_lies_and_to_whom_it_went() {
        var product = product("lot");
        var lot = lot(product, "A");
        count(product, stock, lot, 3);
        assertThat(locationOf(lot).get(0).asLong()).isEqualTo(stock);
        var delivery = delivery(confirmed(product, 1));
        validate(delivery);

        var found = odoo.read(
                        "stock.lot",
                        List.of(lot),
                        List.of("location_id", "delivery_ids", "purchase_order_ids", "ref", "note", "product_qty"))
                .get(0);

        assertThat(found.path("location_id").isBoolean())
                .as("some of it lies here and some with the customer")
                .isTrue();
        assertThat(found.path("delivery_ids"))
                .singleElement()
                .satisfies(id -> assertThat(id.asLong()).isEqualTo(delivery));
        assertThat(found.path("purchase_order_ids")).isEmpty();
        assertThat(found.path("product_qty").asDouble()).isEqualTo(2);
    }

    @Test
    void a_lot_that_somebody_chose_is_the_one_that_goes() {
        var product = product("lot");
        var first = lot(product, "A");
        var second = lot(product, "B");
        count(product, stock, first, 3);
        count(product, stock, second, 3);
        var delivery = delivery(confirmed(product, 2));
        var line = moveLines(delivery).get(0).path("id").asLong();

        odoo.write("stock.move.line", List.of(line), Map.of("lot_id", second));
        validate(delivery);

        assertThat(onHandOf(first)).isEqualTo(3);
        assertThat(onHandOf(second)).isEqualTo(1);
    }

    @Test
    void a_receipt_of_a_product_with_lots_wants_to_know_which() {
        var product = product("lot");
        var receipt = receipt(product, 4);

        assertThatThrownBy(() -> validate(receipt))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Lot/Serial Number");

        var lot = lot(product, "R");
        var line = moveLines(receipt).get(0).path("id").asLong();
        odoo.write("stock.move.line", List.of(line), Map.of("lot_id", lot));
        assertThat(validate(receipt).asBoolean()).isTrue();
        assertThat(onHandOf(lot)).isEqualTo(4);
    }

    @Test
    void serial_numbers_are_reserved_one_by_one() {
        var product = product("serial");
        var first = lot(product, "S1");
        var second = lot(product, "S2");
        count(product, stock, first, 1);
        count(product, stock, second, 1);

        assertThat(lots(delivery(confirmed(product, 2)))).isEqualTo(Map.of(first, 1.0, second, 1.0));
    }

    // Returns

    @Test
    void a_newer_return_takes_what_the_older_one_had_reserved() {
        var product = product("none");
        count(product, stock, 0, 10);
        var delivery = delivery(confirmed(product, 4));
        validate(delivery);

        var older = returned(delivery, 4);
        var newer = returned(delivery, 4);

        assertThat(text("stock.picking", older, "state")).isEqualTo("assigned");
        assertThat(move(older).path("state").asText()).isEqualTo("confirmed");
        assertThat(move(older).path("quantity").asDouble()).isZero();
        assertThat(text("stock.picking", newer, "state")).isEqualTo("assigned");
        assertThat(move(newer).path("quantity").asDouble()).isEqualTo(4);
        assertThat(odoo.searchRead(
                        "stock.picking", List.of(List.of("return_id", "=", delivery)), List.of("state"), "id", 0))
                .extracting(one -> one.path("id").asLong())
                .containsExactly(older, newer);
    }

    @Test
    void exactly_what_came_back_is_credited_and_once() {
        var product = product("none");
        count(product, stock, 0, 10);
        var order = confirmed(product, 4);
        assertThatThrownBy(() -> invoice(order))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("No items are available to invoice");
        var delivery = delivery(order);
        validate(delivery);
        assertThat(text("sale.order", order, "invoice_status")).isEqualTo("to invoice");

        var invoice = invoice(order);
        assertThat(text("account.move", invoice, "move_type")).isEqualTo("out_invoice");
        assertThat(amount(invoice)).isEqualTo(40);
        assertThat(odoo.call("account.move", "action_post", List.of(invoice), Map.of(), Map.of())
                        .asBoolean())
                .isFalse();
        assertThat(text("sale.order", order, "invoice_status")).isEqualTo("invoiced");

        validate(authorized(delivery, 1));
        assertThat(line(order).path("qty_to_invoice").asDouble()).isEqualTo(-1);
        assertThat(text("sale.order", order, "invoice_status")).isEqualTo("to invoice");

        var credit = invoice(order);
        assertThat(text("account.move", credit, "move_type")).isEqualTo("out_refund");
        assertThat(text("account.move", credit, "state")).isEqualTo("draft");
        assertThat(amount(credit)).isEqualTo(10);
        assertThatThrownBy(() -> invoice(order))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Cannot create an invoice. No items are available to invoice.");
        odoo.call("account.move", "action_post", List.of(credit), Map.of(), Map.of());
        assertThatThrownBy(() -> odoo.call("account.move", "action_post", List.of(credit), Map.of(), Map.of()))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("must be in draft");
    }

    // Fixture

    private long product(String tracking) {
        return product(Map.of(
                "tracking", tracking, "invoice_policy", "delivery", "taxes_id", List.of(List.of(6, 0, List.of()))));
    }

    private long lot(long product, String name) {
        return odoo.create("stock.lot", List.of(Map.of("name", name, "product_id", product, "company_id", company)))
                .get(0);
    }

    private long place(long parent) {
        return odoo.create(
                        "stock.location",
                        List.of(Map.of(
                                "name", "Place " + UUID.randomUUID(), "location_id", parent, "usage", "internal")))
                .get(0);
    }

    private JsonNode locationOf(long lot) {
        return odoo.read("stock.lot", List.of(lot), List.of("location_id"))
                .get(0)
                .path("location_id");
    }

    private void count(long product, long location, long lot, double quantity) {
        var values = new HashMap<String, Object>(
                Map.of("product_id", product, "location_id", location, "inventory_quantity", quantity));
        if (lot > 0) {
            values.put("lot_id", lot);
        }
        var quant = odoo.create("stock.quant", List.of(values));
        odoo.call("stock.quant", "action_apply_inventory", quant, Map.of(), Map.of());
    }

    private static OdooCommand release(String workflow, DocumentRef document, Map<String, Object> arguments) {
        return new OdooCommand(workflow, UUID.randomUUID().toString(), document, "release", "", null, null, arguments);
    }

    private long receipt(long product, double quantity) {
        var receipt = odoo.create(
                        "stock.picking",
                        List.of(Map.of(
                                "picking_type_id",
                                receipts,
                                "location_id",
                                suppliers,
                                "location_dest_id",
                                stock,
                                "move_ids",
                                List.of(List.of(
                                        0,
                                        0,
                                        Map.of(
                                                "product_id",
                                                product,
                                                "product_uom_qty",
                                                quantity,
                                                "location_id",
                                                suppliers,
                                                "location_dest_id",
                                                stock))))))
                .get(0);
        call(receipt, "action_confirm");
        assertThat(text("stock.picking", receipt, "state"))
                .as("what comes from outside is there at once")
                .isEqualTo("assigned");
        return receipt;
    }

    private long returned(long delivery, double quantity) {
        var wizard = odoo.create("stock.return.picking", List.of(Map.of("picking_id", delivery)))
                .get(0);
        odoo.read("stock.return.picking", List.of(wizard), List.of("product_return_moves"))
                .get(0)
                .path("product_return_moves")
                .forEach(line ->
                        odoo.write("stock.return.picking.line", List.of(line.asLong()), Map.of("quantity", quantity)));
        return odoo.call("stock.return.picking", "action_create_returns", List.of(wizard), Map.of(), Map.of())
                .path("res_id")
                .asLong();
    }

    /** Only such a return is received. */
    private long authorized(long delivery, double quantity) {
        Map<String, Object> line = Map.of("move", move(delivery).path("id").asLong(), "quantity", quantity);
        commands.run(release(
                "return-authorization",
                new DocumentRef("stock.picking", delivery),
                Map.of("rma", "RMA-" + delivery + "-1", "quarantine", false, "lines", List.of(line))));
        return odoo.searchRead("stock.picking", List.of(List.of("return_id", "=", delivery)), List.of("id"), "id", 1)
                .get(0)
                .path("id")
                .asLong();
    }

    private long invoice(long order) {
        var wizard = odoo.create(
                "sale.advance.payment.inv",
                List.of(Map.of(
                        "advance_payment_method",
                        "delivered",
                        "sale_order_ids",
                        List.of(List.of(6, 0, List.of(order))))));
        return odoo.call("sale.advance.payment.inv", "create_invoices", wizard, Map.of(), Map.of())
                .path("res_id")
                .asLong();
    }

    // Reading

    private JsonNode move(long picking) {
        return odoo.searchRead(
                        "stock.move",
                        List.of(List.of("picking_id", "=", picking)),
                        List.of("state", "product_uom_qty", "quantity"),
                        "id",
                        0)
                .get(0);
    }

    private List<JsonNode> moveLines(long picking) {
        return odoo.searchRead(
                "stock.move.line",
                List.of(List.of("picking_id", "=", picking)),
                List.of("lot_id", "quantity", "location_id"),
                "id",
                0);
    }

    private Map<Long, Double> lots(long picking) {
        var lots = new HashMap<Long, Double>();
        moveLines(picking)
                .forEach(line -> lots.merge(
                        line.path("lot_id").path(0).asLong(),
                        line.path("quantity").asDouble(),
                        Double::sum));
        return lots;
    }

    private JsonNode line(long order) {
        return odoo.searchRead(
                        "sale.order.line",
                        List.of(List.of("order_id", "=", order)),
                        List.of("qty_delivered", "qty_to_invoice"),
                        "id",
                        1)
                .get(0);
    }

    private JsonNode quant(long product, long location, long lot) {
        var domain = new ArrayList<List<Object>>(
                List.of(List.of("product_id", "=", product), List.of("location_id", "=", location)));
        domain.add(List.of("lot_id", "=", lot > 0 ? lot : (Object) false));
        return odoo.searchRead("stock.quant", domain, List.of("quantity", "reserved_quantity"), "id", 1)
                .get(0);
    }

    private double onHandOf(long lot) {
        return odoo.read("stock.lot", List.of(lot), List.of("product_qty"))
                .get(0)
                .path("product_qty")
                .asDouble();
    }

    private double onHand(long product, Map<String, Object> context) {
        return figure(product, "qty_available", context);
    }

    private double free(long product, Map<String, Object> context) {
        return figure(product, "free_qty", context);
    }

    private double figure(long product, String field, Map<String, Object> context) {
        return odoo.call("product.product", "read", List.of(product), Map.of("fields", List.of(field)), context)
                .get(0)
                .path(field)
                .asDouble();
    }

    private double amount(long invoice) {
        return odoo.read("account.move", List.of(invoice), List.of("amount_total"))
                .get(0)
                .path("amount_total")
                .asDouble();
    }

    private JsonNode call(long picking, String method) {
        return odoo.call("stock.picking", method, List.of(picking), Map.of(), Map.of());
    }
}
