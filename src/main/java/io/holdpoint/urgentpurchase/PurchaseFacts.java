package io.holdpoint.urgentpurchase;

import static io.holdpoint.hold.Facts.Fact.count;
import static io.holdpoint.hold.Facts.Fact.days;
import static io.holdpoint.hold.Facts.Fact.flag;
import static io.holdpoint.hold.Facts.Fact.money;
import static io.holdpoint.hold.Facts.Fact.percent;
import static io.holdpoint.hold.Facts.Fact.text;
import static io.holdpoint.hold.Numbers.money;

import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.hold.Brief;
import io.holdpoint.hold.DocumentReader;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.Facts.Barred;
import io.holdpoint.hold.Facts.Fact;
import io.holdpoint.hold.Involved;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.PurchaseOrder;
import io.holdpoint.odoo.PurchaseOrders;
import io.holdpoint.odoo.Users;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Turns a purchase order and its vendor, as Odoo has them now, into the facts that policy judges. */
@Component
class PurchaseFacts implements DocumentReader {

    private final PurchaseOrders orders;
    private final Users users;
    private final Odoo odoo;
    private final Calendars calendars;
    private final Settings settings;
    private final Clock clock;

    PurchaseFacts(PurchaseOrders orders, Users users, Odoo odoo, Calendars calendars, Settings settings, Clock clock) {
        this.orders = orders;
        this.users = users;
        this.odoo = odoo;
        this.calendars = calendars;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param companies ids of the Odoo companies whose purchases are approved here; empty for all */
    @ConfigurationProperties("holdpoint.urgent-purchase")
    record Settings(@DefaultValue Set<Long> companies) {}

    @Override
    public String workflow() {
        return UrgentPurchaseProcess.KEY;
    }

    @Override
    public Reading read(String caseId, DocumentRef document) {
        var found = orders.find(document.id());
        if (found.isEmpty()) {
            return Reading.notThere(document);
        }
        var order = found.get();
        var bought = order.state().equals("purchase") && "released".equals(order.holdpointState());
        var facts = facts(order, bought);
        return switch (order.state()) {
            // Also without the star: what was asked for is decided, and taking the star off is no way round.
            case "draft", "sent", "to approve" -> Reading.open(facts);
            case "purchase" ->
                bought ? Reading.done(facts) : Reading.gone(facts, "the purchase was confirmed outside of Holdpoint");
            default -> Reading.gone(facts, "the purchase was cancelled in Odoo");
        };
    }

    private Facts facts(PurchaseOrder order, boolean bought) {
        var values = new LinkedHashMap<String, Fact>();
        document(order, bought, values);
        price(order, values);
        promise(order, values);
        values.put("vendorApproved", flag(order.record().approved()));
        values.put("supplierLevel", count(order.record().level()));
        values.put("onTimePercent", percent(order.record().onTimePercent()));
        values.put("priceDriftPercent", percent(order.record().driftPercent()));
        values.put(
                "shortestJustification",
                count(order.justification().stream()
                        .mapToInt(String::length)
                        .min()
                        .orElse(0)));
        return new Facts(
                values,
                order.companyCurrency(),
                new DocumentRef("res.partner", order.commercialVendor().id()),
                barred(order),
                orders.material(order),
                brief(order));
    }

    private void document(PurchaseOrder order, boolean bought, Map<String, Fact> values) {
        var amount = order.inCompanyCurrency(order.amountTotal());
        values.put("companyId", text(order.company().id()));
        values.put("company", text(order.company().name()));
        if (order.warehouse() != null) {
            values.put("warehouse", text(order.warehouse().name()));
        }
        values.put("companyAllowed", flag(DocumentReader.covers(settings.companies(), order.company())));
        values.put("lineCount", count(order.lines().size()));
        values.put("linesWithoutQuantity", count((int)
                order.lines().stream().filter(line -> line.quantity() <= 0).count()));
        values.put("orderAmount", money(amount));
        values.put("splitAmount", money(amount + order.split().amount()));
        values.put("splitOrders", count(order.split().orders()));
        values.put("lineDown", flag(order.lineDown()));
        values.put("alreadyBought", flag(bought));
        values.put("afterTheFactDays", days(bought ? workingDaysLeft(order, values) : 0));
    }

    /** 1 until the working day after the purchase has come, however late we look; then 0. */
    private int workingDaysLeft(PurchaseOrder order, Map<String, Fact> facts) {
        var where = new HashMap<String, Object>();
        facts.forEach((name, fact) -> where.put(name, fact.value()));
        var calendar = calendars.of(where);
        var now = clock.instant();
        var bought = calendar.dayOf(order.approvedAt() == null ? now : order.approvedAt());
        return calendar.dayOf(now).isBefore(calendar.workingDayAfter(bought)) ? 1 : 0;
    }

    private static void price(PurchaseOrder order, Map<String, Fact> values) {
        double over = order.lines().isEmpty() ? 0 : -100;
        int without = 0;
        for (var line : order.lines()) {
            var list = line.listPrice();
            if (list == null || list <= 0) {
                without++;
            } else {
                over = Math.max(over, (line.netPrice() / list - 1) * 100);
            }
        }
        values.put("urgency", text(urgency(order)));
        values.put("category", text(order.lines().stream().allMatch(PurchaseOrder.Line::basic) ? "basic" : "optional"));
        values.put("priceOverPercent", percent(over));
        values.put("linesWithoutPrice", count(without));
    }

    private static String urgency(PurchaseOrder order) {
        return order.lineDown() ? "high" : Objects.requireNonNullElse(order.urgency(), "medium");
    }

    private void promise(PurchaseOrder order, Map<String, Fact> values) {
        var promised = order.promisedAt();
        if (promised != null) {
            values.put("daysToPromise", days(ChronoUnit.DAYS.between(LocalDate.now(clock), day(promised))));
        }
        var ordered = order.orderedAt();
        long later = 0;
        for (var line : order.lines()) {
            if (ordered != null && line.promisedAt() != null && line.leadTimeDays() != null) {
                later = Math.max(
                        later,
                        ChronoUnit.DAYS.between(day(ordered).plusDays(line.leadTimeDays()), day(line.promisedAt())));
            }
        }
        values.put("leadTimeOverDays", days(later));
    }

    private List<Barred> barred(PurchaseOrder order) {
        return new Involved()
                .with(order.requester(), "asked for the approval of " + order.name())
                .with(order.buyer(), "is the buyer of " + order.name())
                .with(order.creator(), "created " + order.name())
                .barred(users);
    }

    private Brief brief(PurchaseOrder order) {
        var requester = order.requester() == null ? order.creator() : order.requester();
        return new Brief(
                order.name(),
                odoo.webUrl(order.reference()).orElse(""),
                "Vendor",
                order.vendor().name(),
                money(order.amountTotal(), order.currency().name()),
                order.inCompanyCurrency(order.amountTotal()),
                requester.name(),
                lines(order),
                notes(order));
    }

    /** What the buyer says; without it nobody can judge whether the hurry is worth its price. */
    private static Map<String, String> notes(PurchaseOrder order) {
        var notes = new LinkedHashMap<String, String>();
        if (!order.urgent()) {
            notes.put("Star", "Taken off since the approval was asked for.");
        }
        if (order.lineDown()) {
            var bought = order.state().equals("purchase")
                    ? " Bought at once on " + Promise.day(order.approvedAt()) + "."
                    : "";
            notes.put("Line down", "Production stands still for want of it." + bought);
        }
        var headings = List.of("What happened", "Damage", "Not foreseen", "Choice of vendor");
        for (int answer = 0; answer < headings.size(); answer++) {
            var said = order.justification().get(answer);
            notes.put(headings.get(answer), said.isEmpty() ? "– nothing said –" : said);
        }
        return notes;
    }

    private static List<Map<String, String>> lines(PurchaseOrder order) {
        var rows = new ArrayList<Map<String, String>>();
        for (var line : order.lines()) {
            var row = new LinkedHashMap<String, String>();
            row.put("Product", line.product().name());
            row.put("Quantity", String.format(Locale.ROOT, "%,.2f %s", line.quantity(), line.unit()));
            row.put("Price", String.format(Locale.ROOT, "%,.2f", line.netPrice()));
            row.put(
                    "Vendor's list",
                    line.listPrice() == null ? "none" : String.format(Locale.ROOT, "%,.2f", line.listPrice()));
            row.put("Promised", line.promisedAt() == null ? "" : Promise.day(line.promisedAt()));
            rows.add(row);
        }
        return rows;
    }

    static LocalDate day(Instant moment) {
        return moment.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
