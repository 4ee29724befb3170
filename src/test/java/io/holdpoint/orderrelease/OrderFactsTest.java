package io.holdpoint.orderrelease;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.hold.Facts;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.Partners;
import io.holdpoint.odoo.SaleOrders;
import io.holdpoint.odoo.Users;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderFactsTest {

    private final Clock clock = Clock.systemUTC();
    private final DemoOdoo demo = DemoOdoo.empty(clock);

    @Test
    void an_order_of_a_company_that_was_not_set_up_is_not_allowed() {
        var order = demo.data().goodOrder();

        assertThat(value(order, Set.of(99L), "companyAllowed")).isEqualTo(false);
        assertThat(value(order, Set.of(1L), "companyAllowed")).isEqualTo(true);
    }

    @Test
    void without_a_list_every_company_is_allowed() {
        assertThat(value(demo.data().goodOrder(), Set.of(), "companyAllowed")).isEqualTo(true);
    }

    @Test
    void a_customer_without_a_limit_has_none_and_owes_no_share_of_it() {
        var customer = demo.data().customer("No limit").withoutCreditLimit().add();
        var order = demo.data()
                .order(customer)
                .line(demo.data().product("Pump").price(100).cost(60).add(), 3)
                .add();

        assertThat(value(order, Set.of(), "hasCreditLimit")).isEqualTo(false);
        assertThat(value(order, Set.of(), "exposurePercent")).isEqualTo(0.0);
        assertThat(value(order, Set.of(), "overLimitBy")).isEqualTo(0.0);
    }

    @Test
    void a_product_without_cost_is_counted_and_not_taken_for_pure_profit() {
        var customer = demo.data().customer("Customer").add();
        var order = demo.data()
                .order(customer)
                .line(demo.data().product("Sample").price(100).cost(0).add(), 1)
                .add();

        assertThat(value(order, Set.of(), "linesWithoutCost")).isEqualTo(1);
        assertThat(value(order, Set.of(), "belowCostLines")).isEqualTo(0);
    }

    @Test
    void an_order_in_dollars_is_judged_in_euros() {
        var customer = demo.data().customer("Dollar customer").inUsDollars().add();
        var order = demo.data()
                .order(customer)
                .line(demo.data().product("Pump").price(100).cost(60).add(), 10)
                .add();

        var facts = facts(order, Set.of());

        assertThat(facts.values().get("foreignCurrency").value()).isEqualTo(true);
        var inEuros = (double) facts.values().get("orderAmount").value();
        assertThat(facts.brief().amountText()).endsWith("USD");
        assertThat(inEuros).isEqualTo(facts.brief().amount(), org.assertj.core.data.Offset.offset(0.01));
        assertThat(facts.brief().amountText()).doesNotStartWith(String.format("%,.2f", inEuros));
    }

    private Object value(long order, Set<Long> companies, String name) {
        return facts(order, companies).values().get(name).value();
    }

    private Facts facts(long order, Set<Long> companies) {
        var odoo = new Odoo(demo, null, 8);
        return new OrderFacts(
                        new SaleOrders(odoo),
                        new Partners(odoo, clock),
                        new Users(odoo),
                        odoo,
                        new OrderFacts.Settings(companies),
                        clock)
                .read("case", new DocumentRef("sale.order", order))
                .facts()
                .orElseThrow();
    }
}
