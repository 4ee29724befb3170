package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Purchase orders in Odoo, with what their vendors promise. */
@Component
public final class PurchaseOrders {

    static final String MODEL = "purchase.order";
    static final String LINE = "purchase.order.line";

    private static final String STATE = "x_holdpoint_state";
    private static final String RELEASED = "released";
    private static final List<String> ORDERED = List.of("purchase", "done");
    private static final List<String> CONTROLLED = List.of("requested", "held", "rejected", "returned", RELEASED);

    private static final List<String> JUSTIFICATION = List.of(
            "x_holdpoint_what_happened", "x_holdpoint_damage", "x_holdpoint_unforeseen", "x_holdpoint_vendor_choice");

    private final Odoo odoo;
    private final OrderChanges changes;
    private final Changes<LineChange> lineChanges;

    public PurchaseOrders(Odoo odoo) {
        this.odoo = odoo;
        this.changes = new OrderChanges(odoo, MODEL);
        this.lineChanges = new Changes<>(
                odoo,
                LINE,
                List.of("write_date", "order_id"),
                List.of("order_id.x_holdpoint_state", "=", "released"),
                PurchaseOrders::lineChange);
    }

    /**
     * Reads an order with its lines, the vendor's prices, lead times and record, and the requester's other orders
     * there, in two calls.
     *
     * @return empty when Odoo has no such order (any more)
     */
    public Optional<PurchaseOrder> find(long id) {
        var found = odoo.webRead(MODEL, List.of(id), specification().fields(), Map.of());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var figures = odoo.runAction("purchase_order_figures", new DocumentRef(MODEL, id), Map.of());
        return Optional.of(order(found.get(0), figures));
    }

    /**
     * Orders under Holdpoint's control that were changed at or after this moment, by their lines too, oldest change
     * first. Ask with some overlap: Odoo stamps a change with the start of its transaction.
     */
    public List<OrderChange> changedSince(Instant from) {
        return changes.since(from);
    }

    /**
     * Orders at their hold point: what is urgent, or was asked for as such, is ordered with an approval only. Others
     * follow Odoo's own rules.
     */
    public Passages passages() {
        return DocumentPassages.of(
                odoo,
                MODEL,
                List.of(List.of("state", "in", ORDERED)),
                List.of("amount_total", "currency_id", "priority", STATE),
                order -> ORDERED.contains(String.valueOf(Values.text(order, "state")))
                        && ("1".equals(Values.text(order, "priority"))
                                || CONTROLLED.contains(String.valueOf(Values.text(order, STATE)))),
                order -> RELEASED.equals(Values.text(order, STATE)));
    }

    /** Whether an order of this state was placed. */
    public static boolean isOrdered(String state) {
        return ORDERED.contains(state);
    }

    /** How this order stands now, in one cheap call; empty when Odoo has no such order (any more). */
    public Optional<OrderChange> change(long id) {
        return changes.of(id);
    }

    /**
     * Lines of approved orders that were changed at or after this moment, oldest change first: a receipt and a moved
     * date are seen on the line.
     */
    public List<LineChange> linesChangedSince(Instant from) {
        return lineChanges.since(from);
    }

    /** The order that this line belongs to; empty when the line is gone. */
    public Optional<LineChange> lineChange(long id) {
        return lineChanges.of(id);
    }

    private static LineChange lineChange(JsonNode line) {
        return new LineChange(
                new DocumentRef(LINE, line.path("id").asLong()),
                new DocumentRef(
                        MODEL, Values.requiredReference(line, "order_id").id()),
                Values.requiredInstant(line, "write_date"));
    }

    /**
     * The fields on which the decision about an order stands. Odoo compares them again before it confirms the order,
     * with a tolerance of 0.000001 for numbers.
     */
    public Map<String, Object> material(PurchaseOrder order) {
        var lines = new ArrayList<List<Object>>();
        for (var line : order.lines()) {
            var promised = line.promisedAt();
            lines.add(List.of(
                    line.id(),
                    line.product().id(),
                    line.quantity(),
                    line.priceUnit(),
                    line.discount(),
                    promised == null ? "" : Values.write(promised)));
        }
        var material = new LinkedHashMap<String, Object>();
        material.put("partner_id", order.vendor().id());
        material.put("currency_id", order.currency().id());
        material.put("company_id", order.company().id());
        material.put("priority", order.urgent() ? "1" : "0");
        material.put("x_holdpoint_line_down", order.lineDown());
        material.put("amount_total", order.amountTotal());
        material.put("lines", lines);
        return material;
    }

    /** One line as it was changed last. */
    public record LineChange(DocumentRef line, DocumentRef order, Instant writeDate) {}

    private Specification specification() {
        var line = new Specification()
                .values("product_qty", "price_unit", "discount", "qty_received", "date_planned", "display_type")
                .named("product_id", odoo.profile().lineUnit());
        return new Specification()
                .values(
                        "name",
                        "state",
                        "priority",
                        "amount_total",
                        "currency_rate",
                        "date_order",
                        "date_approve",
                        "date_planned",
                        "acknowledged",
                        "x_holdpoint_promised",
                        "x_holdpoint_urgency",
                        "x_holdpoint_line_down",
                        "x_holdpoint_state")
                .values(JUSTIFICATION.toArray(String[]::new))
                .named("currency_id", "user_id", "create_uid", "x_holdpoint_requested_by")
                .related("partner_id", Specification.PARTNER)
                .related("company_id", Specification.COMPANY)
                .related("order_line", line);
    }

    private PurchaseOrder order(JsonNode order, JsonNode figures) {
        var lines = Values.stream(order.path("order_line"))
                .filter(line -> Values.text(line, "display_type") == null)
                .map(line ->
                        line(line, figures.path("lines").path(line.path("id").asText())))
                .toList();
        var vendor = figures.path("vendor");
        var split = figures.path("split");
        return new PurchaseOrder(
                order.path("id").asLong(),
                Values.requiredText(order, "name"),
                Values.requiredText(order, "state"),
                "1".equals(Values.text(order, "priority")),
                Values.requiredReference(order, "partner_id"),
                Values.requiredReference(order.path("partner_id"), "commercial_partner_id"),
                Values.requiredReference(order, "company_id"),
                Values.reference(figures, "warehouse"),
                Values.requiredReference(order, "currency_id"),
                Values.requiredReference(order.path("company_id"), "currency_id")
                        .name(),
                Values.number(order, "amount_total"),
                Values.number(order, "currency_rate"),
                Values.instant(order, "date_order"),
                Values.instant(order, "date_approve"),
                earliest(lines),
                Values.instant(order, "x_holdpoint_promised"),
                order.path("acknowledged").asBoolean(),
                Values.text(order, "x_holdpoint_urgency"),
                order.path("x_holdpoint_line_down").asBoolean(),
                JUSTIFICATION.stream()
                        .map(field -> Objects.requireNonNullElse(Values.text(order, field), "")
                                .strip())
                        .toList(),
                Values.reference(order, "user_id"),
                Values.requiredReference(order, "create_uid"),
                Values.reference(order, "x_holdpoint_requested_by"),
                Values.text(order, "x_holdpoint_state"),
                new PurchaseOrder.Vendor(
                        vendor.path("approved").asBoolean(),
                        vendor.path("level").asInt(),
                        Values.number(vendor, "on_time"),
                        Values.number(vendor, "drift")),
                new PurchaseOrder.Split(
                        Values.number(split, "amount"), split.path("count").asInt()),
                lines);
    }

    /** Of what is still to come; of all lines when everything is there. */
    private static @Nullable Instant earliest(List<PurchaseOrder.Line> lines) {
        return lines.stream()
                .filter(line -> line.goods() && line.received() < line.quantity())
                .map(PurchaseOrder.Line::promisedAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .or(() -> lines.stream()
                        .map(PurchaseOrder.Line::promisedAt)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo))
                .orElse(null);
    }

    private PurchaseOrder.Line line(JsonNode line, JsonNode figures) {
        if (figures.isMissingNode()) {
            throw new OdooUnavailable("The order was changed while it was being read.");
        }
        var price = Values.number(line, "price_unit");
        var discount = Values.number(line, "discount");
        return new PurchaseOrder.Line(
                line.path("id").asLong(),
                Values.requiredReference(line, "product_id"),
                Values.number(line, "product_qty"),
                Values.requiredReference(line, odoo.profile().lineUnit()).name(),
                price,
                discount,
                price * (1 - discount / 100),
                Values.number(line, "qty_received"),
                Values.instant(line, "date_planned"),
                figures.path("list_price").isNumber()
                        ? figures.path("list_price").asDouble()
                        : null,
                figures.path("delay").isNumber() ? figures.path("delay").asInt() : null,
                figures.path("basic").asBoolean(),
                figures.path("goods").asBoolean());
    }
}
