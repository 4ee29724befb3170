package io.holdpoint.returnauthorization;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.evidence.CaseRequests;
import io.holdpoint.followup.FollowUps;
import io.holdpoint.odoo.Choices;
import io.holdpoint.odoo.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * What is asked to come back. Lines on the delivery in Odoo count first, unless the event of a portal brought newer
 * ones; then what the returns desk wrote down, then what came with the event.
 */
@Component
class ReturnRequests {

    private static final Pattern WHOLE = Pattern.compile("[1-9][0-9]{0,17}");

    private final CaseRequests requests;
    private final FollowUps followUps;

    ReturnRequests(CaseRequests requests, FollowUps followUps) {
        this.requests = requests;
        this.followUps = followUps;
    }

    List<ReturnLine> of(String caseId, Delivery delivery) {
        var sent = requests.latest(caseId);
        // The lines of an earlier return stay on the delivery.
        var newer = sent.filter(event -> !event.data().path("lines").isEmpty())
                .filter(event ->
                        delivery.requestsWrittenAt() == null || event.at().isAfter(delivery.requestsWrittenAt()))
                .isPresent();
        if (!delivery.requests().isEmpty() && !newer) {
            return delivery.requests().stream()
                    .map(request -> line(
                            delivery,
                            request.product() == null
                                    ? ""
                                    : String.valueOf(request.product().id()),
                            request.product() == null ? "" : request.product().name(),
                            request.quantity(),
                            request.reason(),
                            request.opened(),
                            request.lot() == null ? 0 : request.lot().id()))
                    .toList();
        }
        var completed = followUps
                .latest(caseId, ReturnAuthorizationProcess.COMPLETE_REQUEST)
                .map(done -> done.content().get("lines"));
        if (completed.isPresent() && completed.get() instanceof List<?> rows) {
            return rows.stream()
                    .filter(Map.class::isInstance)
                    .map(row -> written(delivery, (Map<?, ?>) row))
                    .toList();
        }
        return sent.map(event -> sent(delivery, event.data().path("lines"))).orElse(List.of());
    }

    private static ReturnLine written(Delivery delivery, Map<?, ?> row) {
        var product = String.valueOf(row.get("product"));
        return line(
                delivery,
                product,
                product,
                row.get("quantity") instanceof Number number ? number.doubleValue() : 0,
                String.valueOf(row.get("reason")),
                Boolean.TRUE.equals(row.get("opened")),
                0);
    }

    private static List<ReturnLine> sent(Delivery delivery, JsonNode lines) {
        var all = new ArrayList<ReturnLine>();
        for (var line : lines) {
            var product = line.path(line.has("product") ? "product" : "sku").asText();
            all.add(line(
                    delivery,
                    product,
                    product,
                    line.path("quantity").asDouble(),
                    line.path("reason").asText(),
                    line.path("opened").asBoolean(),
                    line.path("lot").asLong()));
        }
        return all;
    }

    private static ReturnLine line(
            Delivery delivery, String product, String name, double quantity, String reason, boolean opened, long lot) {
        var delivered = ReturnLine.find(delivery, product);
        return new ReturnLine(
                delivered.map(line -> line.product().name()).orElse(name),
                delivered.orElse(null),
                quantity,
                reason,
                opened,
                lot);
    }

    /** What is wrong with a request that comes with an event; empty when it can be taken. */
    static Optional<String> problem(JsonNode data) {
        var lines = data.path("lines");
        if (lines.isMissingNode()) {
            // The returns desk completes it.
            return Optional.empty();
        }
        if (!lines.isArray() || lines.size() > 200) {
            return Optional.of("data.lines: send a list of at most 200 lines, each with sku or product, quantity and"
                    + " reason.");
        }
        for (var i = 0; i < lines.size(); i++) {
            var wrong = problem(lines.get(i), "data.lines[" + i + "].");
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(JsonNode line, String where) {
        var product = line.path("product").asText();
        if (line.path("sku").asText().isBlank() && !WHOLE.matcher(product).matches()) {
            return Optional.of(where + "sku: name what comes back by sku, or by product with its id in Odoo.");
        }
        if (!line.path("quantity").isNumber() || line.path("quantity").asDouble() <= 0) {
            return Optional.of(where + "quantity: send a number above zero.");
        }
        if (line.has("lot") && !line.path("lot").canConvertToExactIntegral()) {
            return Optional.of(where + "lot: send the id of the lot in Odoo, a whole number, or leave it out.");
        }
        if (!Choices.RETURN_REASONS.containsKey(line.path("reason").asText())) {
            return Optional.of(where + "reason: '" + line.path("reason").asText() + "' is not known. Known are "
                    + String.join(", ", new java.util.TreeSet<>(Choices.RETURN_REASONS.keySet())) + ".");
        }
        return Optional.empty();
    }
}
