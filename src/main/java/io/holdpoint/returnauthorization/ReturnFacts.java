package io.holdpoint.returnauthorization;

import static io.holdpoint.hold.Facts.Fact.age;
import static io.holdpoint.hold.Facts.Fact.count;
import static io.holdpoint.hold.Facts.Fact.days;
import static io.holdpoint.hold.Facts.Fact.flag;
import static io.holdpoint.hold.Facts.Fact.money;
import static io.holdpoint.hold.Facts.Fact.quantity;
import static io.holdpoint.hold.Facts.Fact.text;
import static io.holdpoint.hold.Numbers.money;
import static io.holdpoint.hold.Numbers.number;
import static io.holdpoint.hold.Numbers.round;

import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.hold.Brief;
import io.holdpoint.hold.DocumentReader;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.Facts.Barred;
import io.holdpoint.hold.Facts.Fact;
import io.holdpoint.hold.Facts.Unit;
import io.holdpoint.hold.Involved;
import io.holdpoint.hold.PastHolds;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.Deliveries;
import io.holdpoint.odoo.Delivery;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.Users;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Turns a delivery and what is asked to come back of it into the facts that policy judges. */
@Component
class ReturnFacts implements DocumentReader {

    private static final Set<String> EXCLUDED = Set.of("Custom", "Clearance", "Perishable", "Hazmat");
    private static final Set<String> EXCEPTIONS = Set.of("WINDOW_MISSED", "NOT_RETURNABLE", "EXCEPTION_AGAIN");

    private final Deliveries deliveries;
    private final ReturnRequests requests;
    private final PastHolds pastHolds;
    private final Rulings rulings;
    private final Users users;
    private final Odoo odoo;
    private final Calendars calendars;
    private final Settings settings;
    private final Clock clock;

    ReturnFacts(
            Deliveries deliveries,
            ReturnRequests requests,
            PastHolds pastHolds,
            Rulings rulings,
            Users users,
            Odoo odoo,
            Calendars calendars,
            Settings settings,
            Clock clock) {
        this.deliveries = deliveries;
        this.requests = requests;
        this.pastHolds = pastHolds;
        this.rulings = rulings;
        this.users = users;
        this.odoo = odoo;
        this.calendars = calendars;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param companies ids of the Odoo companies whose returns are authorized here; empty for all */
    @ConfigurationProperties("holdpoint.return-authorization")
    record Settings(@DefaultValue Set<Long> companies) {}

    @Override
    public String workflow() {
        return ReturnAuthorizationProcess.KEY;
    }

    @Override
    public Reading read(String caseId, DocumentRef document) {
        var found = deliveries.find(document.id());
        if (found.isEmpty()) {
            return Reading.notThere(document);
        }
        var delivery = found.get();
        var facts = facts(caseId, delivery);
        if (delivery.state().equals("cancel")) {
            return Reading.gone(facts, "the delivery was cancelled in Odoo");
        }
        return delivery.rma().equals(rma(caseId, document)) ? Reading.done(facts) : Reading.open(facts);
    }

    /**
     * The number of the authorization that a case gives; known before it is given, and the same when it is given again.
     */
    static String rma(String caseId, DocumentRef delivery) {
        return "RMA-" + delivery.id() + "-" + different(caseId).toUpperCase(Locale.ROOT);
    }

    /** What differs from case to case: the end of ids that grow with time, the beginning of those made before. */
    private static String different(String caseId) {
        return UUID.fromString(caseId).version() == 7 ? caseId.substring(caseId.length() - 6) : caseId.substring(0, 6);
    }

    private Facts facts(String caseId, Delivery delivery) {
        var lines = requests.of(caseId, delivery);
        var values = new LinkedHashMap<String, Fact>();
        document(delivery, lines, values);
        goods(lines, values);
        time(delivery, values);
        history(caseId, delivery, lines, values);
        return new Facts(
                values,
                delivery.companyCurrency(),
                party(delivery),
                barred(delivery),
                deliveries.material(delivery, rma(caseId, delivery.reference())),
                brief(delivery, lines));
    }

    private static DocumentRef party(Delivery delivery) {
        var partner = delivery.commercialPartner();
        return partner == null ? delivery.reference() : new DocumentRef("res.partner", partner.id());
    }

    private void document(Delivery delivery, List<ReturnLine> lines, Map<String, Fact> values) {
        values.put("company", text(delivery.company().name()));
        if (delivery.warehouse() != null) {
            values.put("warehouse", text(delivery.warehouse().name()));
        }
        values.put("companyAllowed", flag(DocumentReader.covers(settings.companies(), delivery.company())));
        values.put("delivered", flag(delivery.outgoing() && delivery.state().equals("done")));
        values.put("lineCount", count(lines.size()));
        values.put(
                "unknownLines",
                count(lines.stream().filter(line -> !line.wasDelivered()).count()));
        var asked = lines.stream()
                .filter(line -> line.delivered() != null)
                .collect(Collectors.groupingBy(ReturnLine::delivered, Collectors.summingDouble(ReturnLine::quantity)));
        values.put("excessQuantity", quantity(Math.max(excess(asked), excessOfLots(lines))));
        values.put(
                "lowestQuantity",
                count(lines.stream().mapToDouble(ReturnLine::quantity).min().orElse(0)));
        var value = lines.stream().mapToDouble(ReturnLine::value).sum();
        values.put("value", money(value));
        values.put(
                "dearestItem",
                money(asked.keySet().stream()
                        .mapToDouble(Delivery.Line::price)
                        .max()
                        .orElse(0)));
    }

    /** The most that is asked for beyond what can still come back of a line of the delivery. */
    private static double excess(Map<Delivery.Line, Double> asked) {
        return asked.entrySet().stream()
                .mapToDouble(one -> one.getValue() - one.getKey().left())
                .reduce(0, Math::max);
    }

    /** The same of each lot: four of a lot cannot come back where three of it went out among ten. */
    private static double excessOfLots(List<ReturnLine> lines) {
        return lines.stream()
                .filter(line -> line.lot() > 0 && line.wasDelivered())
                .collect(Collectors.groupingBy(ReturnLine::lotDelivered))
                .entrySet()
                .stream()
                .mapToDouble(one -> one.getValue().stream()
                                .mapToDouble(ReturnLine::quantity)
                                .sum()
                        - one.getKey().left())
                .reduce(0, Math::max);
    }

    private static void goods(List<ReturnLine> lines, Map<String, Fact> values) {
        var tags = lines.stream()
                .filter(line -> line.delivered() != null)
                .flatMap(line -> line.delivered().tags().stream())
                .collect(Collectors.toSet());
        var ours = !lines.isEmpty() && lines.stream().allMatch(ReturnLine::isOurFault);
        values.put("reasonGroup", text(ours ? "ours" : "customer"));
        values.put("category", text(tags.contains("Electronics") ? "electronics" : "standard"));
        values.put(
                "goods",
                text(
                        tags.stream().anyMatch(EXCLUDED::contains)
                                ? "excluded"
                                : tags.contains("Special order") ? "special" : "standard"));
        values.put("opened", flag(lines.stream().anyMatch(ReturnLine::opened)));
        values.put(
                "lost",
                flag(!lines.isEmpty()
                        && lines.stream().allMatch(line -> line.reason().equals("lost"))));
        values.put("lotMismatch", flag(lines.stream().anyMatch(ReturnLine::isOfAnotherLot)));
    }

    private void time(Delivery delivery, Map<String, Fact> values) {
        var today = LocalDate.now(clock);
        var out = delivery.doneAt() == null ? today : LocalDate.ofInstant(delivery.doneAt(), ZoneOffset.UTC);
        values.put("daysSinceDelivery", age(Math.max(0, ChronoUnit.DAYS.between(out, today)), out));
        values.put("workingDaysSinceDelivery", age(workingDaysSince(delivery), out));
    }

    private long workingDaysSince(Delivery delivery) {
        var calendar = calendars.of(Map.of("company", delivery.company().name()));
        var today = calendar.dayOf(clock.instant());
        var out = delivery.doneAt() == null ? today : calendar.dayOf(delivery.doneAt());
        return out.isBefore(today)
                ? out.plusDays(1)
                        .datesUntil(today.plusDays(1))
                        .filter(calendar::isWorkingDay)
                        .count()
                : 0;
    }

    private void history(String caseId, Delivery delivery, List<ReturnLine> lines, Map<String, Fact> values) {
        var history = delivery.history();
        values.put(
                "exceptionsBefore",
                count(pastHolds.released(
                        ReturnAuthorizationProcess.KEY,
                        party(delivery),
                        EXCEPTIONS,
                        clock.instant()
                                .atZone(ZoneOffset.UTC)
                                .minus(Period.ofYears(1))
                                .toInstant(),
                        caseId)));
        values.put(
                "returnRatePercent",
                new Fact(
                        history.deliveries() == 0 ? 0.0 : round(100.0 * history.returns() / history.deliveries()),
                        Unit.PERCENT));
        values.put("deliveriesInYear", count(history.deliveries()));
        values.put("returnsLastWeek", count(history.returnsLastWeek()));
        values.put("customerDays", days(history.customerSinceDays()));
        var inputs = new LinkedHashMap<String, Object>();
        values.forEach((name, fact) -> inputs.put(name, fact.value()));
        var points = lines.isEmpty()
                ? List.<Map<String, Object>>of()
                : rulings.askAll(
                        caseId, delivery.reference(), null, ReturnAuthorizationProcess.KEY + ".points", inputs);
        values.put(
                "returnPoints",
                count(points.stream().mapToLong(ReturnFacts::points).sum()));
        var adds = points.stream()
                .filter(row -> points(row) > 0)
                .map(row -> points(row) + ": " + row.get("sentence"))
                .collect(Collectors.joining(" "));
        values.put("pointsText", text(adds.isEmpty() ? "nothing" : adds));
    }

    private static long points(Map<String, Object> row) {
        return row.get("points") instanceof Number number ? number.longValue() : 0;
    }

    private List<Barred> barred(Delivery delivery) {
        return new Involved()
                .with(delivery.requester(), "asked for the return of " + delivery.name())
                .with(delivery.salesperson(), "is the salesperson of " + delivery.name())
                .barred(users);
    }

    private Brief brief(Delivery delivery, List<ReturnLine> lines) {
        var value = lines.stream().mapToDouble(ReturnLine::value).sum();
        var rows = new ArrayList<Map<String, String>>();
        for (var line : lines) {
            var row = new LinkedHashMap<String, String>();
            row.put("Product", line.product());
            row.put("Quantity", number(line.quantity()));
            row.put("Can come back", line.wasDelivered() ? number(line.left()) : "not delivered");
            row.put("Value", money(line.value(), delivery.companyCurrency()));
            row.put("Reason", line.reason().replace('_', ' ') + (line.opened() ? ", opened" : ""));
            rows.add(row);
        }
        var partner = delivery.partner();
        var requester = delivery.requester();
        return new Brief(
                delivery.name(),
                odoo.webUrl(delivery.reference()).orElse(""),
                "Customer",
                partner == null ? "" : partner.name(),
                money(value, delivery.companyCurrency()),
                value,
                requester == null ? "from outside" : requester.name(),
                rows);
    }
}
