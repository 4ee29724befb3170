package io.holdpoint.urgentpurchase;

import io.holdpoint.followup.FollowUp;
import io.holdpoint.followup.FollowUpStep;
import io.holdpoint.followup.Given;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.FormRows;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.odoo.PurchaseOrder;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    private final Clock clock;

    private DeliveryStep(
            String step,
            String words,
            Set<String> results,
            Promise promise,
            CaseFacts caseFacts,
            FormRows rows,
            Clock clock) {
        this.step = step;
        this.words = words;
        this.results = results;
        this.promise = promise;
        this.caseFacts = caseFacts;
        this.rows = rows;
        this.clock = clock;
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
        shown.put("situationText", order == null ? "" : Promise.situation(order, step));
        shown.put("promise", rows.json(order == null ? List.of() : promise(order)));
        shown.put("ordered", rows.json(order == null ? List.of() : ordered(order)));
        return shown;
    }

    private static List<Map<String, String>> promise(PurchaseOrder order) {
        var record = order.record();
        var table = new ArrayList<Map<String, String>>();
        table.add(Map.of("label", "Promised by the vendor", "value", Promise.day(order.promisedAt())));
        table.add(Map.of("label", "Agreed", "value", Promise.day(order.agreedAt())));
        table.add(Map.of("label", "Acknowledged", "value", order.acknowledged() ? "yes" : "no"));
        table.add(Map.of(
                "label",
                "Orders of this vendor in time",
                "value",
                record.onTimePercent() < 0 ? "no record" : Math.round(record.onTimePercent()) + " %"));
        table.add(Map.of(
                "label",
                "Its prices for these products in a year",
                "value",
                record.driftPercent() == 0
                        ? "unchanged, or not bought twice"
                        : String.format(Locale.ROOT, "%+.1f %%", record.driftPercent())));
        return table;
    }

    private static List<Map<String, String>> ordered(PurchaseOrder order) {
        return order.lines().stream()
                .map(line -> Map.of(
                        "product", line.product().name(),
                        "ordered", quantity(line.quantity()) + " " + line.unit(),
                        "received", quantity(line.received()),
                        "promised", Promise.day(line.promisedAt())))
                .toList();
    }

    private static String quantity(double quantity) {
        return new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(quantity);
    }

    @Override
    public Map<String, Object> accept(FollowUp followUp, Given given) {
        var result = given.oneOf("result", results);
        var kept = new LinkedHashMap<String, Object>();
        kept.put("answer", result);
        kept.put("remark", given.required("remark", "say what the vendor said, and who."));
        if (result.equals(AGREED)) {
            kept.put("newDate", newDate(given.required("newDate", "enter the agreed date.")));
        }
        return kept;
    }

    private String newDate(String entered) {
        try {
            var date = LocalDate.parse(entered);
            if (date.isBefore(LocalDate.now(clock))) {
                throw new NotAccepted("newDate: a date in the past cannot be agreed; enter one that lies ahead.");
            }
            return date.toString();
        } catch (DateTimeParseException e) {
            throw new NotAccepted("newDate: enter a date such as 2027-01-31.");
        }
    }

    /** One bean for each step. */
    @Configuration(proxyBeanMethods = false)
    static class Steps {

        @Bean
        FollowUpStep remindVendor(Promise promise, CaseFacts facts, FormRows rows, Clock clock) {
            return new DeliveryStep(
                    "remindVendor", "Remind vendor", Set.of("confirmed", "notReached"), promise, facts, rows, clock);
        }

        @Bean
        FollowUpStep askVendor(Promise promise, CaseFacts facts, FormRows rows, Clock clock) {
            return new DeliveryStep(
                    "askVendor",
                    "Ask for acknowledgement",
                    Set.of("acknowledged", "notReached", "refused"),
                    promise,
                    facts,
                    rows,
                    clock);
        }

        @Bean
        FollowUpStep assessNewDate(Promise promise, CaseFacts facts, FormRows rows, Clock clock) {
            return new DeliveryStep(
                    "assessNewDate",
                    "Assess new date",
                    Set.of(AGREED, "insisted", "elsewhere"),
                    promise,
                    facts,
                    rows,
                    clock);
        }

        @Bean
        FollowUpStep arrangeRest(Promise promise, CaseFacts facts, FormRows rows, Clock clock) {
            return new DeliveryStep(
                    "arrangeRest", "Arrange rest", Set.of(AGREED, "onTheWay", "short"), promise, facts, rows, clock);
        }

        @Bean
        FollowUpStep chaseDelivery(Promise promise, CaseFacts facts, FormRows rows, Clock clock) {
            return new DeliveryStep(
                    "chaseDelivery",
                    "Chase delivery",
                    Set.of(AGREED, "onTheWay", "notReached", "elsewhere"),
                    promise,
                    facts,
                    rows,
                    clock);
        }
    }
}
