package io.holdpoint.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdpoint.odoo.Commands;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.OdooCall;
import io.holdpoint.odoo.OdooCommand;
import io.holdpoint.odoo.OdooContract;
import io.holdpoint.odoo.OdooRefused;
import io.holdpoint.odoo.OdooUnavailable;
import io.holdpoint.odoo.OrderChange;
import io.holdpoint.odoo.Partners;
import io.holdpoint.odoo.SaleOrder;
import io.holdpoint.odoo.SaleOrders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DemoOdooTest {

    private final SettableClock clock = new SettableClock();
    private final DemoOdoo demo = DemoOdoo.empty(clock);
    private final Odoo odoo = new Odoo(demo, null, 8);
    private final SaleOrders orders = new SaleOrders(odoo);
    private final Commands commands = new Commands(odoo);

    // ---- commands

    @Test
    void a_release_confirms_the_order_and_leaves_a_note() {
        var order = requested();

        var answer = commands.run(release(order, "case:release"));

        assertThat(answer).isEqualTo(new OdooCommand.Answer("done", "sale", JsonNodeFactory.instance.objectNode()));
        assertThat(demo.order(order.id()).path("x_holdpoint_state").asText()).isEqualTo("released");
        assertThat(demo.chatter(order.reference())).containsExactly("Sales Order created", "Released & confirmed");
    }

    @Test
    void the_same_key_acts_once_and_gives_the_answer_of_then() {
        var order = requested();

        commands.run(release(order, "case:release"));
        demo.cancel(order.id(), "anna");
        var again = commands.run(release(order, "case:release"));

        assertThat(again).isEqualTo(new OdooCommand.Answer("already", "sale", JsonNodeFactory.instance.objectNode()));
        assertThat(demo.order(order.id()).path("state").asText()).isEqualTo("cancel");
        assertThat(demo.chatter(order.reference()))
                .filteredOn("Released & confirmed"::equals)
                .hasSize(1);
    }

    @Test
    void a_changed_order_is_not_released() {
        var order = requested();
        demo.changeLine(order.lines().get(0).id(), "anna", Map.of("product_uom_qty", 11));

        var answer = commands.run(release(order, "case:release"));

        assertThat(answer).isEqualTo(new OdooCommand.Answer("changed", "draft", JsonNodeFactory.instance.objectNode()));
        assertThat(demo.order(order.id()).path("x_holdpoint_state").asText()).isEqualTo("requested");
    }

    @Test
    void the_change_of_a_lost_answer_is_found_by_running_the_command_again() {
        var order = requested();
        demo.faults().loseAnswers(1);

        assertThatThrownBy(() -> commands.run(release(order, "case:release"))).isInstanceOf(OdooUnavailable.class);

        assertThat(commands.run(release(order, "case:release")))
                .isEqualTo(new OdooCommand.Answer("already", "sale", JsonNodeFactory.instance.objectNode()));
    }

    @Test
    void a_refused_confirmation_leaves_nothing_behind() {
        var order = requested();
        demo.faults().refuseConfirmation("The fiscal year is closed.");

        assertThatThrownBy(() -> commands.run(release(order, "case:release")))
                .isInstanceOf(OdooRefused.class)
                .hasMessage("The fiscal year is closed.");

        assertThat(demo.order(order.id()).path("x_holdpoint_state").asText()).isEqualTo("requested");
        demo.faults().none();
        assertThat(commands.run(release(order, "case:release")).status()).isEqualTo("done");
    }

    @Test
    void only_one_of_many_at_once_acts() throws Exception {
        var order = requested();
        Callable<String> release =
                () -> commands.run(release(order, "case:release")).status();
        var pool = Executors.newFixedThreadPool(6);
        try {
            var answers = pool.invokeAll(List.of(release, release, release, release, release, release)).stream()
                    .map(future -> {
                        try {
                            return future.get();
                        } catch (Exception failure) {
                            throw new IllegalStateException(failure);
                        }
                    });
            assertThat(answers).containsOnlyOnce("done").hasSize(6);
        } finally {
            pool.shutdown();
        }
    }

    // ---- guards

    @Test
    void nobody_else_confirms_not_even_the_administrator() {
        var order = requested();
        commands.run(new OdooCommand(
                "order-release", "k1", order.reference(), "hold", "Over the credit limit", null, null, Map.of()));

        for (var login : List.of("anna", "admin")) {
            assertThatThrownBy(() -> demo.confirm(order.id(), login))
                    .isInstanceOf(OdooRefused.class)
                    .hasMessageContaining("on hold by Holdpoint: Over the credit limit");
            assertThatThrownBy(() -> write(login, order.id(), Map.of("state", "sale")))
                    .isInstanceOf(OdooRefused.class);
        }
        assertThat(demo.order(order.id()).path("state").asText()).isEqualTo("draft");
    }

    @Test
    void the_technical_user_confirms_by_command_only() {
        var order = requested();

        assertThatThrownBy(() -> demo.confirm(order.id(), DemoOdoo.TECHNICAL_USER))
                .isInstanceOf(OdooContract.class);
    }

    @Test
    void no_order_is_made_in_a_confirmed_state() {
        var customer = demo.data().customer("Elbe Metall").add();

        assertThatThrownBy(() -> demo.as("admin")
                        .call(new OdooCall(
                                "sale.order",
                                "create",
                                List.of(),
                                Map.of("vals_list", List.of(Map.of("partner_id", customer, "state", "sale"))),
                                Map.of())))
                .isInstanceOf(OdooRefused.class);
        assertThat(orderCount(List.of(List.of("state", "=", "draft")))).isZero();
    }

    @Test
    void nobody_else_writes_what_releases() {
        var order = requested();

        assertThatThrownBy(() -> write("admin", order.id(), Map.of("x_holdpoint_state", "released")))
                .isInstanceOf(OdooRefused.class);
        assertThatThrownBy(() -> write("anna", order.id(), Map.of("x_holdpoint_reason", "fine with me")))
                .isInstanceOf(OdooRefused.class);
        assertThatThrownBy(() -> write(
                        "ben",
                        demo.data().goodOrder(),
                        Map.of("x_holdpoint_state", "requested", "x_holdpoint_requested_by", userId("anna"))))
                .as("in another's name")
                .isInstanceOf(OdooRefused.class);
        assertThatThrownBy(() -> demo.as("admin")
                        .call(new OdooCall(
                                "x_holdpoint_command", "search", List.of(), Map.of("domain", List.of()), Map.of())))
                .isInstanceOf(OdooContract.class);
    }

    // ---- transactions and faults

    @Test
    void what_fails_halfway_is_taken_back_as_a_whole() {
        var order = requested();
        var line = order.lines().get(0).id();

        assertThatThrownBy(() -> write(
                        "anna",
                        order.id(),
                        Map.of(
                                "client_order_ref", "R-1",
                                "order_line", List.of(List.of(1, line, Map.of("discount", 50))),
                                "x_holdpoint_state", "released")))
                .isInstanceOf(OdooRefused.class);

        assertThat(orders.find(order.id())).contains(order);
        assertThat(demo.order(order.id()).path("client_order_ref").asBoolean(true))
                .isFalse();
    }

    @Test
    void an_outage_lasts_as_many_calls_as_it_is_told_to() {
        var order = requested();
        demo.faults().unavailable(2);

        assertThatThrownBy(() -> orders.find(order.id())).isInstanceOf(OdooUnavailable.class);
        assertThatThrownBy(() -> orders.find(order.id())).isInstanceOf(OdooUnavailable.class);
        assertThat(orders.find(order.id())).isPresent();
    }

    // ---- transitions

    @Test
    void confirming_twice_or_after_cancelling_is_refused_in_the_words_of_odoo() {
        var order = requested();
        commands.run(release(order, "k1"));

        assertThatThrownBy(() -> demo.confirm(order.id(), "anna"))
                .isInstanceOf(OdooRefused.class)
                .hasMessage("Some orders are not in a state requiring confirmation.");
        demo.cancel(order.id(), "anna");
        demo.cancel(order.id(), "anna");
        assertThatThrownBy(() -> demo.confirm(order.id(), "anna"))
                .isInstanceOf(OdooRefused.class)
                .hasMessage("Some orders are not in a state requiring confirmation.");
    }

    @Test
    void a_confirmed_order_reserves_stock_and_gives_it_back_when_cancelled() {
        var customer = demo.data().customer("Elbe Metall").add();
        var pump = demo.data().product("Pump").stock(10).add();
        var first = order(demo.data().order(customer).line(pump, 4).requested().add());
        var second = order(demo.data().order(customer).line(pump, 8).add());

        commands.run(release(first, "k1"));
        assertThat(order(second.id()).lines().get(0).freeQuantity()).isEqualTo(6);

        demo.cancel(first.id(), "anna");
        assertThat(order(second.id()).lines().get(0).freeQuantity()).isEqualTo(10);
    }

    // ---- values

    @Test
    void amounts_margin_and_discounts_are_those_of_odoo() {
        var customer = demo.data().customer("Elbe Metall").add();
        var pump = demo.data().product("Pump").price(100).cost(60).taxed().add();

        var order = order(demo.data()
                .order(customer)
                .line(pump, 10, 20)
                .lineAt(pump, 1, 90)
                .add());

        assertThat(order.amountUntaxed()).isEqualTo(890);
        assertThat(order.amountTotal()).isEqualTo(1059.10);
        assertThat(order.amountUndiscounted()).isCloseTo(1090, within(1e-9));
        assertThat(demo.order(order.id()).path("margin").asDouble()).isEqualTo(230);
        assertThat(order.lines())
                .extracting(SaleOrder.Line::netPrice, SaleOrder.Line::listPrice, SaleOrder.Line::cost)
                .containsExactly(tuple(80.0, 100.0, 60.0), tuple(90.0, 100.0, 60.0));
    }

    @Test
    void prices_in_dollars_follow_the_rate() {
        var customer =
                demo.data().customer("Great Lakes Bearings").inUsDollars().add();
        var pump = demo.data().product("Pump").price(100).cost(50).add();

        var order = order(demo.data().order(customer).line(pump, 2).add());

        assertThat(order.currency().name()).isEqualTo("USD");
        assertThat(order.amountTotal()).isEqualTo(216);
        assertThat(order.inCompanyCurrency(order.amountTotal())).isCloseTo(200, within(1e-9));
    }

    @Test
    void credit_counts_open_invoices_and_confirmed_orders_of_one_company() {
        var customer = demo.data()
                .customer("Elbe Metall")
                .creditLimit(5_000)
                .termDays(45)
                .add();
        var pump = demo.data().product("Pump").price(100).add();
        demo.data().invoice(customer).amount(700).overdue(40).add();
        var paid = demo.data().invoice(customer).amount(300).overdue(90).add();
        demo.data().invoice(customer).amount(200).add();
        demo.data().invoice(customer).amount(9_999).of(2).add();
        demo.payInvoice(paid);
        commands.run(release(
                order(demo.data().order(customer).line(pump, 3).requested().add()), "k1"));

        var credit = new Partners(odoo, clock).credit(customer, 1);

        assertThat(credit.receivable()).isEqualTo(900);
        assertThat(credit.toInvoice()).isEqualTo(300);
        assertThat(credit.limit()).isEqualTo(5_000);
        assertThat(credit.overdue()).isEqualTo(700);
        assertThat(credit.oldestDue()).isEqualTo(today().minusDays(40));
        assertThat(credit.paymentTermDays()).isEqualTo(45);
        assertThat(credit.trust()).isEqualTo("normal");
        assertThat(credit.lastOrder()).isEqualTo(today());
        assertThat(new Partners(odoo, clock).credit(customer, 2).limit())
                .as("limits are per company")
                .isNull();
    }

    @Test
    void the_write_date_of_an_order_moves_with_its_totals_not_with_its_chatter() {
        var order = requested();
        var line = order.lines().get(0).id();

        clock.forward(Duration.ofMinutes(1));
        demo.as("anna")
                .call(new OdooCall(
                        "sale.order", "message_post", List.of(order.id()), Map.of("body", "<b>soon</b>"), Map.of()));
        demo.changeLine(line, "anna", Map.of("name", "Pump, green"));
        assertThat(order(order.id()).writeDate()).isEqualTo(order.writeDate());

        demo.changeLine(line, "anna", Map.of("discount", 5));
        assertThat(order(order.id()).writeDate()).isEqualTo(order.writeDate().plusSeconds(60));
        assertThat(orders.changedSince(order.writeDate().plusSeconds(60)))
                .extracting(OrderChange::document)
                .containsExactly(order.reference());
        assertThat(orders.changedSince(order.writeDate().plusSeconds(61))).isEmpty();
        assertThat(demo.chatter(order.reference())).contains("<b>soon</b>");
    }

    @Test
    void nothing_is_false_and_a_many_to_one_is_id_and_name() {
        var customer = demo.data().customer("Elbe Metall").add();
        var id = demo.data().order(customer).add();

        var record = call(
                "sale.order",
                "read",
                List.of(id),
                Map.of(
                        "fields",
                        List.of("name", "partner_id", "commitment_date", "order_line", "write_date", "margin")));

        assertThat(record.toString())
                .isEqualTo(
                        "[{\"id\":%d,\"name\":\"S%05d\",\"partner_id\":[%d,\"Elbe Metall\"],\"commitment_date\":false,\"order_line\":[],\"write_date\":\"%s\",\"margin\":0.0}]"
                                .formatted(
                                        id,
                                        id,
                                        customer,
                                        clock.instant()
                                                .toString()
                                                .substring(0, 19)
                                                .replace('T', ' ')));
        assertThat(call("sale.order", "read", List.of(id), Map.of("fields", List.of("partner_id"), "load", ""))
                        .at("/0/partner_id")
                        .asLong())
                .isEqualTo(customer);
        assertThat(call("sale.order", "read", List.of(999L), Map.of("fields", List.of("name"))))
                .isEmpty();
    }

    @Test
    void misfits_are_called_what_odoo_calls_them() {
        var order = requested();

        assertThatThrownBy(() -> call("no.such", "search", List.of(), Map.of("domain", List.of())))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("Object no.such doesn't exist");
        assertThatThrownBy(() -> call("sale.order", "read", List.of(order.id()), Map.of("fields", List.of("nope"))))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("Invalid field 'nope' on 'sale.order'");
        assertThatThrownBy(() -> orderCount(List.of(List.of("nope", "=", 1))))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("Invalid field sale.order.nope in condition");
        assertThatThrownBy(() -> write("anna", order.id(), Map.of("state", "done")))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("Wrong value for sale.order.state: 'done'");
        assertThatThrownBy(() -> write("anna", order.id(), Map.of("commitment_date", "2026-12-01T10:00:00")))
                .isInstanceOf(OdooContract.class);
        assertThatThrownBy(() -> write("anna", 999, Map.of("client_order_ref", "x")))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Record does not exist or has been deleted.");
        assertThatThrownBy(() -> call("sale.order", "_action_confirm", List.of(order.id()), Map.of()))
                .isInstanceOf(OdooContract.class);
        assertThatThrownBy(() -> call("sale.order", "search", List.of(), Map.of("domain", List.of(), "foo", 1)))
                .isInstanceOf(OdooContract.class);
        assertThatThrownBy(() -> demo.as("anna")
                        .call(new OdooCall(
                                "res.partner",
                                "read",
                                List.of(order.partner().id()),
                                Map.of("fields", List.of("name", "credit_limit")),
                                Map.of())))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("credit_limit");
    }

    @Test
    void domains_mean_what_they_mean_in_odoo() {
        var customer = demo.data().customer("Elbe Metall").neverOrdered().add();
        var other = demo.data().customer("Oder Stahl").neverOrdered().add();
        var pump = demo.data().product("Pump").price(100).add();
        var small = demo.data().order(customer).line(pump, 1).add();
        var large = demo.data().order(other).line(pump, 50).clearance().add();

        assertThat(found(List.of(List.of("amount_total", ">=", 100), List.of("amount_total", "<", 5000))))
                .containsExactly(small);
        assertThat(found(List.of("|", List.of("amount_total", "=", 100), List.of("tag_ids", "in", List.of(1)))))
                .containsExactly(large, small);
        assertThat(found(List.of("!", List.of("partner_id", "=", customer)))).containsExactly(large);
        assertThat(found(List.of(List.of("partner_id.name", "ilike", "elbe")))).containsExactly(small);
        assertThat(found(List.of(List.of("partner_id", "child_of", other)))).containsExactly(large);
        assertThat(found(List.of(List.of("commitment_date", "=", false)))).containsExactly(large, small);
        assertThat(found(List.of(List.of("x_holdpoint_state", "!=", false)))).isEmpty();
        assertThat(found(List.of(List.of("state", "not in", List.of("sale", "cancel")))))
                .containsExactly(large, small);
        assertThat(found(List.of(List.of("order_line.product_uom_qty", ">", 10))))
                .containsExactly(large);
        assertThatThrownBy(() -> found(List.of("|", List.of("id", "=", 1)))).isInstanceOf(OdooContract.class);
    }

    // ---- helpers

    private SaleOrder requested() {
        var id = demo.data().goodOrder();
        demo.requestRelease(id, "anna");
        return order(id);
    }

    private SaleOrder order(long id) {
        return orders.find(id).orElseThrow();
    }

    private OdooCommand release(SaleOrder order, String key) {
        return new OdooCommand(
                "order-release",
                key,
                order.reference(),
                "release",
                "",
                "Released & confirmed",
                orders.material(order),
                Map.of());
    }

    private long userId(String login) {
        return call("res.users", "search", List.of(), Map.of("domain", List.of(List.of("login", "=", login))))
                .path(0)
                .asLong();
    }

    private void write(String login, long id, Map<String, Object> values) {
        demo.as(login).call(new OdooCall("sale.order", "write", List.of(id), Map.of("vals", values), Map.of()));
    }

    private int orderCount(List<?> domain) {
        return call("sale.order", "search_count", List.of(), Map.of("domain", domain))
                .asInt();
    }

    private List<Long> found(List<?> domain) {
        return Json.MAPPER.convertValue(
                call("sale.order", "search", List.of(), Map.of("domain", domain)),
                Json.MAPPER.getTypeFactory().constructCollectionType(List.class, Long.class));
    }

    private JsonNode call(String model, String method, List<Long> ids, Map<String, Object> arguments) {
        return demo.call(new OdooCall(model, method, ids, arguments, Map.of()));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Stands still until it is moved. */
    private static final class SettableClock extends Clock {

        private Instant now = Instant.now();

        void forward(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(@Nullable ZoneId zone) {
            return this;
        }
    }
}
