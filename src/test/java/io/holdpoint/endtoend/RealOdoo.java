package io.holdpoint.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A real Odoo as people use it, over its own wire: an administrator and a salesperson, none of Holdpoint's code. */
final class RealOdoo {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url = env("ODOO_URL");
    private final String database = env("ODOO_DB");
    private final Session admin = login(env("ODOO_LOGIN"), env("ODOO_PASSWORD"));
    private final Session seller;

    RealOdoo() {
        seller = employ("sales_team.group_sale_salesman_all_leads");
    }

    /** A new user of Odoo with these groups, logged in. */
    Session employ(String... groups) {
        var login = "user-" + UUID.randomUUID();
        admin.create(
                "res.users",
                Map.of(
                        "name",
                        "User " + login.substring(5, 9),
                        "login",
                        login,
                        "password",
                        login,
                        "group_ids",
                        List.of(List.of(
                                6,
                                0,
                                Arrays.stream(groups).map(this::externalId).toList()))));
        return login(login, login);
    }

    /** The id of a record by its external id, for example {@code stock.stock_location_stock}. */
    long externalId(String name) {
        var parts = name.split("\\.", 2);
        return admin.call(
                        "ir.model.data",
                        "search_read",
                        List.of(List.of(List.of("module", "=", parts[0]), List.of("name", "=", parts[1]))),
                        Map.of("fields", List.of("res_id")))
                .get(0)
                .path("res_id")
                .asLong();
    }

    static String env(String name) {
        return Objects.requireNonNull(System.getenv(name), name + " is not set");
    }

    String url() {
        return url;
    }

    Session admin() {
        return admin;
    }

    Session seller() {
        return seller;
    }

    /** An answer of Odoo that is an error, in its words. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    /** Somebody who is logged in. */
    final class Session {

        private final long uid;
        private final String password;

        private Session(long uid, String password) {
            this.uid = uid;
            this.password = password;
        }

        JsonNode call(String model, String method, List<?> arguments, Map<String, ?> named) {
            return rpc("object", "execute_kw", List.of(database, uid, password, model, method, arguments, named));
        }

        long create(String model, Map<String, ?> values) {
            return call(model, "create", List.of(values), Map.of()).asLong();
        }

        void write(String model, long id, Map<String, ?> values) {
            call(model, "write", List.of(List.of(id), values), Map.of());
        }

        JsonNode read(String model, long id, String field) {
            return call(model, "read", List.of(List.of(id), List.of(field)), Map.of())
                    .get(0)
                    .path(field);
        }

        /** Presses the button that odoo-setup put on the form of an order. */
        void requestRelease(long order) {
            press("sale_order_request", "sale.order", order);
        }

        /** Presses a button of Holdpoint's: the server action of this name, on this record. */
        void press(String action, String model, long id) {
            run(action, Map.of("active_model", model, "active_id", id, "active_ids", List.of(id)));
        }

        private void run(String action, Map<String, ?> context) {
            call(
                    "ir.actions.server",
                    "run",
                    List.of(List.of(externalId("__holdpoint__." + action))),
                    Map.of("context", context));
        }

        /** Fills in the window of Report defect for all of a lot, and presses its button. */
        void reportDefect(long lot, String defect, String severity) {
            write(
                    "stock.lot",
                    lot,
                    Map.of(
                            "x_holdpoint_defect",
                            defect,
                            "x_holdpoint_defect_severity",
                            severity,
                            "x_holdpoint_defect_quantity",
                            0,
                            "x_holdpoint_defect_description",
                            "Seen at the line, three of three"));
            press("quality_stock_lot_report", "stock.lot", lot);
        }

        /** Writes on a delivery what is to come back; gives the line. */
        long comesBack(long delivery, long product, double quantity, String reason, boolean opened) {
            return create(
                    "x_holdpoint_return_line",
                    Map.of(
                            "x_picking_id", delivery,
                            "x_product_id", product,
                            "x_quantity", quantity,
                            "x_reason", reason,
                            "x_opened", opened));
        }

        /** The one field of all records that match, in the order of their ids. */
        List<JsonNode> search(String model, List<?> domain, String field) {
            var found = new ArrayList<JsonNode>();
            call(model, "search_read", List.of(domain), Map.of("fields", List.of(field), "order", "id"))
                    .forEach(record -> found.add(record.path(field)));
            return found;
        }

        /** How many records meet all conditions. */
        int count(String model, List<?>... conditions) {
            return call(model, "search_count", List.of(List.of(conditions)), Map.of())
                    .asInt();
        }

        long uid() {
            return uid;
        }

        /** Validates a transfer, without the questions that Odoo asks on the way. */
        void validate(long transfer) {
            call(
                    "stock.picking",
                    "button_validate",
                    List.of(List.of(transfer)),
                    Map.of("context", Map.of("skip_sms", true, "skip_backorder", true)));
        }

        void confirm(long order) {
            call("sale.order", "action_confirm", List.of(List.of(order)), Map.of());
        }
    }

    /** Holdpoint's own user, who alone may look at its commands and give some; there since odoo-setup. */
    Session technical() {
        return login("holdpoint", Holdpoint.TECHNICAL_PASSWORD);
    }

    String version() {
        return rpc("common", "version", List.of()).path("server_version").asText();
    }

    /** JSON-2, Odoo 19's newer protocol, with the administrator's key: HTTP status and body. */
    HttpResponse<String> json2(String model, String method, Map<String, ?> arguments) {
        return send(HttpRequest.newBuilder(URI.create(url + "/json/2/" + model + "/" + method))
                .header("Authorization", "bearer " + env("ODOO_API_KEY"))
                .header("X-Odoo-Database", database)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(write(arguments)))
                .build());
    }

    // what a distributor has

    long customer() {
        return admin.create("res.partner", Map.of("name", "Customer " + UUID.randomUUID()));
    }

    /** A service, so that stock plays no part. */
    long service(double price, double cost) {
        return admin.create(
                "product.product",
                Map.of(
                        "name",
                        "Service " + UUID.randomUUID(),
                        "type",
                        "service",
                        "list_price",
                        price,
                        "standard_price",
                        cost,
                        "taxes_id",
                        List.of(List.of(6, 0, List.of()))));
    }

    /** A product of which so many lie in the stock; it is invoiced as it is delivered. */
    long storable(double price, double cost, double quantity) {
        var product = admin.create(
                "product.product",
                Map.of(
                        "name",
                        "Part " + UUID.randomUUID(),
                        "type",
                        "consu",
                        "is_storable",
                        true,
                        "invoice_policy",
                        "delivery",
                        "list_price",
                        price,
                        "standard_price",
                        cost,
                        "supplier_taxes_id",
                        List.of(List.of(6, 0, List.of())),
                        "taxes_id",
                        List.of(List.of(6, 0, List.of()))));
        var quant = admin.create(
                "stock.quant", Map.of("product_id", product, "location_id", stock(), "inventory_quantity", quantity));
        admin.call("stock.quant", "action_apply_inventory", List.of(List.of(quant)), Map.of());
        return product;
    }

    /** A product of which every piece belongs to a lot. */
    long lotted(double cost) {
        return admin.create(
                "product.product",
                Map.of(
                        "name",
                        "Bearing " + UUID.randomUUID(),
                        "type",
                        "consu",
                        "is_storable",
                        true,
                        "tracking",
                        "lot",
                        "standard_price",
                        cost));
    }

    /** A vendor whom quality approved, and who has the product at this price. */
    long vendor(long product, double price) {
        var vendor = admin.create(
                "res.partner",
                Map.of("name", "Vendor " + UUID.randomUUID(), "is_company", true, "x_holdpoint_vendor_approved", true));
        admin.create(
                "product.supplierinfo",
                Map.of("partner_id", vendor, "product_id", product, "price", price, "delay", 5));
        return vendor;
    }

    /** An order with the star and with reasons for the hurry. */
    long urgentPurchase(Session buyer, long vendor, long product, double pieces) {
        return buyer.create(
                "purchase.order",
                Map.of(
                        "partner_id",
                        vendor,
                        "priority",
                        "1",
                        "x_holdpoint_urgency",
                        "medium",
                        "x_holdpoint_what_happened",
                        "The pump of press 4 broke down last night.",
                        "x_holdpoint_damage",
                        "Press 4 makes 9,000 euros of parts a day.",
                        "x_holdpoint_unforeseen",
                        "The pump was inspected in spring and was in order.",
                        "x_holdpoint_vendor_choice",
                        "The only one of three vendors who has it in stock.",
                        "order_line",
                        List.of(List.of(0, 0, Map.of("product_id", product, "product_qty", pieces)))));
    }

    long lot(long product) {
        var company = warehouse("company_id");
        return admin.create(
                "stock.lot", Map.of("name", "L-" + UUID.randomUUID(), "product_id", product, "company_id", company));
    }

    /** A transfer that has reserved what there is: in_type_id for a receipt, out_type_id for a delivery. */
    long transfer(String kind, long partner, long product, double quantity) {
        var type = warehouse(kind);
        var from = admin.read("stock.picking.type", type, "default_location_src_id")
                .path(0)
                .asLong();
        var to = admin.read("stock.picking.type", type, "default_location_dest_id")
                .path(0)
                .asLong();
        var move =
                Map.of("product_id", product, "product_uom_qty", quantity, "location_id", from, "location_dest_id", to);
        var transfer = admin.create(
                "stock.picking",
                Map.of(
                        "picking_type_id",
                        type,
                        "partner_id",
                        partner,
                        "location_id",
                        from,
                        "location_dest_id",
                        to,
                        "move_ids",
                        List.of(List.of(0, 0, move))));
        admin.call("stock.picking", "action_confirm", List.of(List.of(transfer)), Map.of());
        admin.call("stock.picking", "action_assign", List.of(List.of(transfer)), Map.of());
        return transfer;
    }

    /** What a vendor has sent of a lot and was put to stock. */
    long received(long vendor, long product, long lot, double quantity) {
        var receipt = transfer("in_type_id", vendor, product, quantity);
        admin.search("stock.move.line", List.of(List.of("picking_id", "=", receipt)), "id")
                .forEach(line -> admin.write("stock.move.line", line.asLong(), Map.of("lot_id", lot)));
        admin.validate(receipt);
        return receipt;
    }

    /** Where the first warehouse keeps what it sells. */
    long stock() {
        return warehouse("lot_stock_id");
    }

    /** A place of the first warehouse that lies beside its stock, by its name. */
    long place(String name) {
        return admin.search(
                        "stock.location",
                        List.of(List.of("location_id", "=", warehouse("view_location_id")), List.of("name", "=", name)),
                        "id")
                .get(0)
                .asLong();
    }

    private long warehouse(String field) {
        // The first one; others may be founded meanwhile.
        return admin.search("stock.warehouse", List.of(), field).get(0).path(0).asLong();
    }

    /** How much of a product lies in a place. */
    double lying(long product, long place) {
        return admin
                .search(
                        "stock.quant",
                        List.of(List.of("product_id", "=", product), List.of("location_id", "=", place)),
                        "quantity")
                .stream()
                .mapToDouble(JsonNode::asDouble)
                .sum();
    }

    /** The first delivery of an order. */
    long delivery(long order) {
        return admin.search("stock.picking", List.of(List.of("sale_id", "=", order)), "id")
                .get(0)
                .asLong();
    }

    /** Makes the invoice of what was delivered, as the button of the order does; it is a draft. */
    long invoice(long order) {
        var wizard = admin.create(
                "sale.advance.payment.inv",
                Map.of(
                        "advance_payment_method",
                        "delivered",
                        "sale_order_ids",
                        List.of(List.of(6, 0, List.of(order)))));
        admin.call("sale.advance.payment.inv", "create_invoices", List.of(List.of(wizard)), Map.of());
        return admin.read("sale.order", order, "invoice_ids").path(0).asLong();
    }

    void post(long invoice) {
        admin.call("account.move", "action_post", List.of(List.of(invoice)), Map.of());
    }

    /** A quotation of the salesperson. */
    long quotation(long customer, Map<String, ?> line) {
        return seller.create("sale.order", Map.of("partner_id", customer, "order_line", List.of(List.of(0, 0, line))));
    }

    /** Confirms an order as Holdpoint does, for what is to lie in the past. */
    void release(long order) {
        var document = "sale.order," + order;
        technical()
                .run(
                        "order_release_command",
                        Map.of(
                                "active_model",
                                "sale.order",
                                "active_id",
                                order,
                                "active_ids",
                                List.of(order),
                                "holdpoint",
                                Map.of("key", "past:" + document, "document", document, "operation", "release")));
    }

    /** Makes an invoice due so many days ago, and posts it. */
    long overdueInvoice(long customer, double amount, String due) {
        var invoice = admin.create(
                "account.move",
                Map.of(
                        "move_type", "out_invoice",
                        "partner_id", customer,
                        "invoice_date", due,
                        "invoice_date_due", due,
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
                                                List.of(List.of(6, 0, List.of())))))));
        post(invoice);
        return invoice;
    }

    /** Registers the payment of an invoice, as the button of that name does. */
    void pay(long invoice) {
        var context = Map.of("active_model", "account.move", "active_ids", List.of(invoice));
        var wizard = admin.call("account.payment.register", "create", List.of(Map.of()), Map.of("context", context))
                .asLong();
        admin.call(
                "account.payment.register",
                "action_create_payments",
                List.of(List.of(wizard)),
                Map.of("context", context));
    }

    String state(long order) {
        return admin.read("sale.order", order, "state").asText();
    }

    String holdpointState(long order) {
        return holdpointState("sale.order", order);
    }

    String holdpointState(String model, long id) {
        return admin.read(model, id, "x_holdpoint_state").asText();
    }

    /** The notes in the order's chatter that contain this text. */
    List<String> notes(long order, String text) {
        return notes("sale.order", order, text);
    }

    List<String> notes(String model, long id, String text) {
        var found = new ArrayList<String>();
        admin.call(
                        "mail.message",
                        "search_read",
                        List.of(List.of(List.of("model", "=", model), List.of("res_id", "=", id))),
                        Map.of("fields", List.of("body")))
                .forEach(message -> found.add(message.path("body").asText()));
        return found.stream().filter(body -> body.contains(text)).toList();
    }

    /** How often Odoo carried out a command of this element for the order; only Holdpoint's own user may look. */
    long commands(long order, String element) {
        return commands("sale.order," + order, element);
    }

    long commands(String document, String element) {
        return technical()
                .count("x_holdpoint_command", List.of("x_document", "=", document), List.of("x_name", "like", element));
    }

    private Session login(String login, String password) {
        var uid = rpc("common", "authenticate", List.of(database, login, password, Map.of()));
        return new Session(uid.asLong(), password);
    }

    private JsonNode rpc(String service, String method, List<?> arguments) {
        var body = new HashMap<String, Object>();
        body.put("jsonrpc", "2.0");
        body.put("method", "call");
        body.put("id", 1);
        body.put("params", Map.of("service", service, "method", method, "args", arguments));
        var answer = send(HttpRequest.newBuilder(URI.create(url + "/jsonrpc"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(write(body)))
                .build());
        var json = read(answer.body());
        if (json.has("error")) {
            throw new Refused(json.path("error").path("data").path("message").asText());
        }
        return json.path("result");
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
