package io.holdpoint.odoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Orders of a real Odoo and people who deal with them, for tests of other packages. */
public final class RealOrders {

    /** How Holdpoint logs in there. */
    public static final String TECHNICAL_LOGIN = "holdpoint";

    public static final String TECHNICAL_PASSWORD = RealOdooContractTest.PASSWORD;

    private final Odoo admin = new Odoo(RealOdooContractTest.administrator(), null, 4);

    /** The setup has run. */
    public RealOrders() {
        RealOdooContractTest.setup(admin, new ArrayList<>());
    }

    /** @return the login of a new salesperson */
    public String salesperson() {
        var login = "seller-" + UUID.randomUUID();
        var values = new HashMap<String, Object>(
                Map.of("name", "Salesperson", "login", login, "password", RealOdooContractTest.PASSWORD));
        values.put(
                admin.profile().userGroups(),
                List.of(List.of(6, 0, List.of(external("sales_team", "group_sale_salesman_all_leads")))));
        admin.create("res.users", List.of(values));
        return login;
    }

    public DocumentRef quotation() {
        var customer = admin.create("res.partner", List.of(Map.of("name", "Customer " + UUID.randomUUID())))
                .get(0);
        var product = admin.create(
                        "product.product",
                        List.of(Map.of("name", "Service " + UUID.randomUUID(), "type", "service", "list_price", 100)))
                .get(0);
        var line = Map.of("product_id", product, "product_uom_qty", 3);
        return new DocumentRef(
                "sale.order",
                admin.create(
                                "sale.order",
                                List.of(Map.of("partner_id", customer, "order_line", List.of(List.of(0, 0, line)))))
                        .get(0));
    }

    /** @throws OdooException when Odoo refuses */
    public void confirm(String login, DocumentRef order) {
        new Odoo(RealOdooContractTest.as(login, RealOdooContractTest.PASSWORD), null, 1)
                .call("sale.order", "action_confirm", List.of(order.id()), Map.of(), Map.of());
    }

    public String state(DocumentRef order) {
        return admin.read("sale.order", List.of(order.id()), List.of("state"))
                .get(0)
                .path("state")
                .asText();
    }

    /** The login of whoever wrote it last, as Odoo has it. */
    public String writtenBy(DocumentRef order) {
        var writer = admin.read("sale.order", List.of(order.id()), List.of("write_uid"))
                .get(0)
                .path("write_uid")
                .get(0)
                .asLong();
        return admin.read("res.users", List.of(writer), List.of("login"))
                .get(0)
                .path("login")
                .asText();
    }

    /** An administrator takes the guard of orders out of force, and the setup puts it right afterwards. */
    public void whileTheGuardIsOff(Runnable work) {
        var fields = List.of(
                external(Odoo.MODULE, "sale_order_guard_field"),
                external(Odoo.MODULE, "sale_order_guard_second_field"));
        try {
            admin.write("ir.model.fields", fields, Map.of("compute", false, "depends", false));
            work.run();
        } finally {
            RealOdooContractTest.setup(admin, new ArrayList<>());
        }
    }

    private long external(String module, String name) {
        return admin.searchRead(
                        "ir.model.data",
                        List.of(List.of("module", "=", module), List.of("name", "=", name)),
                        List.of("res_id"),
                        "id",
                        1)
                .get(0)
                .path("res_id")
                .asLong();
    }
}
