package io.holdpoint.qualityescalation;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.evidence.CaseRequests;
import io.holdpoint.odoo.Choices;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.QualityReport;
import io.holdpoint.odoo.QualityReports;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was reported in a case: with an event from a laboratory or a test system, or on the document in Odoo. */
@Component
class DefectReport {

    private static final int LONGEST_DESCRIPTION = 2000;

    private final CaseRequests requests;
    private final QualityReports reports;

    DefectReport(CaseRequests requests, QualityReports reports) {
        this.requests = requests;
        this.reports = reports;
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
            @Nullable String company) {}

    /** What was reported, and the document and its stock as they are in Odoo. */
    record Found(QualityReport report, Reported reported) {}

    /** Empty when the document is not in Odoo. */
    Optional<Found> find(DocumentRef document, String caseId) {
        var sent = requests.latest(caseId);
        var code = sent.map(event -> event.data().path("defect").asText()).orElse(null);
        var read = reports.find(document, caseId, code);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        var report = read.get();
        if (sent.isPresent() && isNewer(sent.get(), report)) {
            return Optional.of(new Found(report, sent(sent.get().data())));
        }
        if (code != null && !code.equals(report.defect())) {
            // How often it came back was counted for another defect.
            read = reports.find(document, caseId, null);
        }
        return read.map(standing -> new Found(standing, standing(standing)));
    }

    /** What people report in Odoo, or correct there, after an event counts more than the event. */
    private static boolean isNewer(CaseRequests.Sent event, QualityReport report) {
        return report.requestedAt() == null || event.at().isAfter(report.requestedAt());
    }

    private static Reported sent(JsonNode data) {
        return new Reported(
                data.path("defect").asText(),
                data.path("severity").asText(),
                data.path("quantity").asDouble(0),
                data.path("description").asText(),
                data.hasNonNull("company") ? data.path("company").asText() : null);
    }

    private static Reported standing(QualityReport report) {
        return new Reported(report.defect(), report.severity(), report.quantity(), report.description(), null);
    }

    /** What is wrong with the data of an event, and what to send instead; empty when it can be taken. */
    static Optional<String> check(DocumentRef document, JsonNode data) {
        return Stream.of(
                        choice(data, "defect", Choices.DEFECTS.keySet()),
                        choice(data, "severity", Choices.SEVERITIES.keySet()),
                        quantity(document, data),
                        description(data.path("description")),
                        company(data.path("company")),
                        lot(data))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> choice(JsonNode data, String field, Set<String> choices) {
        var value = data.path(field);
        return value.isTextual() && choices.contains(value.asText())
                ? Optional.empty()
                : Optional.of("data." + field + " is " + words(value) + "; send one of "
                        + String.join(", ", new TreeSet<>(choices)) + ".");
    }

    private static Optional<String> quantity(DocumentRef document, JsonNode data) {
        var quantity = data.path("quantity");
        var ofAProduct = document.model().equals("product.product");
        if (quantity.isNumber() ? quantity.asDouble() > 0 : quantity.isMissingNode() && !ofAProduct) {
            return Optional.empty();
        }
        return Optional.of("data.quantity is " + words(quantity) + "; send how many units are affected, a number above"
                + (ofAProduct ? " zero. Of a product it has to be said." : " zero, or leave it out for all of it."));
    }

    private static Optional<String> description(JsonNode text) {
        return text.isTextual() && !text.asText().isBlank() && text.asText().length() <= LONGEST_DESCRIPTION
                ? Optional.empty()
                : Optional.of("data.description is " + (text.isTextual() ? "empty or too long" : words(text))
                        + "; say in 1 to " + LONGEST_DESCRIPTION + " characters what was seen.");
    }

    private static Optional<String> company(JsonNode company) {
        return company.isMissingNode() || company.isTextual() || company.isIntegralNumber()
                ? Optional.empty()
                : Optional.of(
                        "data.company is " + words(company) + "; send its name or its id in Odoo, or leave it out.");
    }

    private static Optional<String> lot(JsonNode data) {
        return data.has("lot")
                ? Optional.of("data.lot: a lot is what the report is about. Name it in subject by its id in Odoo, as"
                        + " stock.lot,15, and leave data.lot out.")
                : Optional.empty();
    }

    private static String words(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }
}
