package io.holdpoint.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Goods that come back, with a real Odoo: from the button on the delivery to the credit note, once, or not at all. */
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
class ReturnAuthorizationEndToEndTest extends EndToEnd {

    private static final String TRANSFER = "stock.picking";
    private static final String LINE = "x_holdpoint_return_line";

    static RealOdoo.Session storekeeper;

    /** Four pieces at 100 that were sold and delivered, of ten that there were. */
    private record Delivery(long order, long id, long product) implements Document {

        @Override
        public String document() {
            return TRANSFER + "," + id;
        }
    }

    /** What a return can change in Odoo. */
    private record Books(
            List<String> returns,
            double stillDelivered,
            double inStock,
            double inQuarantine,
            List<String> invoices,
            List<String> creditNotes,
            List<Double> credited) {}

    @BeforeAll
    static void people() {
        storekeeper = odoo.employ("stock.group_stock_user");
        holdpoint.employ("rita", "returnsDesk");
        holdpoint.employ("ruth", "returnsDesk");
        holdpoint.employ("wim", "warehouse");
        holdpoint.employ("pia", "policyOwner");
    }

    @Test
    void what_was_released_by_one_comes_back_is_inspected_by_another_and_credited_once_by_a_third() {
        var delivery = invoiced();
        comesBack(delivery, 2, "changed_mind", true);
        var before = books(delivery);
        assertThat(before).isEqualTo(new Books(List.of(), 4, 6, 0, List.of("posted"), List.of(), List.of()));

        request(delivery);
        var hold = hold(delivery, "OPENED_GOODS");
        await().atMost(SOON).until(() -> state(delivery).equals("held"));
        assertThat(books(delivery)).as("nothing is made while it is decided").isEqualTo(before);
        assertThat(holdpoint.decide("wim", hold, "release", "Not mine to give.").statusCode())
                .as("another role may not")
                .isIn(403, 404);
        decide("rita", hold, "release", "A good customer.");

        await().atMost(SOON).until(() -> state(delivery).equals("released"));
        assertThat(books(delivery))
                .as("one transfer awaits the goods")
                .isEqualTo(new Books(List.of("assigned"), 4, 6, 0, List.of("posted"), List.of(), List.of()));
        storekeeper.validate(transfer(delivery));
        var inspect = followUp(delivery, "inspectGoods");
        assertThat(books(delivery))
                .as("what came back lies beside the stock")
                .isEqualTo(new Books(List.of("done"), 2, 6, 2, List.of("posted"), List.of(), List.of()));
        complete("wim", inspect, Map.of("grade", "A"));

        var refund = followUp(delivery, "approveRefund");
        assertThat(books(delivery))
                .as("it can be sold again, and is not credited yet")
                .isEqualTo(new Books(List.of("done"), 2, 8, 0, List.of("posted"), List.of(), List.of()));
        assertThat(holdpoint
                        .complete("rita", refund, Map.of("refund", "approve"))
                        .body())
                .contains("Four eyes");
        complete("ruth", refund, Map.of("refund", "approve"));

        settled(delivery, "refunded");
        assertThat(books(delivery))
                .as("200, less a quarter for what was opened")
                .isEqualTo(new Books(List.of("done"), 2, 8, 0, List.of("posted"), List.of("posted"), List.of(150.0)));
        assertThat(state(delivery)).isEqualTo("settled");
        assertThat(holdpoint.cases(delivery.document()).path("cases")).hasSize(1);
        assertThat(odoo.commands(delivery.document(), "serviceTask_authorizeReturn"))
                .isEqualTo(1);
        assertThat(odoo.commands(delivery.document(), "serviceTask_creditCustomer"))
                .isEqualTo(1);
        assertThat(odoo.notes(TRANSFER, delivery.id(), "refund approved by ruth"))
                .hasSize(1);
    }

    @Test
    void goods_that_turn_out_to_be_opened_after_the_check_are_asked_about_and_nothing_is_made() throws Exception {
        var delivery = invoiced();
        var line = comesBack(delivery, 2, "changed_mind", false);
        var before = books(delivery);
        var changed = proxy.before(
                "\"operation\":\"release\"", () -> odoo.seller().write(LINE, line, Map.of("x_opened", true)));

        request(delivery);

        assertThat(changed.await(60, TimeUnit.SECONDS)).isTrue();
        hold(delivery, "OPENED_GOODS");
        assertThat(books(delivery)).isEqualTo(before);
    }

    @Test
    void a_power_cut_between_odoos_commit_and_ours_makes_no_second_return_and_no_second_credit_note() throws Exception {
        var delivery = invoiced();
        comesBack(delivery, 2, "faulty", false);
        var authorized = proxy.after("\"operation\":\"release\"", holdpoint::kill);

        request(delivery);
        assertThat(authorized.await(60, TimeUnit.SECONDS))
                .as("Odoo answered and Holdpoint is dead")
                .isTrue();
        assertThat(books(delivery).returns()).as("Odoo has committed").containsExactly("assigned");
        holdpoint.start();
        // The job of the dead process is locked until its lock expires.
        await().atMost(Duration.ofMinutes(3))
                .until(() -> lastCase(delivery).path("timeline").toString().contains("\"status\":\"already\""));
        assertThat(books(delivery))
                .isEqualTo(new Books(List.of("assigned"), 4, 6, 0, List.of("posted"), List.of(), List.of()));
        assertThat(odoo.commands(delivery.document(), "serviceTask_authorizeReturn"))
                .isEqualTo(1);

        storekeeper.validate(transfer(delivery));
        complete("wim", followUp(delivery, "inspectGoods"), Map.of("grade", "A"));
        var refund = followUp(delivery, "approveRefund");
        var credited = proxy.after("\"operation\":\"credit\"", holdpoint::kill);
        complete("rita", refund, Map.of("refund", "approve"));
        assertThat(credited.await(60, TimeUnit.SECONDS))
                .as("Odoo answered and Holdpoint is dead")
                .isTrue();
        assertThat(books(delivery).credited()).as("Odoo has committed").containsExactly(200.0);
        holdpoint.start();

        await().atMost(Duration.ofMinutes(3))
                .until(() -> lastCase(delivery).path("outcome").asText().equals("refunded"));
        assertThat(books(delivery))
                .isEqualTo(new Books(List.of("done"), 2, 8, 0, List.of("posted"), List.of("posted"), List.of(200.0)));
        assertThat(odoo.commands(delivery.document(), "serviceTask_creditCustomer"))
                .isEqualTo(1);
    }

    @Test
    void a_rejection_changes_nothing_but_what_the_delivery_says() {
        var delivery = invoiced();
        comesBack(delivery, 2, "changed_mind", true);
        var before = books(delivery);
        request(delivery);

        decide("rita", hold(delivery, "OPENED_GOODS"), "reject", "The seal is broken.");

        settled(delivery, "rejected");
        assertThat(state(delivery)).isEqualTo("rejected");
        assertThat(books(delivery)).isEqualTo(before);
        assertThat(odoo.notes(TRANSFER, delivery.id(), "The seal is broken.")).hasSize(1);
        assertThat(odoo.commands(delivery.document(), "serviceTask_authorizeReturn"))
                .isZero();
    }

    @Test
    void a_request_that_changed_after_the_decision_is_judged_again_and_nothing_is_made() throws Exception {
        var delivery = invoiced();
        var line = comesBack(delivery, 2, "changed_mind", true);
        var before = books(delivery);
        request(delivery);
        var hold = hold(delivery, "OPENED_GOODS");
        var changed = proxy.before(
                "\"operation\":\"release\"", () -> odoo.seller().write(LINE, line, Map.of("x_quantity", 9)));

        decide("rita", hold, "release", "A good customer.");

        assertThat(changed.await(60, TimeUnit.SECONDS)).isTrue();
        var again = hold(delivery, "RETURN_QUANTITY");
        assertThat(books(delivery)).isEqualTo(before);
        await().atMost(SOON).until(() -> state(delivery).equals("held"));
        decide("rita", again, "reject", "Four were delivered.");
        settled(delivery, "rejected");
        assertThat(books(delivery)).isEqualTo(before);
    }

    @Test
    void beside_a_draft_invoice_nothing_is_credited_and_nothing_is_lost() {
        var delivery = delivered();
        var invoice = odoo.invoice(delivery.order());
        comesBack(delivery, 2, "faulty", false);
        request(delivery);
        await().atMost(SOON).until(() -> state(delivery).equals("released"));
        storekeeper.validate(transfer(delivery));
        complete("wim", followUp(delivery, "inspectGoods"), Map.of("grade", "A"));
        var refund = followUp(delivery, "approveRefund");
        var before = books(delivery);
        complete("rita", refund, Map.of("refund", "approve"));

        var refused = await().atMost(SOON)
                .until(
                        () -> holdpoint.tasks(delivery.document()),
                        tasks -> tasks.stream()
                                .anyMatch(task ->
                                        task.path("taskDefinitionKey").asText().equals("userTask_resolveCredit")))
                .get(0);
        assertThat(holdpoint.variable(refused, "odooMessage")).contains("still a draft");
        assertThat(books(delivery))
                .isEqualTo(before)
                .isEqualTo(new Books(List.of("done"), 2, 8, 0, List.of("draft"), List.of(), List.of()));

        odoo.post(invoice);
        complete("rita", refused, Map.of("action", "retry"));

        settled(delivery, "refunded");
        assertThat(books(delivery))
                .isEqualTo(new Books(List.of("done"), 2, 8, 0, List.of("posted"), List.of("posted"), List.of(200.0)));
    }

    @Test
    void goods_that_do_not_come_in_the_time_of_a_table_of_the_policy_owner_are_not_awaited_any_more() throws Exception {
        var file = "return-authorization.thresholds.dmn";
        var table = Files.readString(Path.of("dmn", file));
        var delivery = invoiced();
        comesBack(delivery, 2, "faulty", false);
        var before = books(delivery);
        deploy(file, table.replaceAll("\"P30D\"|\"P14D\"|\"P7D\"", "\"PT15S\""));
        try {
            request(delivery);

            await().atMost(SOON).until(() -> books(delivery).returns().equals(List.of("assigned")));
            settled(delivery, "expired");
        } finally {
            deploy(file, table);
        }

        assertThat(state(delivery)).isEqualTo("rejected");
        assertThat(books(delivery))
                .isEqualTo(new Books(
                        List.of("cancel"),
                        before.stillDelivered(),
                        before.inStock(),
                        before.inQuarantine(),
                        before.invoices(),
                        before.creditNotes(),
                        before.credited()));
        assertThatThrownBy(() -> storekeeper.validate(transfer(delivery))).isInstanceOf(RealOdoo.Refused.class);
    }

    private static Delivery delivered() {
        var product = odoo.storable(100, 60, 10);
        var order = odoo.quotation(odoo.customer(), Map.of("product_id", product, "product_uom_qty", 4));
        odoo.seller().requestRelease(order);
        await().atMost(SOON).until(() -> odoo.state(order).equals("sale"));
        var delivery = odoo.delivery(order);
        storekeeper.validate(delivery);
        return new Delivery(order, delivery, product);
    }

    private static Delivery invoiced() {
        var delivery = delivered();
        odoo.post(odoo.invoice(delivery.order()));
        return delivery;
    }

    /** Writes on the delivery what is to come back. */
    private static long comesBack(Delivery delivery, double quantity, String reason, boolean opened) {
        return odoo.seller().comesBack(delivery.id(), delivery.product(), quantity, reason, opened);
    }

    private static void request(Delivery delivery) {
        odoo.seller().press("return_request", TRANSFER, delivery.id());
    }

    private static Books books(Delivery delivery) {
        List<?> ofOrder = List.of("line_ids.sale_line_ids.order_id", "=", delivery.order());
        var refunds = List.of(ofOrder, List.of("move_type", "=", "out_refund"));
        return new Books(
                texts(odoo.admin().search(TRANSFER, List.of(List.of("return_id", "=", delivery.id())), "state")),
                odoo.admin()
                        .search("sale.order.line", List.of(List.of("order_id", "=", delivery.order())), "qty_delivered")
                        .get(0)
                        .asDouble(),
                odoo.lying(delivery.product(), odoo.stock()),
                odoo.lying(delivery.product(), odoo.place("Quarantine")),
                texts(odoo.admin()
                        .search("account.move", List.of(ofOrder, List.of("move_type", "=", "out_invoice")), "state")),
                texts(odoo.admin().search("account.move", refunds, "state")),
                odoo.admin().search("account.move", refunds, "amount_total").stream()
                        .map(JsonNode::asDouble)
                        .toList());
    }

    private static List<String> texts(List<JsonNode> values) {
        return values.stream().map(JsonNode::asText).toList();
    }

    private static String state(Delivery delivery) {
        return odoo.holdpointState(TRANSFER, delivery.id());
    }

    /** The transfer by which it comes back. */
    private static long transfer(Delivery delivery) {
        return odoo.admin()
                .search(TRANSFER, List.of(List.of("return_id", "=", delivery.id())), "id")
                .get(0)
                .asLong();
    }
}
