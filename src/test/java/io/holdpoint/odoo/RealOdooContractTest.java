package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

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

    @Override
    protected OdooTransport admin() {
        var key = System.getenv("ODOO_API_KEY");
        return new OdooConnection(properties(
                OdooProperties.Transport.AUTO,
                System.getenv("ODOO_LOGIN"),
                key == null ? null : Secret.of(key),
                System.getenv("ODOO_PASSWORD")));
    }

    @Override
    protected OdooTransport salesperson() {
        return new OdooConnection(properties(OdooProperties.Transport.JSONRPC, salesperson, null, PASSWORD));
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

    private static int setup(Odoo odoo, List<String> told) {
        return new OdooSetup(odoo, new OdooSetup.Options("holdpoint", Secret.of(PASSWORD), null), told::add).run();
    }

    @Test
    void a_second_setup_changes_nothing() {
        var told = new ArrayList<String>();

        int changes = setup(asAdmin, told);

        assertThat(told).singleElement().asString().contains("no webhooks");
        assertThat(changes).isZero();
    }

    @Test
    void the_check_finds_nothing_wrong_as_the_technical_user() {
        assertThat(new OdooCheck(asHoldpoint).run().problems()).isEmpty();
    }

    @Test
    void the_check_finds_a_guard_that_was_switched_off() {
        var guard = asAdmin.searchRead(
                "ir.model.data",
                List.of(List.of("module", "=", Odoo.MODULE), List.of("name", "=", "sale_order_guard")),
                List.of("res_id"),
                "id",
                1);
        var rule = List.of(guard.get(0).path("res_id").asLong());
        asAdmin.write("base.automation", rule, Map.of("active", false));
        try {
            assertThat(new OdooCheck(asHoldpoint).run().problems())
                    .singleElement()
                    .asString()
                    .contains("no order without release")
                    .contains("switched off");
        } finally {
            asAdmin.write("base.automation", rule, Map.of("active", true));
        }
    }
}
