package io.holdpoint.orderrelease;

import static io.holdpoint.hold.Facts.Fact.age;
import static io.holdpoint.hold.Facts.Fact.count;
import static io.holdpoint.hold.Facts.Fact.days;
import static io.holdpoint.hold.Facts.Fact.flag;
import static io.holdpoint.hold.Facts.Fact.money;
import static io.holdpoint.hold.Facts.Fact.percent;
import static io.holdpoint.hold.Facts.Fact.quantity;
import static io.holdpoint.hold.Facts.Fact.text;
import static io.holdpoint.hold.Numbers.money;
import static io.holdpoint.hold.Numbers.number;
import static io.holdpoint.hold.Numbers.round;
import static java.lang.Math.max;

import io.holdpoint.hold.Brief;
import io.holdpoint.hold.DocumentReader;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.Facts.Barred;
import io.holdpoint.hold.Facts.Fact;
import io.holdpoint.hold.Facts.Unit;
import io.holdpoint.hold.Involved;
import io.holdpoint.odoo.CreditPosition;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.Partners;
import io.holdpoint.odoo.SaleOrder;
import io.holdpoint.odoo.SaleOrders;
import io.holdpoint.odoo.Users;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Turns a sales order and its customer's credit, as Odoo has them now, into the facts that policy judges. */
@Component
class OrderFacts implements DocumentReader {

    private static final String CLEARANCE = "Clearance";

    private final SaleOrders orders;
    private final Partners partners;
    private final Users users;
    private final Odoo odoo;
    private final Settings settings;
    private final Clock clock;

    OrderFacts(SaleOrders orders, Partners partners, Users users, Odoo odoo, Settings settings, Clock clock) {
        this.orders = orders;
        this.partners = partners;
        this.users = users;
        this.odoo = odoo;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param companies ids of the Odoo companies whose orders are released here; empty for all */
    @ConfigurationProperties("holdpoint.order-release")
    record Settings(@DefaultValue Set<Long> companies) {}

    @Override
    public String workflow() {
        return OrderReleaseProcess.KEY;
    }

    @Override
    public Reading read(String caseId, DocumentRef document) {
        var found = orders.find(document.id());
        if (found.isEmpty()) {
            return Reading.notThere(document);
        }
        var order = found.get();
        var facts = facts(order);
        return switch (order.state()) {
            case "draft", "sent" -> Reading.open(facts);
            case "sale" ->
                "released".equals(order.holdpointState())
                        ? Reading.done(facts)
                        : Reading.gone(facts, "the order was confirmed outside of Holdpoint");
            default -> Reading.gone(facts, "the order was cancelled in Odoo");
        };
    }

    private Facts facts(SaleOrder order) {
        var credit =
                partners.credit(order.commercialPartner().id(), order.company().id());
        var values = new LinkedHashMap<String, Fact>();
        document(order, values);
        credit(order, credit, values);
        price(order, values);
        stock(order, values);
        return new Facts(
                values,
                order.companyCurrency(),
                new DocumentRef("res.partner", order.commercialPartner().id()),
                barred(order),
                orders.material(order),
                brief(order));
    }

    private void document(SaleOrder order, Map<String, Fact> values) {
        values.put("companyId", text(order.company().id()));
        values.put("company", text(order.company().name()));
        values.put("companyAllowed", flag(DocumentReader.covers(settings.companies(), order.company())));
        if (order.warehouse() != null) {
            values.put("warehouse", text(order.warehouse().name()));
        }
        values.put("orderAmount", money(order.inCompanyCurrency(order.amountTotal())));
        values.put("untaxedAmount", money(order.inCompanyCurrency(order.amountUntaxed())));
        values.put("lineCount", count(order.lines().size()));
        values.put("foreignCurrency", flag(!order.currency().name().equals(order.companyCurrency())));
        values.put("prepaid", flag(order.amountTotal() > 0 && order.amountPaid() >= order.amountTotal()));
    }

    private void credit(SaleOrder order, CreditPosition credit, Map<String, Fact> values) {
        var today = LocalDate.now(clock);
        var amount = order.inCompanyCurrency(order.amountTotal());
        var exposure = credit.receivable() + credit.toInvoice() + amount;
        var limit = credit.limit();
        values.put("creditSuspended", flag(credit.trust().equals("bad")));
        values.put("overdueAmount", money(credit.overdue()));
        values.put("overdueDays", age(daysSince(credit.oldestDue(), today), credit.oldestDue()));
        values.put(
                "overduePercent", percent(credit.receivable() > 0 ? credit.overdue() / credit.receivable() * 100 : 0));
        values.put("hasCreditLimit", flag(limit != null));
        values.put("creditLimit", money(limit == null ? 0 : limit));
        values.put("exposure", money(exposure));
        values.put("exposurePercent", percent(limit == null || limit <= 0 ? 0 : exposure / limit * 100));
        values.put("overLimitBy", money(limit == null ? 0 : max(0, exposure - limit)));
        values.put("limitReviewOverdueDays", age(daysSince(credit.limitReview(), today), credit.limitReview()));
        values.put("termDays", days(order.paymentTermDays()));
        values.put("customerTermDays", days(credit.paymentTermDays()));
        values.put("hasOrderedBefore", flag(credit.lastOrder() != null));
        values.put(
                "monthsSinceLastOrder",
                new Fact(
                        credit.lastOrder() == null
                                ? 0
                                : Period.between(credit.lastOrder(), today).toTotalMonths(),
                        Unit.MONTHS));
    }

    private static void price(SaleOrder order, Map<String, Fact> values) {
        double listValue = 0;
        double cost = 0;
        double highestDiscount = 0;
        double belowList = 0;
        int withoutCost = 0;
        int belowCost = 0;
        for (var line : order.lines()) {
            listValue += max(line.listPrice(), line.priceUnit()) * line.quantity();
            cost += line.cost() * line.quantity();
            highestDiscount = max(highestDiscount, line.discount());
            if (line.listPrice() > 0) {
                belowList = max(belowList, (1 - line.netPrice() / line.listPrice()) * 100);
            }
            withoutCost += line.cost() == 0 ? 1 : 0;
            belowCost += line.cost() > 0 && line.netPrice() < line.cost() ? 1 : 0;
        }
        var untaxed = order.amountUntaxed();
        values.put("highestDiscount", percent(highestDiscount));
        values.put("orderDiscount", percent(listValue > 0 ? max(0, (1 - untaxed / listValue) * 100) : 0));
        values.put("marginPercent", percent(untaxed > 0 ? (untaxed - cost) / untaxed * 100 : 0));
        values.put("clearance", flag(order.tags().contains(CLEARANCE)));
        values.put("linesWithoutCost", count(withoutCost));
        values.put("belowCostLines", count(belowCost));
        values.put("belowListPercent", percent(max(0, belowList)));
    }

    private static void stock(SaleOrder order, Map<String, Fact> values) {
        int lines = 0;
        double quantity = 0;
        for (var line : order.lines()) {
            if (isShort(line)) {
                lines++;
                quantity += line.quantity() - max(0, line.freeQuantity());
            }
        }
        values.put("shortLines", count(lines));
        values.put("shortQuantity", quantity(quantity));
    }

    private static boolean isShort(SaleOrder.Line line) {
        return line.storable() && line.freeQuantity() < line.quantity();
    }

    private List<Barred> barred(SaleOrder order) {
        return new Involved()
                .with(order.requester(), "asked for the release of " + order.name())
                .with(order.salesperson(), "is the salesperson of " + order.name())
                .with(order.creator(), "created " + order.name())
                .barred(users);
    }

    private Brief brief(SaleOrder order) {
        var requester = order.requester() == null ? order.creator() : order.requester();
        return new Brief(
                order.name(),
                odoo.webUrl(order.reference()).orElse(""),
                "Customer",
                order.partner().name(),
                money(order.amountTotal(), order.currency().name()),
                order.inCompanyCurrency(order.amountTotal()),
                requester.name(),
                lines(order));
    }

    /** The lines that gave rise to something first; the form shows what fits. */
    private static List<Map<String, String>> lines(SaleOrder order) {
        var rows = new ArrayList<Map<String, String>>();
        for (var line : order.lines()) {
            var notes = notes(line);
            var row = new LinkedHashMap<String, String>();
            row.put("Product", line.product().name());
            row.put("Quantity", number(line.quantity()) + " " + line.unit());
            row.put("Price", money(line.netPrice(), order.currency().name()));
            row.put("Discount", line.discount() == 0 ? "" : number(line.discount()) + " %");
            row.put(
                    "Margin",
                    line.cost() == 0 || line.netPrice() == 0
                            ? "?"
                            : number(round((line.netPrice() - line.cost()) / line.netPrice() * 100)) + " %");
            row.put("In stock", line.storable() ? number(line.freeQuantity()) : "–");
            row.put("Note", notes);
            rows.add(notes.isEmpty() ? rows.size() : 0, row);
        }
        return rows;
    }

    private static String notes(SaleOrder.Line line) {
        return List.of(
                        isShort(line) ? "short" : "",
                        line.cost() == 0 ? "no cost" : "",
                        line.cost() > 0 && line.netPrice() < line.cost() ? "below cost" : "",
                        line.listPrice() > 0 && line.netPrice() < line.listPrice() - 0.005 ? "below list" : "")
                .stream()
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static long daysSince(@Nullable LocalDate day, LocalDate today) {
        return day == null || !day.isBefore(today) ? 0 : ChronoUnit.DAYS.between(day, today);
    }
}
