package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.odoo.Passage.Loss;
import io.holdpoint.odoo.Passage.Taking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What lies in quarantine for which case. It is past its hold point as far as less lies there than is kept apart, by
 * whichever way it left: commands lower both in one transaction.
 */
final class QuarantinePassages implements Passages {

    static final String MODEL = "x_holdpoint_quarantine";

    private static final String LOCATION = "stock.location";
    private static final List<String> FIELDS = List.of(
            "create_date",
            "create_uid",
            "write_date",
            "write_uid",
            "x_document",
            "x_title",
            "x_product_id",
            "x_lot_id",
            "x_location_id",
            "x_transfer_id",
            "x_quantity",
            "x_missing");
    /** What is missing, and what should be there: not what was sent to its vendor. */
    private static final List<Object> KEPT = List.of(
            "|",
            List.of("x_missing", ">", 0),
            "&",
            List.of("x_quantity", ">", 0),
            "|",
            List.of("x_transfer_id", "=", false),
            "|",
            List.of("x_transfer_id.state", "!=", "done"),
            List.of("x_transfer_id.location_dest_id.usage", "!=", "supplier"));

    private static final double NOTHING = 1e-6;

    private final Odoo odoo;

    QuarantinePassages(Odoo odoo) {
        this.odoo = odoo;
    }

    /** Where something lies, and of what and which lot it is; 0 for no lot. */
    private record Place(long location, long product, long lot) {

        static Place of(JsonNode record, String prefix) {
            var lot = Values.reference(record, prefix + "lot_id");
            return new Place(
                    Values.requiredReference(record, prefix + "location_id").id(),
                    Values.requiredReference(record, prefix + "product_id").id(),
                    lot == null ? 0 : lot.id());
        }
    }

    @Override
    public String model() {
        return MODEL;
    }

    /** All of it: stock that leaves writes nothing here. What is kept apart are the open cases, which are few. */
    @Override
    public void writtenSince(Instant from, Consumer<List<Passage>> page) {
        page.accept(all());
    }

    @Override
    public void past(Consumer<List<Passage>> page) {
        page.accept(all());
    }

    @Override
    public Optional<Passage> of(long id) {
        return all().stream().filter(passage -> passage.document().id() == id).findFirst();
    }

    private List<Passage> all() {
        var rows = rows();
        var missing = missing(rows);
        if (missing.values().stream().anyMatch(quantity -> quantity > NOTHING)) {
            // Somebody decided meanwhile: then what lies there and what is kept were read at different moments.
            var now = rows().stream()
                    .collect(Collectors.toMap(
                            row -> row.path("id").asLong(),
                            row -> row.path("write_date").asText()));
            rows.removeIf(row -> !row.path("write_date")
                    .asText()
                    .equals(now.get(row.path("id").asLong())));
        }
        var companies = companies(rows);
        return rows.stream()
                .map(row -> passage(row, missing.getOrDefault(row.path("id").asLong(), 0.0), companies, rows))
                .toList();
    }

    private List<JsonNode> rows() {
        return new ArrayList<>(odoo.searchRead(MODEL, KEPT, FIELDS, "id", 0));
    }

    /** By the id of the row. What lies in a place is what was kept apart first. */
    private Map<Long, Double> missing(List<JsonNode> rows) {
        var lying = lying(rows);
        var gone = gone(rows);
        var missing = new HashMap<Long, Double>();
        for (var row : rows) {
            var kept = Values.number(row, "x_quantity");
            var place = Place.of(row, "x_");
            var there = gone.contains(transfer(row)) ? 0 : Math.max(0, Math.min(kept, lying.getOrDefault(place, 0.0)));
            lying.merge(place, -there, Double::sum);
            missing.put(row.path("id").asLong(), Values.number(row, "x_missing") + kept - there);
        }
        return missing;
    }

    private Map<Place, Double> lying(List<JsonNode> rows) {
        var lying = new HashMap<Place, Double>();
        odoo.searchRead(
                        "stock.quant",
                        List.of(
                                List.of("product_id", "in", ids(rows, "x_product_id")),
                                List.of("location_id", "in", ids(rows, "x_location_id"))),
                        List.of("location_id", "lot_id", "product_id", "quantity"),
                        "id",
                        0)
                .forEach(quant -> lying.merge(Place.of(quant, ""), Values.number(quant, "quantity"), Double::sum));
        return lying;
    }

    /** Transfers that are done, though to no vendor: otherwise their rows would not have been read. */
    private Set<Long> gone(List<JsonNode> rows) {
        return odoo.read("stock.picking", ids(rows, "x_transfer_id"), List.of("state")).stream()
                .filter(transfer -> "done".equals(Values.text(transfer, "state")))
                .map(transfer -> transfer.path("id").asLong())
                .collect(Collectors.toSet());
    }

    private Map<Long, Reference> companies(List<JsonNode> rows) {
        var companies = new HashMap<Long, Reference>();
        odoo.read(LOCATION, ids(rows, "x_location_id"), List.of("company_id"))
                .forEach(location -> companies.put(
                        location.path("id").asLong(),
                        Objects.requireNonNullElse(Values.reference(location, "company_id"), new Reference(0, ""))));
        return companies;
    }

    private Passage passage(JsonNode row, double missing, Map<Long, Reference> companies, List<JsonNode> rows) {
        var location = Values.requiredReference(row, "x_location_id");
        var product = Values.requiredReference(row, "x_product_id");
        var lot = Values.reference(row, "x_lot_id");
        return new Passage(
                new DocumentRef(MODEL, row.path("id").asLong()),
                DocumentRef.parse(Values.requiredText(row, "x_document")),
                product.name() + (lot == null ? "" : ", lot " + lot.name()) + ", kept apart for the defect report on "
                        + Values.requiredText(row, "x_title"),
                "",
                missing > NOTHING,
                false,
                0,
                null,
                Objects.requireNonNullElse(companies.get(location.id()), new Reference(0, "")),
                null,
                Values.requiredInstant(row, "write_date"),
                Values.reference(row, "write_uid"),
                new Loss(missing, location.name(), missing > NOTHING ? takings(row, rows) : List.of()));
    }

    /** What left the place since, and what somebody changed in the transfers that brought it there; by people. */
    private List<Taking> takings(JsonNode row, List<JsonNode> rows) {
        var place = Place.of(row, "x_");
        var holdpoint = Values.reference(row, "create_uid");
        var toVendors = rows.stream()
                .filter(other -> Place.of(other, "x_").equals(place) && transfer(other) != transfer(row))
                .map(QuarantinePassages::transfer)
                .collect(Collectors.toSet());
        var domain = List.<Object>of(
                List.of("state", "=", "done"),
                List.of("product_id", "=", place.product()),
                List.of("lot_id", "=", place.lot() > 0 ? (Object) place.lot() : false),
                List.of("write_date", ">=", Values.write(Values.requiredInstant(row, "create_date"))),
                "|",
                List.of("location_id", "=", place.location()),
                List.of("location_dest_id", "=", place.location()));
        var fields = List.of(
                "create_uid",
                "location_dest_id",
                "location_id",
                "picking_id",
                "quantity",
                "reference",
                "write_date",
                "write_uid");
        return odoo.searchRead("stock.move.line", domain, fields, "write_date, id", 0).stream()
                .filter(line -> !Objects.equals(Values.reference(line, "write_uid"), holdpoint))
                .filter(line -> takes(line, place) || Objects.equals(Values.reference(line, "create_uid"), holdpoint))
                .filter(line -> {
                    var transfer = Values.reference(line, "picking_id");
                    return transfer == null || !toVendors.contains(transfer.id());
                })
                .map(line -> taking(line, place))
                .toList();
    }

    private static boolean takes(JsonNode line, Place place) {
        return Values.requiredReference(line, "location_id").id() == place.location();
    }

    private static Taking taking(JsonNode line, Place place) {
        var reference = Objects.requireNonNullElse(Values.text(line, "reference"), "");
        var quantity = String.format(Locale.ROOT, "%,.2f", Values.number(line, "quantity"));
        return new Taking(
                Values.reference(line, "write_uid"),
                Values.requiredInstant(line, "write_date"),
                takes(line, place)
                        ? "took " + quantity + " to "
                                + Values.requiredReference(line, "location_dest_id")
                                        .name() + (reference.isEmpty() ? "" : ", " + reference)
                        : "changed what " + reference + " had brought there to " + quantity);
    }

    private static long transfer(JsonNode row) {
        var transfer = Values.reference(row, "x_transfer_id");
        return transfer == null ? 0 : transfer.id();
    }

    private static Collection<Long> ids(List<JsonNode> rows, String field) {
        return rows.stream()
                .flatMap(row -> Optional.ofNullable(Values.reference(row, field)).stream())
                .map(Reference::id)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
