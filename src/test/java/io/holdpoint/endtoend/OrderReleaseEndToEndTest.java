package io.holdpoint.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Orders, with a real Odoo: from the salesperson's button to a confirmed order, once, or not at all. */
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
class OrderReleaseEndToEndTest extends EndToEnd {

    @BeforeAll
    static void people() {
        holdpoint.employ("sam", "salesManager");
        holdpoint.employ("max", "creditManager");
        holdpoint.employ("clara", "creditControl");
    }

    @Test
    void an_order_without_holds_is_confirmed_in_seconds_and_only_once() {
        var order = odoo.quotation(odoo.customer(), Map.of("product_id", odoo.service(100, 60), "product_uom_qty", 3));

        odoo.seller().requestRelease(order);

        await().atMost(SOON).until(() -> odoo.state(order).equals("sale"));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(lastCase(order).path("outcome").asText()).isEqualTo("released"));
        assertThat(odoo.notes(order, "Released by Holdpoint")).hasSize(1);
        assertThat(odoo.commands(order, "serviceTask_confirmOrder")).isEqualTo(1);
    }

    @Test
    void a_held_order_is_confirmed_by_nobody_until_the_person_with_authority_releases_it() {
        var order = discounted();

        // Every way that Odoo offers is shut, for an administrator too.
        assertThatThrownBy(() -> odoo.seller().confirm(order)).hasMessageContaining("Holdpoint");
        assertThatThrownBy(() -> odoo.admin().confirm(order)).hasMessageContaining("Holdpoint");
        assertThatThrownBy(() -> odoo.seller().write("sale.order", order, Map.of("state", "sale")))
                .hasMessageContaining("Holdpoint");
        assertThatThrownBy(() -> odoo.seller().write("sale.order", order, Map.of("x_holdpoint_state", "released")))
                .isInstanceOf(RealOdoo.Refused.class);
        var json2 = odoo.json2("sale.order", "action_confirm", Map.of("ids", List.of(order)));
        assertThat(json2.statusCode()).isEqualTo(422);
        assertThat(json2.body()).contains("Holdpoint");
        assertThat(odoo.state(order)).isEqualTo("draft");

        odoo.seller().requestRelease(order);
        var task = await().atMost(SOON)
                .until(() -> holdpoint.tasks(order), tasks -> tasks.size() == 1)
                .get(0);
        assertThat(holdpoint.holdCode(task)).isEqualTo("DISCOUNT");
        await().atMost(SOON).until(() -> odoo.holdpointState(order).equals("held"));
        assertThatThrownBy(() -> odoo.seller().confirm(order)).hasMessageContaining("Discount");

        assertThat(holdpoint
                        .decide("clara", task, "release", "Not mine to give.")
                        .statusCode())
                .as("another role may not")
                .isIn(403, 404);
        decide("sam", task, "release", "Opening order.");

        await().atMost(SOON).until(() -> odoo.state(order).equals("sale"));
        assertThat(odoo.notes(order, "Discount released by sam salesManager (Sales manager): Opening order."))
                .hasSize(1);
        assertThat(odoo.commands(order, "serviceTask_confirmOrder")).isEqualTo(1);
        await().atMost(SOON)
                .until(() -> lastCase(order).path("outcome").asText().equals("released"));
        var hold = lastCase(order).path("holds").get(0);
        assertThat(hold.path("rule").asText()).startsWith("rule_");
        assertThat(hold.path("answers").get(0).path("person").asText()).isEqualTo("sam");
    }

    @Test
    void a_rejection_leaves_the_quotation_and_tells_who_and_why() {
        var order = discounted();
        odoo.seller().requestRelease(order);
        var task = await().atMost(SOON)
                .until(() -> holdpoint.tasks(order), tasks -> tasks.size() == 1)
                .get(0);

        decide("sam", task, "reject", "Too much for this customer.");

        await().atMost(SOON).until(() -> odoo.holdpointState(order).equals("rejected"));
        assertThat(odoo.state(order)).isEqualTo("draft");
        assertThat(odoo.notes(order, "Too much for this customer.")).hasSize(1);
    }

    @Test
    void changing_a_line_reopens_only_what_it_touches() {
        var customer = odoo.customer();
        odoo.overdueInvoice(customer, 5_000, LocalDate.now().minusDays(40).toString());
        var order = odoo.quotation(
                customer, Map.of("product_id", odoo.service(100, 30), "product_uom_qty", 10, "discount", 25));
        odoo.seller().requestRelease(order);
        await().atMost(SOON).until(() -> holdpoint.tasks(order).size() == 2);
        var overdue = task(order, "OVERDUE");
        var discount = task(order, "DISCOUNT");

        // The same sum with more discount on a dearer price.
        var line = odoo.admin().read("sale.order", order, "order_line").get(0).asLong();
        odoo.seller().write("sale.order.line", line, Map.of("price_unit", 105, "discount", 28));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(task(order, "DISCOUNT")).isNotEqualTo(discount));
        assertThat(task(order, "OVERDUE")).as("this one goes on as it was").isEqualTo(overdue);
    }

    @Test
    void when_the_customer_pays_the_hold_goes_away_by_itself() {
        var customer = odoo.customer();
        var invoice = odoo.overdueInvoice(
                customer, 5_000, LocalDate.now().minusDays(40).toString());
        var order = odoo.quotation(customer, Map.of("product_id", odoo.service(100, 60), "product_uom_qty", 3));
        odoo.seller().requestRelease(order);
        await().atMost(SOON).until(() -> holdpoint.tasks(order).size() == 1);

        odoo.pay(invoice);

        await().atMost(Duration.ofSeconds(90)).until(() -> odoo.state(order).equals("sale"));
        assertThat(odoo.notes(order, "Released by Holdpoint")).hasSize(1);
    }

    @Test
    void an_order_cancelled_in_odoo_closes_its_case() {
        var order = discounted();
        odoo.seller().requestRelease(order);
        await().atMost(SOON).until(() -> holdpoint.tasks(order).size() == 1);

        odoo.seller().call("sale.order", "action_cancel", List.of(List.of(order)), Map.of());

        await().atMost(SOON).until(() -> holdpoint.tasks(order).isEmpty());
        await().atMost(SOON)
                .until(() -> lastCase(order).path("outcome").asText().equals("withdrawn"));
    }

    @Test
    void a_power_cut_between_odoos_commit_and_ours_does_not_confirm_twice() throws Exception {
        var order = discounted();
        odoo.seller().requestRelease(order);
        var task = await().atMost(SOON)
                .until(() -> holdpoint.tasks(order), tasks -> tasks.size() == 1)
                .get(0);
        var cut = proxy.after("\"operation\":\"release\"", holdpoint::kill);

        decide("sam", task, "release", "Opening order.");
        assertThat(cut.await(60, TimeUnit.SECONDS))
                .as("Odoo answered and Holdpoint is dead")
                .isTrue();
        assertThat(odoo.state(order)).as("Odoo has committed").isEqualTo("sale");

        holdpoint.start();

        // The job of the dead process is locked until its lock expires.
        await().atMost(Duration.ofMinutes(3))
                .until(() -> lastCase(order).path("outcome").asText().equals("released"));
        assertThat(odoo.notes(order, "Released by Holdpoint")).hasSize(1);
        assertThat(odoo.commands(order, "serviceTask_confirmOrder")).isEqualTo(1);
        assertThat(lastCase(order).path("timeline").toString()).contains("\"status\":\"already\"");
    }

    /** A quotation with a discount that the sales manager has to release. */
    private static long discounted() {
        return odoo.quotation(
                odoo.customer(), Map.of("product_id", odoo.service(100, 30), "product_uom_qty", 10, "discount", 25));
    }

    private static String task(long order, String code) {
        return holdpoint.tasks(order).stream()
                .filter(task -> holdpoint.holdCode(task).equals(code))
                .map(task -> task.path("id").asText())
                .findFirst()
                .orElse("none");
    }

    private static JsonNode lastCase(long order) {
        return holdpoint.cases(order).path("cases").get(0);
    }
}
