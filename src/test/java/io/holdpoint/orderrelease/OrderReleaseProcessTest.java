package io.holdpoint.orderrelease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.WorkflowStories;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCall;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.Spin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

@ProcessTest
class OrderReleaseProcessTest extends WorkflowStories {

    @Autowired
    RepositoryService repository;

    @Autowired
    IdentityService identity;

    OrderReleaseProcessTest() {
        super("order-release");
    }

    // The happy path, and several holds at once

    @Test
    void an_order_that_passes_all_checks_is_confirmed_at_once() {
        var order = requested(data.goodOrder());

        var caseId = story.start(order);

        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.outcome(caseId)).isEqualTo("released");
        assertThat(story.isOpen(order)).isFalse();
        assertThat(story.passed(caseId))
                .contains("businessRuleTask_checkPolicy", "serviceTask_confirmOrder", "endEvent_orderReleased")
                .doesNotContain("serviceTask_showHolds", "subProcess_resolveHolds");
    }

    @Test
    void several_holds_go_to_their_own_roles_at_the_same_time_and_the_last_release_confirms() {
        var order = requested(overLimitAndDiscounted());
        var caseId = story.start(order);

        assertThat(story.holdCodes(order)).containsExactly("DISCOUNT", "OVER_LIMIT");
        assertThat(story.candidateGroup(story.task(order, "OVER_LIMIT"))).isEqualTo("creditManager");
        assertThat(story.candidateGroup(story.task(order, "DISCOUNT"))).isEqualTo("salesManager");
        assertThat(holdpointState(order)).isEqualTo("held");

        story.decide(story.task(order, "DISCOUNT"), "sam", "release", "Opening order.");
        assertThat(state(order)).isEqualTo("draft");

        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");
        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.outcome(caseId)).isEqualTo("released");
        assertThat(odoo.chatter(order))
                .anySatisfy(note -> assertThat(note)
                        .contains("Over limit released by Max (Credit manager): Secured by a guarantee.")
                        .contains("Discount released by Sam (Sales manager): Opening order."));
    }

    @Test
    void the_person_sees_the_numbers_with_their_limit_the_sentence_of_policy_and_the_other_holds() {
        var order = requested(overLimitAndDiscounted());
        story.start(order);

        var task = story.task(order, "OVER_LIMIT");

        assertThat(task.getName()).startsWith("Release ").contains("Over limit").endsWith("Elbe Metall");
        assertThat(story.variable(task, "policySentence").toString()).contains("credit limit");
        assertThat(story.variable(task, "numbers").toString())
                .contains("10,530.00 EUR")
                .contains("10,000.00 EUR");
        assertThat(story.variable(task, "otherHolds").toString()).contains("Discount");
        assertThat(story.variable(task, "lines").toString()).contains("Pump").contains("22 %");
    }

    @Test
    void the_person_sees_how_the_other_holds_stand_now() {
        var order = requested(overLimitAndDiscounted());
        story.start(order);
        assertThat(story.variable(story.task(order, "OVER_LIMIT"), "otherHolds").toString())
                .contains("\"hold\":\"Discount\"")
                .contains("\"role\":\"Sales manager\"")
                .contains("\"state\":\"open\"");

        story.decide(story.task(order, "DISCOUNT"), "sam", "release", "Opening order.");

        assertThat(story.variable(story.task(order, "OVER_LIMIT"), "otherHolds").toString())
                .contains("\"state\":\"released\"");
    }

    @Test
    void suspended_credit_needs_two_people_one_after_the_other() {
        var order = requested(suspended());
        var caseId = story.start(order);

        var first = story.task(order, "CREDIT_SUSPENDED");
        assertThat(story.candidateGroup(first)).isEqualTo("creditManager");
        assertThat(story.variable(first, "stepText")).isEqualTo("Approval 1 of 2");
        story.decide(first, "max", "release", "Paid this morning.");
        assertThat(state(order)).isEqualTo("draft");

        var second = story.task(order, "CREDIT_SUSPENDED");
        assertThat(story.candidateGroup(second)).isEqualTo("financeDirector");
        assertThat(story.variable(second, "decision")).isNull();
        story.decide(second, "dora", "release", "Agreed.");

        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.evidence(caseId, Kind.DECISION)).hasSize(2);
    }

    // No, and not yet

    @Test
    void a_rejection_ends_the_case_and_odoo_shows_who_and_why() {
        var order = requested(overLimitAndDiscounted());
        var caseId = story.start(order);

        story.decide(story.task(order, "OVER_LIMIT"), "max", "reject", "No further credit before the audit.");

        assertThat(state(order)).isEqualTo("draft");
        assertThat(holdpointState(order)).isEqualTo("rejected");
        assertThat(reason(order)).contains("No further credit before the audit.");
        assertThat(story.outcome(caseId)).isEqualTo("rejected");
        assertThat(story.tasks(order))
                .as("the other hold is not asked about any more")
                .isEmpty();
        assertThat(story.passed(caseId)).doesNotContain("serviceTask_confirmOrder");
    }

    @Test
    void after_a_return_the_releases_given_before_still_count() {
        var order = requested(overLimitAndDiscounted());
        story.start(order);
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured.");
        story.decide(story.task(order, "DISCOUNT"), "sam", "return", "Less is enough.");
        assertThat(holdpointState(order)).isEqualTo("returned");
        var correction = story.tasks(order).get(0);
        assertThat(story.candidateGroup(correction)).isEqualTo("sales");
        assertThat(story.variable(correction, "corrections").toString()).contains("Less is enough.");

        // At a lower discount the order is dearer: the credit that was released does not cover that.
        changeDiscount(order, 21);
        odoo.requestRelease(order.id(), "anna");
        tell("order-release.releaseRequestedAgain", order);

        assertThat(story.holdCodes(order)).containsExactly("DISCOUNT", "OVER_LIMIT");
        story.decide(story.task(order, "DISCOUNT"), "sam", "release", "Fine now.");
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Still secured.");
        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void a_release_stands_when_the_corrected_order_is_no_worse() {
        var order = requested(overLimitAndDiscounted());
        story.start(order);
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured.");
        story.decide(story.task(order, "DISCOUNT"), "sam", "return", "Fewer pieces at that price.");

        changeQuantity(order, 130);
        var correction = story.tasks(order).get(0);
        story.complete(correction, "anna", Map.of("action", "checkAgain"));

        assertThat(story.holdCodes(order))
                .as("credit was released for more than this")
                .containsExactly("DISCOUNT");
        story.decide(story.task(order, "DISCOUNT"), "sam", "release", "Fine now.");
        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void a_returned_request_may_be_given_up() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        story.decide(story.task(order, "OVER_LIMIT"), "max", "return", "Ask for a down payment.");

        story.complete(
                story.tasks(order).get(0), "anna", Map.of("action", "withdraw", "reason", "Not wanted any more."));

        assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
        assertThat(holdpointState(order)).isEqualTo("withdrawn");
        assertThat(story.evidence(caseId, Kind.RECOVERY))
                .singleElement()
                .satisfies(line -> assertThat(line.actor()).isEqualTo("anna"));
    }

    @Test
    void a_returned_request_that_nobody_corrects_expires_after_ten_working_days() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        story.decide(story.task(order, "OVER_LIMIT"), "max", "return", "Ask for a down payment.");

        var twoWeeks = Story.BEGIN.plus(Duration.ofDays(14));
        assertThat(timerDue("event_correctionOverdue")).isCloseTo(twoWeeks, within(2, ChronoUnit.SECONDS));
        assertThat(story.tasks(order).get(0).getDueDate().toInstant())
                .as("Tasklist shows it")
                .isEqualTo(timerDue("event_correctionOverdue"));
        story.passes(Duration.ofDays(13));
        assertThat(story.isOpen(order)).isTrue();
        story.passes(Duration.ofDays(1).plusMinutes(1));

        assertThat(story.outcome(caseId)).isEqualTo("expired");
        assertThat(reason(order)).contains("not corrected in time");
    }

    // The document changes meanwhile

    @Test
    void a_change_reopens_only_what_it_touches() {
        var order = requested(overLimitAndDiscounted());
        var caseId = story.start(order);
        var credit = story.task(order, "OVER_LIMIT");
        var discount = story.task(order, "DISCOUNT");

        // A dearer unit price with more discount, at the same sum: the discount changes, the credit does not.
        changePriceAndDiscount(order, 104, 25);
        tell("order-release.orderChanged", order);

        var same = story.task(order, "OVER_LIMIT");
        assertThat(same.getId()).as("nobody loses the task they work on").isEqualTo(credit.getId());
        var other = story.task(order, "DISCOUNT");
        assertThat(other.getId()).isNotEqualTo(discount.getId());
        assertThat(changes(other))
                .as("what became different since the first look, and nothing else")
                .contains("Pump: Discount | 22 % | 25 %")
                .noneMatch(change -> change.contains("Quantity") || change.startsWith("Amount"));
        assertThat(story.variable(other, "answeredBefore")).isEqualTo("");
        assertThat(story.evidence(caseId, Kind.HOLD))
                .filteredOn(line -> line.content().get("what").equals("changed"))
                .singleElement()
                .satisfies(line -> assertThat(line.content().get("code")).isEqualTo("DISCOUNT"));
    }

    @Test
    void a_change_that_touches_nothing_leaves_everything_as_it_is() {
        var order = requested(overLimitAndDiscounted());
        var caseId = story.start(order);
        var before = story.tasks(order);
        var lines = story.evidence().of(caseId).size();

        tell("order-release.orderChanged", order);

        assertThat(story.tasks(order)).extracting("id").containsExactlyElementsOf(ids(before));
        assertThat(story.evidence().of(caseId)).hasSize(lines);
    }

    @Test
    void a_new_hold_that_arises_while_people_decide_is_asked_too_and_waited_for() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        assertThat(story.holdCodes(order)).containsExactly("OVER_LIMIT");

        changePriceAndDiscount(order, 128, 21.875);
        tell("order-release.orderChanged", order);

        assertThat(story.holdCodes(order)).containsExactly("DISCOUNT", "OVER_LIMIT");
        assertThat(reason(order)).contains("Discount").contains("Over limit");
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured.");
        assertThat(state(order)).as("the new hold is waited for").isEqualTo("draft");
        story.decide(story.task(order, "DISCOUNT"), "sam", "release", "Agreed.");
        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.outcome(caseId)).isEqualTo("released");
    }

    @Test
    void when_the_customer_pays_the_hold_goes_away_by_itself() {
        var customer = data.customer("Weser Bau").creditLimit(100_000).add();
        var invoice = data.invoice(customer).amount(8_000).overdue(45).add();
        var order = requested(data.order(customer).line(pump(), 10).add());
        var caseId = story.start(order);
        assertThat(story.holdCodes(order)).containsExactly("OVERDUE");

        odoo.payInvoice(invoice);
        tell("order-release.orderChanged", order);

        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.evidence(caseId, Kind.DECISION))
                .as("nobody had to decide")
                .isEmpty();
        assertThat(story.evidence(caseId, Kind.HOLD))
                .anySatisfy(line -> assertThat(line.content()).containsEntry("what", "withdrawn"));
    }

    @Test
    void an_invoice_that_is_a_day_older_when_somebody_answers_is_not_asked_about_again() {
        var customer = data.customer("Weser Bau").creditLimit(100_000).add();
        data.invoice(customer).amount(8_000).overdue(45).add();
        var order = requested(data.order(customer).line(pump(), 10).add());
        var caseId = story.start(order);

        story.passes(Duration.ofHours(16));
        story.decide(story.task(order, "OVERDUE"), "clara", "release", "They pay on Friday.");

        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.evidence(caseId, Kind.HOLD))
                .noneSatisfy(line -> assertThat(line.content()).containsEntry("what", "superseded"));
    }

    @Test
    void an_older_invoice_that_turns_up_meanwhile_is_asked_about() {
        var customer = data.customer("Weser Bau").creditLimit(100_000).add();
        data.invoice(customer).amount(8_000).overdue(45).add();
        var order = requested(data.order(customer).line(pump(), 10).add());
        var caseId = story.start(order);

        story.passes(Duration.ofHours(16));
        data.invoice(customer).amount(100).overdue(50).add();
        story.decide(story.task(order, "OVERDUE"), "clara", "release", "They pay on Friday.");

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.holdCodes(order)).containsExactly("OVERDUE");
        assertThat(story.evidence(caseId, Kind.HOLD))
                .anySatisfy(line -> assertThat(line.content()).containsEntry("what", "superseded"));
    }

    @Test
    void an_order_changed_at_the_last_moment_is_not_confirmed_on_the_old_decision() {
        var order = requested(overLimit());
        story.start(order);
        // Between our last look and Odoo's transaction somebody doubles the quantity.
        beforeNext("operation=release", () -> changeQuantity(order, 220));

        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured.");

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.holdCodes(order))
                .as("asked anew, with the new numbers")
                .hasSize(1);
        var again = story.tasks(order).get(0);
        assertThat(story.variable(again, "answeredBefore"))
                .as("the old decision stays, and whoever looks now knows of it")
                .isEqualTo("Max (Credit manager): release – Secured.");
        assertThat(changes(again))
                .contains("Amount | 11,000.00 EUR | 22,000.00 EUR", "Pump: Quantity | 110 Units | 220 Units");
    }

    @Test
    void an_order_cancelled_in_odoo_ends_the_case_and_its_tasks() {
        var order = requested(overLimitAndDiscounted());
        var caseId = story.start(order);

        odoo.cancel(order.id(), "anna");
        tell("order-release.orderChanged", order);

        assertThat(story.tasks(order)).isEmpty();
        assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
        assertThat(holdpointState(order)).isEqualTo("withdrawn");
    }

    @Test
    void an_order_that_is_not_in_odoo_ends_the_case_without_a_trace_there() {
        var nowhere = new DocumentRef("sale.order", 987_654);

        var caseId = story.start(nowhere);

        assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
        assertThat(story.passed(caseId)).doesNotContain("businessRuleTask_checkPolicy", "serviceTask_confirmOrder");
        assertThat(story.evidence(caseId, Kind.COMMAND))
                .singleElement()
                .satisfies(line ->
                        assertThat(line.content().get("refused").toString()).contains("exist"));
    }

    // Deadlines

    @Test
    void an_approver_is_reminded_then_the_next_authority_is_asked_and_at_last_the_request_expires() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        var asked = story.task(order, "OVER_LIMIT");
        assertThat(asked.getDueDate().toInstant())
                .isCloseTo(Story.now().plus(1, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
        assertThat(timerDue("event_decisionOverdue"))
                .isEqualTo(asked.getDueDate().toInstant());
        assertThat(timerDue("event_reminderDue"))
                .isCloseTo(Story.now().plus(4, ChronoUnit.HOURS), within(1, ChronoUnit.MINUTES))
                .isEqualTo(asked.getFollowUpDate().toInstant());
        assertThat(story.variable(asked, "decideByText").toString()).isEqualTo("Tue 2 Jun 2026, 10:00 CEST");

        story.passes(Duration.ofHours(4).plusMinutes(1));
        var reminded = story.task(order, "OVER_LIMIT");
        assertThat(reminded.getPriority()).isGreaterThan(asked.getPriority());
        assertThat(tasks.getTaskComments(reminded.getId())).hasSize(1);
        assertThat(story.candidateGroup(reminded)).isEqualTo("creditManager");

        story.passes(Duration.ofHours(20));
        var escalated = story.task(order, "OVER_LIMIT");
        assertThat(story.candidateGroup(escalated)).isEqualTo("financeDirector");
        assertThat(escalated.getDueDate().toInstant())
                .isCloseTo(Story.now().plus(2, ChronoUnit.DAYS), within(5, ChronoUnit.MINUTES));

        story.passes(Duration.ofDays(2).plusMinutes(5));
        assertThat(story.tasks(order)).isEmpty();
        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.outcome(caseId)).isEqualTo("expired");
        assertThat(reason(order)).contains("nobody decided in time");
    }

    @Test
    void what_is_asked_on_a_friday_afternoon_waits_over_the_weekend() {
        story.goTo(Instant.parse("2026-06-05T14:00:00Z"));
        var order = requested(overLimit());
        story.start(order);
        var asked = story.task(order, "OVER_LIMIT");

        assertThat(timerDue("event_reminderDue"))
                .as("an hour of Friday and three of Monday")
                .isCloseTo(Instant.parse("2026-06-08T09:00:00Z"), within(1, ChronoUnit.MINUTES));
        assertThat(asked.getDueDate().toInstant())
                .isCloseTo(Instant.parse("2026-06-08T14:00:00Z"), within(1, ChronoUnit.MINUTES));

        story.passesUntil(Instant.parse("2026-06-08T06:00:00Z"));
        assertThat(story.task(order, "OVER_LIMIT").getPriority()).isEqualTo(asked.getPriority());
        assertThat(story.candidateGroup(story.task(order, "OVER_LIMIT"))).isEqualTo("creditManager");
    }

    @Test
    void what_is_asked_at_night_before_a_holiday_begins_on_the_next_working_day() {
        story.goTo(Instant.parse("2026-12-23T21:00:00Z"));
        var order = requested(overLimit());
        story.start(order);

        // Closed on Christmas Eve, then two holidays of which one is a Saturday; eight o'clock on Monday it begins.
        assertThat(story.variable(story.task(order, "OVER_LIMIT"), "decideByText")
                        .toString())
                .isEqualTo("Tue 29 Dec 2026, 08:00 CET");
    }

    @Test
    void a_return_for_correction_takes_nothing_of_the_time_of_those_who_decide() {
        var order = requested(overLimitAndDiscounted());
        story.start(order);
        story.passes(Duration.ofHours(3));
        story.decide(story.task(order, "OVER_LIMIT"), "max", "return", "Ask for a down payment.");

        story.passes(Duration.ofDays(7));
        assertThat(story.tasks(order)).extracting(Task::getTaskDefinitionKey).containsExactly("userTask_correctOrder");
        story.complete(story.tasks(order).get(0), "anna", Map.of("action", "checkAgain"));

        assertThat(story.tasks(order)).hasSize(2).allSatisfy(asked -> {
            assertThat(asked.getDueDate().toInstant())
                    .as("a whole working day from now on")
                    .isCloseTo(Story.now().plus(1, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
            assertThat(story.candidateGroup(asked)).as("nobody was late").isNotEqualTo("financeDirector");
        });
    }

    @Test
    void a_case_that_began_with_the_earlier_model_goes_on_with_it_in_working_time() throws IOException {
        var deployment = repository
                .createDeployment()
                .addString(
                        "hold-resolution.bpmn",
                        Story.withDurations(
                                "hold-resolution", Map.of("remindAt", "remindAfter", "decideBy", "decideWithin")))
                .deploy()
                .getId();
        try {
            story.goTo(Instant.parse("2026-06-05T14:00:00Z"));
            var order = requested(overLimit());
            story.start(order);
            var asked = story.task(order, "OVER_LIMIT");
            assertThat(timerDue("event_reminderDue"))
                    .isCloseTo(Instant.parse("2026-06-08T09:00:00Z"), within(1, ChronoUnit.MINUTES));
            assertThat(timerDue("event_decisionOverdue"))
                    .isCloseTo(asked.getDueDate().toInstant(), within(1, ChronoUnit.SECONDS))
                    .isCloseTo(Instant.parse("2026-06-08T14:00:00Z"), within(1, ChronoUnit.MINUTES));

            // It was asked by the earlier release, which knew no such variable.
            runtime.removeVariable(asked.getProcessInstanceId(), "remindAt");
            story.passesUntil(Instant.parse("2026-06-08T14:01:00Z"));

            assertThat(story.candidateGroup(story.task(order, "OVER_LIMIT"))).isEqualTo("financeDirector");
            assertThat(timerDue("event_decisionOverdue"))
                    .isCloseTo(Instant.parse("2026-06-10T14:00:00Z"), within(1, ChronoUnit.MINUTES));
            story.decide(story.task(order, "OVER_LIMIT"), "dora", "release", "Secured.");
            assertThat(state(order)).isEqualTo("sale");
        } finally {
            story.end();
            repository.deleteDeployment(deployment, true);
        }
    }

    @Test
    void a_reminder_stops_with_the_decision() {
        var order = requested(overLimit());
        story.start(order);

        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured.");

        assertThat(management.createJobQuery().activityId("event_reminderDue").count())
                .isZero();
        assertThat(management
                        .createJobQuery()
                        .activityId("event_decisionOverdue")
                        .count())
                .isZero();
    }

    // Odoo refuses, or is away

    @Test
    void when_odoo_refuses_a_person_reads_its_words_and_tries_again() {
        var order = requested(data.goodOrder());
        odoo.faults().refuseConfirmation("The analytic account is archived.");
        var caseId = story.start(order);

        var task = story.tasks(order).get(0);
        assertThat(task.getName()).startsWith("Resolve refusal by Odoo: S");
        assertThat(story.variable(task, "odooMessage").toString()).contains("The analytic account is archived.");
        assertThat(state(order)).isEqualTo("draft");

        odoo.faults().none();
        story.complete(task, "ole", Map.of("action", "retry"));
        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.outcome(caseId)).isEqualTo("released");
    }

    @Test
    void after_a_refusal_the_order_may_be_returned_for_correction() {
        var order = requested(data.goodOrder());
        odoo.faults().refuseConfirmation("The analytic account is archived.");
        story.start(order);

        story.complete(
                story.tasks(order).get(0), "ole", Map.of("action", "return", "reason", "Choose another account."));

        assertThat(holdpointState(order)).isEqualTo("returned");
        assertThat(story.tasks(order).get(0).getName()).startsWith("Correct order: S");
    }

    @Test
    void after_a_refusal_the_request_may_be_given_up() {
        var order = requested(data.goodOrder());
        odoo.faults().refuseConfirmation("The analytic account is archived.");
        var caseId = story.start(order);

        story.complete(
                story.tasks(order).get(0), "ole", Map.of("action", "cancel", "reason", "Order was a duplicate."));

        assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
        assertThat(state(order)).isEqualTo("draft");
    }

    /** Of a pool of connections, as many are dead as were open when the database restarted. */
    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "40001"})
    void while_the_database_cannot_be_used_no_retry_is_used_up_and_there_is_no_incident(String sqlState) {
        passesByItself(new DataAccessResourceFailureException("As it was told to", new SQLException("Gone", sqlState)));
    }

    /** A rollback on a lost connection fails as well, and all that is left says nothing of why. */
    @Test
    void a_rollback_that_fails_uses_up_no_retry_either() {
        passesByItself(new TransactionSystemException("Rollback failed", new SQLException("Connection is closed")));
    }

    private void passesByItself(RuntimeException failure) {
        var order = requested(data.goodOrder());
        odoo.faults().beforeCall(call -> {
            throw failure;
        });
        var caseId = runtime.startProcessInstanceByKey("order-release", order.toString())
                .getId();

        for (var time = 0; time < 5; time++) {
            story.workWithFailures();
        }

        assertThat(story.incidents(caseId)).isEmpty();
        odoo.faults().none();
        story.work();
        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void while_odoo_is_away_no_retry_is_used_up_and_there_is_no_incident() {
        var order = requested(data.goodOrder());
        odoo.faults().unavailable(3);
        var caseId = runtime.startProcessInstanceByKey("order-release", order.toString())
                .getId();

        story.workWithFailures();

        assertThat(story.incidents(caseId)).isEmpty();
        assertThat(management
                        .createJobQuery()
                        .processInstanceId(caseId)
                        .singleResult()
                        .getRetries())
                .isEqualTo(3);
        odoo.faults().none();
        story.passes(Duration.ofMinutes(1));
        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void after_hours_without_odoo_a_person_is_asked_and_may_try_again() {
        var order = requested(data.goodOrder());
        odoo.faults().unavailable(Integer.MAX_VALUE);
        var caseId = runtime.startProcessInstanceByKey("order-release", order.toString())
                .getId();
        story.workWithFailures();
        assertThat(story.tasks(order)).isEmpty();

        hours(9);
        story.workWithFailures();

        var task = story.tasks(order).get(0);
        assertThat(task.getName()).startsWith("Recover case without Odoo");
        assertThat(story.candidateGroup(task)).isEqualTo("operations");
        assertThat(story.variable(task, "problemText").toString()).contains("down");
        odoo.faults().none();
        story.complete(task, "ole", Map.of("action", "retry"));
        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.outcome(caseId)).isEqualTo("released");
    }

    @Test
    void a_case_may_be_closed_by_hand_with_evidence() {
        var order = requested(data.goodOrder());
        odoo.faults().unavailable(Integer.MAX_VALUE);
        var caseId = runtime.startProcessInstanceByKey("order-release", order.toString())
                .getId();
        story.workWithFailures();
        hours(9);
        story.workWithFailures();

        story.complete(
                story.tasks(order).get(0),
                "ole",
                Map.of("action", "doneByHand", "reason", "Confirmed in Odoo, see mail."));

        assertThat(story.outcome(caseId)).isEqualTo("doneByHand");
        assertThat(story.evidence(caseId, Kind.RECOVERY).get(0).content())
                .containsEntry("reason", "Confirmed in Odoo, see mail.");
    }

    @Test
    void an_answer_lost_after_odoo_committed_does_not_confirm_twice() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        odoo.faults().loseAnswers(1);

        var task = story.task(order, "OVER_LIMIT");
        story.as("max", () -> tasks.complete(task.getId(), Map.of("decision", "release", "reason", "Secured.")));
        story.workWithFailures();
        assertThat(state(order)).as("Odoo has done it").isEqualTo("sale");
        assertThat(story.isOpen(order)).as("Holdpoint does not know it yet").isTrue();
        story.passes(Duration.ofMinutes(1));

        assertThat(story.outcome(caseId)).isEqualTo("released");
        assertThat(odoo.chatter(order))
                .filteredOn(note -> note.contains("Released by Holdpoint"))
                .hasSize(1);
        assertThat(story.evidence(caseId, Kind.COMMAND))
                .filteredOn(line -> line.content().get("operation").equals("release"))
                .singleElement()
                .satisfies(line ->
                        assertThat(line.content().get("answer").toString()).contains("already"));
    }

    @Test
    void a_lost_answer_found_only_hours_later_is_recognised_when_the_order_is_read_again() {
        var order = requested(data.goodOrder());
        odoo.faults().loseAnswers(1);
        var caseId = runtime.startProcessInstanceByKey("order-release", order.toString())
                .getId();
        story.workWithFailures();
        assertThat(state(order)).isEqualTo("sale");
        odoo.faults().unavailable(Integer.MAX_VALUE);
        hours(9);
        story.workWithFailures();

        odoo.faults().none();
        story.complete(story.tasks(order).get(0), "ole", Map.of("action", "retry"));

        assertThat(story.outcome(caseId)).isEqualTo("released");
        assertThat(odoo.chatter(order))
                .filteredOn(note -> note.contains("Released by Holdpoint"))
                .hasSize(1);
    }

    // No way round

    @Test
    void whoever_asked_sells_or_created_the_order_cannot_release_it() {
        var order = requested(overLimit());
        story.start(order);
        var task = story.task(order, "OVER_LIMIT");
        story.addToGroup("anna", "creditManager");
        try {
            assertThatThrownBy(() -> story.decide(task, "anna", "release", "I know them."))
                    .hasMessageContaining("Four eyes: Anna asked for the release");
        } finally {
            story.removeFromGroup("anna", "creditManager");
        }

        assertThat(story.task(order, "OVER_LIMIT").getId()).isEqualTo(task.getId());
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void whoever_has_no_address_by_which_own_requests_are_recognised_does_not_release() {
        var order = requested(overLimit());
        story.start(order);
        var task = story.task(order, "OVER_LIMIT");
        identity.saveUser(identity.newUser("second"));
        story.addToGroup("second", "creditManager");
        try {
            assertThatThrownBy(() -> story.decide(task, "second", "release", "I know them."))
                    .hasMessageContaining("Four eyes: second has no e-mail address here");
        } finally {
            identity.deleteUser("second");
        }

        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void what_one_person_has_taken_nobody_else_completes() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        var task = story.task(order, "OVER_LIMIT");
        story.claim(task, "max");
        story.addToGroup("clara", "creditManager");
        try {
            assertThatThrownBy(() -> story.decide(task, "clara", "release", "Max is at lunch."))
                    .hasMessageContaining("Max has taken this task");
        } finally {
            story.removeFromGroup("clara", "creditManager");
        }

        assertThat(story.evidence(caseId, Kind.REFUSAL))
                .singleElement()
                .satisfies(line -> assertThat(line.actor()).isEqualTo("clara"));
        assertThat(state(order)).isEqualTo("draft");
        story.decide(task, "max", "release", "Secured by a guarantee.");
        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void not_even_a_correction_is_completed_for_the_person_who_has_taken_it() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        story.decide(story.task(order, "OVER_LIMIT"), "max", "return", "Split it.");
        var task = story.taskOf(order, "userTask_correctOrder");
        story.claim(task, "anna");

        assertThatThrownBy(() -> story.complete(task, "ben", Map.of("action", "withdraw", "reason", "Not wanted.")))
                .hasMessageContaining("Anna has taken this task");

        assertThat(story.evidence(caseId, Kind.REFUSAL))
                .singleElement()
                .satisfies(line -> assertThat(line.actor()).isEqualTo("ben"));
        assertThat(story.taskOf(order, "userTask_correctOrder").getId()).isEqualTo(task.getId());
    }

    @Test
    void a_refused_attempt_stays_on_record() {
        var order = requested(overLimit());
        var caseId = story.start(order);

        assertThatThrownBy(() -> story.decide(story.task(order, "OVER_LIMIT"), "admin", "release", "Because I can."))
                .hasMessageContaining("group Credit manager");

        assertThat(story.evidence(caseId, Kind.REFUSAL)).singleElement().satisfies(line -> {
            assertThat(line.actor()).isEqualTo("admin");
            assertThat(line.content().get("why").toString()).contains("not a member");
        });
        assertThat(story.evidence(caseId, Kind.DECISION)).isEmpty();
    }

    @Test
    void the_same_person_cannot_take_both_steps() {
        var order = requested(suspended());
        story.start(order);
        story.decide(story.task(order, "CREDIT_SUSPENDED"), "max", "release", "Paid this morning.");
        story.addToGroup("max", "financeDirector");
        try {
            assertThatThrownBy(() -> story.decide(story.task(order, "CREDIT_SUSPENDED"), "max", "release", "Again."))
                    .hasMessageContaining("earlier step");
        } finally {
            story.removeFromGroup("max", "financeDirector");
        }
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void a_rejection_or_a_forced_release_without_a_reason_is_not_taken() {
        var order = requested(suspended());
        story.start(order);

        for (var answer : List.of("reject", "return", "release")) {
            assertThatThrownBy(() -> story.decide(story.task(order, "CREDIT_SUSPENDED"), "max", answer, "  "))
                    .hasMessageContaining("reason:");
        }
        assertThatThrownBy(() -> story.decide(story.task(order, "CREDIT_SUSPENDED"), "max", "maybe", "Hm."))
                .hasMessageContaining("decision:");

        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void variables_sent_along_with_the_answer_change_nothing() {
        var order = requested(suspended());
        var other = requested(overLimit());
        story.start(order);
        story.start(other);
        var otherHold = story.variable(story.task(other, "OVER_LIMIT"), "holdId");

        story.complete(
                story.task(order, "CREDIT_SUSPENDED"),
                "max",
                Map.of(
                        "decision", "release",
                        "reason", "Paid.",
                        "holdId", otherHold,
                        "settled", "released",
                        "role", "creditControl",
                        "escalation", 9));

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.candidateGroup(story.task(order, "CREDIT_SUSPENDED"))).isEqualTo("financeDirector");
        assertThat(story.holdCodes(other)).as("the other case is untouched").containsExactly("OVER_LIMIT");
    }

    @Test
    void a_case_moved_past_its_holds_by_an_operator_is_not_confirmed() {
        var order = requested(overLimit());
        var caseId = story.start(order);

        runtime.createProcessInstanceModification(caseId)
                .cancelAllForActivity("subProcess_resolveHolds")
                .startBeforeActivity("serviceTask_confirmOrder")
                .execute(true, true);
        story.workWithFailures();

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.incidents(caseId))
                .singleElement()
                .satisfies(job -> assertThat(job.getExceptionMessage())
                        .contains("OVER_LIMIT was not released by anybody with authority"));
        assertThat(story.evidence(caseId, Kind.REFUSAL)).isNotEmpty();
    }

    /** Something else changes it each time that Holdpoint looks away, and back. */
    @Test
    void an_order_of_which_odoo_never_agrees_what_it_is_goes_to_operations_and_not_round_forever() {
        var order = requested(
                data.order(data.customer("Elbe Metall").creditLimit(100_000).add())
                        .line(pump(), 10)
                        .add());
        odoo.faults().beforeCall(call -> changeQuantity(order, isCommand(call) ? 11 : 10));
        var caseId = runtime.startProcessInstanceByKey("order-release", order.toString())
                .getId();

        story.workWithFailures();

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.incidents(caseId))
                .singleElement()
                .satisfies(job -> assertThat(job.getExceptionMessage())
                        .contains("for the second time that it is not what was decided on"));
        odoo.faults().none();
        changeQuantity(order, 10);
        management.setJobRetries(story.incidents(caseId).get(0).getId(), 1);
        story.work();
        assertThat(state(order)).isEqualTo("sale");
    }

    private static boolean isCommand(OdooCall call) {
        return call.context().get("holdpoint") instanceof Map<?, ?> payload && payload.containsKey("key");
    }

    @Test
    void a_case_started_behind_the_check_is_sent_back_to_it() {
        var order = requested(overLimit());

        var caseId = runtime.createProcessInstanceByKey("order-release")
                .businessKey(order.toString())
                .startBeforeActivity("serviceTask_confirmOrder")
                .execute(true, true)
                .getId();
        story.work();

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.holdCodes(order)).containsExactly("OVER_LIMIT");
        assertThat(story.evidence(caseId, Kind.EVENT))
                .as("even so it is registered")
                .isNotEmpty();
    }

    @Test
    void a_document_has_one_open_case_and_a_second_start_is_told_which() {
        var order = requested(overLimit());
        var caseId = story.start(order);

        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("order-release", order.toString()))
                .hasMessageContaining(caseId)
                .hasMessageContaining("already has an open case");

        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(order.toString())
                        .processDefinitionKey("order-release")
                        .count())
                .isEqualTo(1);
    }

    // Policy

    @Test
    void a_table_that_says_nothing_holds_the_order_for_operations() {
        var order = requested(data.goodOrder());
        var silent = withoutRules("dmn/order-release.stock.dmn");
        deployed(silent, () -> {
            story.start(order);

            assertThat(story.holdCodes(order)).containsExactly("POLICY_SILENT");
            assertThat(story.candidateGroup(story.task(order, "POLICY_SILENT"))).isEqualTo("operations");
            assertThat(state(order)).isEqualTo("draft");
        });
    }

    @Test
    void a_table_changed_by_its_owner_decides_the_next_order() {
        var stricter = resource("dmn/order-release.thresholds.dmn").replace("<text>80</text>", "<text>0.1</text>");
        var before = requested(data.goodOrder());
        story.start(before);
        assertThat(state(before)).isEqualTo("sale");
        deployed(stricter, "order-release.thresholds.dmn", () -> {
            var after = requested(data.goodOrder());
            story.start(after);
            assertThat(story.holdCodes(after)).containsExactly("LIMIT_WARNING");
        });
    }

    @Test
    void what_is_a_large_order_depends_on_its_company_also_for_who_may_release_it() {
        var ownRow = resource("dmn/order-release.thresholds.dmn")
                .replace("\"My Company (Chicago)\"", "\"Nordlicht Service\"");
        deployed(ownRow, "order-release.thresholds.dmn", () -> {
            // 60,000 is more than the 50,000 of that row, and less than the 100,000 of all others.
            var here = requested(overdueOrder(1, 60_000));
            var there = requested(overdueOrder(2, 60_000));
            story.start(here);
            var caseId = story.start(there);

            assertThat(story.candidateGroup(story.task(here, "OVERDUE"))).isEqualTo("creditControl");
            assertThat(story.candidateGroup(story.task(there, "OVERDUE"))).isEqualTo("creditManager");
            assertThat(story.evidence(caseId, Kind.AUTHORITY).get(0).content())
                    .containsEntry("rule", "rule_largeOrderCredit");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "My Company (Chicago)" | -        | Hit policy 'UNIQUE' only allows a single rule to match
                    >80<                   | >8o %%<  | failed to parse expression '8o %%'
                    """)
    void a_table_that_cannot_answer_stops_its_cases_in_words_until_it_is_mended(
            String cell, String mistake, String words) {
        var before = requested(overLimit());
        story.start(before);
        var order = requested(data.goodOrder());
        var sound = resource("dmn/order-release.thresholds.dmn");
        var poison =
                sound.replace("hitPolicy=\"FIRST\"", "hitPolicy=\"UNIQUE\"").replace(cell, mistake);

        deployed(poison, "order-release.thresholds.dmn", () -> {
            var caseId = runtime.startProcessInstanceByKey("order-release", order.toString())
                    .getId();
            story.workWithFailures();

            assertThat(story.incidents(caseId))
                    .singleElement()
                    .satisfies(job -> assertThat(job.getExceptionMessage())
                            .contains("order-release.thresholds", words, "until its owner mends and deploys it"));
            assertThat(state(order)).isEqualTo("draft");
            assertThat(story.holdCodes(before)).as("others are left alone").containsExactly("OVER_LIMIT");

            deployed(sound, "order-release.thresholds.dmn", () -> {
                management.setJobRetries(story.incidents(caseId).get(0).getId(), 1);
                story.work();
                assertThat(state(order)).isEqualTo("sale");
            });
        });
    }

    @Test
    void a_model_whose_step_fails_stops_its_cases_and_no_others() {
        var before = requested(overLimit());
        var open = story.start(before);
        var poison = resource("processes/order-release.bpmn").replace("${readDocument}", "${readDocument.noSuchThing}");

        deployed(poison, "order-release.bpmn", () -> {
            var order = requested(data.goodOrder());
            var caseId = runtime.startProcessInstanceByKey("order-release", order.toString())
                    .getId();
            for (var attempt = 0; attempt < 3; attempt++) {
                story.workWithFailures();
            }

            assertThat(story.incidents(caseId))
                    .singleElement()
                    .satisfies(job -> assertThat(job.getExceptionMessage()).contains("noSuchThing"));
            assertThat(state(order)).isEqualTo("draft");

            story.decide(story.task(before, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");
            assertThat(story.outcome(open)).isEqualTo("released");
        });
    }

    @Test
    void every_step_leaves_its_evidence() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured.");

        assertThat(story.evidence().of(caseId))
                .extracting(line -> line.kind().name())
                .containsSubsequence(
                        "EVENT",
                        "FACTS",
                        "POLICY",
                        "HOLD",
                        "COMMAND",
                        "AUTHORITY",
                        "DECISION",
                        "FACTS",
                        "POLICY",
                        "COMMAND",
                        "OUTCOME");
        assertThat(story.evidence(caseId, Kind.POLICY)
                        .get(0)
                        .content()
                        .get("tables")
                        .toString())
                .contains("rule_overLimitSlightly")
                .contains("order-release.thresholds")
                .contains("version=");
        assertThat(story.evidence(caseId, Kind.COMMAND))
                .extracting(line -> line.content().get("key"))
                .containsExactly(caseId + ":serviceTask_showHolds:1", caseId + ":serviceTask_confirmOrder");
    }

    // Given

    private long overLimit() {
        return data.order(data.customer("Elbe Metall").creditLimit(10_000).add())
                .line(pump(), 110)
                .add();
    }

    /** Of a customer who has been late for five weeks with a small part of what is owed. */
    private long overdueOrder(long company, double amount) {
        var customer = data.customer("Havel Logistik")
                .of(company)
                .creditLimit(1_000_000)
                .add();
        data.invoice(customer).of(company).amount(8_000).overdue(35).add();
        return data.order(customer)
                .of(company)
                .line(
                        data.product("Overhaul")
                                .price(amount)
                                .cost(amount / 2)
                                .service()
                                .add(),
                        1)
                .add();
    }

    /** 135 pumps at 22 % discount: 10,530 of 10,000, the list price being 100. */
    private long overLimitAndDiscounted() {
        return data.order(data.customer("Elbe Metall").creditLimit(10_000).add())
                .line(pump(), 135, 22)
                .add();
    }

    private long suspended() {
        return data.order(data.customer("Saale Stahl")
                        .creditLimit(100_000)
                        .trust("bad")
                        .add())
                .line(pump(), 10)
                .add();
    }

    private long pump() {
        return data.product("Pump").price(100).cost(50).stock(1000).add();
    }

    private DocumentRef requested(long order) {
        odoo.requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }

    // What Odoo shows

    private JsonNode order(DocumentRef order) {
        return odoo.order(order.id());
    }

    private String state(DocumentRef order) {
        return order(order).path("state").asText();
    }

    private String holdpointState(DocumentRef order) {
        return order(order).path("x_holdpoint_state").asText();
    }

    private String reason(DocumentRef order) {
        return order(order).path("x_holdpoint_reason").asText();
    }

    /** What an approver sees of what is different, one text for each difference. */
    private List<String> changes(Task task) {
        return Spin.JSON(story.variable(task, "changes").toString()).elements().stream()
                .map(change -> "%s | %s | %s"
                        .formatted(
                                change.prop("what").stringValue(),
                                change.prop("earlier").stringValue(),
                                change.prop("current").stringValue()))
                .toList();
    }

    // What happens in Odoo

    private void changeDiscount(DocumentRef order, double discount) {
        odoo.changeLine(line(order), "anna", Map.of("discount", discount));
    }

    private void changeQuantity(DocumentRef order, double quantity) {
        odoo.changeLine(line(order), "anna", Map.of("product_uom_qty", quantity));
    }

    private void changePriceAndDiscount(DocumentRef order, double price, double discount) {
        odoo.changeLine(line(order), "anna", Map.of("price_unit", price, "discount", discount));
    }

    private long line(DocumentRef order) {
        return order(order).path("order_line").get(0).asLong();
    }

    // What happens in the engine

    private void tell(String message, DocumentRef order) {
        runtime.createMessageCorrelation(message)
                .processInstanceBusinessKey(order.toString())
                .correlate();
        story.work();
    }

    private void hours(int hours) {
        story.goTo(Story.BEGIN.plus(Duration.ofHours(hours)));
    }

    private Instant timerDue(String event) {
        return management
                .createJobQuery()
                .activityId(event)
                .singleResult()
                .getDuedate()
                .toInstant();
    }

    private static List<String> ids(List<org.camunda.bpm.engine.task.Task> tasks) {
        return new ArrayList<>(
                tasks.stream().map(org.camunda.bpm.engine.task.Task::getId).toList());
    }

    private static String withoutRules(String resource) {
        return resource(resource).replaceAll("(?s)<rule .*</rule>", "");
    }

    private static String resource(String name) {
        try (var stream = OrderReleaseProcessTest.class.getClassLoader().getResourceAsStream(name)) {
            return new String(
                    java.util.Objects.requireNonNull(stream).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void deployed(String model, Runnable story) {
        deployed(model, "order-release.stock.dmn", story);
    }

    /** Deploys as an owner does, for the length of the story. */
    private void deployed(String model, String name, Runnable story) {
        var deployment = repository
                .createDeployment()
                .name("By its owner")
                .addString(name, model)
                .deploy();
        try {
            story.run();
        } finally {
            repository.deleteDeployment(deployment.getId(), true);
        }
    }
}
