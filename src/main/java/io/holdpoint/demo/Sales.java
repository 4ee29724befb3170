package io.holdpoint.demo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What Odoo does with sales orders: prices, amounts, confirmation, cancellation. */
final class Sales {

    static final String ORDER = "sale.order";
    static final String LINE = "sale.order.line";

    private static final Set<String> OPEN_STATES = Set.of("draft", "sent");

    private static final List<String> COPIED =
            List.of("partner_id", "company_id", "pricelist_id", "payment_term_id", "warehouse_id", "tag_ids");
    private static final List<String> COPIED_OF_LINE = List.of(
            "name",
            "sequence",
            "display_type",
            "product_id",
            "product_uom_qty",
            "product_uom_id",
            "price_unit",
            "discount",
            "purchase_price",
            "tax_ids");

    private final DemoFaults faults;

    Sales(DemoFaults faults) {
        this.faults = faults;
    }

    /** Orders and their lines. */
    void models(Schema schema) {
        var orders = schema.model(ORDER, "Sales Order", "date_order desc, id desc")
                .of("char", "name", "client_order_ref", "origin", "x_holdpoint_reason")
                .of("boolean", "locked")
                .of("datetime", "date_order", "commitment_date", "x_holdpoint_requested_at")
                .of("date", "validity_date")
                .of("monetary", "amount_untaxed", "amount_tax", "amount_total", "margin")
                .of("float", "currency_rate", "margin_percent")
                .selection("state", "draft", "sent", "sale", "cancel")
                .selection("invoice_status", "no", "to invoice", "invoiced", "upselling")
                .selection("x_holdpoint_state", "requested", "held", "released", "rejected", "returned", "withdrawn")
                .one("partner_id", Customers.PARTNER)
                .one("partner_invoice_id", Customers.PARTNER)
                .one("company_id", "res.company")
                .one("currency_id", "res.currency")
                .one("pricelist_id", "product.pricelist")
                .one("payment_term_id", "account.payment.term")
                .one("warehouse_id", "stock.warehouse")
                .one("user_id", "res.users")
                .one("x_holdpoint_requested_by", "res.users")
                .many("tag_ids", "crm.tag")
                .lines("order_line", LINE, "order_id")
                .computed("amount_undiscounted", "float", Sales::undiscounted)
                .computed("amount_paid", "float", Sales::paid)
                .lines("picking_ids", Transfers.PICKING, "sale_id")
                .required("partner_id")
                .rights(Groups.USERS, Groups.SELLERS)
                .method("action_confirm", (env, ids, arguments) -> confirm(env, ids))
                .method("action_cancel", (env, ids, arguments) -> cancel(env, ids))
                .method("action_draft", (env, ids, arguments) -> backToQuotation(env, ids))
                .method(
                        "copy",
                        (env, ids, arguments) ->
                                ids.stream().map(id -> copy(env, id)).toList())
                .method("action_quotation_sent", writing("state", "sent"))
                .method("action_lock", writing("locked", true))
                .method("action_unlock", writing("locked", false))
                .method(
                        "message_post",
                        (env, ids, arguments) -> ids.stream()
                                .map(id -> Chatter.post(env, ORDER, id, arguments))
                                .toList());
        orders.defaults = this::defaults;
        orders.rule = this::orderChanged;

        var lines = schema.model(LINE, "Sales Order Line", "order_id, sequence, id")
                .of("text", "name")
                .of("integer", "sequence")
                .of(
                        "float",
                        "product_uom_qty",
                        "price_unit",
                        "technical_price_unit",
                        "discount",
                        "purchase_price",
                        "margin",
                        "margin_percent",
                        "price_tax",
                        "qty_delivered",
                        "qty_invoiced")
                .of("monetary", "price_subtotal", "price_total", "price_reduce_taxexcl")
                .selection("display_type", "line_section", "line_subsection", "line_note")
                .one("order_id", ORDER)
                .one("product_id", "product.product")
                .one("product_uom_id", "uom.uom")
                .many("tax_ids", "account.tax")
                .computed("qty_to_invoice", "float", Sales::toInvoice)
                .computed("is_storable", "boolean", (env, row) -> {
                    var product = env.find("product.product", row.ref("product_id"));
                    return product != null && product.flag("is_storable");
                })
                .required("order_id")
                .rights(Groups.USERS, Groups.SELLERS)
                .method("onchange", (env, ids, arguments) -> onchange(env, arguments));
        lines.defaults = this::lineDefaults;
        lines.rule = this::lineChanged;

        schema.model("crm.tag", "CRM Tag", "id")
                .of("char", "name")
                .of("integer", "color")
                .rights(Groups.SELLERS, Groups.SELLERS);
    }

    private static Model.Method writing(String field, Object value) {
        return (env, ids, arguments) -> {
            env.write(env.model(Sales.ORDER), ids, Map.of(field, value));
            return null;
        };
    }

    void defaults(Env env, long id, Map<String, @Nullable Object> values) {
        values.putIfAbsent("name", "S%05d".formatted(id));
        values.putIfAbsent("state", "draft");
        values.putIfAbsent("company_id", env.companyId());
        values.putIfAbsent("date_order", env.moment());
        values.putIfAbsent("user_id", env.userId());
        values.putIfAbsent("invoice_status", "no");
        var company = env.row("res.company", ((Number) orZero(values.get("company_id"))).longValue());
        if (values.get("partner_id") instanceof Number partnerId) {
            var partners = env.model(Customers.PARTNER);
            var customer = Customers.commercial(env, env.row(Customers.PARTNER, partnerId.longValue()));
            var there = env.with(Map.of("allowed_company_ids", List.of(company.id())))
                    .sudo();
            values.putIfAbsent("payment_term_id", there.value(partners, customer, "property_payment_term_id"));
            values.putIfAbsent("pricelist_id", there.value(partners, customer, "property_product_pricelist"));
            values.putIfAbsent("partner_invoice_id", partnerId.longValue());
        }
        var currency = values.get("pricelist_id") instanceof Number pricelist
                ? env.row("product.pricelist", pricelist.longValue()).ref("currency_id")
                : company.ref("currency_id");
        values.put("currency_id", currency);
        values.put(
                "currency_rate",
                env.row("res.currency", currency).number("rate")
                        / env.row("res.currency", company.ref("currency_id")).number("rate"));
        env.all("stock.warehouse").stream()
                .filter(warehouse -> warehouse.ref("company_id") == company.id())
                .findFirst()
                .ifPresent(warehouse -> values.putIfAbsent("warehouse_id", warehouse.id()));
    }

    void lineDefaults(Env env, long id, Map<String, @Nullable Object> values) {
        values.putIfAbsent("product_uom_qty", 1.0);
        values.putIfAbsent("sequence", 10L);
        var orderId = values.get("order_id") instanceof Number number ? number.longValue() : 0;
        var order = env.find(ORDER, orderId);
        if (order != null && values.get("product_id") instanceof Number productId) {
            var product = env.row("product.product", productId.longValue());
            offer(order, product).forEach(values::putIfAbsent);
            values.putIfAbsent("name", env.displayName("product.product", product.id()));
            values.putIfAbsent("product_uom_id", product.get("uom_id"));
            values.putIfAbsent("tax_ids", product.get("taxes_id"));
        }
    }

    /** What Odoo would charge for a product on an order now, and what it costs, in the order's currency. */
    private static Map<String, Object> offer(Row order, Row product) {
        return Map.of(
                "price_unit", listPrice(order, product),
                "purchase_price", cents(product.number("standard_price") * order.number("currency_rate")));
    }

    static double listPrice(Row order, Row product) {
        return cents(product.number("list_price") * order.number("currency_rate"));
    }

    /** {@code onchange} of a line that is not saved: tells the prices and writes nothing. */
    Map<String, Object> onchange(Env env, Map<String, Object> arguments) {
        var values = Json.map(arguments.get("values"));
        var wanted = Json.map(arguments.get("fields_spec")).keySet();
        if (!(values.get("product_id") instanceof Number product)
                || !(values.get("order_id") instanceof Number order)) {
            return Map.of("value", Map.of());
        }
        var offer = new TreeMap<>(
                offer(env.row(ORDER, order.longValue()), env.row("product.product", product.longValue())));
        offer.keySet().retainAll(wanted);
        return Map.of("value", offer);
    }

    void lineChanged(Env env, @Nullable Row before, @Nullable Row after) {
        if (after == null) {
            var order = before == null ? null : env.find(ORDER, before.ref("order_id"));
            if (order == null) {
                return;
            }
            if (order.text("state").equals("sale")) {
                throw Errors.refused("Once a sales order is confirmed, you can't remove one of its lines (we need to"
                        + " track if something gets invoiced or delivered).\nSet the quantity to 0 instead.");
            }
            recompute(env, order.id());
        } else {
            var order = env.row(ORDER, after.ref("order_id"));
            if (order.flag("locked")
                    && before != null
                    && before.number("product_uom_qty") != after.number("product_uom_qty")) {
                throw Errors.refused("It is forbidden to modify the following fields in a locked order:\nQuantity");
            }
            env.store(LINE, after, lineAmounts(env, after));
            recompute(env, order.id());
            if (order.text("state").equals("sale")) {
                Transfers.deliver(env, order);
            }
        }
    }

    private static Map<String, Object> lineAmounts(Env env, Row line) {
        var quantity = line.number("product_uom_qty");
        var net = line.number("price_unit") * (1 - line.number("discount") / 100);
        var subtotal = cents(quantity * net);
        var tax = cents(subtotal * taxPercent(env, line) / 100);
        var margin = cents(subtotal - quantity * line.number("purchase_price"));
        return Map.of(
                "price_reduce_taxexcl",
                cents(net),
                "price_subtotal",
                subtotal,
                "price_tax",
                tax,
                "price_total",
                cents(subtotal + tax),
                "margin",
                margin,
                "margin_percent",
                subtotal == 0 ? 0 : margin / subtotal);
    }

    /** Line changes reach the order's write date only where a stored total changes. */
    void recompute(Env env, long orderId) {
        var order = env.row(ORDER, orderId);
        var lines = env.inverse(LINE, "order_id", orderId);
        var untaxed = cents(lines.stream()
                .mapToDouble(line -> line.number("price_subtotal"))
                .sum());
        var tax = cents(
                lines.stream().mapToDouble(line -> line.number("price_tax")).sum());
        var margin =
                cents(lines.stream().mapToDouble(line -> line.number("margin")).sum());
        Map<String, Object> totals = Map.of(
                "amount_untaxed", untaxed,
                "amount_tax", tax,
                "amount_total", cents(untaxed + tax),
                "margin", margin,
                "margin_percent", untaxed == 0 ? 0 : margin / untaxed);
        if (totals.entrySet().stream().anyMatch(total -> !total.getValue().equals(order.get(total.getKey())))) {
            var changes = new TreeMap<>(totals);
            changes.put("write_date", env.moment());
            changes.put("write_uid", env.userId());
            env.store(ORDER, order, changes);
        }
    }

    /** A quotation like this order; what Holdpoint said about the order does not go along. */
    long copy(Env env, long id) {
        var order = env.row(ORDER, id);
        var lines = env.inverse(LINE, "order_id", id).stream()
                .map(line -> List.of(0, 0, copied(line, COPIED_OF_LINE)))
                .toList();
        var values = copied(order, COPIED);
        values.put("order_line", lines);
        return env.create(env.model(ORDER), values);
    }

    private static Map<String, Object> copied(Row row, List<String> fields) {
        var values = new TreeMap<String, Object>();
        for (var field : fields) {
            var value = row.get(field);
            if (value != null) {
                values.put(field, value instanceof List<?> ids ? List.of(List.of(6, 0, ids)) : value);
            }
        }
        return values;
    }

    static double undiscounted(Env env, Row order) {
        return env.inverse(LINE, "order_id", order.id()).stream()
                .mapToDouble(line -> line.number("discount") == 100
                        ? line.number("price_unit") * line.number("product_uom_qty")
                        : line.number("price_subtotal") * 100 / (100 - line.number("discount")))
                .sum();
    }

    static double paid(Env env, Row order) {
        return env.all("payment.transaction").stream()
                .filter(payment -> payment.text("state").equals("done")
                        && payment.refs("sale_order_ids").contains(order.id()))
                .mapToDouble(payment -> payment.number("amount"))
                .sum();
    }

    void orderChanged(Env env, @Nullable Row before, @Nullable Row after) {
        if (after == null) {
            if (before != null && !Set.of("draft", "cancel").contains(before.text("state"))) {
                throw Errors.refused("You can not delete a sent quotation or a confirmed sales order."
                        + " You must first cancel it.");
            }
            return;
        }
        Guards.orderChanged(env, before, after);
        if (before == null) {
            Chatter.note(env, ORDER, after.id(), "Sales Order created");
            recompute(env, after.id());
        }
    }

    /** What is to be invoiced of a line: what was delivered, or of services and by order what was ordered. */
    static double toInvoice(Env env, Row line) {
        var product = env.find(Products.PRODUCT, line.ref("product_id"));
        if (product == null
                || !env.row(ORDER, line.ref("order_id")).text("state").equals("sale")) {
            return 0;
        }
        var quantity = product.text("invoice_policy").equals("delivery")
                ? line.number("qty_delivered")
                : line.number("product_uom_qty");
        return quantity - line.number("qty_invoiced");
    }

    /** A move is done: what went to the customer was delivered, and what comes back to be refunded was not. */
    static void moved(Env env, Row move) {
        if (move.ref("sale_line_id") == 0) {
            return;
        }
        var line = env.row(LINE, move.ref("sale_line_id"));
        var sign =
                Stock.usage(env, move.ref("location_dest_id")).equals("customer") ? 1 : move.flag("to_refund") ? -1 : 0;
        env.store(LINE, line, Map.of("qty_delivered", line.number("qty_delivered") + sign * move.number("quantity")));
        invoiceStatus(env, line.ref("order_id"));
    }

    /** As Odoo recomputes it when a quantity changes. */
    static void invoiceStatus(Env env, long orderId) {
        var order = env.row(ORDER, orderId);
        if (!order.text("state").equals("sale")) {
            return;
        }
        var lines = env.inverse(LINE, "order_id", orderId);
        var open = lines.stream().anyMatch(line -> Math.abs(toInvoice(env, line)) > 1e-9);
        var invoiced = lines.stream().anyMatch(line -> line.number("qty_invoiced") > 0);
        env.store(ORDER, order, Map.of("invoice_status", open ? "to invoice" : invoiced ? "invoiced" : "no"));
    }

    /** Each salesperson asks for the release of the quotations that nobody asked for yet. */
    static List<Consumer<DemoOdoo>> firstRequests(Env env) {
        return env.all(ORDER).stream()
                .filter(order -> order.text("state").equals("draft") && !order.has("x_holdpoint_state"))
                .map(order -> {
                    var seller = env.row("res.users", order.ref("user_id")).text("login");
                    return (Consumer<DemoOdoo>) odoo -> odoo.requestRelease(order.id(), seller);
                })
                .toList();
    }

    boolean confirm(Env env, List<Long> ids) {
        for (var id : ids) {
            var order = env.row(ORDER, id);
            if (!OPEN_STATES.contains(order.text("state"))) {
                throw Errors.refused("Some orders are not in a state requiring confirmation.");
            }
            if (env.inverse(LINE, "order_id", id).stream()
                    .anyMatch(line -> !line.has("product_id") && !line.has("display_type"))) {
                throw Errors.refused(
                        "Some order lines are missing a product, you need to correct them before going" + " further.");
            }
        }
        faults.confirming();
        for (var id : ids) {
            env.write(
                    env.model(ORDER),
                    List.of(id),
                    Map.of("state", "sale", "date_order", env.moment().substring(0, 19)));
            var order = env.row(ORDER, id);
            env.store(ORDER, order, Map.of("invoice_status", "to invoice"));
            Transfers.deliver(env, order);
        }
        return true;
    }

    boolean cancel(Env env, List<Long> ids) {
        if (ids.stream().anyMatch(id -> env.row(ORDER, id).flag("locked"))) {
            throw Errors.refused("You cannot cancel a locked order. Please unlock it first.");
        }
        for (var id : ids) {
            env.write(env.model(ORDER), List.of(id), Map.of("state", "cancel"));
            env.store(ORDER, env.row(ORDER, id), Map.of("invoice_status", "no"));
            Transfers.cancelOf(env, "sale_id", id);
        }
        return true;
    }

    boolean backToQuotation(Env env, List<Long> ids) {
        env.write(
                env.model(ORDER),
                ids.stream()
                        .filter(id -> Set.of("cancel", "sent")
                                .contains(env.row(ORDER, id).text("state")))
                        .toList(),
                Map.of("state", "draft"));
        return true;
    }

    /** Of a line of an order or an invoice. */
    static double taxPercent(Env env, Row line) {
        return line.refs("tax_ids").stream()
                .mapToDouble(tax -> env.row("account.tax", tax).number("amount"))
                .sum();
    }

    static double cents(double amount) {
        return Math.round(amount * 100) / 100.0;
    }

    private static Object orZero(@Nullable Object value) {
        return value == null ? 0L : value;
    }
}
