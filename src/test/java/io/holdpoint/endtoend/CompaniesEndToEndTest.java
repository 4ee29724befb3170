package io.holdpoint.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Two companies with books in dollars and in euros, and orders in three currencies, with a real Odoo: what is small or
 * large is said by each company in its own money, at the rate of the day of the order.
 */
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
class CompaniesEndToEndTest extends EndToEnd {

    private static final String SPRING = "2026-03-02";
    private static final String AUTUMN = "2026-09-01";

    private static long dollars;
    private static long euros;
    private static long pounds;
    private static long american;
    private static long european;

    @BeforeAll
    static void twoCompanies() throws Exception {
        dollars = currency("USD");
        euros = currency("EUR");
        pounds = currency("GBP");
        american = company("Nordlicht Inc.", dollars);
        european = company("Nordlicht GmbH", euros);
        rate(american, euros, SPRING, 0.5);
        rate(american, euros, AUTUMN, 2);
        rate(american, pounds, SPRING, 0.75);
        rate(european, pounds, SPRING, 0.75);
        // As the manual says: again when a company was added, so that Holdpoint may see it.
        holdpoint.setUpOdoo();
        holdpoint.employ("pia", "policyOwner");
        deploy("order-release.thresholds.dmn", thresholds());
    }

    @Test
    void the_same_amount_of_a_foreign_currency_is_judged_at_the_rate_of_the_order_s_day() {
        // 30,000 euros were 60,000 dollars in spring and are 15,000 in autumn.
        var dear = order(american, euros, SPRING, 30_000);
        var cheap = order(american, euros, AUTUMN, 30_000);

        assertThat(holds(dear))
                .as("a middle order, too large for its discount")
                .containsOnlyKeys("DISCOUNT", "NO_CREDIT_LIMIT");
        assertThat(holds(dear).get("DISCOUNT")).contains("60,000.00 USD");
        assertThat(holds(dear).get("NO_CREDIT_LIMIT")).contains("60,000.00 USD");
        assertThat(holds(cheap)).as("a small one may have it").containsOnlyKeys("NO_CREDIT_LIMIT");
        assertThat(holds(cheap).get("NO_CREDIT_LIMIT")).contains("15,000.00 USD");
    }

    @Test
    void an_order_in_the_money_of_the_company_is_taken_as_it_is() {
        assertThat(holds(order(american, dollars, SPRING, 30_000)).get("DISCOUNT"))
                .contains("30,000.00 USD");
        assertThat(holds(order(european, euros, SPRING, 30_000)).get("DISCOUNT"))
                .contains("30,000.00 EUR");
    }

    @Test
    void each_company_has_its_own_limits_in_its_own_money() {
        // 45,000 pounds are 60,000 dollars here and 60,000 euros there.
        var here = order(american, pounds, SPRING, 45_000);
        var there = order(european, pounds, SPRING, 45_000);

        assertThat(holds(here).get("NO_CREDIT_LIMIT")).contains("60,000.00 USD");
        assertThat(holds(there).get("NO_CREDIT_LIMIT")).contains("60,000.00 EUR");
        assertThat(role(here)).as("large is more than 100,000 dollars").isEqualTo("creditControl");
        assertThat(role(there)).as("large is more than 50,000 euros").isEqualTo("creditManager");
    }

    // what a group of companies has

    private static long currency(String code) {
        var found = odoo.admin()
                .call(
                        "res.currency",
                        "search",
                        List.of(List.of(List.of("name", "=", code))),
                        Map.of("context", Map.of("active_test", false)));
        var currency = found.get(0).asLong();
        odoo.admin().write("res.currency", currency, Map.of("active", true));
        return currency;
    }

    private static long company(String called, long currency) {
        return odoo.admin()
                .create("res.company", Map.of("name", called + " " + UUID.randomUUID(), "currency_id", currency));
    }

    /** @param rate units of the currency for one unit of the company's money */
    private static void rate(long company, long currency, String day, double rate) {
        odoo.admin()
                .create(
                        "res.currency.rate",
                        Map.of("company_id", company, "currency_id", currency, "name", day, "company_rate", rate));
    }

    /** The second company has a row of its own, with half of what the others allow. */
    private static String thresholds() throws IOException {
        var european = odoo.admin().read("res.company", CompaniesEndToEndTest.european, "name");
        return Files.readString(Path.of("dmn", "order-release.thresholds.dmn"))
                .replace("My Company (Chicago)", european.asText());
    }

    /** A quotation about a service, at 20 % discount, without tax. */
    private static long order(long company, long currency, String day, double net) {
        var pricelist = odoo.admin()
                .create(
                        "product.pricelist",
                        Map.of("name", "In " + currency, "currency_id", currency, "company_id", company));
        var service = service(company);
        var values = new HashMap<String, Object>(Map.of(
                "partner_id",
                odoo.customer(),
                "company_id",
                company,
                "pricelist_id",
                pricelist,
                "date_order",
                day + " 10:00:00",
                "order_line",
                List.of(List.of(
                        0,
                        0,
                        Map.of(
                                "product_id",
                                service,
                                "product_uom_qty",
                                100,
                                "price_unit",
                                net / 80,
                                "discount",
                                20,
                                "tax_ids",
                                List.of(List.of(6, 0, List.of())))))));
        var order = odoo.admin().create("sale.order", values);
        odoo.admin().requestRelease(order);
        return order;
    }

    /** In Odoo what something costs is said in each company. */
    private static long service(long company) {
        var service = odoo.service(1, 0.1);
        odoo.admin()
                .call(
                        "product.product",
                        "write",
                        List.of(List.of(service), Map.of("standard_price", 0.1)),
                        Map.of("context", Map.of("allowed_company_ids", List.of(company))));
        return service;
    }

    /** The holds of an order, each with the numbers that people are shown; all of them have been opened by then. */
    private static Map<String, String> holds(long order) {
        await().atMost(SOON).until(() -> odoo.holdpointState(order).equals("held"));
        // Odoo is told before the tasks of the holds open, one after the other.
        var expected = reasons(order);
        await().atMost(SOON).until(() -> holdpoint.tasks(order).size() == expected);
        return holdpoint.tasks(order).stream()
                .collect(Collectors.toMap(holdpoint::holdCode, task -> holdpoint.variable(task, "numbers")));
    }

    /** How many holds Odoo shows on the order. */
    private static int reasons(long order) {
        return odoo.admin()
                .read("sale.order", order, "x_holdpoint_reason")
                .asText()
                .split(", ")
                .length;
    }

    /** Who is asked about the credit of an order. */
    private static String role(long order) {
        return holdpoint.tasks(order).stream()
                .filter(task -> holdpoint.holdCode(task).equals("NO_CREDIT_LIMIT"))
                .map(task -> holdpoint.variable(task, "role"))
                .findFirst()
                .orElseThrow();
    }
}
