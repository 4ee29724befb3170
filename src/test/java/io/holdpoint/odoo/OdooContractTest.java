package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Holdpoint relies on in an Odoo, so that the real one and the one in memory cannot drift apart. A subclass says
 * how to reach an Odoo <em>on which the setup has run</em>; all data comes into being through Odoo's own verbs.
 *
 * <p>A subclass provides transports for three users: an administrator, a salesperson (group
 * {@code sales_team.group_sale_salesman_all_leads} and nothing more) and Holdpoint's technical user. It may override
 * {@link #putInStock} and {@link #invoice} where its Odoo has a shorter way.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OdooContractTest {

    protected abstract OdooTransport admin();

    protected abstract OdooTransport salesperson();

    protected abstract OdooTransport technical();

    protected Odoo asAdmin;
    protected Odoo asSalesperson;
    protected Odoo asHoldpoint;
    private SaleOrders orders;
    private Partners partners;
    private Invoices invoices;
    private Users users;
    private Commands commands;
    private Activities activities;
    private long company;
    private long customer;
    private long desk;

    @BeforeAll
    void connect() {
        asAdmin = new Odoo(admin(), null, 8);
        asSalesperson = new Odoo(salesperson(), null, 8);
        asHoldpoint = new Odoo(technical(), null, 8);
        orders = new SaleOrders(asHoldpoint);
        partners = new Partners(asHoldpoint, Clock.systemUTC());
        invoices = new Invoices(asHoldpoint);
        users = new Users(asHoldpoint);
        commands = new Commands(asHoldpoint);
        activities = new Activities(asHoldpoint);
        company = id(asAdmin.searchRead("res.company", List.of(), List.of("name"), "id", 1)
                .get(0));
        customer = partner(Map.of());
        desk = product("Desk", 100, 60);
    }

    // Fixture

    /** Puts so much of a storable product into the main warehouse of the first company. */
    protected void putInStock(long product, double quantity) {
        var warehouse = asAdmin.searchRead(
                        "stock.warehouse",
                        List.of(List.of("company_id", "=", company)),
                        List.of("lot_stock_id"),
                        "id",
                        1)
                .get(0);
        var quant = asAdmin.create(
                "stock.quant",
                List.of(Map.of(
                        "product_id", product,
                        "location_id", warehouse.path("lot_stock_id").get(0).asLong(),
                        "inventory_quantity", quantity)));
        asAdmin.call("stock.quant", "action_apply_inventory", quant, Map.of(), Map.of());
    }

    /** Creates and posts a customer invoice over this amount without taxes. */
    protected long invoice(long partner, double amount, LocalDate due) {
        var invoice = asAdmin.create(
                "account.move",
                List.of(Map.of(
                        "move_type", "out_invoice",
                        "partner_id", partner,
                        "invoice_date", due.toString(),
                        "invoice_date_due", due.toString(),
                        "invoice_line_ids",
                                List.of(List.of(
                                        0,
                                        0,
                                        Map.of(
                                                "name",
                                                "Work",
                                                "quantity",
                                                1,
                                                "price_unit",
                                                amount,
                                                "tax_ids",
                                                List.of(List.of(6, 0, List.of()))))))));
        asAdmin.call("account.move", "action_post", invoice, Map.of(), Map.of());
        return invoice.get(0);
    }

    protected long partner(Map<String, Object> values) {
        var all = new HashMap<String, Object>(values);
        all.putIfAbsent("name", "Customer " + UUID.randomUUID());
        return asAdmin.create("res.partner", List.of(all)).get(0);
    }

    protected long product(String name, double listPrice, double cost) {
        return asAdmin.create(
                        "product.product",
                        List.of(Map.of(
                                "name",
                                name,
                                "type",
                                "consu",
                                "is_storable",
                                true,
                                "list_price",
                                listPrice,
                                "standard_price",
                                cost,
                                "taxes_id",
                                List.of(List.of(6, 0, List.of())))))
                .get(0);
    }

    /** A quotation of the salesperson over this many desks at their list price. */
    protected long quotation(double desks) {
        return quotation(asSalesperson, Map.of(), Map.of("product_id", desk, "product_uom_qty", desks));
    }

    protected long quotation(Odoo as, Map<String, Object> values, Map<String, Object> line) {
        var all = new HashMap<String, Object>(values);
        all.putIfAbsent("partner_id", customer);
        all.putIfAbsent("order_line", List.of(List.of(0, 0, line)));
        return as.create("sale.order", List.of(all)).get(0);
    }

    protected void requestRelease(long order) {
        asSalesperson.write(
                "sale.order",
                List.of(order),
                Map.of(
                        "x_holdpoint_state", "requested",
                        "x_holdpoint_requested_by", uid(asSalesperson),
                        "x_holdpoint_requested_at", Values.write(Instant.now())));
    }

    protected OdooCommand command(long order, String operation, @Nullable Map<String, Object> expected) {
        return new OdooCommand(
                "order-release",
                "case-" + UUID.randomUUID() + ":serviceTask_test",
                new DocumentRef("sale.order", order),
                operation,
                "Overdue 5,200.00 EUR",
                "Note of " + operation,
                expected,
                Map.of());
    }

    protected static long id(JsonNode record) {
        return record.path("id").asLong();
    }

    protected static long uid(Odoo odoo) {
        return odoo.call("res.users", "context_get", List.of(), Map.of(), Map.of())
                .path("uid")
                .asLong();
    }

    protected String state(long order) {
        return field(order, "state").asText();
    }

    protected JsonNode field(long order, String field) {
        return asAdmin.read("sale.order", List.of(order), List.of(field)).get(0).path(field);
    }

    private Collection<String> notes(long order) {
        return asAdmin
                .searchRead(
                        "mail.message",
                        List.of(List.of("model", "=", "sale.order"), List.of("res_id", "=", order)),
                        List.of("body"),
                        "id",
                        0)
                .stream()
                .map(message -> message.path("body").asText())
                .toList();
    }

    // Reading

    @Test
    void an_order_that_does_not_exist_is_absent() {
        assertThat(orders.find(999_999_999)).isEmpty();
    }

    @Test
    void a_deleted_order_is_absent() {
        long order = quotation(1);
        asAdmin.unlink("sale.order", List.of(order));

        assertThat(orders.find(order)).isEmpty();
    }

    @Test
    void reading_skips_missing_records() {
        long order = quotation(1);

        var found = asHoldpoint.read("sale.order", List.of(order, 999_999_999L), List.of("name"));

        assertThat(found).extracting(OdooContractTest::id).containsExactly(order);
    }

    @Test
    void an_order_is_read_with_its_lines() {
        long product = product("Lamp", 50, 20);
        putInStock(product, 7);
        long order = quotation(
                asSalesperson,
                Map.of("commitment_date", "2030-05-06 10:00:00"),
                Map.of("product_id", product, "product_uom_qty", 4, "price_unit", 45, "discount", 10));

        var found = orders.find(order).orElseThrow();

        assertThat(found.reference()).isEqualTo(new DocumentRef("sale.order", order));
        assertThat(found.state()).isEqualTo("draft");
        assertThat(found.partner().id()).isEqualTo(customer);
        assertThat(found.commercialPartner().id()).isEqualTo(customer);
        assertThat(found.company().id()).isEqualTo(company);
        assertThat(found.companyCurrency()).hasSize(3);
        assertThat(found.currency().name()).isEqualTo(found.companyCurrency());
        assertThat(found.amountTotal()).isEqualTo(162);
        assertThat(found.amountUntaxed()).isEqualTo(162);
        assertThat(found.amountUndiscounted()).isEqualTo(180);
        assertThat(found.currencyRate()).isEqualTo(1);
        assertThat(found.amountPaid()).isZero();
        assertThat(found.commitmentDate()).isEqualTo("2030-05-06");
        assertThat(found.creator().id()).isEqualTo(uid(asSalesperson));
        assertThat(found.salesperson()).isNotNull();
        assertThat(found.requester()).isNull();
        assertThat(found.holdpointState()).isNull();
        assertThat(found.paymentTerm()).isNull();
        assertThat(found.paymentTermDays()).isZero();
        assertThat(found.tags()).isEmpty();
        assertThat(found.lines()).singleElement().satisfies(line -> {
            assertThat(line.product().id()).isEqualTo(product);
            assertThat(line.quantity()).isEqualTo(4);
            assertThat(line.priceUnit()).isEqualTo(45);
            assertThat(line.discount()).isEqualTo(10);
            assertThat(line.netPrice()).isEqualTo(40.5, within(1e-6));
            assertThat(line.subtotal()).isEqualTo(162);
            assertThat(line.cost()).isEqualTo(20);
            assertThat(line.listPrice()).isEqualTo(50);
            assertThat(line.storable()).isTrue();
            assertThat(line.freeQuantity()).isEqualTo(7);
        });
    }

    @Test
    void sections_and_notes_are_no_lines() {
        long order = quotation(1);
        asSalesperson.write(
                "sale.order",
                List.of(order),
                Map.of(
                        "order_line",
                        List.of(List.of(0, 0, Map.of("display_type", "line_section", "name", "Furniture")))));

        assertThat(orders.find(order).orElseThrow().lines()).hasSize(1);
    }

    @Test
    void a_product_without_cost_costs_nothing() {
        long order =
                quotation(asSalesperson, Map.of(), Map.of("product_id", product("Gift", 5, 0), "product_uom_qty", 1));

        assertThat(orders.find(order).orElseThrow().lines().get(0).cost()).isZero();
    }

    @Test
    void the_credit_of_a_contact_is_that_of_its_company() {
        long contact = partner(Map.of("parent_id", customer, "type", "contact"));
        long order = quotation(
                asSalesperson, Map.of("partner_id", contact), Map.of("product_id", desk, "product_uom_qty", 1));

        assertThat(orders.find(order).orElseThrow().commercialPartner().id()).isEqualTo(customer);
    }

    @Test
    void payment_terms_tags_and_requester_are_read() {
        var term = asAdmin.create(
                "account.payment.term",
                List.of(Map.of(
                        "name",
                        "Holdpoint 45",
                        "line_ids",
                        List.of(List.of(0, 0, Map.of("value", "percent", "value_amount", 100, "nb_days", 45))))));
        var tag = asAdmin.create("crm.tag", List.of(Map.of("name", "Clearance " + UUID.randomUUID())));
        long order = quotation(
                asSalesperson,
                Map.of("payment_term_id", term.get(0), "tag_ids", List.of(List.of(6, 0, tag))),
                Map.of("product_id", desk, "product_uom_qty", 1));
        requestRelease(order);

        var found = orders.find(order).orElseThrow();

        assertThat(found.paymentTerm()).isNotNull();
        assertThat(found.paymentTermDays()).isEqualTo(45);
        assertThat(found.tags()).singleElement().asString().startsWith("Clearance");
        assertThat(found.holdpointState()).isEqualTo("requested");
        assertThat(found.requester()).isNotNull();
        assertThat(found.requester().id()).isEqualTo(uid(asSalesperson));
    }

    @Test
    void a_customer_without_history_has_a_blank_credit_position() {
        long fresh = partner(Map.of());

        assertThat(partners.credit(fresh, company))
                .isEqualTo(new CreditPosition(fresh, 0, 0, null, null, "normal", 0, null, 0, null));
    }

    @Test
    void a_credit_position_has_limit_receivable_orders_and_what_is_overdue() {
        asAdmin.write("res.company", List.of(company), Map.of("account_use_credit_limit", true));
        var today = LocalDate.now(ZoneOffset.UTC);
        long debtor = partner(Map.of(
                "use_partner_credit_limit",
                true,
                "credit_limit",
                5000,
                "x_holdpoint_limit_review",
                "2030-01-31",
                "trust",
                "bad"));
        invoice(debtor, 1000, today.minusDays(40));
        invoice(debtor, 200, today.minusDays(10));
        invoice(debtor, 30, today.plusDays(10));
        long order = quotation(
                asSalesperson, Map.of("partner_id", debtor), Map.of("product_id", desk, "product_uom_qty", 3));
        commands.run(command(order, "release", null));

        var credit = partners.credit(debtor, company);

        assertThat(credit.receivable()).isEqualTo(1230);
        assertThat(credit.toInvoice()).isEqualTo(300);
        assertThat(credit.limit()).isEqualTo(5000);
        assertThat(credit.limitReview()).isEqualTo("2030-01-31");
        assertThat(credit.trust()).isEqualTo("bad");
        assertThat(credit.overdue()).isEqualTo(1200);
        assertThat(credit.oldestDue()).isEqualTo(today.minusDays(40));
        assertThat(credit.lastOrder()).isEqualTo(today);
    }

    @Test
    void a_changed_order_under_control_is_seen_and_others_are_not() {
        long requested = quotation(1);
        long free = quotation(1);
        requestRelease(requested);
        var changed = orders.find(requested).orElseThrow().writeDate();

        var changes = orders.changedSince(changed);

        assertThat(changes)
                .contains(new OrderChange(new DocumentRef("sale.order", requested), changed, "draft", "requested"))
                .extracting(OrderChange::document)
                .doesNotContain(new DocumentRef("sale.order", free));
        assertThat(changes).extracting(OrderChange::writeDate).isSorted();
    }

    /** Odoo moves the order's own write date only when a stored total changes; the margin is one of these. */
    @Test
    void other_lines_with_the_same_sum_are_a_change_of_the_order() {
        long order = quotation(2);
        requestRelease(order);
        var before = orders.find(order).orElseThrow();
        var line = before.lines().get(0);
        await().until(() -> Instant.now().isAfter(before.writeDate().plusSeconds(2)));

        asSalesperson.write(
                "sale.order.line", List.of(line.id()), Map.of("price_unit", line.priceUnit() * 2, "discount", 50));

        assertThat(orders.find(order).orElseThrow().writeDate())
                .as("the order itself")
                .isEqualTo(before.writeDate());
        assertThat(orders.changedSince(before.writeDate().plusSeconds(1)))
                .filteredOn(change -> change.document().id() == order)
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.writeDate()).isAfter(before.writeDate());
                    assertThat(change.holdpointState()).isEqualTo("requested");
                });
    }

    @Test
    void a_changed_invoice_is_seen() {
        long debtor = partner(Map.of());
        long invoice = invoice(debtor, 10, LocalDate.now(ZoneOffset.UTC));

        assertThat(invoices.changedSince(Instant.now().minusSeconds(300))).anySatisfy(change -> {
            assertThat(change.id()).isEqualTo(invoice);
            assertThat(change.commercialPartnerId()).isEqualTo(debtor);
        });
    }

    @Test
    void users_have_logins_and_missing_ones_are_left_out() {
        var found = users.find(List.of(uid(asSalesperson), uid(asHoldpoint), 999_999_999L));

        assertThat(found).extracting(OdooUser::id).containsExactlyInAnyOrder(uid(asSalesperson), uid(asHoldpoint));
        assertThat(found).allSatisfy(user -> assertThat(user.login()).isNotBlank());
    }

    // Kinds of failure

    @Test
    void an_unknown_field_is_a_misfit() {
        assertThatThrownBy(() -> asHoldpoint.read("sale.order", List.of(quotation(1)), List.of("no_such_field")))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("no_such_field");
    }

    @Test
    void an_unknown_field_in_a_domain_is_a_misfit() {
        assertThatThrownBy(() -> asHoldpoint.searchRead(
                        "sale.order", List.of(List.of("no_such_field", "=", 1)), List.of("name"), "id", 1))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("no_such_field");
    }

    @Test
    void an_unknown_model_is_a_misfit() {
        assertThatThrownBy(() -> asHoldpoint.searchRead("no.such.model", List.of(), List.of("name"), "id", 1))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("no.such.model");
    }

    @Test
    void an_unknown_method_is_a_misfit() {
        assertThatThrownBy(() -> asHoldpoint.call("sale.order", "no_such_method", List.of(1L), Map.of(), Map.of()))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("no_such_method");
    }

    @Test
    void a_missing_right_is_a_misfit() {
        assertThatThrownBy(() -> asHoldpoint.searchRead("ir.config_parameter", List.of(), List.of("key"), "id", 1))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("odoo-check");
    }

    @Test
    void a_write_to_a_missing_record_is_refused() {
        assertThatThrownBy(
                        () -> asSalesperson.write("sale.order", List.of(999_999_999L), Map.of("client_order_ref", "x")))
                .isInstanceOf(OdooRefused.class);
    }

    // No way round

    @Test
    void a_salesperson_cannot_confirm() {
        long order = quotation(1);

        assertThatThrownBy(() -> confirm(asSalesperson, order))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Request release");
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void the_refusal_tells_why_the_order_is_held() {
        long order = quotation(1);
        requestRelease(order);
        commands.run(command(order, "hold", null));

        assertThatThrownBy(() -> confirm(asSalesperson, order))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("on hold")
                .hasMessageContaining("Overdue 5,200.00 EUR");
    }

    @Test
    void an_administrator_cannot_confirm_either() {
        long order = quotation(1);

        assertThatThrownBy(() -> confirm(asAdmin, order)).isInstanceOf(OdooRefused.class);
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void nobody_writes_the_state_past_the_guard() {
        long order = quotation(1);

        assertThatThrownBy(() -> asSalesperson.write("sale.order", List.of(order), Map.of("state", "sale")))
                .isInstanceOf(OdooRefused.class);
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void nobody_creates_a_confirmed_order() {
        assertThatThrownBy(() -> quotation(
                        asSalesperson, Map.of("state", "sale"), Map.of("product_id", desk, "product_uom_qty", 1)))
                .isInstanceOf(OdooRefused.class);
    }

    @Test
    void nobody_creates_a_released_order() {
        assertThatThrownBy(() -> quotation(
                        asSalesperson,
                        Map.of("state", "sale", "x_holdpoint_state", "released"),
                        Map.of("product_id", desk, "product_uom_qty", 1)))
                .isInstanceOf(OdooRefused.class);
    }

    @Test
    void the_technical_user_cannot_confirm_without_a_command() {
        long order = quotation(1);

        assertThatThrownBy(() -> confirm(asHoldpoint, order)).isInstanceOf(OdooException.class);
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void one_order_on_hold_stops_a_batch() {
        long one = quotation(1);
        long other = quotation(1);

        assertThatThrownBy(() ->
                        asSalesperson.call("sale.order", "action_confirm", List.of(one, other), Map.of(), Map.of()))
                .isInstanceOf(OdooRefused.class);
        assertThat(List.of(state(one), state(other))).containsOnly("draft");
    }

    @ParameterizedTest
    @ValueSource(strings = {"held", "released", "rejected", "returned", "withdrawn"})
    void a_salesperson_sets_no_state_but_requested(String state) {
        long order = quotation(1);

        assertThatThrownBy(() -> asSalesperson.write("sale.order", List.of(order), Map.of("x_holdpoint_state", state)))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("Holdpoint");
        assertThat(field(order, "x_holdpoint_state").asText()).isEqualTo("false");
    }

    @Test
    void a_salesperson_does_not_touch_the_reason() {
        long order = quotation(1);

        assertThatThrownBy(() ->
                        asSalesperson.write("sale.order", List.of(order), Map.of("x_holdpoint_reason", "All fine")))
                .isInstanceOf(OdooRefused.class);
    }

    @Test
    void nobody_requests_in_the_name_of_another() {
        long order = quotation(1);

        assertThatThrownBy(() -> asSalesperson.write(
                        "sale.order",
                        List.of(order),
                        Map.of("x_holdpoint_state", "requested", "x_holdpoint_requested_by", uid(asAdmin))))
                .isInstanceOf(OdooRefused.class);
    }

    @Test
    void the_requester_stays_whoever_it_was() {
        long order = quotation(1);
        requestRelease(order);

        assertThatThrownBy(() ->
                        asAdmin.write("sale.order", List.of(order), Map.of("x_holdpoint_requested_by", uid(asAdmin))))
                .isInstanceOf(OdooRefused.class);
    }

    @Test
    void a_hold_is_not_shaken_off_by_requesting_again() {
        long order = quotation(1);
        commands.run(command(order, "hold", null));

        assertThatThrownBy(() -> requestRelease(order)).isInstanceOf(OdooRefused.class);
    }

    @Test
    void a_copy_of_a_released_order_is_not_released() {
        long order = quotation(1);
        commands.run(command(order, "release", null));

        var copied = asSalesperson.call("sale.order", "copy", List.of(order), Map.of(), Map.of());
        long copy = copied.isArray() ? copied.get(0).asLong() : copied.asLong();

        assertThat(field(copy, "x_holdpoint_state").asText()).isEqualTo("false");
        assertThatThrownBy(() -> confirm(asSalesperson, copy)).isInstanceOf(OdooRefused.class);
    }

    @Test
    void a_released_order_that_went_back_to_quotation_needs_a_new_release() {
        long order = quotation(1);
        commands.run(command(order, "release", null));
        // A salesperson without stock rights cannot cancel in every Odoo.
        asAdmin.call("sale.order", "action_cancel", List.of(order), Map.of(), Map.of());
        asSalesperson.call("sale.order", "action_draft", List.of(order), Map.of(), Map.of());

        assertThat(field(order, "x_holdpoint_state").asText()).isEqualTo("false");
        assertThatThrownBy(() -> confirm(asSalesperson, order)).isInstanceOf(OdooRefused.class);
        requestRelease(order);
        assertThat(commands.run(command(order, "release", null)).status()).isEqualTo("done");
    }

    @Test
    void only_who_may_set_credit_limits_sets_their_review() {
        assertThatThrownBy(() -> asSalesperson.write(
                        "res.partner", List.of(customer), Map.of("x_holdpoint_limit_review", "2099-12-31")))
                .isInstanceOf(OdooException.class);
    }

    // Commands

    @ParameterizedTest
    @CsvSource({"request, requested", "hold, held", "reject, rejected", "return, returned", "withdraw, withdrawn"})
    void a_command_shows_its_state_and_reason(String operation, String state) {
        long order = quotation(1);

        var answer = commands.run(command(order, operation, null));

        assertThat(answer).isEqualTo(new OdooCommand.Answer("done", "draft", JsonNodeFactory.instance.objectNode()));
        assertThat(field(order, "x_holdpoint_state").asText()).isEqualTo(state);
        assertThat(field(order, "x_holdpoint_reason").asText()).isEqualTo("Overdue 5,200.00 EUR");
        assertThat(notes(order))
                .filteredOn(note -> note.contains("Note of " + operation))
                .hasSize(1);
    }

    @Test
    void a_release_confirms_the_order() {
        long order = quotation(2);
        requestRelease(order);
        var material = orders.material(orders.find(order).orElseThrow());

        var answer = commands.run(command(order, "release", material));

        assertThat(answer).isEqualTo(new OdooCommand.Answer("done", "sale", JsonNodeFactory.instance.objectNode()));
        assertThat(state(order)).isEqualTo("sale");
        assertThat(field(order, "x_holdpoint_state").asText()).isEqualTo("released");
    }

    @Test
    void the_same_key_acts_once() {
        long order = quotation(1);
        var release = command(order, "release", null);

        assertThat(commands.run(release).status()).isEqualTo("done");
        assertThat(commands.run(release))
                .isEqualTo(new OdooCommand.Answer("already", "sale", JsonNodeFactory.instance.objectNode()));
        assertThat(notes(order))
                .filteredOn(note -> note.contains("Note of release"))
                .hasSize(1);
    }

    @Test
    void six_at_once_with_one_key_act_once() throws Exception {
        long order = quotation(1);
        var release = command(order, "release", null);
        var pool = Executors.newFixedThreadPool(6);
        try {
            var tasks = new ArrayList<Callable<String>>();
            for (int i = 0; i < 6; i++) {
                tasks.add(() -> commands.run(release).status());
            }
            var answers = new ArrayList<String>();
            for (var answer : pool.invokeAll(tasks)) {
                answers.add(answer.get());
            }

            assertThat(answers).containsOnlyOnce("done").hasSize(6);
            assertThat(answers).filteredOn("already"::equals).hasSize(5);
        } finally {
            pool.shutdownNow();
        }
        assertThat(notes(order))
                .filteredOn(note -> note.contains("Note of release"))
                .hasSize(1);
    }

    @Test
    void a_changed_order_is_not_released() {
        long order = quotation(1);
        var material = orders.material(orders.find(order).orElseThrow());
        var line = asAdmin.read("sale.order", List.of(order), List.of("order_line"))
                .get(0)
                .path("order_line")
                .get(0);
        asSalesperson.write("sale.order.line", List.of(line.asLong()), Map.of("product_uom_qty", 9));
        var release = command(order, "release", material);

        assertThat(commands.run(release))
                .isEqualTo(new OdooCommand.Answer("changed", "draft", JsonNodeFactory.instance.objectNode()));
        assertThat(state(order)).isEqualTo("draft");
        assertThat(notes(order)).noneMatch(note -> note.contains("Note of release"));

        // Nothing was done, so the key is still free.
        asSalesperson.write("sale.order.line", List.of(line.asLong()), Map.of("product_uom_qty", 1));
        assertThat(commands.run(release).status()).isEqualTo("done");
    }

    @Test
    void another_customer_or_payment_term_is_a_change() {
        long order = quotation(1);
        var material = orders.material(orders.find(order).orElseThrow());
        asSalesperson.write("sale.order", List.of(order), Map.of("partner_id", partner(Map.of())));

        assertThat(commands.run(command(order, "release", material)).status()).isEqualTo("changed");
    }

    @Test
    void a_cancelled_order_is_not_released() {
        long order = quotation(1);
        asSalesperson.call("sale.order", "action_cancel", List.of(order), Map.of(), Map.of());

        assertThatThrownBy(() -> commands.run(command(order, "release", null))).isInstanceOf(OdooRefused.class);
        assertThat(field(order, "x_holdpoint_state").asText()).isEqualTo("false");
    }

    @Test
    void a_command_for_a_missing_order_is_refused() {
        assertThatThrownBy(() -> commands.run(command(999_999_999, "hold", null)))
                .isInstanceOf(OdooRefused.class);
    }

    @Test
    void markup_in_a_note_stays_text() {
        long order = quotation(1);
        commands.run(new OdooCommand(
                "order-release",
                "case-" + UUID.randomUUID() + ":x",
                new DocumentRef("sale.order", order),
                "hold",
                "Reason",
                "a <b>bold</b> note",
                null,
                Map.of()));

        assertThat(notes(order)).anyMatch(note -> note.contains("&lt;b&gt;bold&lt;/b&gt;"));
    }

    @Test
    void a_salesperson_cannot_run_commands() {
        long order = quotation(1);

        assertThatThrownBy(() -> new Commands(asSalesperson).run(command(order, "release", null)))
                .isInstanceOf(OdooContract.class);
        assertThat(state(order)).isEqualTo("draft");
    }

    protected static JsonNode confirm(Odoo as, long order) {
        return as.call("sale.order", "action_confirm", List.of(order), Map.of(), Map.of());
    }

    // To-dos

    @Test
    void a_to_do_is_made_once_and_given_to_whoever_is_asked_now() {
        long order = quotation(1);
        var document = new DocumentRef("sale.order", order);
        var key = UUID.randomUUID().toString();

        assertThat(activities.ask(key, document, toDo(login(asSalesperson), "Release <b>it</b>")))
                .contains(login(asSalesperson));
        assertThat(activities.ask(key, document, toDo(login(asSalesperson), "Release <b>it</b>")))
                .as("an answer was lost, and it is asked for again")
                .contains(login(asSalesperson));

        var made = toDos(order);
        assertThat(made).hasSize(1);
        assertThat(made.get(0).path("summary").asText()).isEqualTo("Release <b>it</b>");
        assertThat(made.get(0).path("date_deadline").asText()).isEqualTo("2030-01-15");
        assertThat(made.get(0).path("user_id").path(0).asLong()).isEqualTo(uid(asSalesperson));
        assertThat(made.get(0).path("note").asText())
                .contains("Why: over &lt;the&gt; limit")
                .contains("href=\"https://holdpoint.example.com/?a=1&amp;task=2\"");

        assertThat(activities.ask(key, document, toDo(login(asAdmin), "Release it")))
                .contains(login(asAdmin));
        var given = toDos(order);
        assertThat(id(given.get(0))).isEqualTo(id(made.get(0)));
        assertThat(given.get(0).path("user_id").path(0).asLong()).isEqualTo(uid(asAdmin));
        assertThat(given).hasSize(1);
    }

    @Test
    void a_to_do_is_done_once_and_stays_done_whatever_comes_late() {
        long order = quotation(1);
        var document = new DocumentRef("sale.order", order);
        var key = UUID.randomUUID().toString();
        activities.ask(key, document, toDo(login(asSalesperson), "Release it"));
        var before = chatter(order);

        activities.done(key, document, "Released by max.");
        activities.done(key, document, "Released by max.");
        assertThat(activities.ask(key, document, toDo(login(asSalesperson), "Release it")))
                .isEmpty();

        assertThat(toDos(order)).isEmpty();
        assertThat(chatter(order)).hasSize(before.size() + 1);
        assertThat(chatter(order))
                .filteredOn(body -> body.contains("Released by max."))
                .hasSize(1);
    }

    @Test
    void a_to_do_that_is_done_before_it_was_made_is_not_made() {
        long order = quotation(1);
        var document = new DocumentRef("sale.order", order);
        var key = UUID.randomUUID().toString();

        activities.done(key, document, "Released by max.");

        assertThat(activities.ask(key, document, toDo(login(asSalesperson), "Release it")))
                .isEmpty();
        assertThat(toDos(order)).isEmpty();
    }

    @Test
    void a_to_do_that_was_withdrawn_leaves_no_message_and_may_come_back() {
        long order = quotation(1);
        var document = new DocumentRef("sale.order", order);
        var key = UUID.randomUUID().toString();
        activities.ask(key, document, toDo(login(asSalesperson), "Release it"));
        var before = chatter(order);

        activities.withdraw(key, document);
        assertThat(toDos(order)).isEmpty();
        assertThat(chatter(order)).hasSameSizeAs(before);

        assertThat(activities.ask(key, document, toDo(login(asSalesperson), "Release it")))
                .isPresent();
        assertThat(toDos(order)).hasSize(1);
    }

    @Test
    void a_to_do_that_somebody_ticked_off_does_not_come_back() {
        long order = quotation(1);
        var document = new DocumentRef("sale.order", order);
        var key = UUID.randomUUID().toString();
        activities.ask(key, document, toDo(login(asSalesperson), "Release it"));
        asSalesperson.call(
                "mail.activity", "action_feedback", List.of(id(toDos(order).get(0))), Map.of(), Map.of());

        assertThat(activities.ask(key, document, toDo(login(asSalesperson), "Reminder: Release it")))
                .isEmpty();
        activities.done(key, document, "Released by max.");

        assertThat(toDos(order)).isEmpty();
        assertThat(chatter(order)).noneMatch(body -> body.contains("Released by max."));
    }

    @Test
    void whoever_asked_for_what_was_returned_has_the_to_do() {
        long order = quotation(1);
        var document = new DocumentRef("sale.order", order);
        requestRelease(order);
        new Commands(asHoldpoint).run(command(order, "return", null));

        assertThat(activities.ask(UUID.randomUUID().toString(), document, toDo(null, "Correct it")))
                .contains(login(asSalesperson));
    }

    @Test
    void nobody_has_a_to_do_whom_odoo_does_not_know_or_who_cannot_open_the_document() {
        long order = quotation(1);
        var document = new DocumentRef("sale.order", order);

        assertThat(activities.ask(UUID.randomUUID().toString(), document, toDo("nobody-" + order, "Release it")))
                .isEmpty();
        assertThat(activities.ask(
                        UUID.randomUUID().toString(),
                        new DocumentRef("sale.order", 999_999_999),
                        toDo(login(asSalesperson), "Release it")))
                .isEmpty();
        assertThat(toDos(order)).isEmpty();
    }

    @Test
    void the_chatter_tells_who_brought_a_document_into_its_state_and_only_that() {
        long order = quotation(1);
        var document = new DocumentRef("sale.order", order);
        var changes = new StateChanges(asHoldpoint);
        assertThat(changes.into(document, "draft")).as("created so").isEmpty();

        asSalesperson.call("sale.order", "action_quotation_sent", List.of(order), Map.of(), Map.of());
        asAdmin.write("sale.order", List.of(order), Map.of("client_order_ref", "4711"));

        assertThat(changes.into(document, "sent")).hasValueSatisfying(change -> {
            assertThat(change.by().id()).isEqualTo(uid(asSalesperson));
            assertThat(change.at())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        });
        assertThat(changes.into(document, "cancel"))
                .as("not the state that it came into")
                .isEmpty();
        asAdmin.call(
                "sale.order",
                "write",
                List.of(order),
                Map.of("vals", Map.of("state", "cancel")),
                Map.of("tracking_disable", true));
        assertThat(changes.into(document, "cancel")).as("without an entry").isEmpty();
    }

    @Test
    void of_what_the_chatter_tracks_holdpoint_reads_states_alone() {
        long order = quotation(1);
        asSalesperson.call("sale.order", "action_quotation_sent", List.of(order), Map.of(), Map.of());
        var other = asAdmin.create("res.partner", List.of(Map.of("name", "Other " + UUID.randomUUID())))
                .get(0);
        asAdmin.write("sale.order", List.of(order), Map.of("partner_id", other));

        var messages = asHoldpoint
                .searchRead(
                        "mail.message",
                        List.of(List.of("model", "=", "sale.order"), List.of("res_id", "=", order)),
                        List.of("id"),
                        "id",
                        0)
                .stream()
                .map(message -> message.path("id").asLong())
                .toList();
        assertThat(asHoldpoint.searchRead(
                        "mail.tracking.value",
                        List.of(List.of("mail_message_id", "in", messages)),
                        List.of("new_value_char"),
                        "id",
                        0))
                .hasSize(1);
        assertThatThrownBy(() ->
                        asSalesperson.searchRead("mail.tracking.value", List.of(), List.of("new_value_char"), "id", 1))
                .isInstanceOf(OdooContract.class);
    }

    private static Activities.ToDo toDo(@Nullable String login, String summary) {
        return new Activities.ToDo(
                login == null ? List.of() : List.of(login),
                summary,
                "Why: over <the> limit",
                "https://holdpoint.example.com/?a=1&task=2",
                LocalDate.parse("2030-01-15"));
    }

    private List<JsonNode> toDos(long order) {
        return asAdmin.searchRead(
                "mail.activity",
                List.of(List.of("res_model", "=", "sale.order"), List.of("res_id", "=", order)),
                List.of("summary", "note", "date_deadline", "user_id"),
                "id",
                0);
    }

    private List<String> chatter(long order) {
        return asAdmin
                .searchRead(
                        "mail.message",
                        List.of(List.of("model", "=", "sale.order"), List.of("res_id", "=", order)),
                        List.of("body"),
                        "id",
                        0)
                .stream()
                .map(message -> message.path("body").asText())
                .toList();
    }

    private static String login(Odoo as) {
        return as.read("res.users", List.of(uid(as)), List.of("login"))
                .get(0)
                .path("login")
                .asText();
    }
}
