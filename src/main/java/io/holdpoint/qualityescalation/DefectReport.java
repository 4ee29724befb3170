package io.holdpoint.qualityescalation;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.evidence.CaseRequests;
import io.holdpoint.odoo.QualityReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was reported in a case: with an event from a laboratory or a test system, or on the document in Odoo. */
@Component
class DefectReport {

    static final Set<String> DEFECTS = Set.of(
            "safety",
            "wrongMaterial",
            "dimension",
            "function",
            "contamination",
            "damage",
            "appearance",
            "labelling",
            "documents",
            "shelfLife");
    static final Set<String> SEVERITIES = Set.of("critical", "major", "minor");
    private static final int LONGEST_DESCRIPTION = 2000;

    private final CaseRequests requests;

    DefectReport(CaseRequests requests) {
        this.requests = requests;
    }

    /**
     * @param quantity 0 for all of it
     * @param company as the sender names it, by id or name; null when not said
     */
    record Reported(
            String defect,
            String severity,
            double quantity,
            String description,
            @Nullable String company,
            @Nullable String lot,
            boolean fromOutside) {}

    /** The defect code that came with an event; empty when the report stands in Odoo. */
    Optional<String> defectFromOutside(String caseId) {
        return requests.latest(caseId)
                .map(CaseRequests.Sent::data)
                .map(data -> data.path("defect").asText());
    }

    Reported of(String caseId, QualityReport report) {
        return requests.latest(caseId)
                .map(CaseRequests.Sent::data)
                .map(data -> new Reported(
                        data.path("defect").asText(),
                        data.path("severity").asText(),
                        data.path("quantity").asDouble(0),
                        data.path("description").asText(""),
                        data.hasNonNull("company") ? data.path("company").asText() : null,
                        data.hasNonNull("lot") ? data.path("lot").asText() : null,
                        true))
                .orElseGet(() -> new Reported(
                        report.defect(),
                        report.severity(),
                        report.quantity(),
                        report.description(),
                        null,
                        null,
                        false));
    }

    /** What is wrong with the data of an event, and what to send instead; empty when it can be taken. */
    static Optional<String> check(JsonNode data) {
        return List.of(
                        choice(data, "defect", DEFECTS),
                        choice(data, "severity", SEVERITIES),
                        quantity(data.path("quantity")),
                        text(data, "description"),
                        text(data, "lot"))
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> choice(JsonNode data, String field, Set<String> choices) {
        var value = data.path(field);
        return value.isTextual() && choices.contains(value.asText())
                ? Optional.empty()
                : Optional.of("data." + field + " is " + (value.isMissingNode() ? "missing" : value.toString())
                        + "; send one of " + String.join(", ", new java.util.TreeSet<>(choices)) + ".");
    }

    private static Optional<String> quantity(JsonNode quantity) {
        if (!quantity.isNumber()) {
            return Optional.of("data.quantity is " + (quantity.isMissingNode() ? "missing" : quantity.toString())
                    + "; send the number of affected units, or 0 for all of a lot or transfer.");
        }
        return quantity.asDouble() < 0
                ? Optional.of("data.quantity is " + quantity + "; a defect cannot affect less than nothing."
                        + " Send the number of affected units, or 0 for all of a lot or transfer.")
                : Optional.empty();
    }

    private static Optional<String> text(JsonNode data, String field) {
        var value = data.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        return value.isTextual() && value.asText().length() <= LONGEST_DESCRIPTION
                ? Optional.empty()
                : Optional.of("data." + field + " is no text of at most " + LONGEST_DESCRIPTION + " characters.");
    }
}
