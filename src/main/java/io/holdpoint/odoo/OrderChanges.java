package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Orders of one model as they, or their lines, were changed last. Odoo moves the write date of an order when one of its
 * stored totals changes: more discount on a higher price is seen on the line alone.
 */
final class OrderChanges {

    private static final String STATE = "x_holdpoint_state";
    private static final List<String> FIELDS = List.of("write_date", "state", STATE);
    /** Under Holdpoint's control and not decided yet, so that somebody may be looking at the lines. */
    private static final List<String> UNDECIDED = List.of("requested", "held", "returned");

    private final Odoo odoo;
    private final String model;

    /** @param model sale.order or purchase.order */
    OrderChanges(Odoo odoo, String model) {
        this.odoo = odoo;
        this.model = model;
    }

    /**
     * Orders under Holdpoint's control that were changed at or after this moment, oldest change first. Odoo stamps a
     * change with the start of its transaction, so a change can become visible minutes after its stamp: ask with some
     * overlap.
     */
    List<OrderChange> since(Instant from) {
        var lines = linesSince(from);
        var domain = List.of(
                List.of(STATE, "!=", false),
                "|",
                List.of("id", "in", List.copyOf(lines.keySet())),
                List.of("write_date", ">=", Values.write(from)));
        return odoo.searchRead(model, domain, FIELDS, "write_date, id", 0).stream()
                .map(order -> change(order)
                        .notBefore(lines.getOrDefault(order.path("id").asLong(), Instant.MIN)))
                .sorted(Comparator.comparing(OrderChange::writeDate))
                .toList();
    }

    /** How this order stands now, under control or not; empty when Odoo has no such order (any more). */
    Optional<OrderChange> of(long id) {
        return odoo.read(model, List.of(id), FIELDS).stream().findFirst().map(this::change);
    }

    /** When the lines of an order were changed last, by its id. */
    private Map<Long, Instant> linesSince(Instant from) {
        var domain =
                List.of(List.of("order_id." + STATE, "in", UNDECIDED), List.of("write_date", ">=", Values.write(from)));
        return odoo.searchRead(model + ".line", domain, List.of("order_id", "write_date"), "write_date, id", 0).stream()
                .collect(Collectors.toMap(
                        line -> Values.requiredReference(line, "order_id").id(),
                        line -> Values.requiredInstant(line, "write_date"),
                        (earlier, later) -> later));
    }

    private OrderChange change(JsonNode order) {
        return new OrderChange(
                new DocumentRef(model, order.path("id").asLong()),
                Values.requiredInstant(order, "write_date"),
                Values.requiredText(order, "state"),
                Values.text(order, STATE));
    }
}
