package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What Holdpoint relies on in Odoo's stock, its traps included, so that the real one and the one in memory cannot drift
 * apart. A subclass says how to reach an Odoo on which the setup has run.
 */
abstract class StockContractTest extends ContractFixture {

    private Deliveries deliveries;
    private Reference warehouse;
    private long stock;
    private long internalType;

    @BeforeAll
    void connect() {
        deliveries = new Deliveries(holdpoint);
        var first = odoo.searchRead(
                        "stock.warehouse", List.of(), List.of("name", "lot_stock_id", "int_type_id"), "id", 1)
                .get(0);
        warehouse = new Reference(first.path("id").asLong(), first.path("name").asText());
        stock = first.path("lot_stock_id").get(0).asLong();
        internalType = first.path("int_type_id").get(0).asLong();
    }

    // Deliveries

    @Test
    void a_confirmed_order_has_a_delivery_that_is_ready_when_something_is_reserved() {
        var order = confirmed(product(70), 100);

        var delivery = delivery(order);

        assertThat(text("stock.picking", delivery, "state")).isEqualTo("assigned");
        assertThat(text("stock.picking", delivery, "picking_type_code")).isEqualTo("outgoing");
        assertThat(moves(delivery).get(0).path("product_uom_qty").asDouble()).isEqualTo(100);
        assertThat(moves(delivery).get(0).path("quantity").asDouble()).isEqualTo(70);
    }

    @Test
    void a_short_delivery_asks_first_and_does_nothing() {
        var delivery = delivery(confirmed(product(70), 100));

        var answer =
                odoo.call("stock.picking", "button_validate", List.of(delivery), Map.of(), Map.of("skip_sms", true));

        assertThat(answer.path("res_model").asText()).isEqualTo("stock.backorder.confirmation");
        assertThat(text("stock.picking", delivery, "state")).isEqualTo("assigned");
    }

    @Test
    void told_not_to_ask_it_sends_what_there_is_and_leaves_the_rest_for_later() {
        var order = confirmed(product(70), 100);
        var delivery = delivery(order);

        assertThat(validate(delivery).asBoolean()).isTrue();

        assertThat(text("stock.picking", delivery, "state")).isEqualTo("done");
        var rest = odoo.searchRead(
                "stock.picking", List.of(List.of("backorder_id", "=", delivery)), List.of("state"), "id", 0);
        assertThat(rest)
                .singleElement()
                .satisfies(one -> assertThat(moves(one.path("id").asLong())
                                .get(0)
                                .path("product_uom_qty")
                                .asDouble())
                        .isEqualTo(30));
        assertThat(delivered(order)).isEqualTo(70);
        assertThat(new StateChanges(holdpoint).into(new DocumentRef("stock.picking", delivery), "done"))
                .as("who sent it")
                .isPresent();
    }

    @Test
    void validating_what_is_done_says_yes_and_does_nothing() {
        var order = confirmed(product(10), 4);
        var delivery = delivery(order);
        validate(delivery);

        assertThat(validate(delivery).asBoolean()).isTrue();

        assertThat(delivered(order)).isEqualTo(4);
    }

    @Test
    void what_is_done_cannot_be_cancelled() {
        var delivery = delivery(confirmed(product(10), 4));
        validate(delivery);

        assertThatThrownBy(() -> odoo.call("stock.picking", "action_cancel", List.of(delivery), Map.of(), Map.of()))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("set to 'Done'");
    }

    // Returns

    @Test
    void the_return_wizard_fills_its_lines_with_nothing_and_wants_something() {
        var delivery = delivered4();
        var wizard = wizard(delivery);

        assertThat(wizardLines(wizard)).singleElement().satisfies(line -> {
            assertThat(line.path("quantity").asDouble()).isZero();
            assertThat(line.path("move_quantity").asDouble()).isEqualTo(4);
        });
        assertThatThrownBy(() -> createReturns(wizard))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("at least one non-zero quantity");
    }

    @Test
    void a_return_is_a_transfer_back_that_remembers_where_it_comes_from() {
        var delivery = delivered4();
        var wizard = wizard(delivery);
        quantity(wizard, 1);

        var made = createReturns(wizard).path("res_id").asLong();

        assertThat(text("stock.picking", made, "state")).isEqualTo("assigned");
        assertThat(text("stock.picking", made, "picking_type_code")).isEqualTo("incoming");
        assertThat(text("stock.picking", made, "origin")).startsWith("Return of ");
        assertThat(odoo.read("stock.picking", List.of(made), List.of("return_id"))
                        .get(0)
                        .path("return_id")
                        .get(0)
                        .asLong())
                .isEqualTo(delivery);
        assertThat(moves(made).get(0).path("to_refund").asBoolean()).isTrue();
        assertThat(moves(made).get(0).path("origin_returned_move_id").get(0).asLong())
                .isEqualTo(moves(delivery).get(0).path("id").asLong());
    }

    @Test
    void the_wizard_makes_it_twice_and_lets_too_much_pass() {
        var wizard = wizard(delivered4());
        quantity(wizard, 9);

        var one = createReturns(wizard).path("res_id").asLong();
        var other = createReturns(wizard).path("res_id").asLong();

        assertThat(one).isNotEqualTo(other);
        assertThat(moves(one).get(0).path("product_uom_qty").asDouble()).isEqualTo(9);
    }

    // Returns with Holdpoint

    @Test
    void a_return_that_nobody_authorized_is_not_received() {
        var wizard = wizard(delivered4());
        quantity(wizard, 1);
        var made = createReturns(wizard).path("res_id").asLong();

        assertThatThrownBy(() -> validate(made))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("nobody authorized");
        assertThatThrownBy(() -> odoo.write("stock.picking", List.of(made), Map.of("x_holdpoint_state", "released")))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("only Holdpoint sets the state");
        assertThat(text("stock.picking", made, "state")).isEqualTo("assigned");
    }

    @Test
    void a_return_without_its_link_and_the_rest_of_an_authorized_one_are_returns_all_the_same() {
        var wizard = wizard(delivered4());
        quantity(wizard, 1);
        var loose = createReturns(wizard).path("res_id").asLong();
        odoo.write("stock.picking", List.of(loose), Map.of("return_id", false));
        assertThatThrownBy(() -> validate(loose))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("nobody authorized");

        var made = commands.run(authorize(delivered4(), 3, "RMA-1"))
                .result()
                .path("return")
                .asLong();
        assertThatThrownBy(() -> odoo.write("stock.picking", List.of(made), Map.of("x_holdpoint_rma", "RMA-9")))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("only Holdpoint gives RMA numbers");
        odoo.write("stock.move", List.of(moves(made).get(0).path("id").asLong()), Map.of("quantity", 1));
        validate(made);
        var rest = odoo.searchRead(
                "stock.picking", List.of(List.of("backorder_id", "=", made)), List.of("state"), "id", 0);

        assertThat(text("stock.picking", made, "state")).isEqualTo("done");
        assertThat(rest)
                .singleElement()
                .satisfies(
                        one -> assertThatThrownBy(() -> validate(one.path("id").asLong()))
                                .isInstanceOf(OdooRefused.class)
                                .hasMessageContaining("nobody authorized"));
    }

    @Test
    void an_authorization_makes_one_return_and_what_comes_back_lies_in_quarantine() {
        var product = product(10);
        var order = confirmed(product, 4);
        var delivery = delivery(order);
        validate(delivery);
        var command = authorize(delivery, 1, "RMA-1");

        var first = commands.run(command);
        var again = commands.run(command);

        var made = first.result().path("return").asLong();
        assertThat(first.status()).isEqualTo("done");
        assertThat(again.status()).isEqualTo("already");
        assertThat(again.result()).isEqualTo(first.result());
        assertThat(returnsOf(delivery)).containsExactly(made);
        assertThat(text("stock.picking", made, "x_holdpoint_rma")).isEqualTo("RMA-1");

        validate(made);

        assertThat(delivered(order)).isEqualTo(3);
        assertThat(lying(product, stock)).isEqualTo(6);
        assertThat(deliveries.find(delivery).orElseThrow().lines())
                .singleElement()
                .satisfies(line -> assertThat(line.left()).isEqualTo(3));
    }

    @Test
    void no_more_can_be_authorized_than_is_still_out() {
        var delivery = delivered4();
        commands.run(authorize(delivery, 3, "RMA-1"));

        assertThatThrownBy(() -> commands.run(authorize(delivery, 2, "RMA-2")))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Only 1 of");
        assertThat(returnsOf(delivery)).hasSize(1);
    }

    @Test
    void a_lot_that_did_not_go_out_does_not_come_back() {
        var delivery = delivered4();
        var move = moves(delivery).get(0).path("id").asLong();
        var line = Map.of("move", move, "quantity", 1, "lot", 999_999);

        assertThatThrownBy(() -> commands.run(command(
                        delivery, "release", null, Map.of("rma", "RMA-1", "quarantine", true, "lines", List.of(line)))))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("did not go out with");
        assertThat(returnsOf(delivery)).isEmpty();
    }

    @Test
    void an_authorization_of_something_else_than_was_decided_on_does_nothing() {
        var delivery = delivered4();
        var decided = deliveries.material(deliveries.find(delivery).orElseThrow(), "RMA-2");
        commands.run(authorize(delivery, 1, "RMA-1"));

        var answer = commands.run(command(delivery, "release", decided, lines(delivery, 1, "RMA-2")));

        assertThat(answer.status()).isEqualTo("changed");
        assertThat(returnsOf(delivery)).hasSize(1);
    }

    @Test
    void a_return_is_asked_for_on_what_was_delivered_and_with_real_quantities() {
        var open = delivery(confirmed(product(10), 4));
        assertThatThrownBy(() -> press("return_request", open))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Only deliveries that are done");

        var delivery = delivered4();
        var product = moves(delivery).get(0).path("product_id").get(0).asLong();
        var line = odoo.create(
                "x_holdpoint_return_line",
                List.of(Map.of(
                        "x_picking_id", delivery, "x_product_id", product, "x_quantity", -2, "x_reason", "faulty")));
        assertThatThrownBy(() -> press("return_request", delivery))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("above zero");

        odoo.write("x_holdpoint_return_line", line, Map.of("x_quantity", 2));
        press("return_request", delivery);

        var found = deliveries.find(delivery).orElseThrow();
        assertThat(found.holdpointState()).isEqualTo("requested");
        assertThat(found.requests()).singleElement().satisfies(request -> {
            assertThat(request.quantity()).isEqualTo(2);
            assertThat(request.reason()).isEqualTo("faulty");
        });
        assertThat(found.outgoing()).isTrue();
        assertThat(found.warehouse()).as("where it comes back to").isEqualTo(warehouse);
        assertThat(found.history().deliveries()).isOne();
    }

    @Test
    void a_return_that_has_not_come_is_cancelled_and_one_that_has_is_not() {
        var delivery = delivered4();
        var made = commands.run(authorize(delivery, 1, "RMA-1"))
                .result()
                .path("return")
                .asLong();

        commands.run(command(delivery, "cancelReturn", null, Map.of("return", made)));
        assertThat(text("stock.picking", made, "state")).isEqualTo("cancel");

        var other = commands.run(authorize(delivery, 1, "RMA-2"))
                .result()
                .path("return")
                .asLong();
        validate(other);
        assertThatThrownBy(() -> commands.run(command(delivery, "cancelReturn", null, Map.of("return", other))))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("has been received");
    }

    @Test
    void what_came_back_is_put_where_policy_says_once() {
        var product = product(10);
        var delivery = delivery(confirmed(product, 4));
        validate(delivery);
        var made = commands.run(authorize(delivery, 4, "RMA-1"))
                .result()
                .path("return")
                .asLong();
        var tooSoon = command(delivery, "dispose", null, disposal(made, product, 4));
        assertThatThrownBy(() -> commands.run(tooSoon))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("has not been received");
        validate(made);
        assertThatThrownBy(() -> commands.run(command(delivery, "dispose", null, disposal(made, product, 5))))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Less of");
        var dispose = command(
                delivery,
                "dispose",
                null,
                Map.of(
                        "return",
                        made,
                        "lines",
                        List.of(
                                Map.of("product", product, "quantity", 2, "disposition", "restock"),
                                Map.of("product", product, "quantity", 1, "disposition", "scrap"),
                                Map.of("product", product, "quantity", 1, "disposition", "returnToVendor"))));

        var answer = commands.run(dispose);
        commands.run(dispose);

        assertThat(lying(product, stock)).isEqualTo(8);
        assertThat(answer.result().path("scraps")).hasSize(1);
        assertThat(answer.result().path("transfers")).hasSize(2);
        assertThatThrownBy(() -> commands.run(command(delivery, "dispose", null, disposal(made, product, 4))))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("not enough");
    }

    @Test
    void exactly_what_came_back_is_credited_once_and_never_beside_a_draft() {
        var order = confirmed(product(10), 4);
        var delivery = delivery(order);
        validate(delivery);
        var move = moves(delivery).get(0).path("id").asLong();
        Map<String, Object> what =
                Map.of("rma", "RMA-1", "fee", 1.5, "lines", List.of(Map.of("move", move, "quantity", 1)));
        assertThatThrownBy(() -> commands.run(command(delivery, "credit", null, what)))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("was not invoiced");
        var wizard = odoo.create(
                "sale.advance.payment.inv",
                List.of(Map.of(
                        "advance_payment_method",
                        "delivered",
                        "sale_order_ids",
                        List.of(List.of(6, 0, List.of(order))))));
        odoo.call("sale.advance.payment.inv", "create_invoices", wizard, Map.of(), Map.of());
        assertThatThrownBy(() -> commands.run(command(delivery, "credit", null, what)))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("still a draft");
        var invoice = odoo.searchRead(
                "account.move",
                List.of(
                        List.of("move_type", "=", "out_invoice"),
                        List.of("invoice_origin", "=", text("sale.order", order, "name"))),
                List.of("id"),
                "id",
                1);
        odoo.call(
                "account.move", "action_post", List.of(invoice.get(0).path("id").asLong()), Map.of(), Map.of());
        var credit = command(delivery, "credit", null, what);

        var answer = commands.run(credit);
        commands.run(credit);

        assertThat(answer.result().path("amount").asDouble()).isEqualTo(8.5);
        assertThat(odoo.searchRead(
                        "account.move",
                        List.of(
                                List.of("move_type", "=", "out_refund"),
                                List.of("ref", "=", "RMA-1"),
                                List.of("invoice_origin", "=", text("sale.order", order, "name"))),
                        List.of("state"),
                        "id",
                        0))
                .singleElement()
                .satisfies(note -> assertThat(note.path("state").asText()).isEqualTo("posted"));
        var more = Map.<String, Object>of("rma", "RMA-2", "lines", List.of(Map.of("move", move, "quantity", 4)));
        assertThatThrownBy(() -> commands.run(command(delivery, "credit", null, more)))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Only 3 of")
                .hasMessageContaining("not credited yet");
    }

    // Internal transfers and scrap

    @Test
    void an_internal_transfer_carries_what_it_was_made_for() {
        var product = product(10);
        var shelf = odoo.create(
                        "stock.location",
                        List.of(Map.of(
                                "name", "Shelf " + UUID.randomUUID(), "location_id", stock, "usage", "internal")))
                .get(0);
        var transfer = odoo.create(
                        "stock.picking",
                        List.of(Map.of(
                                "picking_type_id",
                                internalType,
                                "location_id",
                                stock,
                                "location_dest_id",
                                shelf,
                                "origin",
                                "QE-1",
                                "move_ids",
                                List.of(List.of(
                                        0,
                                        0,
                                        Map.of(
                                                "product_id",
                                                product,
                                                "product_uom_qty",
                                                6,
                                                "location_id",
                                                stock,
                                                "location_dest_id",
                                                shelf))))))
                .get(0);
        odoo.call("stock.picking", "action_confirm", List.of(transfer), Map.of(), Map.of());
        odoo.call("stock.picking", "action_assign", List.of(transfer), Map.of(), Map.of());

        validate(transfer);

        assertThat(lying(product, stock)).isEqualTo(4);
        assertThat(lying(product, shelf)).isEqualTo(6);
    }

    @Test
    void scrap_validated_twice_scraps_twice() {
        var product = product(10);
        var scrap = odoo.create(
                "stock.scrap", List.of(Map.of("product_id", product, "scrap_qty", 3, "location_id", stock)));

        assertThat(odoo.call("stock.scrap", "action_validate", scrap, Map.of(), Map.of())
                        .asBoolean())
                .isTrue();
        odoo.call("stock.scrap", "action_validate", scrap, Map.of(), Map.of());

        assertThat(lying(product, stock)).isEqualTo(4);
    }

    @Test
    void more_scrap_than_there_is_asks_first_and_does_nothing() {
        var product = product(2);
        var scrap = odoo.create(
                "stock.scrap", List.of(Map.of("product_id", product, "scrap_qty", 3, "location_id", stock)));

        var answer = odoo.call("stock.scrap", "action_validate", scrap, Map.of(), Map.of());

        assertThat(answer.path("res_model").asText()).isEqualTo("stock.warn.insufficient.qty.scrap");
        assertThat(lying(product, stock)).isEqualTo(2);
    }

    // Lots

    @Test
    void a_lot_is_named_once_for_a_product() {
        var product = product(0);
        var company = odoo.searchRead("res.company", List.of(), List.of("id"), "id", 1)
                .get(0)
                .path("id")
                .asLong();
        Map<String, Object> lot = Map.of("name", "L1", "product_id", product, "company_id", company);
        odoo.create("stock.lot", List.of(lot));

        assertThatThrownBy(() -> odoo.create("stock.lot", List.of(lot)))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("unique");
    }

    // Fixture

    private OdooCommand authorize(long delivery, double quantity, String rma) {
        return command(delivery, "release", null, lines(delivery, quantity, rma));
    }

    private Map<String, Object> lines(long delivery, double quantity, String rma) {
        var move = moves(delivery).get(0).path("id").asLong();
        return Map.of("rma", rma, "quarantine", true, "lines", List.of(Map.of("move", move, "quantity", quantity)));
    }

    private static OdooCommand command(
            long delivery,
            String operation,
            @org.jspecify.annotations.Nullable Map<String, Object> expected,
            Map<String, Object> arguments) {
        return new OdooCommand(
                "return-authorization",
                UUID.randomUUID().toString(),
                new DocumentRef("stock.picking", delivery),
                operation,
                "",
                null,
                expected,
                arguments);
    }

    private static Map<String, Object> disposal(long made, long product, double quantity) {
        return Map.of(
                "return",
                made,
                "lines",
                List.of(Map.of("product", product, "quantity", quantity, "disposition", "scrap")));
    }

    private List<Long> returnsOf(long delivery) {
        return odoo
                .searchRead("stock.picking", List.of(List.of("return_id", "=", delivery)), List.of("id"), "id", 0)
                .stream()
                .map(one -> one.path("id").asLong())
                .toList();
    }

    private void press(String action, long picking) {
        odoo.runAction(action, new DocumentRef("stock.picking", picking), Map.of());
    }

    private long product(double quantity) {
        var product = product(Map.of("invoice_policy", "delivery"));
        if (quantity > 0) {
            var quant = odoo.create(
                    "stock.quant",
                    List.of(Map.of("product_id", product, "location_id", stock, "inventory_quantity", quantity)));
            odoo.call("stock.quant", "action_apply_inventory", quant, Map.of(), Map.of());
        }
        return product;
    }

    private long delivered4() {
        var delivery = delivery(confirmed(product(10), 4));
        validate(delivery);
        return delivery;
    }

    private List<JsonNode> moves(long picking) {
        return odoo.searchRead(
                "stock.move",
                List.of(List.of("picking_id", "=", picking)),
                List.of("product_id", "product_uom_qty", "quantity", "to_refund", "origin_returned_move_id"),
                "id",
                0);
    }

    private double delivered(long order) {
        return odoo.searchRead(
                        "sale.order.line", List.of(List.of("order_id", "=", order)), List.of("qty_delivered"), "id", 1)
                .get(0)
                .path("qty_delivered")
                .asDouble();
    }

    private long wizard(long delivery) {
        return odoo.create("stock.return.picking", List.of(Map.of("picking_id", delivery)))
                .get(0);
    }

    private List<JsonNode> wizardLines(long wizard) {
        var ids = new ArrayList<Long>();
        odoo.read("stock.return.picking", List.of(wizard), List.of("product_return_moves"))
                .get(0)
                .path("product_return_moves")
                .forEach(id -> ids.add(id.asLong()));
        return odoo.read("stock.return.picking.line", ids, List.of("quantity", "move_quantity"));
    }

    private void quantity(long wizard, double quantity) {
        odoo.write(
                "stock.return.picking.line",
                List.of(wizardLines(wizard).get(0).path("id").asLong()),
                Map.of("quantity", quantity));
    }

    private JsonNode createReturns(long wizard) {
        return odoo.call("stock.return.picking", "action_create_returns", List.of(wizard), Map.of(), Map.of());
    }
}
