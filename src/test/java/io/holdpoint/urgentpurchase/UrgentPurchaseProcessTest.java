package io.holdpoint.urgentpurchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.WorkflowStories;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCall;
import io.holdpoint.odoo.OdooRefused;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ProcessTest
class UrgentPurchaseProcessTest extends WorkflowStories {

    /** In milliseconds. Deadlines are hours; how long a story itself takes says nothing about them. */
    private static final long A_MINUTE = 60_000;

    private static final String WORKFLOW = "urgent-purchase";
    private static final String CHANGED = "urgent-purchase.purchaseChanged";

    long pump;
    long vendor;

    UrgentPurchaseProcessTest() {
        super(WORKFLOW);
    }

    @BeforeEach
    void begin() {
        // Every story begins on a Tuesday half an hour after people began to work.
        goTo(DayOfWeek.TUESDAY);
        pump = data.product("Pump").add();
        vendor = data.vendor("Isar Pumpen").onTime(72).price(pump, 100).add();
    }

    // The happy path

    @Test
    void a_small_purchase_in_order_is_bought_by_itself_and_watched_until_it_is_there() {
        var order = order(4);
        var caseId = start(order);

        assertThat(state(order)).isEqualTo("purchase");
        assertThat(holdpointState(order)).isEqualTo("released");
        assertThat(record(order).path("x_holdpoint_approved_amount").asDouble()).isEqualTo(400);
        assertThat(record(order).path("x_holdpoint_promised"))
                .isEqualTo(record(order).path("date_planned"));
        assertThat(odoo.chatter(order)).contains("Approved by Holdpoint. All checks of policy passed.");
        assertThat(story.tasks(order)).isEmpty();
        assertThat(story.isOpen(WORKFLOW, order)).isTrue();

        odoo.receivePurchase(order.id(), 1);
        story.tell(CHANGED, order);

        assertThat(story.outcome(caseId)).isEqualTo("received");
        assertThat(story.isOpen(WORKFLOW, order)).isFalse();
    }

    @Test
    void each_reason_goes_to_its_own_role_at_the_same_time() {
        var doubtful =
                data.vendor("Hinterhof Teile").notApproved().price(pump, 100).add();
        var order = ref(data.purchase(doubtful)
                .line(pump, 200, 140)
                .promisedIn(12)
                .withoutDamage()
                .add());
        start(order);

        assertThat(story.holdCodes(order))
                .containsExactly(
                        "AMOUNT_EXCEPTIONAL",
                        "AMOUNT_EXCEPTIONAL",
                        "JUSTIFICATION",
                        "PRICE_VARIANCE_MAJOR",
                        "PROMISE_LATE",
                        "VENDOR_NOT_APPROVED");
        assertThat(exceptional(order, "purchaseManager").getDueDate())
                .as("both are asked at the same time and have the same time")
                .isEqualTo(exceptional(order, "financeDirector").getDueDate());
        asked(order, "JUSTIFICATION", "purchaseManager", Duration.ofHours(8));
        asked(order, "PRICE_VARIANCE_MAJOR", "financeDirector", Duration.ofDays(1));
        asked(order, "PROMISE_LATE", "buyer", Duration.ofHours(4));
        asked(order, "VENDOR_NOT_APPROVED", "qualityManager", Duration.ofHours(8));
        assertThat(holdpointState(order)).isEqualTo("held");
        assertThat(record(order).path("x_holdpoint_reason").asText()).contains("Amount exceptional");
        assertThatThrownBy(() -> odoo.pressOnPurchase(order.id(), "paul", "button_confirm"))
                .hasMessageContaining("is on hold by Holdpoint");
        assertThatThrownBy(() -> odoo.changePurchase(order.id(), "paul", Map.of("state", "purchase")))
                .hasMessageContaining("is on hold by Holdpoint");

        story.decide(exceptional(order, "purchaseManager"), "paul", "release", "Needed.");
        story.decide(story.task(order, "JUSTIFICATION"), "paul", "release", "Known to me.");
        story.decide(exceptional(order, "financeDirector"), "dora", "release", "In the budget.");
        story.decide(story.task(order, "PRICE_VARIANCE_MAJOR"), "dora", "release", "Nobody else has it.");
        story.decide(story.task(order, "PROMISE_LATE"), "carl", "release", "Still the first.");
        assertThat(state(order)).as("one of six is missing").isEqualTo("draft");
        story.decide(story.task(order, "VENDOR_NOT_APPROVED"), "quentin", "release", "Seen by us.");

        assertThat(state(order)).isEqualTo("purchase");
        assertThat(odoo.chatter(order))
                .anySatisfy(note -> assertThat(note)
                        .contains("Approved by Holdpoint.")
                        .contains("Dora (Finance director): In the budget.")
                        .contains("Quentin (Quality manager): Seen by us."));
    }

    @Test
    void orders_split_over_a_week_are_one_amount() {
        start(order(4));
        var second = order(3);
        start(second);

        assertThat(story.holdCodes(second)).containsExactly("AMOUNT");
        assertThat(story.variable(story.task(second, "AMOUNT"), "numbers").toString())
                .contains("700.00 EUR");
        assertThat(story.variable(story.task(second, "AMOUNT"), "policySentence")
                        .toString())
                .startsWith("Together with other orders of the same requester");
    }

    @Test
    void what_is_not_urgent_or_not_bought_or_of_others_does_not_count_as_split() {
        data.purchase(vendor).line(pump, 50).notUrgent().add();
        data.purchase(vendor).line(pump, 50).by("carl").add();
        var cancelled = order(50);
        odoo.pressOnPurchase(cancelled.id(), "bea", "button_cancel");
        var rejected = order(6);
        start(rejected);
        story.decide(story.task(rejected, "AMOUNT"), "carl", "reject", "Repair the old one.");

        var order = order(4);
        start(order);

        assertThat(state(order)).isEqualTo("purchase");
    }

    @Test
    void a_week_later_it_is_another_purchase() {
        start(order(4));
        story.passes(Duration.ofDays(7).plusMinutes(1));

        var order = order(4);
        start(order);

        assertThat(state(order)).isEqualTo("purchase");
    }

    @Test
    void an_incomplete_justification_is_completed_and_asked_for_again() {
        var order = ref(data.purchase(vendor).line(pump, 4).withoutDamage().add());
        start(order);
        story.decide(story.task(order, "JUSTIFICATION"), "paul", "return", "What does it cost us?");
        assertThat(holdpointState(order)).isEqualTo("returned");
        assertThat(record(order).path("x_holdpoint_reason").asText()).contains("What does it cost us?");
        assertThat(story.candidateGroup(correction(order))).isEqualTo("buyer");

        odoo.changePurchase(
                order.id(), "bea", Map.of("x_holdpoint_damage", "Press 4 stands still: 9,000 euros a day."));
        odoo.requestApproval(order.id(), "bea");
        story.tell("urgent-purchase.approvalRequestedAgain", order);

        assertThat(state(order)).isEqualTo("purchase");
    }

    @Test
    void a_price_above_the_list_is_measured_by_urgency_and_goods() {
        var basic = data.product("Bearing").basicNeed().add();
        var dealer = data.vendor("Lagerhaus").price(pump, 100).price(basic, 100).add();
        var passes =
                ref(data.purchase(dealer).line(basic, 1, 125).urgency("high").add());
        start(passes);
        assertThat(state(passes)).isEqualTo("purchase");

        var held = ref(data.purchase(dealer).line(pump, 1, 125).urgency("high").add());
        start(held);
        asked(held, "PRICE_VARIANCE", "purchaseManager", Duration.ofHours(8));
        assertThat(story.variable(story.task(held, "PRICE_VARIANCE"), "numbers").toString())
                .contains("25 %")
                .contains("18 %");
    }

    @Test
    void without_a_list_price_a_second_buyer_looks() {
        var order = ref(data.purchase(vendor)
                .line(data.product("Odd part").add(), 1, 80)
                .promisedIn(3)
                .add());
        start(order);

        asked(order, "NO_VENDOR_PRICE", "buyer", Duration.ofHours(4));
    }

    @Test
    void a_promise_that_has_passed_is_corrected() {
        var order = ref(data.purchase(vendor).line(pump, 4).promisedIn(-1).add());
        start(order);
        var task = story.task(order, "PROMISE_PASSED");

        odoo.changePurchaseLines(order.id(), "bea", Map.of("date_planned", day(5) + " 09:00:00"));
        story.tell(CHANGED, order);

        assertThat(tasks.createTaskQuery().taskId(task.getId()).count())
                .as("nobody has to answer any more")
                .isZero();
        assertThat(state(order)).isEqualTo("purchase");
    }

    @Test
    void a_vendor_on_level_three_is_looked_at_by_quality() {
        var bad = data.vendor("Wackel Guss").level(3).price(pump, 100).add();
        var order = ref(data.purchase(bad).line(pump, 4).add());
        start(order);

        assertThat(story.holdCodes(order)).containsExactly("VENDOR_LEVEL");
        asked(order, "VENDOR_LEVEL", "qualityManager", Duration.ofHours(8));
        story.decide(story.task(order, "VENDOR_LEVEL"), "quentin", "release", "Sorted at the vendor's cost.");

        assertThat(state(order)).isEqualTo("purchase");
    }

    @Test
    void a_vendor_who_falls_to_level_three_while_people_decide_is_looked_at_too() {
        var order = order(6);
        start(order);
        odoo.data().supplierLevel(vendor, 3);

        story.decide(story.task(order, "AMOUNT"), "carl", "release", "Fine.");

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.holdCodes(order)).containsExactly("VENDOR_LEVEL");
    }

    @Test
    void a_line_of_zero_or_less_goes_back() {
        for (var quantity : List.of(0.0, -2.0)) {
            var order = ref(data.purchase(vendor)
                    .line(pump, 4)
                    .line(pump, quantity)
                    .lineDown()
                    .add());
            start(order);

            assertThat(story.holdCodes(order))
                    .as("forced, whatever stands still")
                    .containsExactly("PURCHASE_QUANTITY");
            assertThat(state(order)).isEqualTo("draft");
        }
    }

    @Test
    void an_order_that_lost_its_lines_goes_back() {
        var order = order(6);
        start(order);
        record(order)
                .path("order_line")
                .forEach(line -> odoo.as("admin")
                        .call(new OdooCall(
                                "purchase.order.line", "unlink", List.of(line.asLong()), Map.of(), Map.of())));

        story.tell(CHANGED, order);

        assertThat(story.holdCodes(order)).contains("PURCHASE_EMPTY");
    }

    // Four eyes

    @Test
    void whoever_asked_buys_or_wrote_the_order_does_not_release_it() {
        var order = order(6);
        start(order);
        story.addToGroup("bea", "camunda-admin");
        try {
            assertThatThrownBy(() -> story.decide(story.task(order, "AMOUNT"), "bea", "release", "It is mine."))
                    .hasMessageContaining("Four eyes: Bea")
                    .hasMessageContaining("Someone else of the group Buyer");
        } finally {
            story.removeFromGroup("bea", "camunda-admin");
        }
        assertThatThrownBy(() -> story.decide(story.task(order, "AMOUNT"), "admin", "release", "I may all."))
                .hasMessageContaining("Administrator is not a member of it");
        assertThat(state(order)).isEqualTo("draft");

        story.decide(story.task(order, "AMOUNT"), "carl", "release", "Fine.");
        assertThat(state(order)).isEqualTo("purchase");
    }

    @Test
    void whoever_holds_two_roles_answers_in_one_of_them() {
        var order = ref(data.purchase(vendor).line(pump, 60, 140).add());
        start(order);
        assertThat(story.holdCodes(order)).containsExactly("AMOUNT_MAJOR", "PRICE_VARIANCE_MAJOR");
        story.addToGroup("paul", "financeDirector");
        try {
            story.decide(story.task(order, "AMOUNT_MAJOR"), "paul", "release", "Needed.");
            assertThatThrownBy(() -> story.decide(
                            story.task(order, "PRICE_VARIANCE_MAJOR"), "paul", "release", "And in the budget."))
                    .hasMessageContaining("Four eyes: Paul has released another hold")
                    .hasMessageContaining("Purchase manager");
        } finally {
            story.removeFromGroup("paul", "financeDirector");
        }
        story.decide(story.task(order, "PRICE_VARIANCE_MAJOR"), "dora", "release", "In the budget.");

        assertThat(state(order)).isEqualTo("purchase");
    }

    @Test
    void a_release_past_the_task_is_caught_at_the_effect() {
        var order = order(6);
        var caseId = start(order);
        runtime.createProcessInstanceModification(caseId)
                .cancelAllForActivity("subProcess_resolveHolds")
                .startBeforeActivity("serviceTask_approvePurchase")
                .execute();
        story.workWithFailures();

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.evidence(caseId, Kind.REFUSAL))
                .anySatisfy(line -> assertThat(line.content().toString()).contains("AMOUNT was not released"));
    }

    // Rejected, returned, expired

    @Test
    void a_rejection_leaves_the_order_and_says_who_and_why() {
        var order = order(60);
        var caseId = start(order);

        story.decide(story.task(order, "AMOUNT_MAJOR"), "paul", "reject", "Repair the old one.");

        assertThat(story.outcome(caseId)).isEqualTo("rejected");
        assertThat(state(order)).isEqualTo("draft");
        assertThat(holdpointState(order)).isEqualTo("rejected");
        assertThat(odoo.chatter(order)).anySatisfy(note -> assertThat(note).contains("Repair the old one."));
        odoo.changePurchase(order.id(), "bea", Map.of("priority", "0"));
        assertThatThrownBy(() -> odoo.pressOnPurchase(order.id(), "bea", "button_confirm"))
                .as("without the star too")
                .hasMessageContaining("was not approved by Holdpoint");
    }

    @Test
    void a_returned_order_is_checked_again_given_up_or_expires() {
        var checked = returned(order(60));
        changeQuantity(checked, 4);
        story.complete(correction(checked), "bea", Map.of("action", "checkAgain"));
        assertThat(state(checked)).isEqualTo("purchase");

        var given = returned(order(60));
        story.complete(correction(given), "bea", Map.of("action", "withdraw", "reason", "Not wanted."));
        assertThat(holdpointState(given)).isEqualTo("withdrawn");
        assertThat(story.isOpen(WORKFLOW, given)).isFalse();

        var left = returned(order(60));
        story.passes(Duration.ofDays(3).minusMinutes(1));
        assertThat(story.isOpen(WORKFLOW, left)).isTrue();
        story.passes(Duration.ofMinutes(2));
        assertThat(holdpointState(left)).isEqualTo("rejected");
        assertThat(state(left)).isEqualTo("draft");
    }

    @Test
    void a_hold_is_reminded_of_handed_up_and_expires() {
        var order = order(6);
        var caseId = start(order);

        story.passes(Duration.ofHours(2).plusMinutes(1));
        assertThat(story.evidence(caseId, Kind.REMINDER)).hasSize(1);
        assertThat(story.candidateGroup(story.task(order, "AMOUNT"))).isEqualTo("buyer");
        story.passes(Duration.ofHours(2));
        asked(order, "AMOUNT", "purchaseManager", Duration.ofDays(1));
        story.passes(Duration.ofDays(1).plusMinutes(1));

        assertThat(story.outcome(caseId)).isEqualTo("expired");
        assertThat(state(order)).isEqualTo("draft");
        assertThat(holdpointState(order)).isEqualTo("rejected");
        assertThat(odoo.chatter(order)).anySatisfy(note -> assertThat(note).contains("nobody decided in time: Amount"));
    }

    // Changed meanwhile

    @Test
    void a_change_touches_only_its_own_hold() {
        var order = ref(data.purchase(vendor).line(pump, 60, 130).promisedIn(12).add());
        start(order);
        assertThat(story.holdCodes(order)).containsExactly("AMOUNT_MAJOR", "PRICE_VARIANCE_MAJOR", "PROMISE_LATE");
        var amount = story.task(order, "AMOUNT_MAJOR").getId();
        var promise = story.task(order, "PROMISE_LATE").getId();

        odoo.changePurchaseLines(order.id(), "bea", Map.of("date_planned", day(5) + " 09:00:00"));
        story.tell(CHANGED, order);
        assertThat(story.holdCodes(order)).containsExactly("AMOUNT_MAJOR", "PRICE_VARIANCE_MAJOR");
        assertThat(tasks.createTaskQuery().taskId(promise).count()).isZero();
        assertThat(story.task(order, "AMOUNT_MAJOR").getId()).isEqualTo(amount);

        odoo.changePurchaseLines(order.id(), "bea", Map.of("price_unit", 100));
        story.tell(CHANGED, order);
        assertThat(story.holdCodes(order)).containsExactly("AMOUNT_MAJOR");
        assertThat(story.variable(story.task(order, "AMOUNT_MAJOR"), "changes").toString())
                .contains("\"earlier\":\"7,800.00 EUR\",\"current\":\"6,000.00 EUR\"");

        changeQuantity(order, 300);
        story.tell(CHANGED, order);
        assertThat(story.holdCodes(order)).containsExactly("AMOUNT_EXCEPTIONAL", "AMOUNT_EXCEPTIONAL");
        story.decide(exceptional(order, "financeDirector"), "dora", "release", "In the budget.");
        story.decide(exceptional(order, "purchaseManager"), "paul", "release", "Needed.");
        assertThat(record(order).path("amount_total").asDouble()).isEqualTo(30_000);
        assertThat(state(order)).isEqualTo("purchase");
    }

    @Test
    void a_change_that_changes_nothing_that_matters_changes_nothing() {
        var order = order(6);
        start(order);
        var task = story.task(order, "AMOUNT").getId();

        story.tell(CHANGED, order);

        assertThat(story.task(order, "AMOUNT").getId()).isEqualTo(task);
    }

    @Test
    void a_decision_for_one_vendor_does_not_hold_for_another() {
        var order = order(60);
        start(order);
        story.decide(story.task(order, "AMOUNT_MAJOR"), "paul", "return", "Take the cheaper one.");
        var other = data.vendor("Amper Pumpen").price(pump, 90).add();
        odoo.changePurchase(order.id(), "bea", Map.of("partner_id", other));
        story.complete(correction(order), "bea", Map.of("action", "checkAgain"));

        assertThat(story.holdCodes(order)).containsExactly("AMOUNT_MAJOR");
    }

    @Test
    void an_order_that_changed_after_the_last_answer_is_judged_again() {
        var order = order(6);
        start(order);
        beforeNext("operation=release", () -> changeQuantity(order, 60));

        story.decide(story.task(order, "AMOUNT"), "carl", "release", "Fine.");

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.holdCodes(order)).containsExactly("AMOUNT_MAJOR");
    }

    @Test
    void an_order_cancelled_when_two_of_three_have_decided_closes_its_case() {
        var order = ref(data.purchase(vendor).line(pump, 300).promisedIn(12).add());
        var caseId = start(order);
        story.decide(exceptional(order, "purchaseManager"), "paul", "release", "Needed.");
        story.decide(story.task(order, "PROMISE_LATE"), "carl", "release", "Still the first.");
        var third = exceptional(order, "financeDirector");

        odoo.pressOnPurchase(order.id(), "bea", "button_cancel");
        story.tell(CHANGED, order);

        assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
        assertThat(story.tasks(order)).isEmpty();
        assertThat(state(order)).isEqualTo("cancel");
        assertThatThrownBy(() -> story.decide(third, "dora", "release", "Too late."))
                .hasMessageContaining("task");
    }

    @Test
    void whoever_takes_the_star_away_waits_for_the_answer_all_the_same() {
        var calm = order(6);
        var calmCase = start(calm);
        var asked = story.task(calm, "AMOUNT");

        odoo.changePurchase(calm.id(), "bea", Map.of("priority", "0"));
        story.tell(CHANGED, calm);

        assertThat(story.isOpen(WORKFLOW, calm)).isTrue();
        assertThat(story.task(calm, "AMOUNT").getId()).isEqualTo(asked.getId());
        assertThatThrownBy(() -> odoo.pressOnPurchase(calm.id(), "bea", "button_confirm"))
                .hasMessageContaining("is on hold by Holdpoint");
        story.decide(asked, "carl", "release", "We need it anyway.");
        assertThat(state(calm)).isEqualTo("purchase");
        assertThat(holdpointState(calm)).isEqualTo("released");
        assertThat(story.evidence(calmCase, Kind.FACTS))
                .anySatisfy(facts ->
                        assertThat(facts.content().toString()).contains("Taken off since the approval was asked for."));
    }

    @Test
    void what_was_rejected_is_asked_for_again_without_the_star_and_not_bought_without_an_answer() {
        var order = order(60);
        start(order);
        story.decide(story.task(order, "AMOUNT_MAJOR"), "paul", "reject", "Repair the old one.");
        odoo.changePurchase(order.id(), "bea", Map.of("priority", "0"));

        changeQuantity(order, 6);
        odoo.requestApproval(order.id(), "bea");
        story.start(WORKFLOW, order);

        assertThat(story.holdCodes(order)).containsExactly("AMOUNT");
        assertThatThrownBy(() -> odoo.pressOnPurchase(order.id(), "bea", "button_confirm"))
                .hasMessageContaining("is on hold by Holdpoint");
        story.decide(story.task(order, "AMOUNT"), "carl", "release", "So many we need.");
        assertThat(state(order)).isEqualTo("purchase");
    }

    @Test
    void a_request_that_was_given_up_or_cancelled_is_no_approval_and_no_way_round() {
        var given = returned(order(60));
        story.complete(correction(given), "bea", Map.of("action", "withdraw", "reason", "Not wanted."));
        var cancelled = order(6);
        var cancelledCase = start(cancelled);
        odoo.pressOnPurchase(cancelled.id(), "bea", "button_cancel");
        story.tell(CHANGED, cancelled);
        assertThat(story.outcome(cancelledCase)).isEqualTo("withdrawn");
        odoo.pressOnPurchase(cancelled.id(), "bea", "button_draft");

        for (var order : List.of(given, cancelled)) {
            odoo.changePurchase(order.id(), "bea", Map.of("priority", "0"));
            assertThatThrownBy(() -> odoo.pressOnPurchase(order.id(), "bea", "button_confirm"))
                    .hasMessageContaining("was withdrawn, so it is not approved");
            assertThat(state(order)).isEqualTo("draft");
        }
    }

    @Test
    void whoever_deletes_the_order_withdraws_the_request() {
        var gone = order(6);
        var goneCase = start(gone);
        odoo.deletePurchase(gone.id(), "bea");
        story.tell(CHANGED, gone);
        assertThat(story.outcome(goneCase)).isEqualTo("withdrawn");
    }

    @Test
    void a_request_for_an_order_that_is_not_there_any_more_ends_at_once() {
        var order = order(6);
        odoo.deletePurchase(order.id(), "bea");

        assertThat(story.outcome(story.start(WORKFLOW, order))).isEqualTo("withdrawn");
    }

    @Test
    void one_order_has_one_open_case() {
        var order = order(6);
        start(order);

        assertThatThrownBy(() -> runtime.startProcessInstanceByKey(WORKFLOW, order.toString()))
                .hasMessageContaining("open");
        assertThat(story.holdCodes(order)).containsExactly("AMOUNT");
    }

    // Odoo says no, or nothing

    @Test
    void odoo_refuses_and_a_person_chooses() {
        for (var action : List.of("retry", "return", "cancel")) {
            var order =
                    order(4, data.vendor("Vendor to " + action).price(pump, 100).add());
            odoo.faults().refuseConfirmation("The vendor has no bank account.");
            var caseId = start(order);
            odoo.faults().none();
            var task = story.tasks(order).get(0);
            assertThat(task.getTaskDefinitionKey()).isEqualTo("userTask_resolveRefusal");
            assertThat(story.variable(task, "odooMessage").toString()).contains("The vendor has no bank account.");
            assertThat(state(order)).as("nothing of the transaction stayed").isEqualTo("draft");
            assertThat(holdpointState(order)).isEqualTo("requested");

            story.complete(task, "ole", Map.of("action", action, "reason", "As agreed."));

            switch (action) {
                case "retry" -> assertThat(state(order)).isEqualTo("purchase");
                case "return" -> assertThat(holdpointState(order)).isEqualTo("returned");
                default -> assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
            }
        }
    }

    @Test
    void a_lost_answer_buys_once() {
        var order = order(4);
        odoo.requestApproval(order.id(), "bea");
        odoo.faults().loseAnswers(1);
        runtime.startProcessInstanceByKey(WORKFLOW, order.toString());
        story.workWithFailures().work();

        assertThat(state(order)).isEqualTo("purchase");
        assertThat(odoo.chatter(order).stream().filter(note -> note.startsWith("Approved by Holdpoint")))
                .hasSize(1);
        assertThat(story.isOpen(WORKFLOW, order)).isTrue();
    }

    @Test
    void a_case_whose_odoo_was_away_for_hours_is_taken_up_again() {
        var order = order(4);
        odoo.requestApproval(order.id(), "bea");
        odoo.faults().unavailable(Integer.MAX_VALUE);
        var caseId =
                runtime.startProcessInstanceByKey(WORKFLOW, order.toString()).getId();
        story.workWithFailures();
        assertThat(story.incidents(caseId)).isEmpty();
        story.hoursPass();
        var recover = story.tasks(order).get(0);
        assertThat(recover.getTaskDefinitionKey()).isEqualTo("userTask_recoverCase");

        odoo.faults().none();
        story.complete(recover, "ole", Map.of("action", "retry"));

        assertThat(state(order)).isEqualTo("purchase");
    }

    @Test
    void what_odoo_did_before_it_went_away_is_found_done() {
        var order = order(4);
        odoo.requestApproval(order.id(), "bea");
        beforeNext("operation=release", () -> odoo.faults().loseAnswers(1));
        runtime.startProcessInstanceByKey(WORKFLOW, order.toString());
        story.workWithFailures();
        assertThat(state(order)).isEqualTo("purchase");
        odoo.faults().unavailable(Integer.MAX_VALUE);
        story.hoursPass();
        odoo.faults().none();

        story.complete(story.tasks(order).get(0), "ole", Map.of("action", "retry"));

        assertThat(story.tasks(order)).isEmpty();
        assertThat(story.isOpen(WORKFLOW, order)).as("it is watched").isTrue();
    }

    @Test
    void a_case_may_be_closed_without_odoo() {
        var order = order(4);
        odoo.requestApproval(order.id(), "bea");
        odoo.faults().unavailable(Integer.MAX_VALUE);
        var caseId =
                runtime.startProcessInstanceByKey(WORKFLOW, order.toString()).getId();
        story.workWithFailures();
        story.hoursPass();

        story.complete(
                story.tasks(order).get(0), "ole", Map.of("action", "doneByHand", "reason", "Confirmed by paul, P7."));

        assertThat(story.outcome(caseId)).isEqualTo("doneByHand");
    }

    // The line is down

    @Test
    void a_purchase_goes_by_the_hours_of_the_warehouse_that_receives_it() {
        inTwoShifts(() -> {
            story.goTo(Instant.parse("2026-06-05T16:00:00Z"));
            var order = lineDown(60);
            var caseId = start(order);

            asked(order, "AMOUNT_MAJOR", "purchaseManager", Duration.ofDays(1));
            assertThat(timer(caseId, "event_approvalMissed"))
                    .as("a Friday's next working day is Saturday there")
                    .isCloseTo(in(Duration.ofDays(1)), A_MINUTE);
            assertThat(story.evidence(caseId, Kind.AUTHORITY))
                    .first()
                    .satisfies(line -> assertThat(String.valueOf(line.content().get("workingTime")))
                            .endsWith("rule_serviceWarehouse"));
        });
    }

    @Test
    void while_a_line_stands_still_it_is_bought_now_and_approved_the_next_working_day() {
        var order = lineDown(60);
        var caseId = start(order);

        assertThat(state(order)).isEqualTo("purchase");
        assertThat(odoo.chatter(order))
                .anySatisfy(note -> assertThat(note)
                        .contains("Bought at once")
                        .contains("production stands still")
                        .doesNotContain("All checks"));
        asked(order, "AMOUNT_MAJOR", "purchaseManager", Duration.ofDays(1));
        assertThat(timer(caseId, "event_approvalMissed")).isCloseTo(in(Duration.ofDays(1)), A_MINUTE);
        assertThatThrownBy(() -> story.decide(story.task(order, "AMOUNT_MAJOR"), "carl", "release", "Fine."))
                .hasMessageContaining("The user with id 'carl' does not have");

        story.decide(story.task(order, "AMOUNT_MAJOR"), "paul", "release", "It had to be.");

        assertThat(odoo.chatter(order))
                .anySatisfy(note -> assertThat(note)
                        .startsWith("Approved after the fact.")
                        .contains("Paul (Purchase manager): It had to be."));
        assertThat(story.evidence(caseId, Kind.BREACH)).isEmpty();
        odoo.receivePurchase(order.id(), 1);
        story.tell(CHANGED, order);
        assertThat(story.outcome(caseId)).isEqualTo("received");
    }

    @Test
    void what_policy_has_nothing_against_is_approved_by_itself_afterwards() {
        var order = lineDown(4);
        start(order);

        assertThat(state(order)).isEqualTo("purchase");
        assertThat(odoo.chatter(order)).contains("Approved after the fact. All checks of policy passed.");
    }

    @Test
    void what_is_bought_on_a_friday_is_due_on_monday() {
        goTo(DayOfWeek.FRIDAY);
        var order = lineDown(60);
        var caseId = start(order);

        asked(order, "AMOUNT_MAJOR", "purchaseManager", Duration.ofDays(3));
        assertThat(timer(caseId, "event_approvalMissed")).isCloseTo(in(Duration.ofDays(3)), A_MINUTE);
    }

    @Test
    void a_missed_approval_is_a_breach_on_record_with_who_was_asked_and_can_still_be_given() {
        var order = lineDown(60);
        var caseId = start(order);

        story.passes(Duration.ofDays(1).plusMinutes(1));

        assertThat(breaches(caseId))
                .singleElement()
                .asString()
                .contains("what=missed")
                .contains("Amount (major) (Purchase manager)");
        assertThat(odoo.chatter(order))
                .anySatisfy(note -> assertThat(note)
                        .startsWith("Policy breach.")
                        .contains("approval is late")
                        .contains("Purchase manager"));
        assertThat(record(order).path("x_holdpoint_reason").asText()).contains("approval is late");
        assertThat(story.candidateGroup(story.task(order, "AMOUNT_MAJOR"))).isEqualTo("financeDirector");

        story.decide(story.task(order, "AMOUNT_MAJOR"), "dora", "release", "Late, but right.");

        assertThat(odoo.chatter(order))
                .anySatisfy(note -> assertThat(note).startsWith("Approved after the fact, and late."));
        assertThat(story.isOpen(WORKFLOW, order)).isTrue();
        assertThat(breaches(caseId)).hasSize(1);
    }

    @Test
    void a_rejection_or_return_afterwards_is_a_breach_with_person_and_reason_and_the_goods_are_watched() {
        for (var answer : List.of("reject", "return")) {
            var order = ref(
                    data.purchase(data.vendor("To " + answer).price(pump, 100).add())
                            .line(pump, 300)
                            .lineDown()
                            .add());
            var caseId = start(order);
            assertThat(story.holdCodes(order)).containsExactly("AMOUNT_EXCEPTIONAL", "AMOUNT_EXCEPTIONAL");

            story.decide(exceptional(order, "purchaseManager"), "paul", answer, "Two would have done.");

            assertThat(breaches(caseId))
                    .singleElement()
                    .asString()
                    .contains("what=notApproved")
                    .contains("Paul")
                    .contains("Two would have done.");
            assertThat(odoo.chatter(order))
                    .anySatisfy(note -> assertThat(note)
                            .startsWith("Policy breach.")
                            .contains("Paul (Purchase manager): Two would have done."));
            assertThat(state(order)).isEqualTo("purchase");
            assertThat(story.tasks(order)).isEmpty();
            assertThat(story.isOpen(WORKFLOW, order)).isTrue();
            odoo.receivePurchase(order.id(), 1);
            story.tell(CHANGED, order);
            assertThat(story.outcome(caseId)).isEqualTo("received");
        }
    }

    @Test
    void an_approval_that_nobody_gives_at_all_is_a_breach_that_names_who_was_asked() {
        var order = lineDown(60);
        var caseId = start(order);

        story.passes(Duration.ofDays(1).plusMinutes(1));
        story.passes(Duration.ofDays(1).plusMinutes(1));

        assertThat(breaches(caseId)).hasSize(2);
        assertThat(breaches(caseId).get(1))
                .contains("what=notApproved")
                .contains("Nobody answered in time: Amount (major) (Finance director)");
        assertThat(story.isOpen(WORKFLOW, order)).isTrue();
    }

    @Test
    void a_change_after_the_purchase_is_seen_while_people_decide() {
        var order = ref(data.purchase(vendor).line(pump, 60).lineDown().add());
        start(order);
        assertThat(story.holdCodes(order)).containsExactly("AMOUNT_MAJOR");
        var amount = story.task(order, "AMOUNT_MAJOR").getId();

        story.tell(CHANGED, order);
        assertThat(story.task(order, "AMOUNT_MAJOR").getId()).isEqualTo(amount);
        odoo.changePurchaseLines(order.id(), "bea", Map.of("date_planned", day(12) + " 09:00:00"));
        story.tell(CHANGED, order);

        assertThat(story.holdCodes(order)).containsExactly("AMOUNT_MAJOR", "PROMISE_LATE");
        story.decide(story.task(order, "PROMISE_LATE"), "carl", "release", "Known.");
        story.decide(story.task(order, "AMOUNT_MAJOR"), "paul", "release", "It had to be.");
        assertThat(odoo.chatter(order)).anySatisfy(note -> assertThat(note).startsWith("Approved after the fact."));
    }

    @Test
    void a_purchase_that_changed_after_the_last_answer_is_judged_again_afterwards_too() {
        var order = lineDown(60);
        start(order);
        beforeNext(
                "operation=approveAfterwards",
                () -> odoo.changePurchaseLines(order.id(), "bea", Map.of("date_planned", day(12) + " 09:00:00")));

        story.decide(story.task(order, "AMOUNT_MAJOR"), "paul", "release", "It had to be.");

        assertThat(story.holdCodes(order)).containsExactly("PROMISE_LATE");
        assertThat(odoo.chatter(order)).noneSatisfy(note -> assertThat(note).startsWith("Approved after"));
    }

    @Test
    void a_purchase_that_is_cancelled_before_its_approval_needs_none() {
        var order = lineDown(60);
        var caseId = start(order);

        odoo.pressOnPurchase(order.id(), "bea", "button_cancel");
        story.tell(CHANGED, order);

        assertThat(story.tasks(order)).isEmpty();
        assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
        assertThat(story.evidence(caseId, Kind.HOLD))
                .as("what was asked is taken back")
                .anySatisfy(line -> assertThat(line.content()).containsEntry("what", "withdrawn"));
    }

    @Test
    void whoever_unticks_the_line_afterwards_does_not_get_around_the_approval() {
        var order = lineDown(60);
        odoo.requestApproval(order.id(), "bea");
        beforeNext("operation=release", () -> odoo.faults().loseAnswers(1));
        var caseId =
                runtime.startProcessInstanceByKey(WORKFLOW, order.toString()).getId();
        story.workWithFailures();
        odoo.changePurchase(order.id(), "bea", Map.of("x_holdpoint_line_down", false));
        story.work();

        assertThat(story.holdCodes(order)).containsExactly("AMOUNT_MAJOR");
        assertThat(timer(caseId, "event_approvalMissed")).isNotNull();
    }

    @Test
    void an_outage_does_not_move_the_deadline_of_the_approval() {
        var order = lineDown(60);
        odoo.requestApproval(order.id(), "bea");
        var due = in(Duration.ofDays(1));
        beforeNext("operation=release", () -> odoo.faults().loseAnswers(1));
        var caseId =
                runtime.startProcessInstanceByKey(WORKFLOW, order.toString()).getId();
        story.workWithFailures();
        odoo.faults().unavailable(Integer.MAX_VALUE);
        story.hoursPass();
        odoo.faults().none();
        story.complete(story.tasks(order).get(0), "ole", Map.of("action", "retry"));

        assertThat(timer(caseId, "event_approvalMissed")).isCloseTo(due, A_MINUTE);
    }

    @Test
    void an_outage_over_the_deadline_is_a_breach_when_it_passes() {
        var order = lineDown(60);
        odoo.requestApproval(order.id(), "bea");
        beforeNext("operation=release", () -> odoo.faults().loseAnswers(1));
        var caseId =
                runtime.startProcessInstanceByKey(WORKFLOW, order.toString()).getId();
        story.workWithFailures();
        odoo.faults().unavailable(Integer.MAX_VALUE);
        story.ahead(Duration.ofHours(30));
        story.workWithFailures();
        odoo.faults().none();
        story.complete(story.tasks(order).get(0), "ole", Map.of("action", "retry"));
        story.passes(Duration.ofSeconds(1));

        assertThat(breaches(caseId)).singleElement().asString().contains("what=missed");
        assertThat(story.holdCodes(order)).containsExactly("AMOUNT_MAJOR");
    }

    @Test
    void a_breach_that_odoo_does_not_take_is_on_record_and_a_person_puts_it_right() {
        for (var action : List.of("retry", "doneByHand")) {
            var order = lineDownOf("Note " + action, 60);
            var caseId = start(order);
            refuseNext("operation=breach");
            story.passes(Duration.ofDays(1).plusMinutes(1));
            var missed = story.taskOf(order, "userTask_resolveMissedNote");
            assertThat(story.variable(missed, "odooMessage").toString()).contains("The period is closed.");
            assertThat(breaches(caseId)).hasSize(1);
            assertThat(story.holdCodes(order)).as("people go on deciding").contains("AMOUNT_MAJOR");
            story.complete(missed, "paul", Map.of("action", action, "reason", "Noted in the minutes."));
            assertThat(noted(order)).isEqualTo(action.equals("retry") ? 1 : 0);

            refuseNext("operation=breach");
            story.decide(story.task(order, "AMOUNT_MAJOR"), "dora", "reject", "No.");
            story.complete(
                    story.taskOf(order, "userTask_resolveBreachNote"),
                    "paul",
                    Map.of("action", action, "reason", "Noted in the minutes."));
            assertThat(noted(order)).isEqualTo(action.equals("retry") ? 2 : 0);
            assertThat(story.tasks(order)).isEmpty();
            assertThat(story.isOpen(WORKFLOW, order)).isTrue();
        }
    }

    @Test
    void a_note_that_odoo_is_too_long_away_for_takes_nobody_s_task_away() {
        var order = lineDown(60);
        var caseId = start(order);
        story.ahead(Duration.ofDays(1).plusMinutes(1));
        odoo.faults().unavailable(Integer.MAX_VALUE);
        management.executeJob(timerJob(caseId, "event_approvalMissed"));
        story.workWithFailures();
        assertThat(breaches(caseId)).as("on record at once").hasSize(1);
        story.hoursPass();

        assertThat(story.task(order, "AMOUNT_MAJOR")).isNotNull();
        assertThat(story.variable(story.taskOf(order, "userTask_resolveMissedNote"), "odooMessage")
                        .toString())
                .contains("could not be reached");
    }

    @Test
    void a_breach_not_noted_before_an_outage_is_noted_after_it() {
        var order = lineDown(60);
        var caseId = start(order);
        var task = story.task(order, "AMOUNT_MAJOR");
        odoo.faults().unavailable(Integer.MAX_VALUE);
        story.as("paul", () -> tasks.complete(task.getId(), Map.of("decision", "reject", "reason", "No.")));
        story.workWithFailures();
        assertThat(breaches(caseId)).hasSize(1);
        story.hoursPass();
        odoo.faults().none();

        story.complete(story.taskOf(order, "userTask_recoverCase"), "ole", Map.of("action", "retry"));

        assertThat(noted(order)).isOne();
        assertThat(story.tasks(order)).as("nobody is asked again").isEmpty();
        assertThat(story.isOpen(WORKFLOW, order)).isTrue();
    }

    @Test
    void an_approval_that_odoo_does_not_take_is_put_right_by_a_person() {
        for (var action : List.of("retry", "doneByHand")) {
            var order = lineDownOf("Approval " + action, 60);
            start(order);
            refuseNext("operation=approveAfterwards");
            story.decide(story.task(order, "AMOUNT_MAJOR"), "paul", "release", "It had to be.");

            story.complete(
                    story.taskOf(order, "userTask_resolveApproval"),
                    "paul",
                    Map.of("action", action, "reason", "Noted in the minutes."));

            assertThat(odoo.chatter(order).stream().anyMatch(note -> note.startsWith("Approved after")))
                    .isEqualTo(action.equals("retry"));
            assertThat(story.tasks(order)).isEmpty();
            assertThat(story.isOpen(WORKFLOW, order)).isTrue();
        }
    }

    // The promise is watched

    @Test
    void a_silent_vendor_is_asked_and_the_promise_reminded_of() {
        var order = order(4);
        start(order);

        story.passes(Duration.ofDays(2).minusMinutes(1));
        assertThat(story.tasks(order)).isEmpty();
        story.passes(Duration.ofMinutes(2));
        var ask = story.followUp(order, "askVendor");
        assertThat(story.candidateGroup(ask)).isEqualTo("buyer");
        assertThat(ask.getName()).startsWith("Ask for acknowledgement of P");
        assertThat(ask.getDueDate()).isCloseTo(in(Duration.ofDays(1)), A_MINUTE);
        assertThat(story.variable(ask, "situationText").toString()).contains("not acknowledged since");
        assertThat(story.variable(ask, "promise").toString()).contains("72 %");
        assertThatThrownBy(() -> story.complete(ask, "bea", Map.of("result", "acknowledged")))
                .hasMessageContaining("remark: say what the vendor said");
        assertThatThrownBy(() -> story.complete(ask, "bea", Map.of("result", "maybe", "remark", "Hm.")))
                .hasMessageContaining("result");
        odoo.pressOnPurchase(order.id(), "bea", "action_acknowledge");
        story.complete(ask, "bea", Map.of("result", "acknowledged", "remark", "Mr. Huber confirms."));
        assertThat(story.tasks(order)).isEmpty();

        story.passes(Duration.ofDays(1));
        var remind = story.followUp(order, "remindVendor");
        assertThat(story.variable(remind, "situationText").toString()).startsWith("Promised for ");
        story.complete(remind, "bea", Map.of("result", "confirmed", "remark", "On the truck."));
        assertThat(story.tasks(order)).isEmpty();
    }

    @Test
    void while_a_line_stands_still_a_silent_vendor_is_asked_after_a_day() {
        var order = lineDown(4);
        start(order);

        story.passes(Duration.ofDays(1).plusMinutes(1));

        assertThat(story.followUp(order, "askVendor")).isNotNull();
    }

    @Test
    void a_vendor_who_cannot_be_reached_is_asked_again() {
        var order = order(4);
        start(order);
        story.passes(Duration.ofDays(2).plusMinutes(1));
        story.complete(
                story.followUp(order, "askVendor"), "bea", Map.of("result", "notReached", "remark", "Voice mail."));

        assertThat(story.tasks(order)).isEmpty();
        story.passes(Duration.ofDays(1).plusMinutes(1));
        // The reminder before the promised date comes first, two days before it.
        story.complete(
                story.followUp(order, "remindVendor"), "bea", Map.of("result", "notReached", "remark", "Voice mail."));
        story.passes(Duration.ofDays(1));

        assertThat(story.followUp(order, "askVendor")).isNotNull();
    }

    @Test
    void a_follow_up_that_nobody_does_goes_to_the_purchase_manager_and_stays() {
        var order = order(4);
        start(order);
        story.passes(Duration.ofDays(2).plusMinutes(1));
        story.followUp(order, "askVendor");

        story.passes(Duration.ofHours(4).plusMinutes(1));
        assertThat(story.followUp(order, "askVendor").getPriority()).isGreaterThan(50);
        story.passes(Duration.ofHours(20));
        var handedUp = story.followUp(order, "askVendor");
        assertThat(story.candidateGroup(handedUp)).isEqualTo("purchaseManager");
        assertThat(handedUp.getDueDate()).as("a Friday's next working day").isCloseTo(in(Duration.ofDays(3)), A_MINUTE);
        story.passes(Duration.ofDays(3).plusMinutes(1));

        assertThat(story.candidateGroup(story.followUp(order, "askVendor"))).isEqualTo("purchaseManager");
    }

    @Test
    void a_moved_date_is_assessed_and_the_agreed_one_written_to_odoo() {
        var order = acknowledged(order(4));
        var caseId = start(order);

        odoo.changePurchaseLines(order.id(), "bea", Map.of("date_planned", day(20) + " 09:00:00"));
        story.tell(CHANGED, order);
        var assess = story.followUp(order, "assessNewDate");
        assertThat(story.variable(assess, "situationText").toString()).contains("now promised for");
        assertThatThrownBy(() -> story.complete(assess, "bea", Map.of("result", "agreed", "remark", "Mr. Huber.")))
                .hasMessageContaining("newDate: enter the agreed date");
        assertThatThrownBy(() -> story.complete(
                        assess, "bea", Map.of("result", "agreed", "remark", "Mr. Huber.", "newDate", "soon")))
                .hasMessageContaining("newDate: enter a date such as");
        assertThatThrownBy(() -> story.complete(
                        assess,
                        "bea",
                        Map.of("result", "agreed", "remark", "Mr. Huber.", "newDate", day(-1).toString())))
                .hasMessageContaining("a date in the past");
        story.complete(
                assess, "bea", Map.of("result", "agreed", "remark", "Mr. Huber.", "newDate", day(15).toString()));

        assertThat(record(order).path("date_planned").asText()).startsWith(day(15).toString());
        assertThat(record(order).path("x_holdpoint_promised").asText()).startsWith(day(15).toString());
        assertThat(odoo.chatter(order))
                .anySatisfy(note -> assertThat(note).contains("New date agreed with the vendor by Bea"));
        assertThat(story.tasks(order)).isEmpty();
        assertThat(story.evidence(caseId, Kind.COMMAND))
                .anySatisfy(line -> assertThat(line.content()).containsEntry("operation", "agreeDate"));
    }

    @Test
    void a_reminder_belongs_to_its_date() {
        var order = acknowledged(order(4));
        start(order);
        story.passes(Duration.ofDays(3).plusMinutes(1));
        story.complete(
                story.followUp(order, "remindVendor"), "bea", Map.of("result", "confirmed", "remark", "On its way."));

        // Two days before noon of the new date it is time again, although the last reminder is not long ago.
        odoo.changePurchaseLines(order.id(), "bea", Map.of("date_planned", day(7) + " 09:00:00"));
        story.tell(CHANGED, order);
        story.complete(
                story.followUp(order, "assessNewDate"),
                "bea",
                Map.of("result", "agreed", "remark", "Mr. Huber.", "newDate", day(7).toString()));
        assertThat(story.tasks(order)).isEmpty();
        story.passes(Duration.ofDays(5).plusHours(6));

        assertThat(story.followUp(order, "remindVendor")).isNotNull();
    }

    @Test
    void a_date_that_was_not_agreed_does_not_make_the_delivery_less_late() {
        var order = acknowledged(order(4));
        start(order);
        odoo.changePurchaseLines(order.id(), "bea", Map.of("date_planned", day(20) + " 09:00:00"));
        story.tell(CHANGED, order);
        story.complete(
                story.followUp(order, "assessNewDate"), "bea", Map.of("result", "insisted", "remark", "Told them."));
        assertThat(story.tasks(order)).isEmpty();

        story.passes(Duration.ofDays(3).plusMinutes(1));
        for (var step : List.of("assessNewDate", "remindVendor")) {
            story.complete(
                    story.followUp(order, step),
                    "bea",
                    Map.of("result", step.equals("assessNewDate") ? "insisted" : "confirmed", "remark", "Again."));
        }
        story.passes(Duration.ofDays(3));

        var chase = story.followUp(order, "chaseDelivery");
        assertThat(story.variable(chase, "situationText").toString()).contains("Nothing has arrived yet.");
    }

    @Test
    void a_partial_receipt_has_its_rest_arranged_each_time() {
        var order = acknowledged(order(4));
        var caseId = start(order);

        odoo.receivePurchase(order.id(), 0.25);
        story.tell(CHANGED, order);
        var rest = story.followUp(order, "arrangeRest");
        assertThat(story.variable(rest, "situationText").toString()).startsWith("25 % has arrived.");
        story.complete(rest, "bea", Map.of("result", "onTheWay", "remark", "Two parcels."));
        assertThat(story.tasks(order)).isEmpty();

        odoo.receivePurchase(order.id(), 0.5);
        story.tell(CHANGED, order);
        story.complete(
                story.followUp(order, "arrangeRest"),
                "bea",
                Map.of("result", "agreed", "remark", "Mr. Huber.", "newDate", day(8).toString()));
        assertThat(record(order).path("x_holdpoint_promised").asText()).startsWith(day(8).toString());

        odoo.receivePurchase(order.id(), 1);
        story.tell(CHANGED, order);
        assertThat(story.outcome(caseId)).isEqualTo("received");
    }

    @Test
    void a_late_delivery_is_chased_with_the_vendor_s_record_in_view() {
        data.purchase(vendor).line(pump, 2, 80).received(200).add();
        data.purchase(vendor).line(pump, 2, 100).received(30).add();
        var order = acknowledged(order(4));
        start(order);

        story.passes(Duration.ofDays(3).plusMinutes(1));
        story.complete(
                story.followUp(order, "remindVendor"), "bea", Map.of("result", "confirmed", "remark", "On its way."));
        story.passes(Duration.ofDays(3));
        var chase = story.followUp(order, "chaseDelivery");
        assertThat(story.candidateGroup(chase)).isEqualTo("buyer");
        assertThat(story.variable(chase, "promise").toString()).contains("72 %").contains("+25.0 %");
        assertThat(story.variable(chase, "ordered").toString()).contains("4 Units");
        story.complete(chase, "bea", Map.of("result", "notReached", "remark", "Voice mail."));
        assertThat(story.tasks(order)).isEmpty();

        story.passes(Duration.ofDays(2).plusMinutes(1));
        assertThat(story.followUp(order, "chaseDelivery"))
                .as("again after two days")
                .isNotNull();
    }

    @Test
    void a_follow_up_is_taken_back_when_the_goods_are_there() {
        var order = order(4);
        var caseId = start(order);
        story.passes(Duration.ofDays(2).plusMinutes(1));
        story.followUp(order, "askVendor");

        odoo.receivePurchase(order.id(), 1);
        story.tell(CHANGED, order);

        assertThat(story.tasks(order)).isEmpty();
        assertThat(story.outcome(caseId)).isEqualTo("received");
    }

    @Test
    void a_follow_up_stays_when_the_change_does_not_touch_it() {
        var order = order(4);
        start(order);
        story.passes(Duration.ofDays(2).plusMinutes(1));
        var task = story.followUp(order, "askVendor").getId();

        story.tell(CHANGED, order);

        assertThat(story.followUp(order, "askVendor").getId()).isEqualTo(task);
    }

    @Test
    void a_purchase_that_is_cancelled_is_watched_no_longer() {
        var order = order(4);
        var caseId = start(order);

        odoo.pressOnPurchase(order.id(), "bea", "button_cancel");
        story.tell(CHANGED, order);

        assertThat(story.outcome(caseId)).isEqualTo("cancelled");
    }

    @Test
    void a_date_that_odoo_does_not_take_is_put_right_by_a_person() {
        for (var action : List.of("retry", "doneByHand")) {
            var order = acknowledged(
                    order(4, data.vendor("Date " + action).price(pump, 100).add()));
            start(order);
            odoo.changePurchaseLines(order.id(), "bea", Map.of("date_planned", day(20) + " 09:00:00"));
            story.tell(CHANGED, order);
            refuseNext("operation=agreeDate");
            story.complete(
                    story.followUp(order, "assessNewDate"),
                    "bea",
                    Map.of("result", "agreed", "remark", "Mr. Huber.", "newDate", day(15).toString()));

            story.complete(
                    story.taskOf(order, "userTask_resolveDate"),
                    "bea",
                    Map.of("action", action, "reason", "Entered on the lines."));

            assertThat(record(order).path("x_holdpoint_promised").asText().startsWith(day(15).toString()))
                    .isEqualTo(action.equals("retry"));
        }
    }

    @Test
    void looking_every_day_leaves_no_trace_until_the_answer_changes() {
        var order = acknowledged(
                ref(data.purchase(data.vendor("Far away").price(pump, 100, 40).add())
                        .line(pump, 4)
                        .add()));
        var caseId = start(order);
        var before = story.evidence(caseId, Kind.RULING).size();

        story.passes(Duration.ofDays(10));

        assertThat(story.evidence(caseId, Kind.RULING)).hasSize(before);
        assertThat(story.tasks(order)).isEmpty();
    }

    // Fixture

    private DocumentRef order(double quantity) {
        return order(quantity, vendor);
    }

    private DocumentRef order(double quantity, long of) {
        return ref(data.purchase(of).line(pump, quantity).add());
    }

    private DocumentRef lineDown(double quantity) {
        return ref(data.purchase(vendor).line(pump, quantity).lineDown().add());
    }

    private DocumentRef lineDownOf(String name, double quantity) {
        return acknowledged(ref(data.purchase(data.vendor(name).price(pump, 100).add())
                .line(pump, quantity)
                .lineDown()
                .add()));
    }

    private static DocumentRef ref(long id) {
        return new DocumentRef("purchase.order", id);
    }

    private DocumentRef acknowledged(DocumentRef order) {
        odoo.pressOnPurchase(order.id(), "bea", "action_acknowledge");
        return order;
    }

    private String start(DocumentRef order) {
        odoo.requestApproval(order.id(), "bea");
        return story.start(WORKFLOW, order);
    }

    private DocumentRef returned(DocumentRef order) {
        start(order);
        story.decide(story.task(order, "AMOUNT_MAJOR"), "paul", "return", "Four will do.");
        return order;
    }

    private JsonNode record(DocumentRef order) {
        return odoo.record(order);
    }

    private String state(DocumentRef order) {
        return record(order).path("state").asText();
    }

    private String holdpointState(DocumentRef order) {
        return record(order).path("x_holdpoint_state").asText();
    }

    private void changeQuantity(DocumentRef order, double quantity) {
        odoo.changePurchaseLines(order.id(), "bea", Map.of("product_qty", quantity));
    }

    /** What one of the two is asked who agree to a very large purchase. */
    private Task exceptional(DocumentRef order, String role) {
        return story.tasks(order).stream()
                .filter(task -> "AMOUNT_EXCEPTIONAL".equals(story.variable(task, "holdCode"))
                        && role.equals(story.candidateGroup(task)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The " + role + " is not asked about " + order));
    }

    private void asked(DocumentRef order, String code, String role, Duration within) {
        var task = story.task(order, code);
        assertThat(story.candidateGroup(task)).as("who is asked about " + code).isEqualTo(role);
        assertThat(task.getDueDate()).as("until when " + code + " is asked").isCloseTo(in(within), A_MINUTE);
    }

    private Task correction(DocumentRef order) {
        return story.taskOf(order, "userTask_correctPurchase");
    }

    private List<String> breaches(String caseId) {
        return story.evidence(caseId, Kind.BREACH).stream()
                .map(Evidence.Entry::content)
                .map(Object::toString)
                .toList();
    }

    private long noted(DocumentRef order) {
        return odoo.chatter(order).stream()
                .filter(note -> note.startsWith("Policy breach."))
                .count();
    }

    private String timerJob(String caseId, String event) {
        return management
                .createJobQuery()
                .timers()
                .processInstanceId(caseId)
                .activityId(event)
                .singleResult()
                .getId();
    }

    private Date timer(String caseId, String event) {
        return management
                .createJobQuery()
                .jobId(timerJob(caseId, event))
                .singleResult()
                .getDuedate();
    }

    // Time

    private static Date in(Duration time) {
        return Date.from(ClockUtil.getCurrentTime().toInstant().plus(time));
    }

    private static LocalDate day(int ahead) {
        return LocalDate.ofInstant(ClockUtil.getCurrentTime().toInstant(), ZoneOffset.UTC)
                .plusDays(ahead);
    }

    private void goTo(DayOfWeek day) {
        story.goTo(morning(day));
    }

    private static Instant morning(DayOfWeek day) {
        return Story.BEGIN
                .atZone(ZoneId.of("Europe/Berlin"))
                .with(TemporalAdjusters.nextOrSame(day))
                .with(LocalTime.of(8, 30))
                .toInstant();
    }

    // Odoo

    private void refuseNext(String call) {
        beforeNext(call, () -> {
            throw new OdooRefused("The period is closed.");
        });
    }
}
