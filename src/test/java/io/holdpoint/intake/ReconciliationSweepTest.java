package io.holdpoint.intake;

import static io.holdpoint.intake.Intake.changed;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.demo.DemoData;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooUnavailable;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What hints lost is found again. */
@OverHttp
class ReconciliationSweepTest {

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    DemoOdoo odoo;
    DemoData data;

    private static int stories;

    /** Each story has days of its own, and the sweep has been round before. */
    @BeforeEach
    void begin() {
        odoo = story.odoo();
        data = odoo.data();
        stories++;
        toMyDay();
        intake.sweep();
        intake.drain();
        story.end();
        toMyDay();
        assertThat(intake.sweep()).isZero();
    }

    private static void toMyDay() {
        Intake.later(Duration.ofDays(3L * stories));
    }

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    @Test
    void a_request_whose_hint_was_lost_is_found() {
        var order = requested(data.goodOrder());

        assertThat(intake.sweep()).isOne();
        assertThat(intake.cases(order)).as("it goes through the inbox").isZero();
        intake.drain();

        assertThat(intake.cases(order)).isOne();
        assertThat(intake.about(order)).singleElement().satisfies(event -> {
            assertThat(event.source()).isEqualTo("odoo/sweep");
            assertThat(event.answer()).isEqualTo("opened a case");
        });
    }

    @Test
    void a_second_sweep_finds_nothing_new() {
        var order = requested(data.goodOrder());
        intake.sweep();
        intake.drain();

        assertThat(intake.sweep()).isZero();
        assertThat(intake.drain()).isZero();

        assertThat(intake.about(order)).hasSize(1);
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void a_request_whose_hint_arrived_opens_no_second_case() {
        var order = requested(data.goodOrder());
        intake.hint(changed(order));
        intake.drain();
        var open = intake.openCase(order);

        assertThat(intake.sweep()).isOne();
        intake.drain();

        assertThat(intake.cases(order)).isOne();
        assertThat(intake.openCase(order)).isEqualTo(open);
        assertThat(intake.about(order)).hasSize(2).allMatch(event -> event.state() == Inbox.State.DONE);
    }

    @Test
    void a_later_change_is_found_again() {
        var order = requested(data.goodOrder());
        intake.sweep();
        intake.drain();
        Intake.later(Duration.ofSeconds(2));
        changeQuantity(order, 5);

        assertThat(intake.sweep()).isOne();

        assertThat(intake.about(order)).hasSize(2);
    }

    /** Odoo moves the write date of the order itself only with its sum. */
    @Test
    void other_lines_with_the_same_sum_are_found_as_one_change() {
        var order = requested(data.goodOrder());
        intake.sweep();
        intake.drain();
        Intake.later(Duration.ofSeconds(2));
        var before = odoo.order(order.id());
        var line = new DocumentRef(
                "sale.order.line", before.path("order_line").get(0).asLong());
        var quantity = odoo.record(line).path("product_uom_qty").asDouble();
        var price = odoo.record(line).path("price_unit").asDouble();

        odoo.changeLine(line.id(), "anna", Map.of("product_uom_qty", quantity * 2, "price_unit", price / 2));

        assertThat(odoo.order(order.id()).path("amount_total")).as("the sum").isEqualTo(before.path("amount_total"));
        assertThat(intake.sweep()).isOne();
        assertThat(intake.about(order)).hasSize(2);
        assertThat(intake.sweep()).isZero();
    }

    @Test
    void a_request_in_the_second_of_another_change_is_found_as_well() {
        var order = rejected();
        stopTheClock();
        changeQuantity(order, 5);
        assertThat(intake.sweepAtOnce()).as("the second is not over").isZero();

        odoo.requestRelease(order.id(), "anna");
        assertThat(intake.sweep()).isOne();
        intake.drain();

        assertThat(intake.cases(order)).isEqualTo(2);
    }

    /** The clock of a node that takes the second for over is ahead of Odoo's. */
    @Test
    void a_request_in_the_second_of_another_change_is_found_by_a_node_whose_clock_is_ahead() {
        var order = rejected();
        stopTheClock();
        changeQuantity(order, 5);
        turnTheClock(Duration.ofSeconds(30));
        assertThat(intake.sweepAtOnce()).isOne();
        intake.drain();
        turnTheClock(Duration.ofSeconds(-30));

        odoo.requestRelease(order.id(), "anna");
        turnTheClock(Duration.ofSeconds(30));
        assertThat(intake.sweepAtOnce()).isOne();
        intake.drain();

        assertThat(intake.cases(order)).isEqualTo(2);
    }

    private static void stopTheClock() {
        turnTheClock(Duration.ZERO);
    }

    private static void turnTheClock(Duration by) {
        ClockUtil.setCurrentTime(
                Date.from(ClockUtil.getCurrentTime().toInstant().plus(by)));
    }

    private long overLimit() {
        var customer = data.customer("Elbe Metall").creditLimit(10_000).add();
        return data.order(customer).line(data.product("Pump").add(), 110).add();
    }

    @Test
    void an_order_outside_of_holdpoints_control_is_left_alone() {
        var order = new DocumentRef("sale.order", data.goodOrder());

        assertThat(intake.sweep()).isZero();

        assertThat(intake.about(order)).isEmpty();
    }

    @Test
    void what_odoo_committed_later_than_it_stamped_is_found() {
        requested(data.goodOrder());
        intake.sweep();
        Intake.later(Duration.ofMinutes(-4));
        var late = requested(data.goodOrder());
        Intake.later(Duration.ofMinutes(4));

        assertThat(intake.sweep()).isOne();
        intake.drain();

        assertThat(intake.cases(late)).isOne();
    }

    @Test
    void how_far_it_looks_back_is_the_overlap() {
        requested(data.goodOrder());
        intake.sweep();
        Intake.later(Duration.ofMinutes(-6));
        var tooLate = requested(data.goodOrder());
        Intake.later(Duration.ofMinutes(6));

        assertThat(intake.sweep()).isZero();

        assertThat(intake.about(tooLate)).isEmpty();
    }

    @Test
    void the_first_sweep_of_all_finds_every_order_under_control() {
        var old = requested(data.goodOrder());
        intake.forget();
        Intake.later(Duration.ofDays(30));

        assertThat(intake.sweep()).isPositive();

        assertThat(intake.about(old)).hasSize(1);
    }

    @Test
    void while_odoo_is_away_nothing_is_found_and_nothing_is_lost() {
        var order = requested(data.goodOrder());
        odoo.faults().unavailable(1_000);

        assertThat(intake.sweep()).isZero();
        assertThat(intake.about(order)).isEmpty();

        odoo.faults().none();
        Intake.later(Duration.ofHours(8));
        assertThat(intake.sweep()).isOne();
        intake.drain();
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void orders_that_cannot_be_read_do_not_keep_payments_from_being_found() {
        var invoice = data.invoice(data.customer("Prompt Payer").add()).add();
        intake.sweep();
        Intake.later(Duration.ofSeconds(2));
        odoo.payInvoice(invoice);
        odoo.faults().beforeCall(call -> {
            if (call.model().equals("sale.order")) {
                throw new OdooUnavailable("Orders cannot be read just now.");
            }
        });

        assertThat(intake.sweep()).isOne();

        assertThat(intake.about(new DocumentRef("account.move", invoice))).hasSize(2);
    }

    @Test
    void a_payment_during_a_long_stop_is_found_even_if_there_was_no_invoice_before() {
        intake.forget();
        Intake.later(Duration.ofDays(1));
        intake.sweep();
        Intake.later(Duration.ofMinutes(30));
        var invoice = data.invoice(data.customer("Prompt Payer").add()).add();
        Intake.later(Duration.ofHours(10));

        assertThat(intake.sweep()).isOne();

        assertThat(intake.about(new DocumentRef("account.move", invoice))).hasSize(1);
    }

    @Test
    void a_payment_lifts_the_hold_of_that_customer_and_of_nobody_else() {
        var debtor = data.customer("Slow Payer").add();
        var invoice = data.invoice(debtor).amount(5_000).overdue(40).add();
        var other = data.customer("Other Slow Payer").add();
        data.invoice(other).amount(5_000).overdue(40).add();
        var product = data.product("Pump").add();
        var order = requested(data.order(debtor).line(product, 10).add());
        var orderOfOther = requested(data.order(other).line(product, 10).add());
        intake.sweep();
        intake.drain();
        story.work();
        intake.sweep();
        intake.drain();
        story.work();
        assertThat(story.holdCodes(order)).containsExactly("OVERDUE");
        assertThat(story.holdCodes(orderOfOther)).containsExactly("OVERDUE");
        var caseId = intake.openCase(order);
        var caseOfOther = intake.openCase(orderOfOther);
        var looks = story.evidence(caseOfOther, Evidence.Kind.EVENT).size();
        Intake.later(Duration.ofMinutes(10));

        odoo.payInvoice(invoice);
        assertThat(intake.sweep()).isOne();
        intake.drain();
        story.work();

        assertThat(story.tasks(order)).isEmpty();
        assertThat(story.outcome(caseId)).isEqualTo("released");
        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.evidence(caseId, Evidence.Kind.DECISION))
                .as("nobody had to decide")
                .isEmpty();
        assertThat(story.holdCodes(orderOfOther)).containsExactly("OVERDUE");
        assertThat(story.evidence(caseOfOther, Evidence.Kind.EVENT)).hasSize(looks);
        assertThat(state(orderOfOther)).isEqualTo("draft");
    }

    @Test
    void a_part_of_what_is_owed_changes_the_numbers_and_keeps_the_hold() {
        var debtor = data.customer("Slow Payer").add();
        var paid = data.invoice(debtor).amount(2_000).overdue(40).add();
        data.invoice(debtor).amount(5_000).overdue(40).add();
        var order = requested(
                data.order(debtor).line(data.product("Pump").add(), 10).add());
        intake.sweep();
        intake.drain();
        story.work();
        var caseId = intake.openCase(order);
        var facts = story.evidence(caseId, Evidence.Kind.FACTS).size();
        Intake.later(Duration.ofSeconds(2));

        odoo.payInvoice(paid);
        intake.sweep();
        intake.drain();
        story.work();

        assertThat(story.holdCodes(order)).containsExactly("OVERDUE");
        assertThat(story.evidence(caseId, Evidence.Kind.FACTS)).hasSizeGreaterThan(facts);
        assertThat(state(order)).isEqualTo("draft");
    }

    private void changeQuantity(DocumentRef order, double quantity) {
        var line = odoo.order(order.id()).path("order_line").path(0).asLong();
        odoo.changeLine(line, "anna", Map.of("product_uom_qty", quantity));
    }

    /** Found by a sweep, and nothing of it is left to be found. */
    private DocumentRef rejected() {
        var order = requested(overLimit());
        intake.sweep();
        intake.drain();
        story.work();
        story.decide(story.task(order, "OVER_LIMIT"), "max", "reject", "Pay first.");
        intake.sweep();
        intake.drain();
        return order;
    }

    private DocumentRef requested(long order) {
        odoo.requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }

    private String state(DocumentRef order) {
        return odoo.order(order.id()).path("state").asText();
    }
}
