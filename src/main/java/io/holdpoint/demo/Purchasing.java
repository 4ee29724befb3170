package io.holdpoint.demo;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Odoo does with purchase orders: vendors' prices, confirmation in one or two steps, receipts, cancellation. */
final class Purchasing {

    static final String ORDER = "purchase.order";
    static final String LINE = "purchase.order.line";
    static final String PRICE = "product.supplierinfo";
    static final String REQUEST_ACTION = "purchase_order_request";

    static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Set<String> TO_ORDER = Set.of("draft", "sent");

    private static final Set<String> READERS = Set.of(Groups.PURCHASE, Groups.PURCHASE_MANAGER, Groups.TECHNICAL);

    private final DemoFaults faults;

    Purchasing(DemoFaults faults) {
        this.faults = faults;
    }

    /** Purchase orders, vendors' price lists, and what the purchase part of odoo-setup adds to vendors. */
    void models(Schema schema) {
        var partners = schema.existing(Customers.PARTNER)
                .of("boolean", "x_holdpoint_vendor_approved")
                .of("integer", "supplier_rank")
                .of("float", "on_time_rate")
                .also(PurchaseGuard::vendorChanged);
        partners.writers =
                Stream.of(partners.writers, Groups.BUYERS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
        var orders = schema.model(ORDER, "Purchase Order", "priority desc, id desc")
                .of("char", "name", "partner_ref", "origin", "x_holdpoint_reason")
                .of("text", "x_holdpoint_what_happened", "x_holdpoint_damage")
                .of("text", "x_holdpoint_unforeseen", "x_holdpoint_vendor_choice")
                .of("boolean", "acknowledged", "locked", "x_holdpoint_line_down")
                .of("datetime", "date_order", "date_approve", "date_planned")
                .of("datetime", "x_holdpoint_promised", "x_holdpoint_requested_at")
                .of("monetary", "amount_total")
                .of("float", "currency_rate", "x_holdpoint_approved_amount")
                .selection("priority", "0", "1")
                .selection("state", "draft", "sent", "to approve", "purchase", "cancel")
                .selection("x_holdpoint_urgency", "low", "medium", "high")
                .selection("x_holdpoint_state", "requested", "held", "released", "rejected", "returned", "withdrawn")
                .one("partner_id", Customers.PARTNER)
                .one("company_id", "res.company")
                .one("currency_id", "res.currency")
                .one("picking_type_id", Transfers.TYPE)
                .one("user_id", "res.users")
                .one("x_holdpoint_requested_by", "res.users")
                .lines("order_line", LINE, "order_id")
                .computedMany(
                        "picking_ids",
                        Transfers.PICKING,
                        (env, row) ->
                                transfers(env, row.id()).stream().map(Row::id).toList())
                .computedMany(
                        "invoice_ids",
                        Invoicing.INVOICE,
                        (env, row) -> bills(env, row.id()).stream().map(Row::id).toList())
                .computed("receipt_status", "selection", Purchasing::receiptStatus)
                .required("partner_id")
                .rights(READERS, Groups.BUYERS)
                .method("button_confirm", (env, ids, arguments) -> confirm(env, ids))
                .method("button_approve", (env, ids, arguments) -> approve(env, ids))
                .method("button_cancel", (env, ids, arguments) -> cancel(env, ids))
                .method("button_draft", (env, ids, arguments) -> backToDraft(env, ids))
                .method("action_acknowledge", (env, ids, arguments) -> {
                    env.write(env.model(ORDER), ids, Map.of("acknowledged", true));
                    return null;
                })
                .method("message_post", Chatter.posting(ORDER));
        orders.defaults = this::defaults;
        orders.rule = this::orderChanged;

        var lines = schema.model(LINE, "Purchase Order Line", "order_id, id")
                .of("text", "name")
                .of("float", "product_qty", "qty_received", "price_unit", "discount")
                .of("datetime", "date_planned")
                .selection("display_type", "line_section", "line_subsection", "line_note")
                .one("order_id", ORDER)
                .one("product_id", "product.product")
                .one("product_uom_id", "uom.uom")
                .required("order_id")
                .rights(READERS, Groups.BUYERS);
        lines.defaults = this::lineDefaults;
        lines.rule = this::lineChanged;

        schema.model(PRICE, "Supplier Pricelist", "id")
                .of("float", "price", "min_qty")
                .of("integer", "delay")
                .one("partner_id", Customers.PARTNER)
                .one("product_id", "product.product")
                .rights(Groups.USERS, Groups.BUYERS);
    }

    void defaults(Env env, long id, Map<String, @Nullable Object> values) {
        values.putIfAbsent("name", "P%05d".formatted(id));
        values.putIfAbsent("state", "draft");
        values.putIfAbsent("priority", "0");
        values.putIfAbsent("company_id", env.companyId());
        values.putIfAbsent("date_order", env.moment().substring(0, 19));
        values.putIfAbsent("user_id", env.userId());
        var company = env.row("res.company", ((Number) Objects.requireNonNull(values.get("company_id"))).longValue());
        values.putIfAbsent("currency_id", company.ref("currency_id"));
        receipts(env, company.id()).ifPresent(kind -> values.putIfAbsent("picking_type_id", kind));
        var currency = ((Number) Objects.requireNonNull(values.get("currency_id"))).longValue();
        values.put(
                "currency_rate",
                env.row("res.currency", currency).number("rate")
                        / env.row("res.currency", company.ref("currency_id")).number("rate"));
    }

    void lineDefaults(Env env, long id, Map<String, @Nullable Object> values) {
        values.putIfAbsent("product_qty", 1.0);
        values.putIfAbsent("qty_received", 0.0);
        values.putIfAbsent("discount", 0.0);
        var order = values.get("order_id") instanceof Number number ? env.find(ORDER, number.longValue()) : null;
        if (order == null || !(values.get("product_id") instanceof Number productId)) {
            return;
        }
        var product = env.row("product.product", productId.longValue());
        values.putIfAbsent("name", env.displayName("product.product", product.id()));
        values.putIfAbsent("product_uom_id", product.get("uom_id"));
        var quantity = ((Number) Objects.requireNonNull(values.get("product_qty"))).doubleValue();
        var price = price(env, order, product, quantity);
        values.putIfAbsent("price_unit", price.map(row -> row.number("price")).orElse(0.0));
        values.putIfAbsent(
                "date_planned",
                MOMENT.format(LocalDateTime.ofInstant(instant(order.text("date_order")), ZoneOffset.UTC)
                        .plusDays((long) price.map(row -> row.number("delay"))
                                .orElse(0.0)
                                .doubleValue())));
    }

    /** The vendor's own price for this quantity: the cheapest that applies. */
    static Optional<Row> price(Env env, Row order, Row product, double quantity) {
        var vendor = vendor(env, order).id();
        return env.all(PRICE).stream()
                .filter(price -> price.ref("product_id") == product.id()
                        && vendor(env, price).id() == vendor
                        && price.number("min_qty") <= quantity)
                .min(Comparator.comparingDouble(price -> price.number("price")));
    }

    static Row vendor(Env env, Row record) {
        return Customers.commercial(env, env.row(Customers.PARTNER, record.ref("partner_id")));
    }

    void lineChanged(Env env, @Nullable Row before, @Nullable Row after) {
        var line = after == null ? before : after;
        var order = line == null ? null : env.find(ORDER, line.ref("order_id"));
        if (order == null) {
            return;
        }
        if (after == null && order.text("state").equals("purchase") && before != null && !before.has("display_type")) {
            throw Errors.refused("Cannot delete a purchase order line which is in state “Purchase Order”.");
        }
        recompute(env, order);
        if (after != null
                && order.text("state").equals("purchase")
                && (before == null || before.number("product_qty") != after.number("product_qty"))) {
            receipt(env, order);
        }
    }

    void recompute(Env env, Row order) {
        var lines = env.inverse(LINE, "order_id", order.id());
        var total = Sales.cents(lines.stream()
                .mapToDouble(line ->
                        line.number("product_qty") * line.number("price_unit") * (1 - line.number("discount") / 100))
                .sum());
        var planned = lines.stream()
                .filter(line -> line.has("date_planned"))
                .map(line -> line.text("date_planned"))
                .min(Comparator.naturalOrder());
        var changes = new TreeMap<String, Object>();
        if (total != order.number("amount_total") || !order.has("amount_total")) {
            changes.put("amount_total", total);
        }
        planned.filter(date -> !date.equals(order.text("date_planned")))
                .ifPresent(date -> changes.put("date_planned", date));
        if (!changes.isEmpty()) {
            env.write(env.model(ORDER), List.of(order.id()), changes);
        }
    }

    void orderChanged(Env env, @Nullable Row before, @Nullable Row after) {
        if (after == null) {
            if (before != null && !before.text("state").equals("cancel")) {
                throw Errors.refused("In order to delete a purchase order, you must cancel it first.");
            }
            return;
        }
        PurchaseGuard.orderChanged(env, before, after);
        if (before == null) {
            Chatter.note(env, ORDER, after.id(), "Purchase Order created");
            recompute(env, after);
        }
    }

    /** Answers true whatever happened, as Odoo does; what happened is in the state. */
    boolean confirm(Env env, List<Long> ids) {
        for (var id : ids) {
            var order = env.row(ORDER, id);
            if (!TO_ORDER.contains(order.text("state"))) {
                continue;
            }
            if (env.inverse(LINE, "order_id", id).stream()
                    .anyMatch(line -> !line.has("product_id") && !line.has("display_type"))) {
                throw Errors.refused(
                        "Some order lines are missing a product, you need to correct them before going" + " further.");
            }
            faults.confirming();
            if (mayApprove(env, order)) {
                approved(env, id);
            } else {
                env.write(env.model(ORDER), List.of(id), Map.of("state", "to approve"));
            }
        }
        return true;
    }

    /** Does nothing, and says nothing, for whoever may not approve. */
    Map<String, Object> approve(Env env, List<Long> ids) {
        ids.stream().filter(id -> mayApprove(env, env.row(ORDER, id))).forEach(id -> approved(env, id));
        return Map.of();
    }

    static void approved(Env env, long id) {
        env.write(
                env.model(ORDER),
                List.of(id),
                Map.of("state", "purchase", "date_approve", env.moment().substring(0, 19)));
        receipt(env, env.row(ORDER, id));
    }

    /** What is ordered is expected by a transfer. Whoever writes the state by hand gets none. */
    private static void receipt(Env env, Row order) {
        receipts(env, order)
                .ifPresent(kind -> Transfers.supply(
                        env,
                        new Transfers.Demand(
                                order,
                                "purchase_id",
                                "purchase_line_id",
                                env.inverse(LINE, "order_id", order.id()),
                                "product_qty",
                                kind)));
    }

    /** How an order comes in; orders that are older than the field come into the first warehouse of their company. */
    static Optional<Long> receipts(Env env, Row order) {
        return order.ref("picking_type_id") > 0
                ? Optional.of(order.ref("picking_type_id"))
                : receipts(env, order.ref("company_id"));
    }

    private static Optional<Long> receipts(Env env, long company) {
        return env.all(Stock.WAREHOUSE).stream()
                .filter(warehouse -> warehouse.ref("company_id") == company)
                .findFirst()
                .map(warehouse -> warehouse.ref("in_type_id"));
    }

    static List<Row> transfers(Env env, long order) {
        return env.all(Transfers.PICKING).stream()
                .filter(picking -> picking.ref("purchase_id") == order)
                .toList();
    }

    private static List<Row> bills(Env env, long order) {
        return env.inverse(LINE, "order_id", order).stream()
                .flatMap(line -> env.inverse(Invoicing.ITEM, "purchase_line_id", line.id()).stream())
                .map(item -> item.ref("move_id"))
                .distinct()
                .map(bill -> env.row(Invoicing.INVOICE, bill))
                .toList();
    }

    private static @Nullable Object receiptStatus(Env env, Row order) {
        var states = transfers(env, order.id()).stream()
                .map(picking -> picking.text("state"))
                .filter(state -> !state.equals("cancel"))
                .toList();
        if (states.isEmpty()) {
            return null;
        }
        return states.stream().allMatch("done"::equals) ? "full" : states.contains("done") ? "partial" : "pending";
    }

    /** What came for a line, and what of it went back to be refunded, counts on the line. */
    static void moved(Env env, Row move) {
        var line = env.find(LINE, move.ref("purchase_line_id"));
        if (line == null) {
            return;
        }
        var back = Stock.usage(env, move.ref("location_dest_id")).equals("supplier");
        var sign = !back ? 1 : move.ref("origin_returned_move_id") == 0 || move.flag("to_refund") ? -1 : 0;
        // As Odoo writes it, so that whoever watches the line hears of it.
        env.sudo()
                .write(
                        env.model(LINE),
                        List.of(line.id()),
                        Map.of("qty_received", line.number("qty_received") + sign * move.number("quantity")));
    }

    private static boolean mayApprove(Env env, Row order) {
        var company = env.row("res.company", order.ref("company_id"));
        return !company.text("po_double_validation").equals("two_step")
                || order.number("amount_total") / order.number("currency_rate")
                        < company.number("po_double_validation_amount")
                || env.isIn(Groups.PURCHASE_MANAGER);
    }

    /** What has come stays; a bill that is posted stands in the way. */
    @Nullable
    Object cancel(Env env, List<Long> ids) {
        for (var id : ids) {
            if (bills(env, id).stream().anyMatch(bill -> bill.text("state").equals("posted"))) {
                throw Errors.refused("Unable to cancel purchase order(s): ['"
                        + env.row(ORDER, id).text("name")
                        + "']. You must first cancel their related vendor bills.");
            }
        }
        ids.forEach(id -> Transfers.cancelOf(env, "purchase_id", id));
        env.write(env.model(ORDER), ids, Map.of("state", "cancel"));
        return null;
    }

    Map<String, Object> backToDraft(Env env, List<Long> ids) {
        env.write(env.model(ORDER), ids, Map.of("state", "draft"));
        return Map.of();
    }

    /** Goods arrive: so much of each line as the share says, the rest stays expected. */
    static void receive(Env env, long id, double share) {
        transfers(env, id).stream()
                .filter(picking -> !Set.of("done", "cancel").contains(picking.text("state")))
                .toList()
                .forEach(picking -> receive(env, picking, share));
    }

    private static void receive(Env env, Row picking, double share) {
        for (var move : env.inverse(Transfers.MOVE, "picking_id", picking.id())) {
            var line = env.row(LINE, move.ref("purchase_line_id"));
            var arrived = Math.floor(line.number("product_qty") * share) - line.number("qty_received");
            env.write(
                    env.model(Transfers.MOVE),
                    List.of(move.id()),
                    Map.of("quantity", Math.max(0, arrived), "picked", arrived > 0));
        }
        // Without the question whether the rest is still to come: it is.
        Transfers.send(env.with(Map.of("skip_backorder", true)), picking.id());
    }

    /** The button: whoever may write an order may ask for its approval, in their own name. */
    static Object request(Env env, long id) {
        var order = env.row(ORDER, id);
        var name = order.text("name");
        if (!Set.of("draft", "sent", "to approve").contains(order.text("state"))) {
            throw Errors.refused("Only what is not ordered yet can be approved, but these are: " + name + ".");
        }
        if (!order.text("priority").equals("1") && !order.has("x_holdpoint_state")) {
            throw Errors.refused("Only urgent purchases are approved by Holdpoint. Mark " + name
                    + " with the star first, or confirm without.");
        }
        if (env.inverse(LINE, "order_id", id).isEmpty()) {
            throw Errors.refused("Add a line before you request the approval of " + name + ".");
        }
        if (order.text("x_holdpoint_state").equals("held")) {
            throw Errors.refused(name + " is on hold by Holdpoint already: "
                    + (order.has("x_holdpoint_reason") ? order.text("x_holdpoint_reason") : "being decided") + ".");
        }
        if (!order.text("x_holdpoint_state").equals("requested")) {
            env.write(env.model(ORDER), List.of(id), Commands.request(env));
        }
        return false;
    }

    /** Each buyer asks for the approval of the urgent orders that nobody asked for yet. */
    static List<Consumer<DemoOdoo>> firstRequests(Env env) {
        return env.all(ORDER).stream()
                .filter(order -> order.text("state").equals("draft")
                        && order.text("priority").equals("1")
                        && !order.has("x_holdpoint_state"))
                .map(order -> {
                    var buyer = env.row("res.users", order.ref("user_id")).text("login");
                    return (Consumer<DemoOdoo>) odoo -> odoo.requestApproval(order.id(), buyer);
                })
                .toList();
    }

    static Instant instant(String moment) {
        return LocalDateTime.parse(moment.substring(0, 19), MOMENT).toInstant(ZoneOffset.UTC);
    }
}
