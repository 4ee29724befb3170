package io.holdpoint.urgentpurchase;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.DeliveredPolicy;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.engine.calendar.WorkingTime;
import io.holdpoint.hold.Facts;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.PurchaseOrders;
import io.holdpoint.odoo.Users;
import java.io.IOException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PurchaseFactsTest {

    static final Calendars CALENDAR = facts -> new WorkingTime(
            "from Monday to Friday",
            ZoneOffset.UTC,
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            LocalTime.of(8, 0),
            LocalTime.of(17, 0),
            day -> false);

    private final Clock clock = Clock.systemUTC();
    private final DemoOdoo demo = DemoOdoo.empty(clock);
    private final long pump = demo.data().product("Pump").add();
    private final long vendor =
            demo.data().vendor("Isar Pumpen").price(pump, 100).add();

    @Test
    void an_order_of_a_company_that_was_not_set_up_is_held() throws IOException {
        var order = demo.data().purchase(vendor).line(pump, 4).add();
        var policy = new DeliveredPolicy("urgent-purchase");

        assertThat(policy.holds(facts(order, Set.of(99L)).inputs())).containsExactly("PURCHASE_COMPANY");
        assertThat(policy.holds(facts(order, Set.of(1L)).inputs())).isEmpty();
        assertThat(policy.holds(facts(order, Set.of()).inputs())).isEmpty();
    }

    @Test
    void a_line_above_the_list_counts_whatever_the_others_cost() {
        var order = demo.data()
                .purchase(vendor)
                .line(pump, 10, 50)
                .line(pump, 1, 130)
                .add();

        assertThat(value(order, "priceOverPercent")).isEqualTo(30.0);
        assertThat(value(order, "linesWithoutPrice")).isEqualTo(0);
    }

    @Test
    void the_shortest_of_the_four_answers_counts() {
        var order = demo.data().purchase(vendor).line(pump, 4).withoutDamage().add();

        assertThat(value(order, "shortestJustification")).isEqualTo(0);
    }

    private Object value(long order, String fact) {
        return facts(order, Set.of()).values().get(fact).value();
    }

    private Facts facts(long order, Set<Long> companies) {
        var odoo = new Odoo(demo, null, 8);
        var reader = new PurchaseFacts(
                new PurchaseOrders(odoo),
                new Users(odoo),
                odoo,
                CALENDAR,
                new PurchaseFacts.Settings(companies),
                clock);
        return reader.read("case", new DocumentRef("purchase.order", order))
                .facts()
                .orElseThrow();
    }
}
