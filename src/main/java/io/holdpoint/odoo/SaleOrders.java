package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sales orders in Odoo. */
@Component
public final class SaleOrders {

    static final String MODEL = "sale.order";

    private static final String CONFIRMED = "sale";
    private static final String STATE = "x_holdpoint_state";
    private static final String RELEASED = "released";

    private final Odoo odoo;
    private final OrderChanges changes;

    public SaleOrders(Odoo odoo) {
        this.odoo = odoo;
        this.changes = new OrderChanges(odoo, MODEL);
    }

    /**
     * Reads an order with its lines, list prices, costs, free stock and tags, in two calls.
     *
     * @return empty when Odoo has no such order (any more)
     */
    public Optional<SaleOrder> find(long id) {
        var found = odoo.webRead(MODEL, List.of(id), specification().fields(), Map.of());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var figures = odoo.runAction("sale_order_figures", new DocumentRef(MODEL, id), Map.of());
        return Optional.of(order(found.get(0), figures));
    }

    /**
     * Orders under Holdpoint's control that were changed at or after this moment, by their lines too, oldest change
     * first. Ask with some overlap: Odoo stamps a change with the start of its transaction.
     */
    public List<OrderChange> changedSince(Instant from) {
        return changes.since(from);
    }

    /** Orders at their hold point: whatever is confirmed was released. */
    public Passages passages() {
        return DocumentPassages.of(
                odoo,
                MODEL,
                List.of(List.of("state", "=", CONFIRMED)),
                List.of("amount_total", "currency_id", STATE),
                order -> CONFIRMED.equals(Values.text(order, "state")),
                order -> RELEASED.equals(Values.text(order, STATE)));
    }

    /** How this order stands now, in one cheap call; empty when Odoo has no such order (any more). */
    public Optional<OrderChange> change(long id) {
        return changes.of(id);
    }

    /**
     * The fields on which the decision about an order stands. Odoo compares them again before it releases the order,
     * with a tolerance of 0.000001 for numbers.
     */
    public Map<String, Object> material(SaleOrder order) {
        var lines = new ArrayList<List<Object>>();
        for (var line : order.lines()) {
            lines.add(List.of(line.id(), line.product().id(), line.quantity(), line.priceUnit(), line.discount()));
        }
        var material = new LinkedHashMap<String, Object>();
        material.put("partner_id", order.partner().id());
        material.put(
                "payment_term_id",
                order.paymentTerm() == null ? false : order.paymentTerm().id());
        material.put("currency_id", order.currency().id());
        material.put("company_id", order.company().id());
        material.put("amount_total", order.amountTotal());
        material.put("lines", lines);
        return material;
    }

    private Specification specification() {
        var line = new Specification()
                .values(
                        "product_uom_qty",
                        "price_unit",
                        "discount",
                        "price_reduce_taxexcl",
                        "price_subtotal",
                        "display_type")
                .named("product_id", odoo.profile().lineUnit());
        return new Specification()
                .values(
                        "name",
                        "state",
                        "amount_total",
                        "amount_untaxed",
                        "amount_undiscounted",
                        "currency_rate",
                        "amount_paid",
                        "commitment_date",
                        "write_date",
                        "x_holdpoint_state")
                .named("currency_id", "user_id", "create_uid", "x_holdpoint_requested_by", "warehouse_id")
                .related("partner_id", Specification.PARTNER)
                .related("company_id", Specification.COMPANY)
                .related("payment_term_id", PaymentTerms.SPECIFICATION)
                .related("order_line", line);
    }

    private SaleOrder order(JsonNode order, JsonNode figures) {
        var company = order.path("company_id");
        return new SaleOrder(
                order.path("id").asLong(),
                Values.requiredText(order, "name"),
                Values.requiredText(order, "state"),
                Values.requiredReference(order, "partner_id"),
                Values.requiredReference(order.path("partner_id"), "commercial_partner_id"),
                Values.requiredReference(order, "company_id"),
                Values.requiredReference(order, "currency_id"),
                Values.requiredReference(company, "currency_id").name(),
                Values.number(order, "amount_total"),
                Values.number(order, "amount_untaxed"),
                Values.number(order, "amount_undiscounted"),
                Values.number(order, "currency_rate"),
                Values.number(order, "amount_paid"),
                Values.reference(order, "payment_term_id"),
                PaymentTerms.days(order.path("payment_term_id")),
                Values.reference(order, "warehouse_id"),
                Values.reference(order, "user_id"),
                Values.requiredReference(order, "create_uid"),
                Values.reference(order, "x_holdpoint_requested_by"),
                Values.date(order, "commitment_date"),
                Values.stream(figures.path("tags")).map(JsonNode::asText).toList(),
                Values.text(order, "x_holdpoint_state"),
                Values.requiredInstant(order, "write_date"),
                Values.stream(order.path("order_line"))
                        .filter(line -> Values.text(line, "display_type") == null)
                        .map(line -> line(
                                line, figures.path("lines").path(line.path("id").asText())))
                        .toList());
    }

    private SaleOrder.Line line(JsonNode line, JsonNode figures) {
        if (figures.isMissingNode()) {
            throw new OdooUnavailable("The order was changed while it was being read.");
        }
        return new SaleOrder.Line(
                line.path("id").asLong(),
                Values.requiredReference(line, "product_id"),
                Values.number(line, "product_uom_qty"),
                Values.requiredReference(line, odoo.profile().lineUnit()).name(),
                Values.number(line, "price_unit"),
                Values.number(line, "discount"),
                Values.number(line, "price_reduce_taxexcl"),
                Values.number(line, "price_subtotal"),
                Values.number(figures, "cost"),
                Values.number(figures, "list_price"),
                figures.path("storable").asBoolean(),
                Values.number(figures, "free_qty"));
    }
}
