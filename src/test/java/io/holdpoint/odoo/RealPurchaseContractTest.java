package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real Odoo on which {@code odoo-setup} was run keeps it too, and leaves no other way to confirm. */
@Tag("real-odoo")
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
class RealPurchaseContractTest extends PurchaseContractTest {

    @Override
    protected OdooTransport admin() {
        return RealOdooContractTest.administrator();
    }

    @Override
    protected OdooTransport buyer() {
        return employ();
    }

    @Override
    protected OdooTransport otherBuyer() {
        return employ();
    }

    /** A new user who buys and keeps contacts, and nothing more. */
    private OdooTransport employ() {
        var login = "buyer-" + UUID.randomUUID();
        odoo.create(
                "res.users",
                List.of(Map.of(
                        "name",
                        "Buyer",
                        "login",
                        login,
                        "password",
                        RealOdooContractTest.PASSWORD,
                        odoo.profile().userGroups(),
                        List.of(List.of(
                                6,
                                0,
                                List.of(
                                        group("purchase", "group_purchase_user"),
                                        group("base", "group_partner_manager")))))));
        return RealOdooContractTest.as(login, RealOdooContractTest.PASSWORD);
    }

    private long group(String module, String name) {
        return odoo.searchRead(
                        "ir.model.data",
                        List.of(List.of("module", "=", module), List.of("name", "=", name)),
                        List.of("res_id"),
                        "id",
                        1)
                .get(0)
                .path("res_id")
                .asLong();
    }

    @Override
    protected OdooTransport technical() {
        return RealOdooContractTest.technicalUser();
    }

    @Test
    void json2_is_no_way_round() {
        var json2 = new Odoo(
                RealOdooContractTest.connection(RealOdooContractTest.properties(
                        OdooProperties.Transport.JSON2,
                        Objects.requireNonNull(System.getenv("ODOO_LOGIN")),
                        Secret.of(Objects.requireNonNull(System.getenv("ODOO_API_KEY"))),
                        null)),
                null,
                8);
        long order = urgent(3);

        assertThatThrownBy(() -> json2.call(ORDER, "button_confirm", List.of(order), Map.of(), Map.of()))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("needs an approval by Holdpoint");
        assertThatThrownBy(() -> json2.write(ORDER, List.of(order), Map.of("state", "purchase")))
                .isInstanceOf(OdooRefused.class);
        assertThat(text(order, "state")).isEqualTo("draft");
    }

    @Test
    void an_import_is_no_way_round() {
        long order = urgent(3);
        var name = "__test__.po_" + order;
        odoo.create(
                "ir.model.data",
                List.of(Map.of("module", "__test__", "name", "po_" + order, "model", ORDER, "res_id", order)));

        var answer = odoo.call(
                ORDER,
                "load",
                List.of(),
                Map.of("fields", List.of("id", "state"), "data", List.of(List.of(name, "Purchase Order"))),
                Map.of());

        assertThat(answer.path("messages").toString()).contains("needs an approval by Holdpoint");
        assertThat(text(order, "state")).isEqualTo("draft");
    }

    @Test
    void a_copy_takes_no_approval_along() {
        long order = released(3);

        long copy = buyer.call(ORDER, "copy", List.of(order), Map.of(), Map.of())
                .path(0)
                .asLong();

        assertThat(text(copy, "x_holdpoint_state")).isEqualTo("false");
        assertThat(text(copy, "priority")).isEqualTo("1");
        assertThatThrownBy(() -> confirm(buyer, copy))
                .isInstanceOf(OdooRefused.class)
                .hasMessageContaining("needs an approval by Holdpoint");
    }

    @Test
    void what_is_not_known_to_the_vendor_list_is_added_by_the_confirmation() {
        long part = product();
        long order = order(buyer, vendor, Map.of("priority", "1"), Map.of("product_id", part, "product_qty", 1));
        assertThat(found(order).lines().get(0).listPrice()).isNull();

        commands.run(command(order, "release", null, Map.of()));

        assertThat(odoo.searchRead(
                        "product.supplierinfo",
                        List.of(List.of("product_tmpl_id.product_variant_ids", "=", part)),
                        List.of("price"),
                        "id",
                        0))
                .hasSize(1);
    }
}
