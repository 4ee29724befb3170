package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Transfers to customers, and back from them. */
@Component
public final class Deliveries {

    static final String MODEL = "stock.picking";

    private static final String QUALITY = "x_holdpoint_quality_state";
    private static final String BLOCKED = "blocked";

    private final Odoo odoo;
    private final Changes<Change> changes;

    public Deliveries(Odoo odoo) {
        this.odoo = odoo;
        this.changes = new Changes<>(
                odoo,
                MODEL,
                List.of("write_date", "state", "return_id", "x_holdpoint_state"),
                List.of("x_holdpoint_state", "!=", false),
                Deliveries::change);
    }

    /** Returns at their hold point: what comes back is received when it was authorized. */
    public Passages returnPassages() {
        return DocumentPassages.ofReturns(
                odoo,
                MODEL,
                back -> "done".equals(Values.text(back, "state")),
                back -> List.of("released", "settled").contains(String.valueOf(Values.text(back, "x_holdpoint_state"))),
                List.of("x_holdpoint_state"));
    }

    /** Deliveries at the hold point of defects: what is blocked is not delivered, and no release lets it be. */
    public Passages blockedPassages() {
        return DocumentPassages.of(
                odoo,
                MODEL,
                List.of(List.of("state", "=", "done"), List.of(QUALITY, "=", BLOCKED)),
                List.of(QUALITY),
                transfer ->
                        "done".equals(Values.text(transfer, "state")) && BLOCKED.equals(Values.text(transfer, QUALITY)),
                transfer -> false);
    }

    /** Reads a delivery with all that policy needs to know, in one call; empty when Odoo has none (any more). */
    public Optional<Delivery> find(long id) {
        var figures = odoo.runAction("return_figures", new DocumentRef(MODEL, id), Map.of());
        return figures.path("id").asLong() == id ? Optional.of(delivery(figures)) : Optional.empty();
    }

    /**
     * One transfer as it was changed last.
     *
     * @param delivery what it is a return of; null when it is none
     */
    public record Change(
            DocumentRef document,
            Instant writeDate,
            String state,
            @Nullable Reference delivery,
            @Nullable String holdpointState) {}

    /** How this transfer stands now, in one cheap call; empty when Odoo has no such transfer (any more). */
    public Optional<Change> change(long id) {
        return changes.of(id);
    }

    /**
     * Deliveries whose return was asked for, and returns that were authorized, changed at or after this moment, oldest
     * change first. Ask with some overlap: Odoo stamps a change with the start of its transaction.
     */
    public List<Change> changedSince(Instant from) {
        return changes.since(from);
    }

    private static Change change(JsonNode transfer) {
        return new Change(
                new DocumentRef(MODEL, transfer.path("id").asLong()),
                Values.requiredInstant(transfer, "write_date"),
                Values.requiredText(transfer, "state"),
                Values.reference(transfer, "return_id"),
                Values.text(transfer, "x_holdpoint_state"));
    }

    /**
     * The fields on which the decision about a return stands; Odoo compares them again before it makes the transfer.
     *
     * @param rma of the authorization that is decided on: what came back by it is its effect and not a change
     */
    public Map<String, Object> material(Delivery delivery, String rma) {
        var own = delivery.returns().stream()
                .filter(back -> back.rma().equals(rma))
                .flatMap(back -> back.moved().stream())
                .collect(Collectors.groupingBy(
                        Delivery.Moved::moveId, Collectors.summingDouble(Delivery.Moved::quantity)));
        var lines = new ArrayList<List<Object>>();
        delivery.lines()
                .forEach(line -> lines.add(List.of(
                        line.moveId(),
                        line.delivered(),
                        line.returned() + line.underWay() - own.getOrDefault(line.moveId(), 0.0))));
        var requests = new ArrayList<List<Object>>();
        delivery.requests()
                .forEach(request -> requests.add(List.of(
                        request.product() == null ? 0L : request.product().id(),
                        request.lot() == null ? 0L : request.lot().id(),
                        request.quantity(),
                        request.reason(),
                        request.opened())));
        var material = new LinkedHashMap<String, Object>();
        material.put(
                "partner_id",
                delivery.partner() == null ? false : delivery.partner().id());
        material.put("lines", lines);
        material.put("requests", requests);
        return material;
    }

    private static Delivery delivery(JsonNode record) {
        return new Delivery(
                record.path("id").asLong(),
                Values.requiredText(record, "name"),
                Values.requiredText(record, "state"),
                record.path("outgoing").asBoolean(),
                Values.instant(record, "done"),
                Values.reference(record, "partner"),
                Values.reference(record, "commercial_partner"),
                Values.requiredReference(record, "company"),
                Values.reference(record, "warehouse"),
                Values.requiredText(record, "currency"),
                Values.reference(record, "order"),
                Values.reference(record, "requester"),
                Values.requiredReference(record, "creator"),
                Values.reference(record, "salesperson"),
                Values.text(record, "holdpoint_state"),
                record.path("rma").asText(""),
                Values.requiredInstant(record, "write_date"),
                Values.stream(record.path("lines")).map(Deliveries::line).toList(),
                Values.stream(record.path("requests")).map(Deliveries::request).toList(),
                Values.instant(record, "requests_written"),
                Values.stream(record.path("returns")).map(Deliveries::back).toList(),
                new Delivery.History(
                        record.path("deliveries").asInt(),
                        record.path("returned").asInt(),
                        record.path("returned_lately").asInt(),
                        record.path("customer_days").asInt()));
    }

    private static Delivery.Line line(JsonNode line) {
        return new Delivery.Line(
                line.path("move").asLong(),
                Values.requiredReference(line, "product"),
                line.path("category").asText(""),
                Values.stream(line.path("tags")).map(JsonNode::asText).toList(),
                Values.number(line, "delivered"),
                Values.number(line, "returned"),
                Values.number(line, "under_way"),
                Values.number(line, "price"),
                Values.stream(line.path("lots"))
                        .map(lot -> new Delivery.LotQuantity(
                                new Reference(
                                        lot.path("id").asLong(),
                                        lot.path("name").asText()),
                                Values.number(lot, "delivered"),
                                Values.number(lot, "returned")))
                        .toList());
    }

    private static Delivery.Request request(JsonNode request) {
        return new Delivery.Request(
                Values.reference(request, "product"),
                Values.reference(request, "lot"),
                Values.number(request, "quantity"),
                request.path("reason").asText(""),
                request.path("opened").asBoolean());
    }

    private static Delivery.Return back(JsonNode back) {
        return new Delivery.Return(
                back.path("id").asLong(),
                back.path("name").asText(),
                back.path("state").asText(),
                back.path("rma").asText(""),
                Values.instant(back, "done"),
                back.path("attachments").asInt(),
                Values.stream(back.path("moved"))
                        .map(moved -> new Delivery.Moved(
                                moved.path("move").asLong(),
                                Values.requiredReference(moved, "product"),
                                Values.number(moved, "quantity")))
                        .toList());
    }
}
