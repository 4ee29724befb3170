package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Holdpoint relies on in Odoo's purchases, so that the real one and the one in memory cannot drift apart. A
 * subclass says how to reach an Odoo on which the setup has run, as an administrator, as two buyers who are no purchase
 * administrators, and as Holdpoint.
 */
abstract class PurchaseContractTest extends ContractFixture {

    static final String ORDER = "purchase.order";
    private static final String LINE = "purchase.order.line";
    private static final String TRANSFER = "stock.picking";

    protected abstract OdooTransport buyer();

    protected abstract OdooTransport otherBuyer();

    protected Odoo buyer;
    protected Odoo otherBuyer;
    private PurchaseOrders purchases;
    private long company;
    protected long vendor;
    private long pump;

    @BeforeAll
    void connect() {
        buyer = new Odoo(buyer(), null, 8);
        otherBuyer = new Odoo(otherBuyer(), null, 8);
        purchases = new PurchaseOrders(holdpoint);
        company = odoo.searchRead("res.company", List.of(), List.of("name"), "id", 1)
                .get(0)
                .path("id")
                .asLong();
        vendor = vendor();
        pump = product();
        price(vendor, pump, 0, 100, 5);
        price(vendor, pump, 10, 80, 7);
    }

    // Reading

    @Test
    void an_order_is_read_with_its_lines_and_what_the_vendor_promises() {
        long order = urgent(4);
        buyer.write(
                ORDER,
                List.of(order),
                Map.of(
                        "x_holdpoint_urgency",
                        "high",
                        "x_holdpoint_line_down",
                        true,
                        "x_holdpoint_damage",
                        " Press 4. "));

        var found = found(order);

        assertThat(found.reference()).isEqualTo(new DocumentRef(ORDER, order));
        assertThat(found.state()).isEqualTo("draft");
        assertThat(found.urgent()).isTrue();
        assertThat(found.vendor().id()).isEqualTo(vendor);
        assertThat(found.commercialVendor().id()).isEqualTo(vendor);
        assertThat(found.company().id()).isEqualTo(company);
        assertThat(Objects.requireNonNull(found.warehouse()).id()).isEqualTo(receivedIn(order));
        assertThat(found.warehouse().name()).isEqualTo(text("stock.warehouse", receivedIn(order), "name"));
        assertThat(found.amountTotal()).isEqualTo(400);
        assertThat(found.inCompanyCurrency(400)).isEqualTo(400);
        assertThat(found.urgency()).isEqualTo("high");
        assertThat(found.lineDown()).isTrue();
        assertThat(found.justification()).containsExactly("", "Press 4.", "", "");
        assertThat(Objects.requireNonNull(found.buyer()).id()).isEqualTo(uid(buyer));
        assertThat(found.creator().id()).isEqualTo(uid(buyer));
        assertThat(found.requester()).isNull();
        assertThat(found.approvedAt()).isNull();
        assertThat(found.agreedAt()).isNull();
        assertThat(found.holdpointState()).isNull();
        assertThat(found.receivedPercent()).isZero();
        assertThat(found.lines()).singleElement().satisfies(line -> {
            assertThat(line.product().id()).isEqualTo(pump);
            assertThat(line.quantity()).isEqualTo(4);
            assertThat(line.priceUnit()).isEqualTo(100);
            assertThat(line.netPrice()).isEqualTo(100);
            assertThat(line.listPrice()).isEqualTo(100);
            assertThat(line.leadTimeDays()).isEqualTo(5);
            assertThat(line.basic()).isFalse();
            assertThat(line.goods()).isTrue();
        });
        assertThat(found.promisedAt())
                .isBetween(Instant.now().plus(4, ChronoUnit.DAYS), Instant.now().plus(6, ChronoUnit.DAYS));
    }

    @Test
    void an_order_that_does_not_exist_is_absent() {
        assertThat(purchases.find(999_999_999)).isEmpty();
        assertThat(purchases.change(999_999_999)).isEmpty();
    }

    @Test
    void the_list_price_is_that_of_the_quantity_and_the_net_price_has_the_discount() {
        long order = order(
                buyer,
                vendor,
                Map.of("priority", "1"),
                Map.of("product_id", pump, "product_qty", 12, "price_unit", 120, "discount", 25));

        assertThat(found(order).lines()).singleElement().satisfies(line -> {
            assertThat(line.listPrice()).isEqualTo(80);
            assertThat(line.leadTimeDays()).isEqualTo(7);
            assertThat(line.netPrice()).isEqualTo(90, within(1e-6));
        });
    }

    @Test
    void goods_of_a_marked_category_are_a_basic_need_and_services_are_no_goods() {
        var category = odoo.create(
                "product.category", List.of(Map.of("name", "Basic " + UUID.randomUUID(), "x_holdpoint_basic", true)));
        long bolt = product();
        odoo.write("product.product", List.of(bolt), Map.of("categ_id", category.get(0)));
        long work = product();
        odoo.write("product.product", List.of(work), Map.of("type", "service", "is_storable", false));

        var goods = found(order(
                buyer, vendor, Map.of("priority", "1"), Map.of("product_id", bolt, "product_qty", 1, "price_unit", 3)));
        var service = found(order(
                buyer, vendor, Map.of("priority", "1"), Map.of("product_id", work, "product_qty", 1, "price_unit", 3)));

        assertThat(goods.lines().get(0).basic()).isTrue();
        assertThat(goods.lines().get(0).listPrice()).isNull();
        assertThat(goods.lines().get(0).leadTimeDays()).isNull();
        assertThat(service.lines().get(0).goods()).isFalse();
    }

    // Figures

    @Test
    void urgent_orders_of_one_requester_at_one_vendor_within_a_week_count_together() {
        long splitting = vendor();
        long first = order(
                buyer,
                splitting,
                Map.of("priority", "1"),
                Map.of("product_id", pump, "product_qty", 1, "price_unit", 400));
        request(buyer, first);
        order(
                buyer,
                splitting,
                Map.of("priority", "1"),
                Map.of("product_id", pump, "product_qty", 1, "price_unit", 90));
        long calm = order(buyer, splitting, Map.of(), Map.of("product_id", pump, "product_qty", 1, "price_unit", 7000));
        order(
                otherBuyer,
                splitting,
                Map.of("priority", "1"),
                Map.of("product_id", pump, "product_qty", 1, "price_unit", 5000));
        long cancelled = order(
                buyer,
                splitting,
                Map.of("priority", "1"),
                Map.of("product_id", pump, "product_qty", 1, "price_unit", 60));
        buyer.call(ORDER, "button_cancel", List.of(cancelled), Map.of(), Map.of());
        order(buyer, vendor(), Map.of("priority", "1"), Map.of("product_id", pump, "product_qty", 1, "price_unit", 33));
        long last = order(
                buyer,
                splitting,
                Map.of("priority", "1"),
                Map.of("product_id", pump, "product_qty", 1, "price_unit", 10));
        request(buyer, last);

        assertThat(found(last).split()).isEqualTo(new PurchaseOrder.Split(490, 2));
        assertThat(text(calm, "state")).isEqualTo("draft");
    }

    @Test
    void a_vendor_is_read_with_its_level_and_record() {
        long record = vendor();
        long part = product();
        assertThat(found(order(buyer, record, Map.of("priority", "1"), Map.of("product_id", part, "product_qty", 1)))
                        .record())
                .isEqualTo(new PurchaseOrder.Vendor(false, 0, -1, 0));
        odoo.write("res.partner", List.of(record), Map.of("x_holdpoint_vendor_approved", true));
        moveTo(3, record, part);
        bought(record, part, 100, 1);
        bought(record, part, 110, -3);
        bought(record, part, 120, 2);

        var found = found(order(buyer, record, Map.of("priority", "1"), Map.of("product_id", part, "product_qty", 1)));

        assertThat(found.record().approved()).isTrue();
        assertThat(found.record().level()).isEqualTo(3);
        assertThat(found.record().onTimePercent()).isEqualTo(200.0 / 3, within(1e-6));
        assertThat(found.record().driftPercent()).isEqualTo(20, within(1e-6));
    }

    /** Moves a vendor on the ladder, as a quality case about a product does. */
    private void moveTo(int level, long vendor, long about) {
        var moved = commands.run(new OdooCommand(
                "quality-escalation",
                "case-" + UUID.randomUUID(),
                new DocumentRef("product.product", about),
                "supplier_level",
                "",
                null,
                null,
                Map.of("vendor", vendor, "level", level)));
        assertThat(moved.status()).isEqualTo("done");
    }

    /** Bought and received now, promised in so many days. */
    private void bought(long from, long part, double unitPrice, int days) {
        long order = order(
                buyer,
                from,
                Map.of(),
                Map.of(
                        "product_id",
                        part,
                        "product_qty",
                        1,
                        "price_unit",
                        unitPrice,
                        "date_planned",
                        Values.write(Instant.now().plus(days, ChronoUnit.DAYS))));
        confirm(buyer, order);
        receive(order);
    }

    // No way round

    @Test
    void what_is_not_urgent_is_confirmed_as_ever() {
        long order = order(buyer, vendor, Map.of(), Map.of("product_id", pump, "product_qty", 1));

        assertThat(confirm(buyer, order).asBoolean()).isTrue();

        assertThat(text(order, "state")).isEqualTo("purchase");
        assertThat(transfers(order))
                .singleElement()
                .satisfies(one -> assertThat(one.path("state").asText()).isEqualTo("assigned"));
        assertThat(new StateChanges(holdpoint).into(new DocumentRef(ORDER, order), "purchase"))
                .hasValueSatisfying(change -> assertThat(change.by().id()).isEqualTo(uid(buyer)));
    }

    @Test
    void nobody_confirms_what_is_urgent() {
        long order = urgent(3);

        for (var person : List.of(buyer, odoo)) {
            assertThatThrownBy(() -> confirm(person, order))
                    .isInstanceOf(OdooRefused.class)
                    .hasMessageContaining("is urgent and needs an approval by Holdpoint");
            assertThatThrownBy(() -> person.write(ORDER, List.of(order), Map.of("state", "purchase")))
                    .isInstanceOf(OdooRefused.class);
            assertThatThrownBy(() -> person.write(ORDER, List.of(order), Map.of("state", "purchase", "priority", "0")))
                    .isInstanceOf(OdooRefused.class);
            assertThatThrownBy(() -> order(
                            person,
                            vendor,
                            Map.of("priority", "1", "state", "purchase"),
                            Map.of("product_id", pump, "product_qty", 1)))
                    .isInstanceOf(OdooRefused.class);
        }
        assertThatThrownBy(() -> odoo.call(ORDER, "button_approve", List.of(order), Map.of(), Map.of()))
                .isInstanceOf(OdooRefused.class);
        assertThat(text(order, "state")).isEqualTo("draft");
        assertThat(transfers(order)).isEmpty();
    }

    @Test
    void a_star_for_what_is_ordered_already_changes_nothing_but_with_the_order_it_does() {
        long ordered = order(buyer, vendor, Map.of(), Map.of("product_id", pump, "product_qty", 1));
        confirm(buyer, ordered);
        long calm = order(buyer, vendor, Map.of(), Map.of("product_id", pump, "product_qty", 1));

        buyer.write(ORDER, List.of(ordered), Map.of("priority", "1"));
        assertThatThrownBy(() -> buyer.write(ORDER, List.of(calm), Map.of("priority", "1", "state", "purchase")))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("needs an approval by Holdpoint");

        assertThat(text(ordered, "state")).isEqualTo("purchase");
        assertThat(text(calm, "state")).isEqualTo("draft");
        buyer.call(ORDER, "button_cancel", List.of(ordered), Map.of(), Map.of());
        buyer.call(ORDER, "button_draft", List.of(ordered), Map.of(), Map.of());
        assertThatThrownBy(() -> confirm(buyer, ordered)).isInstanceOf(OdooRefused.class);
    }

    @Test
    void two_steps_of_odoo_are_no_way_round_and_an_approval_takes_both() {
        long order = urgent(3);
        long other = urgent(4);
        inTwoSteps(() -> {
            assertThat(confirm(buyer, order).asBoolean())
                    .as("Odoo says true whatever happened")
                    .isTrue();
            assertThat(text(order, "state")).isEqualTo("to approve");
            assertThatThrownBy(() -> odoo.call(ORDER, "button_approve", List.of(order), Map.of(), Map.of()))
                    .isInstanceOf(OdooRefused.class)
                    .hasMessageContaining("needs an approval by Holdpoint");

            assertThat(release(order).state()).isEqualTo("purchase");
            assertThat(release(other).state()).isEqualTo("purchase");
        });
        assertThat(text(order, "state")).isEqualTo("purchase");
        assertThat(transfers(order)).hasSize(1);
    }

    private void inTwoSteps(Runnable steps) {
        odoo.write(
                "res.company",
                List.of(company),
                Map.of("po_double_validation", "two_step", "po_double_validation_amount", 1));
        try {
            steps.run();
        } finally {
            odoo.write("res.company", List.of(company), Map.of("po_double_validation", "one_step"));
        }
    }

    @Test
    void the_star_taken_off_while_it_is_decided_does_not_help() {
        long order = requested(3);
        commands.run(command(order, "hold", null, Map.of()));
        assertThat(text(order, "x_holdpoint_state")).isEqualTo("held");

        buyer.write(ORDER, List.of(order), Map.of("priority", "0"));

        assertThatThrownBy(() -> confirm(buyer, order))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("is on hold by Holdpoint: Amount 300");
        commands.run(command(order, "reject", null, Map.of()));
        assertThatThrownBy(() -> confirm(buyer, order))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("was not approved by Holdpoint");
        assertThat(text(order, "state")).isEqualTo("draft");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hold", "reject", "return", "withdraw"})
    void what_an_approval_was_asked_for_is_not_confirmed_without_the_star_and_can_be_asked_for_again(String operation) {
        long order = requested(3);
        commands.run(command(order, operation, null, Map.of()));
        buyer.write(ORDER, List.of(order), Map.of("priority", "0"));

        for (var person : List.of(buyer, odoo)) {
            assertThatThrownBy(() -> confirm(person, order)).isInstanceOf(OdooRefused.class);
            assertThatThrownBy(() -> person.write(ORDER, List.of(order), Map.of("state", "purchase")))
                    .isInstanceOf(OdooRefused.class);
        }
        // By way of a cancellation neither.
        buyer.call(ORDER, "button_cancel", List.of(order), Map.of(), Map.of());
        buyer.call(ORDER, "button_draft", List.of(order), Map.of(), Map.of());
        assertThatThrownBy(() -> confirm(buyer, order)).isInstanceOf(OdooRefused.class);
        assertThat(text(order, "state")).isEqualTo("draft");
        assertThat(transfers(order)).isEmpty();

        if (!operation.equals("hold")) {
            request(buyer, order);
            assertThat(text(order, "x_holdpoint_state")).isEqualTo("requested");
        }
        assertThat(release(order).state()).isEqualTo("purchase");
    }

    @Test
    void what_was_withdrawn_says_so_and_a_new_order_without_the_star_is_bought_as_ever() {
        long order = requested(3);
        commands.run(command(order, "withdraw", null, Map.of()));
        buyer.write(ORDER, List.of(order), Map.of("priority", "0"));

        assertThatThrownBy(() -> confirm(buyer, order))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("was withdrawn, so it is not approved")
                .hasMessageContaining("with the star or without");
        long another = order(buyer, vendor, Map.of(), Map.of("product_id", pump, "product_qty", 3));
        confirm(buyer, another);

        assertThat(text(another, "state")).isEqualTo("purchase");
        assertThat(text(order, "state")).isEqualTo("draft");
    }

    // Asking

    @Test
    void the_button_asks_in_the_name_of_who_presses_it() {
        long order = requested(3);

        var found = found(order);

        assertThat(found.holdpointState()).isEqualTo("requested");
        assertThat(Objects.requireNonNull(found.requester()).id()).isEqualTo(uid(buyer));
        assertThat(purchases.changedSince(Instant.now().minus(Duration.ofMinutes(5))))
                .extracting(OrderChange::document)
                .contains(found.reference());
    }

    @Test
    void other_lines_with_the_same_sum_are_a_change_of_the_order() {
        long order = requested(3);
        var before = purchases.change(order).orElseThrow().writeDate();
        await().until(() -> Instant.now().isAfter(before.plusSeconds(2)));

        buyer.write(LINE, List.of(found(order).lines().get(0).id()), Map.of("product_qty", 6, "price_unit", 50));

        assertThat(found(order).amountTotal()).isEqualTo(300);
        assertThat(purchases.changedSince(before.plusSeconds(1)))
                .filteredOn(change -> change.document().id() == order)
                .singleElement()
                .satisfies(change -> assertThat(change.writeDate()).isAfter(before));
    }

    @Test
    void the_button_says_why_there_is_nothing_to_ask() {
        long calm = order(buyer, vendor, Map.of(), Map.of("product_id", pump, "product_qty", 1));
        assertThatThrownBy(() -> request(buyer, calm))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Only urgent purchases");
        long empty = buyer.create(ORDER, List.of(Map.of("partner_id", vendor, "priority", "1")))
                .get(0);
        assertThatThrownBy(() -> request(buyer, empty))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Add a line");
        long held = requested(3);
        commands.run(command(held, "hold", null, Map.of()));
        assertThatThrownBy(() -> request(buyer, held))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("on hold by Holdpoint already");
        long done = released(1);
        assertThatThrownBy(() -> request(buyer, done))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("not ordered yet");
    }

    @Test
    void only_holdpoint_says_how_an_approval_stands() {
        long order = urgent(3);
        var inAnothersName = Map.of("x_holdpoint_state", "requested", "x_holdpoint_requested_by", uid(otherBuyer));

        for (var person : List.of(buyer, odoo)) {
            for (var values : List.<Map<String, Object>>of(
                    Map.of("x_holdpoint_state", "released"),
                    Map.of("x_holdpoint_state", "withdrawn"),
                    Map.of("x_holdpoint_reason", "All is well"),
                    Map.of("x_holdpoint_approved_amount", 1000),
                    Map.of("x_holdpoint_promised", "2030-01-01 10:00:00"),
                    Map.copyOf(inAnothersName))) {
                assertThatThrownBy(() -> person.write(ORDER, List.of(order), values))
                        .isInstanceOf(OdooRefused.class)
                        .hasMessageContaining("only Holdpoint sets the state of an approval");
            }
        }
        assertThat(text(order, "x_holdpoint_state")).isEqualTo("false");
    }

    @Test
    void what_is_ordered_cannot_be_forged_on_the_way_back() {
        long order = order(buyer, vendor, Map.of(), Map.of("product_id", pump, "product_qty", 1));
        confirm(buyer, order);

        assertThatThrownBy(() -> buyer.write(
                        ORDER,
                        List.of(order),
                        Map.of("state", "draft", "x_holdpoint_state", "released", "x_holdpoint_approved_amount", 9999)))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("only Holdpoint sets the state of an approval");
        assertThat(text(order, "state")).isEqualTo("purchase");
    }

    // Approved

    @Test
    void an_approval_confirms_once_and_a_receipt_is_expected() {
        long order = requested(3);
        var command = command(order, "release", material(order), Map.of());

        var first = commands.run(command);
        var again = commands.run(command);

        assertThat(first.status()).isEqualTo("done");
        assertThat(first.state()).isEqualTo("purchase");
        assertThat(again.status()).isEqualTo("already");
        assertThat(again.result()).isEqualTo(first.result());
        assertThat(transfers(order)).singleElement().satisfies(one -> {
            assertThat(one.path("id").asLong())
                    .isEqualTo(first.result().path("pickings").path(0).asLong());
            assertThat(one.path("state").asText()).isEqualTo("assigned");
        });
        var found = found(order);
        assertThat(found.state()).isEqualTo("purchase");
        assertThat(found.holdpointState()).isEqualTo("released");
        assertThat(found.approvedAt()).isNotNull();
        assertThat(found.agreedAt()).isNotNull().isEqualTo(found.promisedAt());
        assertThat(odoo.read(ORDER, List.of(order), List.of("x_holdpoint_approved_amount"))
                        .get(0)
                        .path("x_holdpoint_approved_amount")
                        .asDouble())
                .isEqualTo(300);
        assertThat(notes(order))
                .filteredOn(note -> note.contains("Note of release"))
                .hasSize(1);
    }

    enum Edit {
        PRICE,
        QUANTITY,
        DATE,
        VENDOR,
        LINE_ADDED,
        LINE_REMOVED,
        STAR,
        LINE_DOWN
    }

    @ParameterizedTest
    @EnumSource(Edit.class)
    void what_changed_since_the_decision_is_not_confirmed(Edit edit) {
        long order = requested(3);
        buyer.create(LINE, List.of(Map.of("order_id", order, "product_id", pump, "product_qty", 1, "price_unit", 0)));
        var decidedOn = material(order);
        edit(order, edit);

        var answer = commands.run(command(order, "release", decidedOn, Map.of()));

        assertThat(answer.status()).isEqualTo("changed");
        assertThat(text(order, "state")).isEqualTo("draft");
        assertThat(text(order, "x_holdpoint_state")).isEqualTo("requested");
        assertThat(transfers(order)).isEmpty();
    }

    private void edit(long order, Edit edit) {
        long line = found(order).lines().get(0).id();
        long free = found(order).lines().get(1).id();
        switch (edit) {
            case PRICE -> buyer.write(LINE, List.of(line), Map.of("price_unit", 100.01));
            case QUANTITY -> buyer.write(LINE, List.of(free), Map.of("product_qty", 2));
            case DATE -> buyer.write(LINE, List.of(line), Map.of("date_planned", "2030-01-01 10:00:00"));
            case VENDOR -> buyer.write(ORDER, List.of(order), Map.of("partner_id", vendor()));
            case LINE_ADDED ->
                buyer.create(
                        LINE,
                        List.of(Map.of("order_id", order, "product_id", pump, "product_qty", 1, "price_unit", 0)));
            case LINE_REMOVED -> buyer.unlink(LINE, List.of(free));
            case STAR -> buyer.write(ORDER, List.of(order), Map.of("priority", "0"));
            case LINE_DOWN -> buyer.write(ORDER, List.of(order), Map.of("x_holdpoint_line_down", true));
        }
    }

    @Test
    void odoo_says_true_and_does_nothing_for_a_cancelled_order_so_the_approval_is_refused() {
        long order = requested(3);
        var decidedOn = material(order);
        buyer.call(ORDER, "button_cancel", List.of(order), Map.of(), Map.of());
        assertThat(confirm(buyer, order).asBoolean()).isTrue();
        assertThat(text(order, "state")).isEqualTo("cancel");

        assertThatThrownBy(() -> commands.run(command(order, "release", decidedOn, Map.of())))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Odoo did not confirm");

        assertThat(text(order, "state")).isEqualTo("cancel");
        assertThat(text(order, "x_holdpoint_state")).isEqualTo("requested");
    }

    @Test
    void a_deleted_order_is_refused() {
        long order = requested(3);
        buyer.call(ORDER, "button_cancel", List.of(order), Map.of(), Map.of());
        odoo.unlink(ORDER, List.of(order));

        assertThatThrownBy(() -> release(order))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("does not exist any more");
    }

    @Test
    void what_was_approved_does_not_grow_afterwards() {
        long order = released(3);
        long line = found(order).lines().get(0).id();

        for (var person : List.of(buyer, odoo)) {
            for (var change : List.<Runnable>of(
                    () -> person.write(LINE, List.of(line), Map.of("product_qty", 4)),
                    () -> person.write(LINE, List.of(line), Map.of("price_unit", 101)),
                    () -> person.create(LINE, List.of(Map.of("order_id", order, "product_id", pump, "product_qty", 1))),
                    () -> person.write(ORDER, List.of(order), Map.of("partner_id", vendor())))) {
                assertThatThrownBy(change::run)
                        .isInstanceOf(OdooRefused.class)
                        .hasMessageContaining("was approved for 300.00");
            }
            assertThatThrownBy(() -> person.write(
                            ORDER,
                            List.of(order),
                            Map.of("x_holdpoint_state", "requested", "x_holdpoint_requested_by", uid(person))))
                    .as("asking again does not loosen it")
                    .isInstanceOf(OdooRefused.class);
        }
        buyer.write(LINE, List.of(line), Map.of("price_unit", 90));
        assertThat(found(order).amountTotal()).isEqualTo(270);
    }

    @Test
    void a_date_is_agreed_for_what_is_still_to_come() {
        long order = released(3);
        var agreed = Instant.now().plus(20, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

        commands.run(command(order, "agreeDate", null, Map.of("date", Values.write(agreed))));

        assertThat(found(order).agreedAt()).isEqualTo(agreed);
        assertThat(found(order).promisedAt()).isEqualTo(agreed);
        assertThat(found(order).holdpointState()).isEqualTo("released");

        buyer.call(ORDER, "button_cancel", List.of(order), Map.of(), Map.of());
        assertThatThrownBy(() -> commands.run(command(order, "agreeDate", null, Map.of("date", Values.write(agreed)))))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("not on order any more");
    }

    @Test
    void an_approval_after_the_fact_and_a_breach_are_said_on_the_order_once() {
        long order = released(3);
        var breach = command(order, "breach", null, Map.of());

        assertThat(commands.run(breach).status()).isEqualTo("done");
        assertThat(commands.run(breach).status()).isEqualTo("already");
        assertThat(text(order, "x_holdpoint_reason")).isEqualTo("Amount 300");
        assertThat(text(order, "x_holdpoint_state")).isEqualTo("released");
        assertThat(notes(order))
                .filteredOn(note -> note.contains("Note of breach"))
                .hasSize(1);

        commands.run(command(order, "approveAfterwards", null, Map.of()));
        assertThat(notes(order))
                .filteredOn(note -> note.contains("Note of approveAfterwards"))
                .hasSize(1);
        assertThat(text(order, "state")).isEqualTo("purchase");
    }

    // What comes, and what is billed

    @Test
    void what_comes_in_parts_is_seen_on_the_line_and_what_goes_back_is_not_received() {
        long order = released(4);
        long line = found(order).lines().get(0).id();
        var asked = Instant.now().minus(Duration.ofMinutes(5));
        long receipt = transfers(order).get(0).path("id").asLong();
        odoo.write("stock.move", List.of(move(receipt)), Map.of("quantity", 3));

        validated(receipt);

        assertThat(found(order).receivedPercent()).isEqualTo(75);
        assertThat(found(order).lines().get(0).received()).isEqualTo(3);
        assertThat(text(order, "receipt_status")).isEqualTo("partial");
        assertThat(purchases.linesChangedSince(asked))
                .extracting(PurchaseOrders.LineChange::order)
                .contains(new DocumentRef(ORDER, order));
        assertThat(purchases.lineChange(line).orElseThrow().order().id()).isEqualTo(order);
        var rest = transfers(order).stream()
                .filter(one -> one.path("state").asText().equals("assigned"))
                .toList();
        assertThat(rest).hasSize(1);

        validated(rest.get(0).path("id").asLong());
        assertThat(found(order).receivedPercent()).isEqualTo(100);
        assertThat(text(order, "receipt_status")).isEqualTo("full");

        validated(sendBack(receipt, 2));
        assertThat(found(order).lines().get(0).received()).isEqualTo(2);
        assertThat(found(order).state()).isEqualTo("purchase");
        assertThat(found(order).holdpointState()).isEqualTo("released");
    }

    private long sendBack(long receipt, double quantity) {
        long wizard = odoo.create("stock.return.picking", List.of(Map.of("picking_id", receipt)))
                .get(0);
        var line = odoo.searchRead(
                "stock.return.picking.line", List.of(List.of("wizard_id", "=", wizard)), List.of("quantity"), "id", 1);
        odoo.write("stock.return.picking.line", List.of(line.get(0).path("id").asLong()), Map.of("quantity", quantity));
        return odoo.call("stock.return.picking", "action_create_returns", List.of(wizard), Map.of(), Map.of())
                .path("res_id")
                .asLong();
    }

    @Test
    void a_cancelled_order_gives_its_approval_back_and_expects_nothing_more() {
        long order = released(4);
        long receipt = transfers(order).get(0).path("id").asLong();
        odoo.write("stock.move", List.of(move(receipt)), Map.of("quantity", 1));
        validated(receipt);

        buyer.call(ORDER, "button_cancel", List.of(order), Map.of(), Map.of());

        assertThat(transfers(order))
                .extracting(one -> one.path("state").asText())
                .containsExactlyInAnyOrder("done", "cancel");
        var found = found(order);
        assertThat(found.state()).isEqualTo("cancel");
        assertThat(found.holdpointState()).isNull();
        assertThat(found.agreedAt()).isNull();
        assertThat(found.lines().get(0).received()).isEqualTo(1);

        buyer.call(ORDER, "button_draft", List.of(order), Map.of(), Map.of());
        assertThatThrownBy(() -> confirm(buyer, order))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("needs an approval by Holdpoint");
        request(buyer, order);
        assertThat(text(order, "x_holdpoint_state")).isEqualTo("requested");
    }

    @Test
    void a_bill_posted_meanwhile_keeps_the_order_from_being_cancelled_or_enlarged() {
        long order = requested(3);
        long bill = bill(order, 3);
        post(bill);
        assertThat(release(order).state()).as("billed before it is ordered").isEqualTo("purchase");

        assertThatThrownBy(() -> buyer.call(ORDER, "button_cancel", List.of(order), Map.of(), Map.of()))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("You must first cancel their related vendor bills");
        var found = found(order);
        assertThat(found.state()).isEqualTo("purchase");
        assertThat(found.holdpointState()).isEqualTo("released");
        assertThat(transfers(order)).hasSize(1);
        long line = found.lines().get(0).id();
        assertThatThrownBy(() -> buyer.write(LINE, List.of(line), Map.of("product_qty", 5)))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("was approved for 300.00");

        buyer.write(LINE, List.of(line), Map.of("product_qty", 2));
        assertThat(found(order).amountTotal())
                .as("less than was billed is between vendor and accounting")
                .isEqualTo(200);
    }

    @Test
    void a_bill_that_is_only_a_draft_keeps_nobody_from_cancelling() {
        long order = released(3);
        bill(order, 3);

        buyer.call(ORDER, "button_cancel", List.of(order), Map.of(), Map.of());

        assertThat(found(order).state()).isEqualTo("cancel");
        assertThat(found(order).holdpointState()).isNull();
    }

    private long bill(long order, double quantity) {
        return odoo.create(
                        "account.move",
                        List.of(Map.of(
                                "move_type",
                                "in_invoice",
                                "partner_id",
                                vendor,
                                "invoice_date",
                                Values.write(Instant.now()).substring(0, 10),
                                "invoice_line_ids",
                                List.of(List.of(
                                        0,
                                        0,
                                        Map.of(
                                                "product_id",
                                                pump,
                                                "purchase_line_id",
                                                found(order).lines().get(0).id(),
                                                "quantity",
                                                quantity,
                                                "price_unit",
                                                100,
                                                "tax_ids",
                                                List.of(List.of(6, 0, List.of()))))))))
                .get(0);
    }

    private void post(long bill) {
        odoo.call("account.move", "action_post", List.of(bill), Map.of(), Map.of());
    }

    // Vendors

    @Test
    void buyers_neither_approve_vendors_nor_move_them_on_the_ladder() {
        long fresh = vendor();

        assertThatThrownBy(
                        () -> buyer.write("res.partner", List.of(fresh), Map.of("x_holdpoint_vendor_approved", true)))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("only Purchase administrators approve vendors");
        assertThatThrownBy(() -> buyer.write("res.partner", List.of(fresh), Map.of("x_holdpoint_supplier_level", 1)))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("only Holdpoint moves a vendor on the supplier ladder");
        assertThatThrownBy(() -> buyer.create(
                        "res.partner", List.of(Map.of("name", "Cousin", "x_holdpoint_vendor_approved", true))))
                .isInstanceOf(OdooRefused.class);
        buyer.write("res.partner", List.of(fresh), Map.of("city", "Bremen"));

        assertThatThrownBy(() -> odoo.write("res.partner", List.of(fresh), Map.of("x_holdpoint_supplier_level", 0 - 1)))
                .isInstanceOf(OdooRefused.class);

        odoo.write("res.partner", List.of(fresh), Map.of("x_holdpoint_vendor_approved", true));
        moveTo(2, fresh, product());
        var read = odoo.read("res.partner", List.of(fresh), List.of("x_holdpoint_supplier_level", "city"))
                .get(0);
        assertThat(read.path("x_holdpoint_supplier_level").asInt()).isEqualTo(2);
        assertThat(read.path("city").asText()).isEqualTo("Bremen");
    }

    // Companies

    @Test
    void an_order_of_another_company_is_read_and_approved_with_its_eyes() {
        long other = odoo.searchRead(
                        "stock.warehouse",
                        List.of(List.of("company_id", "!=", company)),
                        List.of("company_id"),
                        "id",
                        1)
                .get(0)
                .path("company_id")
                .path(0)
                .asLong();
        long order = odoo.call(
                        ORDER,
                        "create",
                        List.of(),
                        Map.of(
                                "vals_list",
                                List.of(Map.of(
                                        "partner_id",
                                        vendor,
                                        "company_id",
                                        other,
                                        "priority",
                                        "1",
                                        "order_line",
                                        List.of(List.of(
                                                0,
                                                0,
                                                Map.of("product_id", pump, "product_qty", 2, "price_unit", 50)))))),
                        Map.of("allowed_company_ids", List.of(other)))
                .get(0)
                .asLong();
        request(odoo, order);

        var found = found(order);
        assertThat(found.company().id()).isEqualTo(other);
        assertThat(found.split().orders()).as("each company for itself").isZero();

        assertThat(commands.run(command(order, "release", material(order), Map.of()))
                        .state())
                .isEqualTo("purchase");
        assertThat(transfers(order))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.path("company_id").path(0).asLong()).isEqualTo(other));
    }

    // Fixture

    /** The warehouse of the receipts that an order has chosen. */
    private long receivedIn(long order) {
        var kind = odoo.read(ORDER, List.of(order), List.of("picking_type_id")).get(0);
        return odoo.read(
                        "stock.picking.type",
                        List.of(kind.path("picking_type_id").get(0).asLong()),
                        List.of("warehouse_id"))
                .get(0)
                .path("warehouse_id")
                .get(0)
                .asLong();
    }

    protected PurchaseOrder found(long order) {
        return purchases.find(order).orElseThrow();
    }

    private Map<String, Object> material(long order) {
        return purchases.material(found(order));
    }

    protected long product() {
        return product(Map.of(
                "name",
                "Pump " + UUID.randomUUID(),
                "list_price",
                200,
                "supplier_taxes_id",
                List.of(List.of(6, 0, List.of()))));
    }

    private void price(long from, long product, double quantity, double price, int days) {
        odoo.create(
                "product.supplierinfo",
                List.of(Map.of(
                        "partner_id",
                        from,
                        "product_id",
                        product,
                        "min_qty",
                        quantity,
                        "price",
                        price,
                        "delay",
                        days)));
    }

    protected long order(Odoo as, long from, Map<String, Object> values, Map<String, Object> line) {
        var all = new HashMap<String, Object>(values);
        all.put("partner_id", from);
        all.put("order_line", List.of(List.of(0, 0, line)));
        return as.create(ORDER, List.of(all)).get(0);
    }

    /** So many pumps at 100. */
    protected long urgent(double pumps) {
        return order(
                buyer,
                vendor,
                Map.of("priority", "1"),
                Map.of("product_id", pump, "product_qty", pumps, "price_unit", 100));
    }

    private long requested(double pumps) {
        long order = urgent(pumps);
        request(buyer, order);
        return order;
    }

    protected long released(double pumps) {
        long order = requested(pumps);
        release(order);
        return order;
    }

    /** Presses the button; only administrators may look up its id. */
    private void request(Odoo as, long order) {
        var button = odoo.searchRead(
                        "ir.model.data",
                        List.of(List.of("module", "=", Odoo.MODULE), List.of("name", "=", "purchase_order_request")),
                        List.of("res_id"),
                        "id",
                        1)
                .get(0)
                .path("res_id")
                .asLong();
        as.call(
                "ir.actions.server",
                "run",
                List.of(button),
                Map.of(),
                Map.of("active_model", ORDER, "active_id", order, "active_ids", List.of(order)));
    }

    private OdooCommand.Answer release(long order) {
        return commands.run(command(order, "release", null, Map.of()));
    }

    protected static OdooCommand command(
            long order, String operation, @Nullable Map<String, Object> expected, Map<String, Object> arguments) {
        return new OdooCommand(
                "urgent-purchase",
                "case-" + UUID.randomUUID() + ":serviceTask_test",
                new DocumentRef(ORDER, order),
                operation,
                "Amount 300",
                "Note of " + operation,
                expected,
                arguments);
    }

    protected static JsonNode confirm(Odoo as, long order) {
        return as.call(ORDER, "button_confirm", List.of(order), Map.of(), Map.of());
    }

    private void receive(long order) {
        transfers(order).forEach(one -> validated(one.path("id").asLong()));
    }

    private List<JsonNode> transfers(long order) {
        return odoo.searchRead(
                TRANSFER, List.of(List.of("purchase_id", "=", order)), List.of("state", "company_id"), "id", 0);
    }

    private long move(long transfer) {
        return odoo.searchRead("stock.move", List.of(List.of("picking_id", "=", transfer)), List.of("state"), "id", 1)
                .get(0)
                .path("id")
                .asLong();
    }

    private void validated(long transfer) {
        assertThat(validate(transfer).asBoolean()).isTrue();
    }

    private List<String> notes(long order) {
        return odoo
                .searchRead(
                        "mail.message",
                        List.of(List.of("model", "=", ORDER), List.of("res_id", "=", order)),
                        List.of("body"),
                        "id",
                        0)
                .stream()
                .map(message -> message.path("body").asText())
                .toList();
    }

    protected String text(long order, String field) {
        return text(ORDER, order, field);
    }

    private static long uid(Odoo odoo) {
        return odoo.call("res.users", "context_get", List.of(), Map.of(), Map.of())
                .path("uid")
                .asLong();
    }
}
