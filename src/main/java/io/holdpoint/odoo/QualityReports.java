package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Defect reports on lots, transfers and products. */
@Component
public class QualityReports {

    private static final String STATE = "x_holdpoint_quality_state";

    private final Odoo odoo;

    QualityReports(Odoo odoo) {
        this.odoo = odoo;
    }

    /** @param state as {@code x_holdpoint_quality_state} has it; null for none */
    public record Change(
            DocumentRef document,
            Instant writeDate,
            @Nullable String state) {}

    /**
     * @param caseId whose quarantine is asked about
     * @param defect whose recurrence is counted; null for the one that stands on the document
     */
    public Optional<QualityReport> find(DocumentRef document, String caseId, @Nullable String defect) {
        var asked = new LinkedHashMap<String, Object>();
        asked.put("document", document.toString());
        asked.put("case", caseId);
        asked.put("defect", defect == null ? false : defect);
        var figures = odoo.runAction("quality_figures", document, asked);
        return figures.path("name").isTextual() ? Optional.of(report(document, figures)) : Optional.empty();
    }

    public Optional<Change> change(DocumentRef document) {
        return changes(document.model()).of(document.id());
    }

    /** Documents of a model with a defect report that were changed at or after this moment, oldest change first. */
    public List<Change> changedSince(String model, Instant from) {
        return changes(model).since(from);
    }

    /** What is kept apart, at its hold point: it leaves quarantine as its case decides, and not otherwise. */
    public Passages quarantinePassages() {
        return new QuarantinePassages(odoo);
    }

    /** Where a vendor stands on the supplier ladder; 0 for none. */
    public int supplierLevel(long vendor) {
        return odoo.read("res.partner", List.of(vendor), List.of("x_holdpoint_supplier_level")).stream()
                .findFirst()
                .map(partner -> partner.path("x_holdpoint_supplier_level").asInt())
                .orElse(0);
    }

    private Changes<Change> changes(String model) {
        return new Changes<>(
                odoo,
                model,
                List.of("write_date", STATE),
                List.of(STATE, "!=", false),
                record -> change(model, record));
    }

    private static Change change(String model, JsonNode record) {
        return new Change(
                new DocumentRef(model, record.path("id").asLong()),
                Values.requiredInstant(record, "write_date"),
                Values.text(record, STATE));
    }

    private static QualityReport report(DocumentRef document, JsonNode figures) {
        return new QualityReport(
                document,
                Values.requiredText(figures, "name"),
                Values.requiredReference(figures, "company"),
                Values.reference(figures, "warehouse"),
                Values.requiredText(figures, "currency"),
                "cancel".equals(Values.text(figures, "document_state")),
                references(figures.path("products")),
                figures.path("unit").asText(),
                references(figures.path("lots")),
                Values.reference(figures, "vendor"),
                figures.path("supplier_level").asInt(),
                figures.path("state").asText(),
                figures.path("defect").asText(),
                figures.path("severity").asText(),
                Values.number(figures, "quantity"),
                figures.path("description").asText(),
                Values.reference(figures, "requested_by"),
                Values.instant(figures, "requested_at"),
                Values.number(figures, "received"),
                Values.number(figures, "shipped"),
                Values.number(figures, "on_hand"),
                Values.number(figures, "quarantined"),
                Values.number(figures, "value"),
                places(figures.path("places")),
                figures.path("repeats").asInt());
    }

    private static List<Reference> references(JsonNode pairs) {
        return Values.stream(pairs)
                .map(pair -> new Reference(pair.path(0).asLong(), pair.path(1).asText()))
                .toList();
    }

    private static Map<String, Double> places(JsonNode places) {
        var quantities = new LinkedHashMap<String, Double>();
        places.fields()
                .forEachRemaining(place -> quantities.put(
                        place.getKey(), Objects.requireNonNull(place.getValue()).asDouble()));
        return quantities;
    }
}
