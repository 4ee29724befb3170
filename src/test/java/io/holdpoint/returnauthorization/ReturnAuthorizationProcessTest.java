package io.holdpoint.returnauthorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.ProcessTest;
import io.holdpoint.WorkflowStories;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCall;
import io.holdpoint.odoo.OdooRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;

@ProcessTest
class ReturnAuthorizationProcessTest extends WorkflowStories {

    private static final String WORKFLOW = "return-authorization";
    private static final String CHANGED = "return-authorization.deliveryChanged";

    long product;
    long order;

    ReturnAuthorizationProcessTest() {
        super(WORKFLOW);
    }

    // The happy path

    @Test
    void what_is_our_fault_comes_back_is_inspected_put_away_and_credited_in_full() {
        var delivery = delivered(5);
        asked(delivery, 2, "faulty");
        var caseId = start(delivery);

        var transfer = transfer(delivery);
        assertThat(transfer.path("state").asText()).isEqualTo("assigned");
        assertThat(transfer.path("x_holdpoint_rma").asText()).startsWith("RMA-" + delivery.id());
        assertThat(transfer.at("/location_dest_id/1").asText()).isEqualTo("WH/Quarantine");
        assertThat(story.tasks(delivery))
                .as("the goods are awaited, nobody has to do anything")
                .isEmpty();

        received(delivery);
        var inspect = story.followUp(delivery, "inspectGoods");
        assertThat(story.candidateGroup(inspect)).isEqualTo("warehouse");
        assertThat(inspect.getName()).startsWith("Inspect WH/IN/");
        story.complete(inspect, "wim", Map.of("grade", "A"));
        var refund = story.followUp(delivery, "approveRefund");
        assertThat(story.candidateGroup(refund)).isEqualTo("returnsDesk");
        assertThat(story.variable(refund, "feeText")).isEqualTo("0.00 EUR");
        story.complete(refund, "rita", Map.of("refund", "approve"));

        assertThat(story.outcome(caseId)).isEqualTo("refunded");
        assertThat(holdpointState(delivery)).isEqualTo("settled");
        assertThat(credits()).singleElement().satisfies(note -> {
            assertThat(note.path("state").asText()).isEqualTo("posted");
            assertThat(note.path("amount_total").asDouble()).isEqualTo(200);
        });
        assertThat(lying("Stock")).isEqualTo(998);
        assertThat(lying("Quarantine")).isZero();
        assertThat(odoo.chatter(delivery)).anySatisfy(note -> assertThat(note).contains("refund approved by Rita"));
    }

    @Test
    void what_comes_back_is_inspected_by_the_hours_of_the_warehouse_that_receives_it() {
        inTwoShifts(() -> {
            story.goTo(Instant.parse("2026-06-05T16:00:00Z"));
            var delivery = delivered(5);
            asked(delivery, 2, "faulty");
            var caseId = start(delivery);
            received(delivery);

            assertThat(story.followUp(delivery, "inspectGoods").getDueDate().toInstant())
                    .as("a Saturday and a Monday from a Friday evening")
                    .isCloseTo(Instant.parse("2026-06-08T16:00:00Z"), within(1, ChronoUnit.MINUTES));
            assertThat(story.evidence(caseId, Kind.FOLLOW_UP))
                    .first()
                    .satisfies(line -> assertThat(String.valueOf(line.content().get("workingTime")))
                            .endsWith("rule_serviceWarehouse"));
        });
    }

    @Test
    void a_change_of_mind_costs_a_fee() {
        var delivery = delivered(10);
        asked(delivery, 1, "changed_mind");
        start(delivery);

        received(delivery);
        inspected(delivery, Map.of("grade", "B"));
        var refund = story.followUp(delivery, "approveRefund");
        assertThat(story.variable(refund, "feeText")).isEqualTo("15.00 EUR");
        story.complete(refund, "rita", Map.of("refund", "approve"));

        credited(85);
        assertThat(lying("Refurbishment")).isOne();
    }

    @Test
    void each_grade_of_each_product_goes_its_own_way() {
        var delivery = delivered(5);
        asked(delivery, 4, "faulty");
        var caseId = start(delivery);
        received(delivery);
        var inspect = story.followUp(delivery, "inspectGoods");

        refusesInspection(inspect, "Pump; 1", "is not of the form product; quantity; grade; what you found");
        refusesInspection(inspect, "Hose; 1; B; Used", "'Hose' did not come back");
        refusesInspection(inspect, "Pump; none; B; Used", "'none' is no quantity");
        refusesInspection(inspect, "Pump; 1; E; Used", "the grade of Pump is A, B, C or D");
        refusesInspection(inspect, "Pump; 5; B; Used", "more is named than came back");
        refusesInspection(inspect, "Pump; 1; C", "say what you found");
        refusesInspection(inspect, "Pump; 1; C; Scratched", "attach a photo of Pump to WH/IN/");
        odoo.attachPhoto(transferId(delivery), "wim");
        story.complete(
                inspect,
                "wim",
                Map.of("grade", "A", "others", "Pump; 1; C; Scratched\n\nPump; 1; D; Bearing broken; vendor"));

        assertThat(lying("Stock")).as("two of four as new").isEqualTo(998);
        assertThat(lying("Refurbishment")).isOne();
        assertThat(lying("Quarantine")).as("waits for the vendor").isOne();
        assertThat(odoo.chatter(delivery))
                .anySatisfy(note -> assertThat(note)
                        .contains("2 Pump, grade A: restock.")
                        .contains("1 Pump, grade C: refurbish.")
                        .contains("1 Pump, grade D, fault of the vendor: return to vendor."));
        assertThat(story.evidence(caseId, Kind.RULING))
                .anySatisfy(line -> assertThat(line.content())
                        .containsEntry("subject", "Pump, grade C")
                        .containsEntry("decision", "return-authorization.disposition"));
        var refund = story.followUp(delivery, "approveRefund");
        assertThat(story.variable(refund, "received").toString())
                .contains("Scratched")
                .contains("Bearing broken");
        story.complete(refund, "rita", Map.of("refund", "approve"));
        assertThat(story.outcome(caseId)).as("100 are not worth a claim").isEqualTo("refunded");
        credited(400);
    }

    private void refusesInspection(Task inspect, String others, String remedy) {
        assertThatThrownBy(() -> story.complete(inspect, "wim", Map.of("grade", "A", "others", others)))
                .hasMessageContaining(remedy);
    }

    @Test
    void no_more_of_a_lot_comes_back_than_went_out_of_it() {
        product = data.product("Pump").stock(0).add();
        var first = data.lot("L-1", product, 3);
        var second = data.lot("L-2", product, 20);
        var delivery = deliveredOf(product, 5, 10);
        asked(delivery, 4, "faulty");
        ofLot(delivery, first);
        start(delivery);
        assertThat(story.holdCodes(delivery))
                .as("four of ten, but three of this lot")
                .containsExactly("RETURN_QUANTITY");

        ofLot(delivery, second);
        story.tell(CHANGED, delivery);

        assertThat(transfer(delivery).path("state").asText()).isEqualTo("assigned");
    }

    @Test
    void another_lot_than_was_delivered_does_not_come_back() {
        product = data.product("Pump").stock(0).add();
        var sold = data.lot("L-1", product, 10);
        var delivery = deliveredOf(product, 5, 4);
        asked(delivery, 4, "faulty");
        ofLot(delivery, data.lot("L-2", product, 10));
        start(delivery);
        assertThat(story.holdCodes(delivery)).containsExactly("RETURN_UNKNOWN_ITEM");

        ofLot(delivery, sold);
        story.tell(CHANGED, delivery);

        assertThat(transfer(delivery).path("state").asText()).isEqualTo("assigned");
    }

    @Test
    void what_was_lost_is_refunded_without_coming_back() {
        var delivery = delivered(3);
        asked(delivery, 1, "lost");
        var caseId = start(delivery);

        assertThat(odoo.record(delivery).path("return_ids")).isEmpty();
        refunded(delivery);

        assertThat(story.outcome(caseId)).isEqualTo("refunded");
        credited(100);
    }

    @Test
    void what_the_vendor_has_to_answer_for_goes_back_and_is_claimed() {
        var delivery = delivered(5);
        asked(delivery, 3, "faulty");
        var caseId = start(delivery);
        receivedBroken(delivery);
        refunded(delivery);

        var claim = story.followUp(delivery, "claimFromVendor");
        assertThat(story.candidateGroup(claim)).isEqualTo("buyer");
        assertThat(claim.getName()).startsWith("Claim 300.00 EUR");
        assertThatThrownBy(() -> story.complete(claim, "bea", Map.of("outcome", "credited")))
                .hasMessageContaining("remark: give the number");
        story.complete(claim, "bea", Map.of("outcome", "credited", "remark", "CN-4711"));

        assertThat(story.outcome(caseId)).isEqualTo("refunded");
        assertThat(story.evidence(caseId, Kind.RULING))
                .anySatisfy(line -> assertThat(line.content().toString()).contains("returnToVendor"));
    }

    @Test
    void a_claim_that_nobody_makes_in_ninety_days_lapses() {
        var delivery = delivered(5);
        asked(delivery, 3, "faulty");
        var caseId = start(delivery);
        receivedBroken(delivery);
        refunded(delivery);

        story.passes(Duration.ofDays(89));
        assertThat(story.isOpen(WORKFLOW, delivery)).isTrue();
        story.passes(Duration.ofDays(1).plusMinutes(1));

        assertThat(story.outcome(caseId)).isEqualTo("refunded");
        assertThat(story.passed(caseId)).contains("event_claimLapsed");
    }

    @Test
    void broken_goods_are_scrapped_once() {
        var delivery = delivered(5);
        asked(delivery, 2, "damaged_in_transit");
        start(delivery);
        received(delivery);
        odoo.attachPhoto(transferId(delivery), "wim");

        inspected(delivery, Map.of("grade", "D", "remark", "Crushed."));

        assertThat(lying("Quarantine")).isZero();
        assertThat(lying("Stock")).isEqualTo(996);
    }

    @Test
    void no_refund_is_an_answer_too() {
        var delivery = delivered(10);
        asked(delivery, 1, "changed_mind");
        var caseId = start(delivery);
        received(delivery);
        odoo.attachPhoto(transferId(delivery), "wim");
        inspected(delivery, Map.of("grade", "D", "remark", "Not ours."));

        assertThatThrownBy(() ->
                        story.complete(story.followUp(delivery, "approveRefund"), "rita", Map.of("refund", "refuse")))
                .hasMessageContaining("remark: say why");
        story.complete(
                story.followUp(delivery, "approveRefund"),
                "rita",
                Map.of("refund", "refuse", "remark", "Another maker's part."));

        assertThat(story.outcome(caseId)).isEqualTo("settled");
        assertThat(credits()).isEmpty();
        assertThat(holdpointState(delivery)).isEqualTo("settled");
    }

    // Three people

    @Test
    void approver_inspector_and_refunder_are_three_people() {
        story.addToGroup("rita", "warehouse");
        story.addToGroup("wim", "returnsDesk");
        try {
            var delivery = delivered(10);
            asked(delivery, 1, "changed_mind", true);
            start(delivery);
            story.decide(story.task(delivery, "OPENED_GOODS"), "rita", "release", "A good customer.");
            received(delivery);

            var inspect = story.followUp(delivery, "inspectGoods");
            assertThatThrownBy(() -> story.complete(inspect, "rita", Map.of("grade", "A")))
                    .hasMessageContaining("Four eyes: Rita released this document");
            story.complete(inspect, "wim", Map.of("grade", "A"));
            var refund = story.followUp(delivery, "approveRefund");
            assertThatThrownBy(() -> story.complete(refund, "wim", Map.of("refund", "approve")))
                    .hasMessageContaining("Four eyes: Wim did the step inspectGoods");
            assertThatThrownBy(() -> story.complete(refund, "rita", Map.of("refund", "approve")))
                    .hasMessageContaining("Four eyes: Rita released this document");
            assertThat(credits()).isEmpty();
        } finally {
            story.removeFromGroup("rita", "warehouse");
            story.removeFromGroup("wim", "returnsDesk");
        }
    }

    // Holds

    @Test
    void each_exception_goes_to_its_own_role_at_the_same_time() {
        product = data.product("Sensor")
                .price(6_000)
                .tagged("Electronics")
                .tagged("Custom")
                .add();
        var delivery = deliveredOf(product, 16, 4);
        asked(delivery, 1, "changed_mind");
        start(delivery);

        assertThat(story.holdCodes(delivery)).containsExactly("NOT_RETURNABLE", "RETURN_VALUE", "WINDOW_MISSED");
        assertThat(story.candidateGroup(story.task(delivery, "WINDOW_MISSED"))).isEqualTo("returnsDesk");
        assertThat(story.candidateGroup(story.task(delivery, "NOT_RETURNABLE"))).isEqualTo("salesManager");
        assertThat(holdpointState(delivery)).isEqualTo("held");
        story.decide(story.task(delivery, "WINDOW_MISSED"), "rita", "release", "By two days.");
        story.decide(story.task(delivery, "NOT_RETURNABLE"), "sam", "release", "Can be sold again.");
        assertThat(odoo.record(delivery).path("return_ids")).isEmpty();
        story.decide(story.task(delivery, "RETURN_VALUE"), "sam", "release", "Agreed.");

        assertThat(odoo.record(delivery).path("return_ids")).hasSize(1);
    }

    @Test
    void nine_of_four_are_not_authorized_and_the_request_is_corrected() {
        var delivery = delivered(5);
        asked(delivery, 9, "faulty");
        start(delivery);

        var task = story.task(delivery, "RETURN_QUANTITY");
        assertThat(story.variable(task, "policySentence").toString()).contains("No more comes back than was delivered");
        story.decide(task, "rita", "return", "Four were delivered.");
        assertThat(holdpointState(delivery)).isEqualTo("returned");

        changeQuantity(delivery, 4);
        odoo.requestReturn(delivery.id(), "ben");
        story.tell("return-authorization.returnRequestedAgain", delivery);

        assertThat(transfer(delivery).path("state").asText()).isEqualTo("assigned");
    }

    @Test
    void what_came_back_before_counts_across_requests() {
        var delivery = delivered(5);
        asked(delivery, 3, "faulty");
        start(delivery);
        received(delivery);
        inspected(delivery, Map.of("grade", "A"));
        refunded(delivery);

        changeQuantity(delivery, 2);
        odoo.requestReturn(delivery.id(), "ben");
        story.start(WORKFLOW, delivery);

        assertThat(story.holdCodes(delivery)).containsExactly("RETURN_QUANTITY");
    }

    @Test
    void the_third_exception_in_twelve_months_needs_the_sales_manager() {
        var customer = data.customer("Elbe Metall").add();
        product = data.product("Pump").add();
        for (var exception = 0; exception < 2; exception++) {
            var earlier = deliveredTo(customer, product, 40, 4);
            asked(earlier, 1, "changed_mind");
            start(earlier);
            story.decide(story.task(earlier, "WINDOW_MISSED"), "rita", "release", "Once more.");
        }
        var delivery = deliveredTo(customer, product, 40, 4);
        asked(delivery, 1, "changed_mind");
        start(delivery);

        assertThat(story.holdCodes(delivery)).containsExactly("EXCEPTION_AGAIN");
        assertThat(story.candidateGroup(story.task(delivery, "EXCEPTION_AGAIN")))
                .isEqualTo("salesManager");
    }

    @Test
    void an_unusual_return_shows_what_adds_up() {
        product = data.product("Pump").add();
        var customer = data.customer("New here").add();
        for (var earlier = 0; earlier < 3; earlier++) {
            var other = deliveredTo(customer, product, 1, 4);
            asked(other, 1, "faulty");
            start(other);
            received(other);
        }
        var delivery = deliveredTo(customer, product, 1, 4);
        asked(delivery, 1, "changed_mind");
        ofLot(delivery, data.lot("L-other", product, 5));
        start(delivery);

        var task = story.task(delivery, "RETURN_REVIEW_MAJOR");
        assertThat(story.candidateGroup(task)).isEqualTo("financeDirector");
        assertThat(story.variable(task, "numbers").toString())
                .contains("80")
                .contains("40: What is to come back carries another lot");
    }

    @Test
    void a_rejection_leaves_the_delivery_and_tells_who_and_why() {
        var delivery = delivered(40);
        asked(delivery, 1, "changed_mind");
        var caseId = start(delivery);

        story.decide(story.task(delivery, "WINDOW_MISSED"), "rita", "reject", "Ten days too late.");

        assertThat(story.outcome(caseId)).isEqualTo("rejected");
        assertThat(holdpointState(delivery)).isEqualTo("rejected");
        assertThat(odoo.record(delivery).path("return_ids")).isEmpty();
        assertThat(odoo.chatter(delivery)).anySatisfy(note -> assertThat(note).contains("Ten days too late."));
    }

    @Test
    void whoever_asked_does_not_release() {
        var delivery = delivered(40);
        asked(delivery, 1, "changed_mind");
        start(delivery);
        story.addToGroup("ben", "returnsDesk");
        try {
            assertThatThrownBy(
                            () -> story.decide(story.task(delivery, "WINDOW_MISSED"), "ben", "release", "It is mine."))
                    .hasMessageContaining("Four eyes: Ben asked for the return");
        } finally {
            story.removeFromGroup("ben", "returnsDesk");
        }
    }

    @Test
    void a_hold_is_handed_up_and_expires_when_nobody_answers() {
        var delivery = delivered(40);
        asked(delivery, 1, "changed_mind");
        var caseId = start(delivery);

        story.passes(Duration.ofDays(1).plusMinutes(1));
        assertThat(story.candidateGroup(story.task(delivery, "WINDOW_MISSED"))).isEqualTo("salesManager");
        story.passes(Duration.ofDays(2).plusMinutes(1));

        assertThat(story.outcome(caseId)).isEqualTo("expired");
        assertThat(holdpointState(delivery)).isEqualTo("rejected");
    }

    // Changes

    @Test
    void a_change_while_people_decide_touches_only_its_own_hold() {
        var delivery = delivered(40);
        asked(delivery, 9, "changed_mind");
        start(delivery);
        var window = story.task(delivery, "WINDOW_MISSED");
        assertThat(story.holdCodes(delivery)).containsExactly("RETURN_QUANTITY", "WINDOW_MISSED");

        changeQuantity(delivery, 1);
        story.tell(CHANGED, delivery);

        assertThat(story.holdCodes(delivery)).containsExactly("WINDOW_MISSED");
        assertThat(story.task(delivery, "WINDOW_MISSED").getId()).isEqualTo(window.getId());
    }

    @Test
    void a_change_that_brings_a_new_hold_asks_about_it_too() {
        var delivery = delivered(40);
        asked(delivery, 1, "changed_mind");
        start(delivery);

        changeQuantity(delivery, 9);
        story.tell(CHANGED, delivery);

        assertThat(story.holdCodes(delivery)).containsExactly("RETURN_QUANTITY", "WINDOW_MISSED");
        story.decide(story.task(delivery, "RETURN_QUANTITY"), "rita", "release", "Nine came in four boxes.");
        assertThat(story.holdCodes(delivery)).containsExactly("WINDOW_MISSED");
    }

    @Test
    void a_change_that_changes_nothing_that_matters_changes_nothing() {
        var delivery = delivered(40);
        asked(delivery, 1, "changed_mind");
        start(delivery);
        var task = story.task(delivery, "WINDOW_MISSED").getId();

        story.tell(CHANGED, delivery);

        assertThat(story.task(delivery, "WINDOW_MISSED").getId()).isEqualTo(task);
    }

    @Test
    void a_request_that_changed_after_the_last_answer_is_judged_again() {
        var delivery = delivered(40);
        asked(delivery, 1, "changed_mind");
        start(delivery);
        var task = story.task(delivery, "WINDOW_MISSED");
        beforeNext("operation=release", () -> changeQuantity(delivery, 9));

        story.decide(task, "rita", "release", "By ten days.");

        assertThat(story.holdCodes(delivery)).containsExactly("RETURN_QUANTITY");
        assertThat(odoo.record(delivery).path("return_ids")).isEmpty();
    }

    @Test
    void a_delivery_that_is_gone_closes_its_case() {
        var delivery = delivered(40);
        asked(delivery, 1, "changed_mind");
        var caseId = start(delivery);
        forget(delivery);

        story.tell(CHANGED, delivery);

        assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
        assertThat(story.tasks(delivery)).isEmpty();
    }

    // Completing the request

    @Test
    void the_returns_desk_completes_what_a_portal_left_open() {
        var delivery = delivered(5);
        start(delivery);

        var complete = story.followUp(delivery, "completeRequest");
        assertThat(story.candidateGroup(complete)).isEqualTo("returnsDesk");
        assertThatThrownBy(() -> story.complete(complete, "rita", Map.of("lines", "Hammer; 1; faulty")))
                .hasMessageContaining("'Hammer' was not delivered");
        assertThatThrownBy(() -> story.complete(complete, "rita", Map.of("lines", "Pump; -1; faulty")))
                .hasMessageContaining("above zero");
        assertThatThrownBy(() -> story.complete(complete, "rita", Map.of("lines", "Pump; NaN; faulty")))
                .hasMessageContaining("above zero");
        assertThatThrownBy(() -> story.complete(complete, "rita", Map.of("lines", "Pump; 1; bored")))
                .hasMessageContaining("'bored' is not known");
        story.complete(complete, "rita", Map.of("lines", "Pump; 2; faulty"));

        assertThat(transfer(delivery).path("state").asText()).isEqualTo("assigned");
    }

    @Test
    void a_request_that_nobody_completes_expires() {
        var delivery = delivered(5);
        var caseId = start(delivery);

        story.passes(Duration.ofDays(3).plusMinutes(1));

        assertThat(story.outcome(caseId)).isEqualTo("expired");
    }

    @Test
    void a_returned_request_is_checked_again_given_up_or_expires() {
        var checked = delivered(5);
        asked(checked, 9, "faulty");
        start(checked);
        story.decide(story.task(checked, "RETURN_QUANTITY"), "rita", "return", "Four.");
        changeQuantity(checked, 4);
        story.complete(correction(checked), "rita", Map.of("action", "checkAgain"));
        assertThat(transfer(checked).path("state").asText()).isEqualTo("assigned");

        var given = delivered(5);
        asked(given, 9, "faulty");
        var givenUp = start(given);
        story.decide(story.task(given, "RETURN_QUANTITY"), "rita", "return", "Four.");
        story.complete(correction(given), "rita", Map.of("action", "withdraw", "reason", "Not wanted."));
        assertThat(story.outcome(givenUp)).isEqualTo("withdrawn");

        var left = delivered(5);
        asked(left, 9, "faulty");
        var expired = start(left);
        story.decide(story.task(left, "RETURN_QUANTITY"), "rita", "return", "Four.");
        story.passes(Duration.ofDays(14).plusMinutes(1));
        assertThat(story.outcome(expired)).isEqualTo("expired");
    }

    // Waiting for the goods

    @Test
    void goods_that_do_not_come_are_reminded_of_and_the_authorization_expires() {
        var delivery = delivered(5);
        asked(delivery, 2, "faulty");
        var caseId = start(delivery);

        story.passes(Duration.ofDays(14).plusMinutes(1));
        assertThat(odoo.chatter(delivery)).anySatisfy(note -> assertThat(note).contains("have not come back yet"));
        assertThat(story.isOpen(WORKFLOW, delivery)).isTrue();
        story.passes(Duration.ofDays(16));

        assertThat(story.outcome(caseId)).isEqualTo("expired");
        assertThat(transfer(delivery).path("state").asText()).isEqualTo("cancel");
        assertThat(holdpointState(delivery)).isEqualTo("rejected");
    }

    @Test
    void goods_that_came_at_the_last_moment_are_inspected_all_the_same() {
        var delivery = delivered(5);
        asked(delivery, 2, "faulty");
        var caseId = start(delivery);
        odoo.validate(transferId(delivery), "wim");

        // Nobody told of the receipt, and the end of the authorization comes before the look every half day.
        management.executeJob(management
                .createJobQuery()
                .timers()
                .processInstanceId(caseId)
                .activityId("event_authorizationExpired")
                .singleResult()
                .getId());
        story.work();

        assertThat(story.followUp(delivery, "inspectGoods")).isNotNull();
    }

    @Test
    void a_receipt_that_nobody_told_of_is_found_within_half_a_day() {
        var delivery = delivered(5);
        asked(delivery, 2, "faulty");
        start(delivery);
        odoo.validate(transferId(delivery), "wim");

        story.passes(Duration.ofHours(12).plusMinutes(1));

        assertThat(story.followUp(delivery, "inspectGoods")).isNotNull();
    }

    @Test
    void a_return_that_is_cancelled_in_odoo_ends_the_case() {
        var delivery = delivered(5);
        asked(delivery, 2, "faulty");
        var caseId = start(delivery);

        odoo.as("admin")
                .call(new OdooCall(
                        "stock.picking", "action_cancel", List.of(transferId(delivery)), Map.of(), Map.of()));
        story.tell(CHANGED, delivery);

        assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
    }

    @Test
    void goods_that_nobody_inspects_are_handed_to_quality_and_stay_late() {
        var delivery = delivered(5);
        asked(delivery, 2, "faulty");
        start(delivery);
        received(delivery);

        story.passes(Duration.ofDays(2).plusMinutes(1));

        assertThat(story.candidateGroup(story.followUp(delivery, "inspectGoods")))
                .isEqualTo("quality");
    }

    // Odoo says no, or nothing

    @Test
    void odoo_refuses_the_authorization_and_a_person_chooses() {
        for (var action : List.of("retry", "return", "cancel")) {
            var delivery = delivered(5);
            asked(delivery, 2, "faulty");
            beforeNext("operation=release", () -> {
                throw new OdooRefused("The period is closed.");
            });
            var caseId = start(delivery);
            var task = story.tasks(delivery).get(0);
            assertThat(task.getTaskDefinitionKey()).isEqualTo("userTask_resolveRefusal");
            assertThat(story.variable(task, "odooMessage").toString()).contains("The period is closed.");

            story.complete(task, "ole", Map.of("action", action, "reason", "As agreed."));

            switch (action) {
                case "retry" ->
                    assertThat(transfer(delivery).path("state").asText()).isEqualTo("assigned");
                case "return" -> assertThat(holdpointState(delivery)).isEqualTo("returned");
                default -> assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
            }
        }
    }

    @Test
    void what_left_quarantine_meanwhile_is_not_scrapped_and_a_person_puts_it_right() {
        var delivery = delivered(5);
        asked(delivery, 2, "faulty");
        start(delivery);
        received(delivery);
        odoo.attachPhoto(transferId(delivery), "wim");
        empty("Quarantine");
        inspected(delivery, Map.of("grade", "D", "remark", "Broken."));

        var task = story.tasks(delivery).get(0);
        assertThat(task.getTaskDefinitionKey()).isEqualTo("userTask_resolveDisposition");
        assertThat(story.variable(task, "odooMessage").toString()).contains("not enough");
        story.complete(task, "wim", Map.of("action", "retry"));
        story.complete(
                story.tasks(delivery).get(0), "wim", Map.of("action", "cancel", "reason", "Scrapped by hand, SP/7."));

        assertThat(story.followUp(delivery, "approveRefund")).isNotNull();
    }

    @Test
    void beside_a_draft_invoice_nothing_is_credited_until_it_is_posted_or_done_by_hand() {
        var delivery = delivered(5);
        asked(delivery, 1, "faulty");
        var caseId = start(delivery);
        received(delivery);
        inspected(delivery, Map.of("grade", "A"));
        var invoice = invoiceBackToDraft();
        refunded(delivery);

        var task = story.tasks(delivery).get(0);
        assertThat(task.getTaskDefinitionKey()).isEqualTo("userTask_resolveCredit");
        assertThat(story.variable(task, "odooMessage").toString()).contains("still a draft");
        odoo.as("admin").call(new OdooCall("account.move", "action_post", List.of(invoice), Map.of(), Map.of()));
        story.complete(task, "rita", Map.of("action", "retry"));

        assertThat(story.outcome(caseId)).isEqualTo("refunded");
        assertThat(credits()).hasSize(1);
    }

    @Test
    void a_credit_note_made_by_hand_is_said_so() {
        var delivery = delivered(5);
        asked(delivery, 1, "faulty");
        var caseId = start(delivery);
        received(delivery);
        inspected(delivery, Map.of("grade", "A"));
        invoiceBackToDraft();
        refunded(delivery);

        story.complete(
                story.tasks(delivery).get(0), "rita", Map.of("action", "cancel", "reason", "Deducted from the draft."));

        assertThat(story.outcome(caseId)).isEqualTo("settled");
        assertThat(credits()).isEmpty();
    }

    @Test
    void a_lost_answer_makes_no_second_return_and_no_second_credit_note() {
        var delivery = delivered(5);
        asked(delivery, 1, "faulty");
        odoo.faults().loseAnswers(1);
        odoo.requestReturn(delivery.id(), "ben");
        var caseId =
                runtime.startProcessInstanceByKey(WORKFLOW, delivery.toString()).getId();
        story.workWithFailures().work();
        assertThat(odoo.record(delivery).path("return_ids")).hasSize(1);

        received(delivery);
        inspected(delivery, Map.of("grade", "A"));
        var refund = story.followUp(delivery, "approveRefund");
        odoo.faults().loseAnswers(1);
        story.as("rita", () -> tasks.complete(refund.getId(), Map.of("refund", "approve")));
        story.workWithFailures().work();

        assertThat(story.outcome(caseId)).isEqualTo("refunded");
        assertThat(credits()).hasSize(1);
    }

    @Test
    void a_case_whose_odoo_was_away_for_hours_goes_on_where_it_stood() {
        var delivery = delivered(5);
        asked(delivery, 3, "faulty");
        var caseId = start(delivery);
        receivedBroken(delivery);
        var refund = story.followUp(delivery, "approveRefund");
        story.as("rita", () -> tasks.complete(refund.getId(), Map.of("refund", "approve")));
        odoo.faults().unavailable(Integer.MAX_VALUE);
        story.workWithFailures();
        story.hoursPass();
        var recover = story.tasks(delivery).get(0);
        assertThat(recover.getTaskDefinitionKey()).isEqualTo("userTask_recoverCase");

        odoo.faults().none();
        story.complete(recover, "ole", Map.of("action", "retry"));

        assertThat(credits()).as("nobody inspected or decided again").hasSize(1);
        assertThat(story.followUp(delivery, "claimFromVendor")).isNotNull();
        assertThat(story.isOpen(WORKFLOW, delivery)).isTrue();
        assertThat(story.passed(caseId)).contains("serviceTask_creditCustomer");
    }

    @Test
    void a_refund_without_goods_goes_on_where_it_stood_too() {
        var delivery = delivered(3);
        asked(delivery, 1, "lost");
        var caseId = start(delivery);
        var refund = story.followUp(delivery, "approveRefund");
        story.as("rita", () -> tasks.complete(refund.getId(), Map.of("refund", "approve")));
        odoo.faults().unavailable(Integer.MAX_VALUE);
        story.workWithFailures();
        story.hoursPass();

        odoo.faults().none();
        story.complete(story.tasks(delivery).get(0), "ole", Map.of("action", "retry"));

        assertThat(story.outcome(caseId)).isEqualTo("refunded");
        assertThat(credits()).hasSize(1);
    }

    @Test
    void a_case_may_be_closed_without_odoo() {
        var delivery = delivered(5);
        asked(delivery, 3, "faulty");
        odoo.requestReturn(delivery.id(), "ben");
        odoo.faults().unavailable(Integer.MAX_VALUE);
        var caseId =
                runtime.startProcessInstanceByKey(WORKFLOW, delivery.toString()).getId();
        story.workWithFailures();
        story.hoursPass();

        story.complete(
                story.tasks(delivery).get(0), "ole", Map.of("action", "skip", "reason", "Settled on the phone."));

        assertThat(story.outcome(caseId)).isEqualTo("skipped");
    }

    // Fixture

    private DocumentRef delivered(int daysAgo) {
        product = data.product("Pump").add();
        return deliveredOf(product, daysAgo, 4);
    }

    private DocumentRef deliveredOf(long sold, int daysAgo, double quantity) {
        return deliveredTo(data.customer("Elbe Metall").add(), sold, daysAgo, quantity);
    }

    private DocumentRef deliveredTo(long customer, long sold, int daysAgo, double quantity) {
        order = data.order(customer).line(sold, quantity).delivered(daysAgo).add();
        return new DocumentRef("stock.picking", data.delivery(order));
    }

    private void asked(DocumentRef delivery, double quantity, String reason) {
        asked(delivery, quantity, reason, false);
    }

    private void asked(DocumentRef delivery, double quantity, String reason, boolean opened) {
        data.comesBack(delivery.id(), product, quantity, reason, opened);
    }

    private String start(DocumentRef delivery) {
        odoo.requestReturn(delivery.id(), "ben");
        return story.start(WORKFLOW, delivery);
    }

    private long transferId(DocumentRef delivery) {
        return odoo.record(delivery).path("return_ids").path(0).asLong();
    }

    private JsonNode transfer(DocumentRef delivery) {
        return odoo.record(new DocumentRef("stock.picking", transferId(delivery)));
    }

    private void received(DocumentRef delivery) {
        odoo.validate(transferId(delivery), "wim");
        story.tell(CHANGED, delivery);
    }

    private String holdpointState(DocumentRef delivery) {
        return odoo.record(delivery).path("x_holdpoint_state").asText();
    }

    private void inspected(DocumentRef delivery, Map<String, Object> found) {
        story.complete(story.followUp(delivery, "inspectGoods"), "wim", found);
    }

    /** It comes back, and the inspection finds the vendor at fault. */
    private void receivedBroken(DocumentRef delivery) {
        received(delivery);
        odoo.attachPhoto(transferId(delivery), "wim");
        inspected(delivery, Map.of("grade", "D", "vendorFault", true, "remark", "Bearing broken."));
    }

    private void refunded(DocumentRef delivery) {
        story.complete(story.followUp(delivery, "approveRefund"), "rita", Map.of("refund", "approve"));
    }

    /** The latest order was credited once, with this amount. */
    private void credited(double amount) {
        assertThat(credits())
                .singleElement()
                .satisfies(
                        note -> assertThat(note.path("amount_total").asDouble()).isEqualTo(amount));
    }

    private DocumentRef line(DocumentRef delivery) {
        return new DocumentRef(
                "x_holdpoint_return_line",
                odoo.record(delivery)
                        .path("x_holdpoint_return_line_ids")
                        .path(0)
                        .asLong());
    }

    private void changeQuantity(DocumentRef delivery, double quantity) {
        write(line(delivery), Map.of("x_quantity", quantity));
    }

    private void ofLot(DocumentRef delivery, long lot) {
        write(line(delivery), Map.of("x_lot_id", lot));
    }

    /** Credit notes of the latest order. */
    private List<JsonNode> credits() {
        var notes = new ArrayList<JsonNode>();
        odoo.as("admin")
                .call(new OdooCall(
                        "account.move",
                        "search_read",
                        List.of(),
                        Map.of(
                                "domain",
                                List.of(
                                        List.of("move_type", "=", "out_refund"),
                                        List.of(
                                                "invoice_origin",
                                                "=",
                                                odoo.order(order).path("name").asText())),
                                "fields",
                                List.of("state", "amount_total")),
                        Map.of()))
                .forEach(notes::add);
        return notes;
    }

    private double lying(String place) {
        return lying(product, place);
    }

    private void empty(String place) {
        quants(product, place, "id").forEach(id -> {
            var quant = new DocumentRef("stock.quant", id.asLong());
            write(quant, Map.of("inventory_quantity", 0));
            odoo.as("admin")
                    .call(new OdooCall(
                            quant.model(), "action_apply_inventory", List.of(quant.id()), Map.of(), Map.of()));
        });
    }

    private long invoiceBackToDraft() {
        var invoice = search(
                        "account.move",
                        List.of(
                                List.of("move_type", "=", "out_invoice"),
                                List.of(
                                        "invoice_origin",
                                        "=",
                                        odoo.order(order).path("name").asText())),
                        "id")
                .get(0)
                .asLong();
        write(new DocumentRef("account.move", invoice), Map.of("state", "draft"));
        return invoice;
    }

    private void forget(DocumentRef delivery) {
        odoo.as("admin").call(new OdooCall(delivery.model(), "unlink", List.of(delivery.id()), Map.of(), Map.of()));
    }

    private Task correction(DocumentRef delivery) {
        return story.taskOf(delivery, "userTask_correctRequest");
    }
}
