package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sales orders in Odoo. */
@Component
public final class SaleOrders {

    static final String MODEL = "sale.order";

    private static final List<String> CHANGE = List.of("write_date", "state", "x_holdpoint_state");
    private static final Map<String, ?> VALUE = Map.of();
    private static final Map<String, ?> NAMED = Map.of("fields", Map.of("display_name", VALUE));

    private final Odoo odoo;

    public SaleOrders(Odoo odoo) {
        this.odoo = odoo;
    }

    /**
     * Reads an order with its lines, list prices, costs, free stock and tags, in two calls.
     *
     * @return empty when Odoo has no such order (any more)
     */
    public Optional<SaleOrder> find(long id) {
        var found = odoo.webRead(MODEL, List.of(id), specification(), Map.of());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var figures = odoo.runAction("sale_order_figures", new DocumentRef(MODEL, id), Map.of());
        return Optional.of(order(found.get(0), figures));
    }

    /**
     * Orders under Holdpoint's control that were changed at or after this moment, oldest change first. Odoo stamps a
     * change with the start of its transaction, so a change can become visible minutes after its stamp: ask with some
     * overlap.
     */
    public List<Change> changedSince(Instant from) {
        var domain =
                List.of(List.of("x_holdpoint_state", "!=", false), List.of("write_date", ">=", Values.write(from)));
        return odoo.searchRead(MODEL, domain, CHANGE, "write_date, id", 0).stream()
                .map(SaleOrders::change)
                .toList();
    }

    /** How this order stands now, in one cheap call; empty when Odoo has no such order (any more). */
    public Optional<Change> change(long id) {
        return odoo.read(MODEL, List.of(id), CHANGE).stream().findFirst().map(SaleOrders::change);
    }

    private static Change change(JsonNode order) {
        return new Change(
                new DocumentRef(MODEL, order.path("id").asLong()),
                Values.requiredInstant(order, "write_date"),
                Values.requiredText(order, "state"),
                Values.text(order, "x_holdpoint_state"));
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

    /**
     * One order as it was changed last.
     *
     * @param writeDate to the second
     */
    public record Change(
            DocumentRef document,
            Instant writeDate,
            String state,
            @Nullable String holdpointState) {}

    private Map<String, ?> specification() {
        var line = new HashMap<String, Object>();
        for (var field : List.of(
                "product_uom_qty",
                "price_unit",
                "discount",
                "price_reduce_taxexcl",
                "price_subtotal",
                "display_type")) {
            line.put(field, VALUE);
        }
        line.put("product_id", NAMED);
        line.put(odoo.profile().lineUnit(), NAMED);

        var order = new HashMap<String, Object>();
        for (var field : List.of(
                "name",
                "state",
                "amount_total",
                "amount_untaxed",
                "amount_undiscounted",
                "currency_rate",
                "amount_paid",
                "commitment_date",
                "write_date",
                "x_holdpoint_state")) {
            order.put(field, VALUE);
        }
        for (var field : List.of("currency_id", "user_id", "create_uid", "x_holdpoint_requested_by", "warehouse_id")) {
            order.put(field, NAMED);
        }
        order.put("partner_id", Map.of("fields", Map.of("display_name", VALUE, "commercial_partner_id", NAMED)));
        order.put("company_id", Map.of("fields", Map.of("display_name", VALUE, "currency_id", NAMED)));
        order.put("payment_term_id", PaymentTerms.SPECIFICATION);
        order.put("order_line", Map.of("fields", line));
        return order;
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
                stream(figures.path("tags")).map(JsonNode::asText).toList(),
                Values.text(order, "x_holdpoint_state"),
                Values.requiredInstant(order, "write_date"),
                stream(order.path("order_line"))
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

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
