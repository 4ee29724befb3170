package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract with a real Odoo, named by {@code ODOO_URL} and so on as an administrator. The setup runs on it; its
 * data stays there.
 */
@Tag("real-odoo")
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
abstract class RealOdooContractTest extends OdooContractTest {

    static final String PASSWORD = "contract-test";

    private final String salesperson = "seller-" + UUID.randomUUID();

    static OdooProperties properties(
            OdooProperties.Transport transport, String login, @Nullable Secret key, @Nullable String password) {
        return new OdooProperties(
                URI.create(Objects.requireNonNull(System.getenv("ODOO_URL"))),
                System.getenv("ODOO_DB"),
                login,
                key,
                password == null ? null : Secret.of(password),
                8,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                transport);
    }

    static OdooTransport connection(OdooProperties properties) {
        return new OdooConnection(properties, new Credentials(properties, SecretFiles.none()));
    }

    /** The administrator of the real Odoo. */
    static OdooTransport administrator() {
        return as(Objects.requireNonNull(System.getenv("ODOO_LOGIN")), System.getenv("ODOO_PASSWORD"));
    }

    /** The technical user that the setup made there. */
    static OdooTransport technicalUser() {
        return as("holdpoint", PASSWORD);
    }

    static OdooTransport as(String login, @Nullable String password) {
        return connection(properties(OdooProperties.Transport.JSONRPC, login, null, password));
    }

    @Override
    protected OdooTransport admin() {
        var key = System.getenv("ODOO_API_KEY");
        return connection(properties(
                OdooProperties.Transport.AUTO,
                System.getenv("ODOO_LOGIN"),
                key == null ? null : Secret.of(key),
                System.getenv("ODOO_PASSWORD")));
    }

    @Override
    protected OdooTransport salesperson() {
        return as(salesperson, PASSWORD);
    }

    @BeforeAll
    @Override
    void connect() {
        var odoo = new Odoo(admin(), null, 8);
        setup(odoo, new ArrayList<>());
        var group = odoo.searchRead(
                "ir.model.data",
                List.of(List.of("module", "=", "sales_team"), List.of("name", "=", "group_sale_salesman_all_leads")),
                List.of("res_id"),
                "id",
                1);
        var values = new HashMap<String, Object>();
        values.put("name", "Salesperson");
        values.put("login", salesperson);
        values.put("password", PASSWORD);
        values.put(
                odoo.profile().userGroups(),
                List.of(List.of(6, 0, List.of(group.get(0).path("res_id").asLong()))));
        odoo.create("res.users", List.of(values));
        super.connect();
    }

    static int setup(Odoo odoo, List<String> told) {
        return setup(odoo, null, told).run();
    }

    private static OdooSetup setup(Odoo odoo, @Nullable URI hints, List<String> told) {
        return new OdooSetup(
                odoo,
                new OdooSetup.Options(
                        "holdpoint", Secret.of(PASSWORD), hints == null ? null : Secret.of(hints + "/hooks/s3cret")),
                told::add);
    }

    /**
     * Removes the setup with a technical user of its own, because Odoo revokes the API keys of a user that is archived.
     *
     * @return the login of that user
     */
    private String removeSetup() {
        var entry = asAdmin.searchRead(
                "ir.model.data",
                List.of(List.of("module", "=", Odoo.MODULE), List.of("name", "=", "user")),
                List.of("id"),
                "id",
                1);
        asAdmin.unlink("ir.model.data", List.of(id(entry.get(0))));
        var login = "expendable-" + UUID.randomUUID();
        var setup =
                new OdooSetup(asAdmin, new OdooSetup.Options(login, Secret.of(PASSWORD), null), new ArrayList<>()::add);
        setup.run();
        setup.remove();
        return login;
    }

    private long ours(String name) {
        return external(Odoo.MODULE, name);
    }

    private long external(String module, String name) {
        var found = asAdmin.searchRead(
                "ir.model.data",
                List.of(List.of("module", "=", module), List.of("name", "=", name)),
                List.of("res_id"),
                "id",
                1);
        return found.get(0).path("res_id").asLong();
    }

    // Setup

    @Test
    void a_second_setup_changes_nothing() {
        assertThat(setup(asAdmin, new ArrayList<>())).isZero();
    }

    @Test
    void what_was_changed_by_hand_is_put_right() {
        asAdmin.write("ir.actions.server", List.of(ours("sale_order_guard_check")), Map.of("code", "pass"));
        asAdmin.unlink("ir.ui.view", List.of(ours("sale_order_list")));

        assertThat(setup(asAdmin, new ArrayList<>())).isEqualTo(2);
        assertThat(setup(asAdmin, new ArrayList<>())).isZero();
    }

    @Test
    void the_rule_of_an_earlier_version_is_taken_away() {
        var model =
                asAdmin.searchRead("ir.model", List.of(List.of("model", "=", "sale.order")), List.of("id"), "id", 1);
        long rule = asAdmin.create(
                        "base.automation",
                        List.of(Map.of(
                                "name",
                                "Holdpoint: no order without release",
                                "model_id",
                                id(model.get(0)),
                                "trigger",
                                "on_create_or_write")))
                .get(0);
        asAdmin.create(
                "ir.model.data",
                List.of(Map.of(
                        "module",
                        Odoo.MODULE,
                        "name",
                        "sale_order_guard",
                        "model",
                        "base.automation",
                        "res_id",
                        rule)));

        assertThat(setup(asAdmin, new ArrayList<>())).isEqualTo(1);

        assertThat(asAdmin.searchRead("base.automation", List.of(List.of("id", "=", rule)), List.of("id"), "id", 0))
                .isEmpty();
        long order = quotation(1);
        assertThatThrownBy(() -> confirm(asSalesperson, order)).isInstanceOf(OdooRefused.class);
    }

    @Test
    void webhooks_stay_when_the_setup_is_told_no_address() {
        try {
            setup(asAdmin, URI.create("http://127.0.0.1:9"), new ArrayList<>()).run();

            assertThat(setup(asAdmin, new ArrayList<>())).isZero();

            assertThat(ours("sale_order_hook")).isPositive();
            assertThat(ours("sale_order_changed_field")).isPositive();
        } finally {
            removeSetup();
            setup(asAdmin, new ArrayList<>());
        }
    }

    // Keys

    @Test
    void the_technical_user_renews_its_own_keys_and_nobody_else_does() {
        var byPassword = new ApiKeys(new Odoo(technicalUser(), null, 1));
        var first = byPassword.make();
        var byKey = new Odoo(
                connection(properties(OdooProperties.Transport.AUTO, "holdpoint", first.key(), null)), null, 1);

        var second = new ApiKeys(byKey).make();

        assertThat(first.expires()).isBetween(Instant.now(), Instant.now().plus(Duration.ofDays(90)));
        assertThat(new ApiKeys(byKey).look(first.key())).isEqualTo(new ApiKeys.Looked(true, first.expires()));
        assertThat(new ApiKeys(byKey).revoke(second.key()).known()).isTrue();
        assertThat(byPassword.revoke(first.key()).known()).isTrue();
        assertThat(byPassword.look(first.key())).isEqualTo(new ApiKeys.Looked(false, null));
        assertThatThrownBy(() -> new ApiKeys(byKey).look(first.key())).isInstanceOf(WrongCredentials.class);
        assertThatThrownBy(() -> new ApiKeys(asAdmin).make()).isInstanceOf(OdooContract.class);
        assertThatThrownBy(() -> new ApiKeys(asSalesperson).make()).isInstanceOf(OdooContract.class);
    }

    @Test
    void the_setup_wants_an_administrator() {
        assertThatThrownBy(() -> setup(asSalesperson, new ArrayList<>()))
                .isInstanceOf(OdooContract.class)
                .hasMessageContaining("administrator");
    }

    @Test
    void removing_leaves_nothing_and_lets_orders_pass() {
        long order = quotation(1);
        try {
            var login = removeSetup();

            assertThat(asAdmin.searchRead(
                            "res.users",
                            List.of(List.of("login", "=", login), List.of("active", "=", false)),
                            List.of("login"),
                            "id",
                            0))
                    .hasSize(1);
            assertThat(asAdmin.searchRead(
                            "ir.model.data", List.of(List.of("module", "=", Odoo.MODULE)), List.of("name"), "id", 0))
                    .isEmpty();
            assertThat(asAdmin.searchRead(
                            "ir.model.fields",
                            List.of(List.of("name", "=like", "x_holdpoint%")),
                            List.of("name"),
                            "id",
                            0))
                    .isEmpty();
            assertThat(setup(asAdmin, null, new ArrayList<>()).remove()).isZero();
            confirm(asSalesperson, order);
            assertThat(state(order)).isEqualTo("sale");
        } finally {
            setup(asAdmin, new ArrayList<>());
        }
        // The ids of the actions are other ones now.
        long next = quotation(1);
        assertThat(new Commands(asHoldpoint).run(command(next, "release", null)).status())
                .isEqualTo("done");
    }

    @Test
    void the_check_finds_nothing_wrong_as_the_technical_user() {
        assertThat(new OdooCheck(asHoldpoint).run().problems()).isEmpty();
    }

    @Test
    void the_check_finds_a_guard_that_was_switched_off() {
        var fields = List.of(ours("sale_order_guard_field"), ours("sale_order_guard_second_field"));
        asAdmin.write("ir.model.fields", fields, Map.of("compute", false, "depends", false));

        assertTheCheckNames("no order without release");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sale_order_guard_field", "sale_order_guard_second_field"})
    void the_check_finds_a_guard_with_other_code(String field) {
        asAdmin.write("ir.model.fields", List.of(ours(field)), Map.of("compute", "pass"));

        assertTheCheckNames("no order without release");
    }

    @Test
    void the_check_finds_a_guard_that_can_be_written() {
        asAdmin.write("ir.model.fields", List.of(ours("sale_order_guard_field")), Map.of("readonly", false));

        assertTheCheckNames("no order without release");
    }

    @Test
    void the_check_finds_rules_that_were_changed() {
        asAdmin.write("ir.actions.server", List.of(ours("res_partner_guard_check")), Map.of("code", "pass"));

        assertTheCheckNames("who sets credit limit reviews");
    }

    private void assertTheCheckNames(String guard) {
        try {
            assertThat(new OdooCheck(asHoldpoint).run().problems())
                    .singleElement()
                    .asString()
                    .contains(guard)
                    .contains("switched off");
        } finally {
            setup(asAdmin, new ArrayList<>());
        }
        assertThat(new OdooCheck(asHoldpoint).run().problems()).isEmpty();
    }

    @Test
    void what_was_confirmed_while_the_guard_was_off_stays_and_can_be_worked_with() {
        long order = quotation(1);
        long cancelledLater = quotation(1);
        var fields = List.of(ours("sale_order_guard_field"), ours("sale_order_guard_second_field"));
        try {
            asAdmin.write("ir.model.fields", fields, Map.of("compute", false, "depends", false));
            confirm(asSalesperson, order);
            confirm(asSalesperson, cancelledLater);
        } finally {
            setup(asAdmin, new ArrayList<>());
        }

        asSalesperson.write("sale.order", List.of(order), Map.of("state", "sale", "client_order_ref", "later"));

        assertThat(state(order)).isEqualTo("sale");
        asAdmin.write("sale.order", List.of(cancelledLater), Map.of("state", "draft"));
        assertThatThrownBy(() -> confirm(asSalesperson, cancelledLater)).isInstanceOf(OdooRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"form", "list"})
    void the_views_open_for_a_salesperson(String type) {
        var view = asSalesperson.call("sale.order", "get_view", List.of(), Map.of("view_type", type), Map.of());

        assertThat(view.path("arch").asText())
                .contains("x_holdpoint_state")
                .satisfies(arch -> assertThat(arch.contains("Request release")).isEqualTo(type.equals("form")));
    }

    // What people do in Odoo's own pages

    @Test
    void request_release_works_on_a_list_of_orders() {
        long one = quotation(1);
        long other = quotation(1);

        press("sale_order_request", one, other);

        for (long order : List.of(one, other)) {
            assertThat(field(order, "x_holdpoint_state").asText()).isEqualTo("requested");
            assertThat(field(order, "x_holdpoint_requested_by").path(0).asLong())
                    .isEqualTo(uid(asSalesperson));
            assertThat(field(order, "x_holdpoint_requested_at").isTextual()).isTrue();
        }
    }

    @Test
    void request_release_of_a_confirmed_order_is_refused() {
        long order = quotation(1);
        new Commands(asHoldpoint).run(command(order, "release", null));

        assertThatThrownBy(() -> press("sale_order_request", order)).isInstanceOf(OdooRefused.class);
    }

    @Test
    void a_rejected_order_can_be_requested_again_and_loses_its_reason() {
        long order = quotation(1);
        new Commands(asHoldpoint).run(command(order, "reject", null));

        press("sale_order_request", order);

        assertThat(field(order, "x_holdpoint_state").asText()).isEqualTo("requested");
        assertThat(field(order, "x_holdpoint_reason").asBoolean()).isFalse();
    }

    private void press(String action, Long... orders) {
        asSalesperson.call(
                "ir.actions.server",
                "run",
                List.of(ours(action)),
                Map.of(),
                Map.of("active_model", "sale.order", "active_id", orders[0], "active_ids", List.of(orders)));
    }

    // More ways round

    @Test
    void an_import_does_not_pass() {
        var reference = UUID.randomUUID().toString();
        var customer = partner(Map.of("name", "Customer " + reference));

        asAdmin.call(
                "sale.order",
                "load",
                List.of(),
                Map.of(
                        "fields", List.of("partner_id/.id", "client_order_ref", "state", "x_holdpoint_state"),
                        "data", List.of(List.of(Long.toString(customer), reference, "sale", "released"))),
                Map.of());

        assertThat(asAdmin.searchRead(
                        "sale.order", List.of(List.of("client_order_ref", "=", reference)), List.of("state"), "id", 0))
                .isEmpty();
    }

    @Test
    void an_order_inside_another_record_does_not_pass() {
        long customer = partner(Map.of());

        assertThatThrownBy(() -> asAdmin.write(
                        "res.partner",
                        List.of(customer),
                        Map.of(
                                "sale_order_ids",
                                List.of(List.of(0, 0, Map.of("partner_id", customer, "state", "sale"))))))
                .isInstanceOf(OdooRefused.class);
    }

    private long emptyQuotation(long customer) {
        return asAdmin.create("sale.order", List.of(Map.of("partner_id", customer)))
                .get(0);
    }

    /** The guard is two fields of the order, which people can write as any other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x_holdpoint_sale_order_guard",
                "x_holdpoint_sale_order_guard_again",
                "x_holdpoint_sale_order_guard x_holdpoint_sale_order_guard_again"
            })
    void writing_the_guard_itself_does_not_pass(String guard) {
        long order = quotation(1);
        var values = new HashMap<String, Object>();
        for (var field : guard.split(" ")) {
            values.put(field, "1|released|||");
        }
        asSalesperson.write("sale.order", List.of(order), values);
        values.put("state", "sale");

        assertThatThrownBy(() -> confirm(asSalesperson, order)).isInstanceOf(OdooRefused.class);
        assertThatThrownBy(() -> asSalesperson.write("sale.order", List.of(order), values))
                .isInstanceOf(OdooRefused.class);
        values.put("partner_id", partner(Map.of()));
        assertThatThrownBy(() -> asSalesperson.create("sale.order", List.of(values)))
                .isInstanceOf(OdooRefused.class);
        assertThatThrownBy(() -> asSalesperson.call(
                        "sale.order", "copy", List.of(order), Map.of("default", Map.of("state", "sale")), Map.of()))
                .isInstanceOf(OdooRefused.class);
        assertThat(state(order)).isEqualTo("draft");
    }

    /** Odoo does not compute any more what is written after it was found to be due. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "_guard",
                "_guard_again",
                "_guard _guard_again",
                "_guard_again _guard",
                "_guard+_guard_again",
                "_guard+_guard_again _guard _guard_again _guard+_guard_again"
            })
    void several_writes_in_one_call_do_not_pass(String writes) {
        long customer = partner(Map.of());
        long order = emptyQuotation(customer);
        var commands = new ArrayList<List<?>>();
        commands.add(List.of(1, order, Map.of("state", "sale")));
        for (var write : writes.split(" ")) {
            var values = new HashMap<String, Object>();
            for (var field : write.split("\\+")) {
                values.put("x_holdpoint_sale_order" + field, false);
            }
            commands.add(List.of(1, order, values));
        }

        assertThatThrownBy(() -> asAdmin.write("res.partner", List.of(customer), Map.of("sale_order_ids", commands)))
                .isInstanceOf(OdooRefused.class);
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void fields_written_in_two_steps_of_one_call_are_guarded_too() {
        long customer = partner(Map.of());
        long order = emptyQuotation(customer);
        new Commands(asHoldpoint).run(command(order, "hold", null));

        assertThatThrownBy(() -> asAdmin.write(
                        "res.partner",
                        List.of(customer),
                        Map.of(
                                "sale_order_ids",
                                List.of(
                                        List.of(1, order, Map.of("x_holdpoint_state", false)),
                                        List.of(1, order, Map.of("x_holdpoint_reason", false)),
                                        List.of(
                                                1,
                                                order,
                                                Map.of(
                                                        "x_holdpoint_state",
                                                        "requested",
                                                        "x_holdpoint_requested_by",
                                                        uid(asAdmin)))))))
                .isInstanceOf(OdooRefused.class);
        assertThat(field(order, "x_holdpoint_state").asText()).isEqualTo("held");
    }

    @Test
    void a_release_covers_no_other_order_in_the_same_call() {
        long customer = partner(Map.of());
        long released = emptyQuotation(customer);
        long other = emptyQuotation(customer);
        new Commands(asHoldpoint).run(command(released, "release", null));

        assertThatThrownBy(() -> asAdmin.write(
                        "res.partner",
                        List.of(customer),
                        Map.of(
                                "sale_order_ids",
                                List.of(
                                        List.of(1, released, Map.of("client_order_ref", "x")),
                                        List.of(1, other, Map.of("state", "sale"))))))
                .isInstanceOf(OdooRefused.class);
        asSalesperson.write("sale.order", List.of(released), Map.of("client_order_ref", "y"));
        assertThat(state(released)).isEqualTo("sale");
    }

    /** Odoo writes what was computed when something reads it, here by a filter on states in the same import. */
    @Test
    void an_import_that_changes_orders_does_not_pass() {
        long order = quotation(1);

        asSalesperson.call(
                "sale.order",
                "load",
                List.of(),
                Map.of(
                        "fields", List.of(".id", "state", "x_holdpoint_sale_order_guard"),
                        "data", List.of(List.of(Long.toString(order), "sale", "1"))),
                Map.of());

        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void defaults_of_the_context_do_not_pass() {
        Map<String, Object> context =
                Map.of("default_state", "sale", "default_x_holdpoint_sale_order_guard", "1", "tracking_disable", true);

        assertThatThrownBy(() -> asSalesperson.call(
                        "sale.order",
                        "create",
                        List.of(),
                        Map.of("vals_list", List.of(Map.of("partner_id", partner(Map.of())))),
                        context))
                .isInstanceOf(OdooRefused.class);
    }

    @Test
    void nobody_reaches_what_guards_accepted() {
        var forged = Map.of("x_name", "sale_order_guard", "x_document", 1, "x_kept", "1||||");

        for (var user : List.of(asSalesperson, asAdmin, asHoldpoint)) {
            assertThatThrownBy(() -> user.create("x_holdpoint_kept", List.of(forged)))
                    .isInstanceOf(OdooContract.class);
            assertThatThrownBy(() -> user.searchRead("x_holdpoint_kept", List.of(), List.of("x_kept"), "id", 1))
                    .isInstanceOf(OdooContract.class);
        }
    }

    @Test
    void running_the_check_by_hand_gains_nothing() {
        long order = quotation(1);

        press("sale_order_guard_check", order);

        assertThatThrownBy(() -> confirm(asSalesperson, order)).isInstanceOf(OdooRefused.class);
    }

    @Test
    void a_form_that_is_not_saved_is_not_guarded() {
        var changed = asSalesperson.call(
                "sale.order",
                "onchange",
                List.of(),
                Map.of(
                        "values", Map.of("partner_id", partner(Map.of()), "state", "sale"),
                        "field_names", List.of("partner_id", "state"),
                        "fields_spec",
                                Map.of(
                                        "partner_id",
                                        Map.of(),
                                        "state",
                                        Map.of(),
                                        "x_holdpoint_sale_order_guard",
                                        Map.of())),
                Map.of());

        assertThat(changed.has("value")).isTrue();
    }

    @Test
    void somebody_who_asked_can_be_deleted() {
        var login = "gone-" + UUID.randomUUID();
        var group = external("sales_team", "group_sale_salesman_all_leads");
        long user = asAdmin.create(
                        "res.users",
                        List.of(Map.of(
                                "name",
                                "Gone",
                                "login",
                                login,
                                "password",
                                PASSWORD,
                                asAdmin.profile().userGroups(),
                                List.of(List.of(6, 0, List.of(group))))))
                .get(0);
        long order = quotation(1);
        var asking = new Odoo(as(login, PASSWORD), null, 8);
        asking.write(
                "sale.order",
                List.of(order),
                Map.of("x_holdpoint_state", "requested", "x_holdpoint_requested_by", user));
        asAdmin.unlink("res.users", List.of(user));

        asSalesperson.write("sale.order", List.of(order), Map.of("state", "sent"));

        assertThat(state(order)).isEqualTo("sent");
    }

    @Test
    void a_made_up_context_does_not_pass() {
        long order = quotation(1);
        Map<String, Object> context = Map.of(
                "__action_done", Map.of(),
                "old_values", Map.of(Long.toString(order), Map.of("x_holdpoint_state", "released")),
                "holdpoint", Map.of("key", "k", "operation", "release"),
                "active_test", false);

        assertThatThrownBy(() -> asSalesperson.call("sale.order", "action_confirm", List.of(order), Map.of(), context))
                .isInstanceOf(OdooRefused.class);
        assertThatThrownBy(() -> asSalesperson.call(
                        "sale.order",
                        "write",
                        List.of(order),
                        Map.of("vals", Map.of("x_holdpoint_state", "released")),
                        context))
                .isInstanceOf(OdooRefused.class);
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void the_technical_user_writes_nothing_itself() {
        long order = quotation(1);

        assertThatThrownBy(
                        () -> asHoldpoint.write("sale.order", List.of(order), Map.of("x_holdpoint_state", "released")))
                .isInstanceOf(OdooContract.class);
        assertThatThrownBy(() -> asHoldpoint.create("x_holdpoint_command", List.of(Map.of("x_name", "key"))))
                .isInstanceOf(OdooContract.class);
    }

    // Figures

    @Test
    void reading_the_figures_changes_nothing() {
        long order = quotation(3);
        var before = asAdmin.read("sale.order", List.of(order), List.of("write_date", "amount_total", "order_line"));

        new SaleOrders(asHoldpoint).find(order);

        assertThat(asAdmin.read("sale.order", List.of(order), List.of("write_date", "amount_total", "order_line")))
                .isEqualTo(before);
    }

    @Test
    void the_list_price_follows_the_price_list_and_its_currency() {
        long currency = currency("HPX", 2.0);
        long pricelist = asAdmin.create(
                        "product.pricelist",
                        List.of(Map.of(
                                "name",
                                "Holdpoint 20 %",
                                "currency_id",
                                currency,
                                "item_ids",
                                List.of(List.of(
                                        0,
                                        0,
                                        Map.of(
                                                "compute_price",
                                                "percentage",
                                                "percent_price",
                                                20,
                                                "applied_on",
                                                "3_global"))))))
                .get(0);
        long order = quotation(
                asAdmin,
                Map.of("pricelist_id", pricelist),
                Map.of("product_id", product("Chair", 100, 60), "product_uom_qty", 2));

        var found = new SaleOrders(asHoldpoint).find(order).orElseThrow();

        assertThat(found.currency().id()).isEqualTo(currency);
        assertThat(found.currencyRate()).isEqualTo(2);
        assertThat(found.inCompanyCurrency(found.amountTotal())).isEqualTo(160);
        var line = found.lines().get(0);
        assertThat(line.listPrice()).isEqualTo(160);
        assertThat(line.netPrice()).isEqualTo(160);
        assertThat(line.cost()).isEqualTo(120);
    }

    @Test
    void prices_costs_and_stock_are_per_unit_of_the_line() {
        long product = product("Screw", 10, 4);
        putInStock(product, 36);
        long order = quotation(
                asAdmin,
                Map.of(),
                Map.of(
                        "product_id",
                        product,
                        "product_uom_qty",
                        2,
                        asAdmin.profile().lineUnit(),
                        external("uom", "product_uom_dozen")));

        var line = new SaleOrders(asHoldpoint).find(order).orElseThrow().lines().get(0);

        assertThat(line.listPrice()).isEqualTo(120);
        assertThat(line.netPrice()).isEqualTo(120);
        assertThat(line.cost()).isEqualTo(48);
        assertThat(line.freeQuantity()).isEqualTo(3);
    }

    @Test
    void list_prices_are_without_taxes() {
        long tax = asAdmin.create(
                        "account.tax",
                        List.of(Map.of(
                                "name",
                                "Included " + UUID.randomUUID(),
                                "amount",
                                25,
                                "type_tax_use",
                                "sale",
                                "price_include_override",
                                "tax_included")))
                .get(0);
        long product = product("Mug", 125, 40);
        asAdmin.write("product.product", List.of(product), Map.of("taxes_id", List.of(List.of(6, 0, List.of(tax)))));
        long order = quotation(asAdmin, Map.of(), Map.of("product_id", product, "product_uom_qty", 3));

        var line = new SaleOrders(asHoldpoint).find(order).orElseThrow().lines().get(0);

        assertThat(line.priceUnit()).isEqualTo(125);
        assertThat(line.netPrice()).isEqualTo(100);
        assertThat(line.listPrice()).isEqualTo(100);
    }

    @Test
    void the_cost_is_not_what_was_typed_on_the_line() {
        long order = quotation(
                asSalesperson,
                Map.of(),
                Map.of("product_id", product("Sofa", 900, 700), "product_uom_qty", 1, "purchase_price", 1));

        assertThat(new SaleOrders(asHoldpoint)
                        .find(order)
                        .orElseThrow()
                        .lines()
                        .get(0)
                        .cost())
                .isEqualTo(700);
    }

    private long currency(String name, double rate) {
        var found = asAdmin.searchRead(
                "res.currency",
                List.of(List.of("name", "=", name), List.of("active", "in", List.of(true, false))),
                List.of("id"),
                "id",
                1);
        return found.isEmpty()
                ? asAdmin.create(
                                "res.currency",
                                List.of(Map.of(
                                        "name", name,
                                        "symbol", name,
                                        "rate_ids",
                                                List.of(List.of(0, 0, Map.of("name", "2020-01-01", "rate", rate))))))
                        .get(0)
                : id(found.get(0));
    }

    // Companies

    @Test
    void an_order_of_another_company_is_read_and_released() {
        long company = asAdmin.create("res.company", List.of(Map.of("name", "Branch " + UUID.randomUUID())))
                .get(0);
        asAdmin.write("res.users", List.of(uid(asAdmin)), Map.of("company_ids", List.of(List.of(4, company))));
        Map<String, Object> eyes = Map.of("allowed_company_ids", List.of(company));
        asAdmin.call(
                "stock.warehouse",
                "create",
                List.of(),
                Map.of("vals_list", List.of(Map.of("name", "Branch", "code", "B" + company, "company_id", company))),
                eyes);
        assertThat(new OdooCheck(asHoldpoint).run().problems())
                .singleElement()
                .asString()
                .contains("Branch");
        setup(asAdmin, new ArrayList<>());
        long customer = partner(Map.of());
        var created = asAdmin.call(
                "sale.order",
                "create",
                List.of(),
                Map.of(
                        "vals_list",
                        List.of(Map.of(
                                "partner_id",
                                customer,
                                "company_id",
                                company,
                                "order_line",
                                List.of(List.of(
                                        0, 0, Map.of("product_id", product("Rug", 70, 30), "product_uom_qty", 1)))))),
                eyes);
        long order = created.get(0).asLong();

        assertThat(new SaleOrders(asHoldpoint)
                        .find(order)
                        .orElseThrow()
                        .company()
                        .id())
                .isEqualTo(company);
        assertThat(new Commands(asHoldpoint)
                        .run(command(order, "release", null))
                        .state())
                .isEqualTo("sale");
        assertThat(new Partners(asHoldpoint, Clock.systemUTC())
                        .credit(customer, company)
                        .lastOrder())
                .isNotNull();
        assertThat(new Partners(asHoldpoint, Clock.systemUTC())
                        .credit(customer, 1)
                        .lastOrder())
                .isNull();
    }

    // Hints

    @Test
    void odoo_tells_of_requests_changes_and_deletions_but_not_of_our_own_commands() throws Exception {
        var hints = new LinkedBlockingQueue<FakeServer.Request>();
        try (var server = new FakeServer(request -> {
            hints.add(request);
            return FakeServer.Response.json(202, "{}");
        })) {
            setup(asAdmin, server.url(), new ArrayList<>()).run();
            assertThat(setup(asAdmin, server.url(), new ArrayList<>()).run()).isZero();
            long order = quotation(1);
            assertThat(hints).as("an order that nobody requested").isEmpty();

            requestRelease(order);
            var requested = next(hints);
            assertThat(requested.path()).isEqualTo("/hooks/s3cret");
            assertThat(requested.body().path("_model").asText()).isEqualTo("sale.order");
            assertThat(requested.body().path("_id").asLong()).isEqualTo(order);
            assertThat(requested.body().path("x_holdpoint_state").asText()).isEqualTo("requested");
            assertThat(requested.body().path("write_date").isTextual()).isTrue();

            new Commands(asHoldpoint).run(command(order, "hold", null));
            assertThat(hints).as("a command of ours").isEmpty();

            long line = field(order, "order_line").get(0).asLong();
            asSalesperson.write("sale.order.line", List.of(line), Map.of("product_uom_qty", 5));
            assertThat(next(hints).body().path("amount_total").asDouble()).isEqualTo(500);

            long debtor = field(order, "partner_id").get(0).asLong();
            long invoice = invoice(debtor, 100, LocalDate.now(ZoneOffset.UTC));
            hints.clear();
            pay(invoice);
            assertThat(next(hints).body().path("_model").asText()).isEqualTo("account.move");
            hints.clear();

            asAdmin.unlink("sale.order", List.of(order));
            assertThat(next(hints).body().path("_id").asLong()).isEqualTo(order);
        } finally {
            removeSetup();
            setup(asAdmin, new ArrayList<>());
        }
    }

    private static FakeServer.Request next(LinkedBlockingQueue<FakeServer.Request> hints) throws InterruptedException {
        return Objects.requireNonNull(hints.poll(10, TimeUnit.SECONDS), "no hint came");
    }

    private void pay(long invoice) {
        Map<String, Object> context = Map.of("active_model", "account.move", "active_ids", List.of(invoice));
        var wizard = asAdmin.call(
                "account.payment.register", "create", List.of(), Map.of("vals_list", List.of(Map.of())), context);
        asAdmin.call(
                "account.payment.register",
                "action_create_payments",
                List.of(wizard.get(0).asLong()),
                Map.of(),
                context);
    }
}
