package io.holdpoint.returnauthorization;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUpStep;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.FormRows;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.hold.Numbers;
import io.holdpoint.odoo.Choices;
import io.holdpoint.odoo.Deliveries;
import io.holdpoint.odoo.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The returns desk writes down what comes back, how much and why. */
@Component
class CompleteRequest implements FollowUpStep {

    private final Deliveries deliveries;
    private final FormRows rows;

    CompleteRequest(Deliveries deliveries, FormRows rows) {
        this.deliveries = deliveries;
        this.rows = rows;
    }

    @Override
    public String workflow() {
        return ReturnAuthorizationProcess.KEY;
    }

    @Override
    public String step() {
        return ReturnAuthorizationProcess.COMPLETE_REQUEST;
    }

    @Override
    public String title(FollowUp followUp) {
        var delivery = delivery(followUp);
        var partner = delivery.partner();
        return "What comes back of " + delivery.name() + "?" + (partner == null ? "" : " – " + partner.name());
    }

    @Override
    public Map<String, Object> show(FollowUp followUp) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("rma", ReturnFacts.rma(followUp.caseId(), followUp.document()));
        shown.put("delivered", rows.json(delivered(delivery(followUp))));
        return shown;
    }

    private static List<Map<String, String>> delivered(Delivery delivery) {
        return delivery.lines().stream()
                .map(line -> Map.of(
                        "product", line.product().name(),
                        "delivered", Numbers.number(line.delivered()),
                        "left", Numbers.number(line.left())))
                .toList();
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var delivery = delivery(followUp);
        var lines = new ArrayList<Map<String, Object>>();
        for (var line : given.required("lines", "write one line for each product that comes back.")
                .lines()
                .filter(text -> !text.isBlank())
                .toList()) {
            lines.add(line(delivery, line.strip()));
        }
        return Map.of("lines", lines);
    }

    private static Map<String, Object> line(Delivery delivery, String line) {
        var parts = line.split("\\s*;\\s*");
        if (parts.length < 3) {
            throw new NotAccepted("lines: '" + line + "' is not of the form product; quantity; reason.");
        }
        var product = ReturnLine.find(delivery, parts[0])
                .orElseThrow(() ->
                        new NotAccepted("lines: '" + parts[0] + "' was not delivered with " + delivery.name() + "."));
        if (!Choices.RETURN_REASONS.containsKey(parts[2])) {
            throw new NotAccepted("lines: the reason '" + parts[2] + "' is not known.");
        }
        return Map.of(
                "product",
                String.valueOf(product.product().id()),
                "quantity",
                ReturnLine.quantity("lines", parts[0], parts[1]),
                "reason",
                parts[2],
                "opened",
                parts.length > 3 && parts[3].equalsIgnoreCase("opened"));
    }

    private Delivery delivery(FollowUp followUp) {
        return deliveries.find(followUp.document().id()).orElseThrow();
    }
}
