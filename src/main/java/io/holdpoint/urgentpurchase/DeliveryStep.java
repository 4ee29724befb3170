package io.holdpoint.urgentpurchase;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUpStep;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.FormRows;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.odoo.PurchaseOrder;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a buyer does for the delivery of an approved purchase, with the record of the vendor in view. */
final class DeliveryStep implements FollowUpStep {

    private static final String AGREED = "agreed";

    private final String step;
    private final String words;
    private final Set<String> results;
    private final Promise promise;
    private final CaseFacts caseFacts;
    private final FormRows rows;

    private DeliveryStep(
            String step, String words, Set<String> results, Promise promise, CaseFacts caseFacts, FormRows rows) {
        this.step = step;
        this.words = words;
        this.results = results;
        this.promise = promise;
        this.caseFacts = caseFacts;
        this.rows = rows;
    }

    @Override
    public String workflow() {
        return UrgentPurchaseProcess.KEY;
    }

    @Override
    public String step() {
        return step;
    }

    @Override
    public String title(FollowUp followUp) {
        var brief = caseFacts.latest(followUp.caseId()).orElseThrow().brief();
        return words + " of " + brief.documentName() + " – " + brief.partyName();
    }

    @Override
    public Map<String, Object> show(FollowUp followUp) {
        var order = promise.order(followUp.document()).orElse(null);
        var shown = new LinkedHashMap<String, Object>();
        shown.put("situationText", "Say how it stands. The case goes on by itself from there.");
        shown.put("promise", rows.json(order == null ? List.of() : promise(order)));
        shown.put("ordered", rows.json(order == null ? List.of() : ordered(order)));
        return shown;
    }

    private static List<Map<String, String>> promise(PurchaseOrder order) {
        var record = order.record();
        var table = new ArrayList<Map<String, String>>();
        table.add(Map.of("label", "Promised", "value", String.valueOf(order.promisedAt())));
        table.add(Map.of("label", "Agreed", "value", String.valueOf(order.agreedAt())));
        table.add(Map.of("label", "Acknowledged", "value", order.acknowledged() ? "yes" : "no"));
        table.add(Map.of(
                "label",
                "Vendor in time",
                "value",
                record.onTimePercent() < 0 ? "no record" : Math.round(record.onTimePercent()) + " %"));
        table.add(Map.of("label", "Prices in a year", "value", Math.round(record.driftPercent()) + " %"));
        return table;
    }

    private static List<Map<String, String>> ordered(PurchaseOrder order) {
        return order.lines().stream()
                .map(line -> Map.of(
                        "product", line.product().name(),
                        "ordered", line.quantity() + " " + line.unit(),
                        "received", String.valueOf(line.received()),
                        "promised", String.valueOf(line.promisedAt())))
                .toList();
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var result = given.oneOf("result", results);
        var kept = new LinkedHashMap<String, Object>();
        kept.put("answer", result);
        kept.put("remark", given.required("remark", "say what the vendor said, and who."));
        if (result.equals(AGREED)) {
            var date = given.required("newDate", "enter the agreed date.");
            try {
                kept.put("newDate", LocalDate.parse(date).toString());
            } catch (DateTimeParseException e) {
                throw new NotAccepted("newDate: enter a date such as 2027-01-31.");
            }
        }
        return kept;
    }

    /** One bean for each step. */
    @Configuration(proxyBeanMethods = false)
    static class Steps {

        @Bean
        FollowUpStep remindVendor(Promise promise, CaseFacts facts, FormRows rows) {
            return new DeliveryStep(
                    "remindVendor", "Remind vendor", Set.of("confirmed", "notReached"), promise, facts, rows);
        }

        @Bean
        FollowUpStep askVendor(Promise promise, CaseFacts facts, FormRows rows) {
            return new DeliveryStep(
                    "askVendor",
                    "Ask for acknowledgement",
                    Set.of("acknowledged", "notReached", "refused"),
                    promise,
                    facts,
                    rows);
        }

        @Bean
        FollowUpStep assessNewDate(Promise promise, CaseFacts facts, FormRows rows) {
            return new DeliveryStep(
                    "assessNewDate", "Assess new date", Set.of(AGREED, "insisted", "elsewhere"), promise, facts, rows);
        }

        @Bean
        FollowUpStep arrangeRest(Promise promise, CaseFacts facts, FormRows rows) {
            return new DeliveryStep(
                    "arrangeRest", "Arrange rest", Set.of(AGREED, "onTheWay", "short"), promise, facts, rows);
        }

        @Bean
        FollowUpStep chaseDelivery(Promise promise, CaseFacts facts, FormRows rows) {
            return new DeliveryStep(
                    "chaseDelivery",
                    "Chase delivery",
                    Set.of(AGREED, "onTheWay", "notReached", "elsewhere"),
                    promise,
                    facts,
                    rows);
        }
    }
}
