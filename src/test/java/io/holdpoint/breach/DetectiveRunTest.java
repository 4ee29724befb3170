package io.holdpoint.breach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.ProcessTest;
import io.holdpoint.WorkflowStories;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.odoo.Commands;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.OdooCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody does in Odoo while a guard is switched off is found in the night. */
@ProcessTest
class DetectiveRunTest extends WorkflowStories {

    private static final Instant NIGHT = Instant.parse("2026-06-02T02:00:00Z");

    @Autowired
    DetectiveRun detective;

    @Autowired
    Rounds rounds;

    @Autowired
    JdbcClient jdbc;

    DetectiveRunTest() {
        super("breach");
    }

    /** Each story begins with the first look of a new Holdpoint. */
    @BeforeEach
    void firstLook() {
        jdbc.sql("delete from hp_inspection").update();
        jdbc.sql("delete from hp_known_passage").update();
        detective.run();
    }

    @Test
    void an_order_confirmed_while_the_guard_was_off_is_found_in_the_night_and_given_to_somebody_once() {
        var order = quotation();
        whileGuardsAreOff(() -> odoo.confirm(order.id(), "anna"));
        assertThat(detective.run()).as("before the night").isZero();

        story.goTo(NIGHT);
        assertThat(detective.run()).isOne();
        story.work();

        var breach = breachOf(order);
        assertThat(breach.content())
                .containsEntry("what", "passedWithoutRelease")
                .containsEntry("passedBy", "anna")
                .containsEntry("writtenBy", "anna");
        assertThat(String.valueOf(breach.content().get("passedAt"))).startsWith("2026-06-01T08:0");
        assertThat(String.valueOf(breach.content().get("writtenAt"))).startsWith("2026-06-01T08:0");
        assertThat(String.valueOf(breach.content().get("why")))
                .contains("was confirmed in Odoo, and the record knows no release of it");
        var task = story.followUp(order, "clearUpBreach");
        assertThat(task.getName()).startsWith("Clear up breach – S");
        assertThat(story.candidateGroup(task)).isEqualTo("creditManager");

        inTheNextNight();
        assertThat(detective.run()).as("the same breach").isZero();
        assertThat(story.tasks(order)).hasSize(1);
    }

    @Test
    void neither_orders_from_before_nor_released_ones_nor_quotations_are_breaches() {
        var before = quotation();
        whileGuardsAreOff(() -> odoo.confirm(before.id(), "anna"));
        firstLook();
        var released = data.goodOrder();
        var untouched = quotation();
        odoo.requestRelease(released, "anna");
        story.start(new DocumentRef("sale.order", released));
        write(before, Map.of("client_order_ref", "4711"));
        write(untouched, Map.of("client_order_ref", "4712"));

        story.goTo(NIGHT);

        assertThat(detective.run()).isZero();
        assertThat(odoo.order(released).path("state").asText()).isEqualTo("sale");
        assertThat(story.tasks(before)).isEmpty();
    }

    @Test
    void a_mark_that_holdpoint_did_not_set_helps_nobody() {
        var order = quotation();
        whileGuardsAreOff(() -> write(order, Map.of("state", "sale", "x_holdpoint_state", "released")));

        story.goTo(NIGHT);

        assertThat(detective.run()).isOne();
        assertThat(breachOf(order).content()).containsEntry("writtenBy", "admin");
    }

    @Test
    void a_held_order_that_an_administrator_confirmed_is_found_although_its_case_is_open() {
        var order = quotation();
        odoo.requestRelease(order.id(), "anna");
        story.start(order);
        assertThat(story.holdCodes(order)).containsExactly("OVER_LIMIT");
        whileGuardsAreOff(() -> odoo.confirm(order.id(), "admin"));

        story.goTo(NIGHT);

        assertThat(detective.run()).isOne();
        assertThat(breachOf(order).content()).containsEntry("writtenBy", "admin");
    }

    @Test
    void a_release_whose_answer_is_not_on_record_yet_is_no_breach_and_is_looked_at_again() {
        var order = new DocumentRef("sale.order", data.goodOrder());
        firstLook();
        odoo.requestRelease(order.id(), "anna");
        odoo.faults().beforeCall(call -> {
            if (String.valueOf(call.context()).contains("serviceTask_confirmOrder")) {
                odoo.faults().beforeCall(next -> {});
                odoo.faults().loseAnswers(1);
            }
        });
        runtime.startProcessInstanceByKey("order-release", order.toString());
        story.workWithFailures();
        assertThat(odoo.order(order.id()).path("state").asText()).isEqualTo("sale");

        story.goTo(NIGHT);
        assertThat(detective.run()).isZero();
        story.workWithFailures();
        inTheNextNight();

        assertThat(detective.run()).isZero();
        assertThat(evidenceOf(order, Kind.BREACH)).isEmpty();
    }

    @Test
    void an_order_that_is_about_more_than_was_released_is_found() {
        var order = new DocumentRef("sale.order", data.goodOrder());
        firstLook();
        odoo.requestRelease(order.id(), "anna");
        story.start(order);
        var line = odoo.order(order.id()).path("order_line").get(0).asLong();
        story.ahead(Duration.ofHours(1));
        odoo.changeLine(line, "anna", Map.of("price_unit", 9_999));

        story.goTo(NIGHT);

        assertThat(detective.run()).isOne();
        assertThat(breachOf(order).content()).containsEntry("what", "raisedAfterRelease");
        assertThat(String.valueOf(breachOf(order).content().get("why"))).contains("nobody was asked about the rest");
    }

    @Test
    void an_urgent_purchase_ordered_by_hand_is_found_and_an_ordinary_one_is_not() {
        var urgent = purchase(true);
        var ordinary = purchase(false);
        odoo.pressOnPurchase(ordinary.id(), "admin", "button_confirm");
        assertThatThrownBy(() -> odoo.pressOnPurchase(urgent.id(), "admin", "button_confirm"))
                .hasMessageContaining("needs an approval");
        whileGuardsAreOff(() -> odoo.pressOnPurchase(urgent.id(), "admin", "button_confirm"));

        story.goTo(NIGHT);
        assertThat(detective.run()).isOne();
        story.work();

        assertThat(story.candidateGroup(story.followUp(urgent, "clearUpBreach")))
                .isEqualTo("purchaseManager");
        assertThat(story.tasks(ordinary)).isEmpty();
    }

    @Test
    void a_held_purchase_that_lost_its_star_and_its_marks_is_found_by_the_record() {
        var held = purchase(true);
        var rejected = purchase(true);
        for (var order : List.of(held, rejected)) {
            odoo.changePurchaseLines(order.id(), "bea", Map.of("product_qty", 60));
            odoo.requestApproval(order.id(), "bea");
            story.start("urgent-purchase", order);
        }
        story.decide(story.task(rejected, "AMOUNT_MAJOR"), "paul", "reject", "Repair the old one.");
        whileGuardsAreOff(() -> List.of(held, rejected).forEach(order -> {
            var nothing = new HashMap<String, Object>(Map.of("priority", "0"));
            nothing.put("x_holdpoint_state", false);
            write(order, nothing);
            odoo.pressOnPurchase(order.id(), "admin", "button_confirm");
        }));

        story.goTo(NIGHT);

        assertThat(detective.run()).isEqualTo(2);
        assertThat(breachOf(held).content()).containsEntry("passedBy", "admin");
        assertThat(breachOf(rejected).content()).containsEntry("passedBy", "admin");
    }

    @Test
    void a_held_purchase_is_found_although_its_case_saw_that_it_was_ordered_and_ended() {
        var order = purchase(true);
        odoo.changePurchaseLines(order.id(), "bea", Map.of("product_qty", 60));
        odoo.requestApproval(order.id(), "bea");
        var caseId = story.start("urgent-purchase", order);
        whileGuardsAreOff(() -> {
            write(order, Map.of("priority", "0"));
            odoo.pressOnPurchase(order.id(), "bea", "button_confirm");
        });
        story.tell("urgent-purchase.purchaseChanged", order);
        assertThat(story.outcome(caseId)).isEqualTo("withdrawn");

        story.goTo(NIGHT);

        assertThat(detective.run()).isOne();
        assertThat(breachOf(order).content()).containsEntry("passedBy", "bea");
    }

    @Test
    void a_return_received_by_hand_is_found() {
        var pump = data.product("Pump").price(100).cost(50).stock(100).add();
        var delivery = data.delivery(data.order(data.customer("Elbe Metall").add())
                .line(pump, 4)
                .delivered(3)
                .add());
        var back = new DocumentRef("stock.picking", returnOf(delivery));
        firstLook();
        assertThatThrownBy(() -> odoo.validate(back.id(), "wim")).hasMessageContaining("nobody authorized");
        whileGuardsAreOff(() -> odoo.validate(back.id(), "wim"));

        story.goTo(NIGHT);
        assertThat(detective.run()).isOne();
        story.work();

        assertThat(breachOf(back).content())
                .containsEntry("about", "stock.picking," + delivery)
                .containsEntry("passedBy", "wim")
                .containsEntry("writtenBy", "wim");
        assertThat(story.candidateGroup(story.followUp(back, "clearUpBreach"))).isEqualTo("creditManager");
    }

    @Test
    void stock_taken_out_of_quarantine_is_found_with_how_much_from_where_by_whom_and_when() {
        var lot = quarantinedLot(8);
        story.addToGroup("wim", "qualityManager");
        assertThatThrownBy(() -> scrap(lot, "wim", 3)).hasMessageContaining("is kept apart by Holdpoint");
        whileGuardsAreOff(() -> scrap(lot, "wim", 3));
        story.goTo(NIGHT);

        assertThat(detective.run()).isOne();
        story.work();

        var kept = keptApart(lot);
        var breach = breachOf(kept);
        assertThat(breach.content())
                .containsEntry("what", "leftQuarantine")
                .containsEntry("about", lot.toString())
                .containsEntry("passedBy", "wim")
                .containsEntry("quantity", 3.0)
                .doesNotContainKey("writtenBy");
        assertThat(String.valueOf(breach.content().get("place"))).endsWith("Quarantine");
        assertThat(String.valueOf(breach.content().get("passedAt"))).startsWith("2026-06-01T08:0");
        assertThat(String.valueOf(breach.content().get("why")))
                .startsWith("3.00 of Valve")
                .contains("otherwise than by a decision of the case")
                .contains("wim took 3.00 to Virtual Locations/Scrap, SP/");
        var task = story.followUp(kept, "clearUpBreach");
        assertThat(story.candidateGroup(task)).isEqualTo("qualityManager");
        var undone = Map.<String, Object>of("result", "undone", "remark", "It is back.");
        assertThatThrownBy(() -> story.complete(task, "wim", undone)).hasMessageContaining("Four eyes: Wim took");
        assertThatThrownBy(() -> story.complete(task, "quentin", undone))
                .hasMessageContaining("still past its hold point");
        story.complete(task, "quentin", Map.of("result", "stands", "remark", "Scrapped before anybody looked."));
        story.removeFromGroup("wim", "qualityManager");

        inTheNextNight();
        assertThat(detective.run()).as("the same loss").isZero();
        whileGuardsAreOff(() -> scrap(lot, "quinn", 2));
        inTheNextNight();
        assertThat(detective.run()).as("more of it").isOne();
        assertThat(evidenceOf(kept, Kind.BREACH)).hasSize(2);
    }

    @Test
    void what_a_case_keeps_apart_and_disposes_of_is_no_breach() {
        var lot = quarantinedLot(8);
        story.goTo(NIGHT);
        assertThat(detective.run()).isZero();

        new Commands(new Odoo(odoo, null, 1))
                .run(new OdooCommand(
                        "quality-escalation",
                        search("x_holdpoint_quarantine", List.of(List.of("x_document", "=", lot.toString())), "x_name")
                                        .get(0)
                                        .asText()
                                + ":dispose",
                        lot,
                        "dispose",
                        "",
                        null,
                        null,
                        Map.of("disposition", "scrap")));
        inTheNextNight();

        assertThat(detective.run()).isZero();
    }

    @Test
    void somebody_else_than_who_let_it_pass_clears_it_up_and_undone_means_undone() {
        var order = quotation();
        story.addToGroup("anna", "creditManager");
        whileGuardsAreOff(() -> odoo.confirm(order.id(), "anna"));
        story.goTo(NIGHT);
        detective.run();
        story.work();
        var task = story.followUp(order, "clearUpBreach");
        var caseId = breachOf(order).caseId();
        var undone = Map.<String, Object>of("result", "undone", "remark", "Cancelled, Anna was told.");

        assertThatThrownBy(() -> story.complete(task, "anna", undone)).hasMessageContaining("Four eyes: Anna took");
        assertThatThrownBy(() -> story.complete(task, "max", undone)).hasMessageContaining("still past its hold point");
        odoo.cancel(order.id(), "anna");
        story.complete(task, "max", undone);

        assertThat(story.outcome(caseId)).isEqualTo("undone");
        story.removeFromGroup("anna", "creditManager");
    }

    @Test
    void who_let_it_pass_is_known_and_kept_out_whoever_wrote_the_order_afterwards() {
        var order = quotation();
        story.addToGroup("anna", "creditManager");
        whileGuardsAreOff(() -> odoo.confirm(order.id(), "anna"));
        // As odoo-setup does when it puts a guard right.
        write(order, Map.of("client_order_ref", "4711"));
        story.goTo(NIGHT);

        assertThat(detective.run()).isOne();
        story.work();

        assertThat(breachOf(order).content()).containsEntry("passedBy", "anna").containsEntry("writtenBy", "admin");
        assertThat(String.valueOf(breachOf(order).content().get("why"))).contains("By Odoo's chatter it was anna, at");
        var task = story.followUp(order, "clearUpBreach");
        assertThat(story.variable(task, "passedText")).asString().startsWith("anna, 2026-06-01T08:0");
        var stands = Map.<String, Object>of("result", "stands", "remark", "The customer has paid.");
        assertThatThrownBy(() -> story.complete(task, "anna", stands))
                .hasMessageContaining("Four eyes: Anna took")
                .hasMessageContaining("past its hold point in Odoo");
        story.complete(task, "max", stands);
        story.removeFromGroup("anna", "creditManager");
    }

    @Test
    void who_left_no_entry_in_the_chatter_is_not_known_and_nobody_else_is_named_for_it() {
        var order = quotation();
        new Odoo(odoo.as("anna"), null, 1)
                .call("sale.order", "action_quotation_sent", List.of(order.id()), Map.of(), Map.of());
        whileGuardsAreOff(() -> new Odoo(odoo.as("admin"), null, 1)
                .call("sale.order", "action_confirm", List.of(order.id()), Map.of(), Map.of("tracking_disable", true)));
        story.goTo(NIGHT);

        assertThat(detective.run()).isOne();
        story.work();

        assertThat(breachOf(order).content())
                .containsEntry("passedBy", "")
                .containsEntry("writtenBy", "admin")
                .doesNotContainKey("passedAt");
        assertThat(String.valueOf(breachOf(order).content().get("why")))
                .contains("Who it was is not known: Odoo's chatter has no entry of it.")
                .contains("admin wrote it last")
                .doesNotContain("anna");
        assertThat(story.variable(story.followUp(order, "clearUpBreach"), "passedText"))
                .isEqualTo("not known");
    }

    @Test
    void what_was_taken_back_and_passes_anew_is_found_anew() {
        var order = quotation();
        whileGuardsAreOff(() -> odoo.confirm(order.id(), "anna"));
        story.goTo(NIGHT);
        detective.run();
        odoo.cancel(order.id(), "anna");
        odoo.backToQuotation(order.id(), "anna");
        inTheNextNight();
        assertThat(detective.run()).isZero();
        whileGuardsAreOff(() -> odoo.confirm(order.id(), "admin"));

        inTheNextNight();

        assertThat(detective.run()).isOne();
        assertThat(evidenceOf(order, Kind.BREACH)).hasSize(2);
        assertThat(story.isOpen("breach", order)).as("both in one case").isTrue();
        story.work();
        story.addToGroup("anna", "creditManager");
        assertThatThrownBy(() -> story.complete(
                        story.followUp(order, "clearUpBreach"),
                        "anna",
                        Map.of("result", "stands", "remark", "I did the first one only.")))
                .as("who had a hand in the first one")
                .hasMessageContaining("Four eyes: Anna took");
        story.removeFromGroup("anna", "creditManager");
    }

    @Test
    void an_outage_postpones_the_run_and_nothing_is_missed() {
        var order = quotation();
        whileGuardsAreOff(() -> odoo.confirm(order.id(), "anna"));
        story.goTo(NIGHT);
        odoo.faults().unavailable(100);
        assertThat(detective.run()).isZero();
        odoo.faults().unavailable(0);
        assertThat(detective.run()).as("at once").isZero();

        story.ahead(Duration.ofMinutes(16));

        assertThat(detective.run()).isOne();
        assertThat(evidenceOf(order, Kind.BREACH)).hasSize(1);
    }

    @Test
    void of_two_nodes_one_looks() {
        story.goTo(NIGHT);

        assertThat(rounds.begin("order-release/sale.order")).isPresent();
        assertThat(rounds.begin("order-release/sale.order")).isEmpty();
        story.ahead(Duration.ofMinutes(61));
        assertThat(rounds.begin("order-release/sale.order")).as("the node died").isPresent();
    }

    private void whileGuardsAreOff(Runnable step) {
        odoo.faults().switchGuards(false);
        step.run();
        odoo.faults().switchGuards(true);
    }

    private void inTheNextNight() {
        story.ahead(Duration.ofDays(1));
    }

    private DocumentRef quotation() {
        // A customer comes with orders from before, so Holdpoint looks for the first time after that.
        var order = new DocumentRef(
                "sale.order",
                data.order(data.customer("Elbe Metall").creditLimit(1_000).add())
                        .line(
                                data.product("Pump")
                                        .price(100)
                                        .cost(50)
                                        .stock(1000)
                                        .add(),
                                20)
                        .add());
        firstLook();
        return order;
    }

    private DocumentRef purchase(boolean urgent) {
        var valve = data.product("Valve").add();
        var order = data.purchase(data.vendor("Isar Pumpen").price(valve, 100).add())
                .line(valve, 4);
        return new DocumentRef("purchase.order", (urgent ? order : order.notUrgent()).add());
    }

    /** A lot in quarantine, whose case is open. */
    private DocumentRef quarantinedLot(double quantity) {
        var lot = new DocumentRef(
                "stock.lot",
                data.lot(
                        "L-" + System.nanoTime(), data.product("Valve").cost(10).add(), quantity));
        data.defect(lot, "appearance", "minor", 0, "Scratched");
        firstLook();
        story.start("quality-escalation", lot);
        return lot;
    }

    private DocumentRef keptApart(DocumentRef lot) {
        return new DocumentRef(
                "x_holdpoint_quarantine",
                search("x_holdpoint_quarantine", List.of(List.of("x_document", "=", lot.toString())), "id")
                        .get(0)
                        .asLong());
    }

    private void scrap(DocumentRef lot, String person, double quantity) {
        var row = odoo.record(keptApart(lot));
        var as = new Odoo(odoo.as(person), null, 1);
        var scrap = as.create(
                "stock.scrap",
                List.of(Map.of(
                        "product_id", row.path("x_product_id").get(0).asLong(),
                        "lot_id", lot.id(),
                        "scrap_qty", quantity,
                        "location_id", row.path("x_location_id").get(0).asLong())));
        as.call("stock.scrap", "action_validate", scrap, Map.of(), Map.of());
    }

    /** Made by Odoo's own wizard, as people do. */
    private long returnOf(long delivery) {
        var wim = new Odoo(odoo.as("wim"), null, 1);
        var wizard = wim.create("stock.return.picking", List.of(Map.of("picking_id", delivery)))
                .get(0);
        var lines = wim.read("stock.return.picking", List.of(wizard), List.of("product_return_moves"))
                .get(0)
                .path("product_return_moves");
        wim.write("stock.return.picking.line", List.of(lines.get(0).asLong()), Map.of("quantity", 1));
        return wim.call("stock.return.picking", "action_create_returns", List.of(wizard), Map.of(), Map.of())
                .path("res_id")
                .asLong();
    }

    private List<Evidence.Entry> evidenceOf(DocumentRef document, Kind kind) {
        return story.evidence().all("breach", document, kind);
    }

    private Evidence.Entry breachOf(DocumentRef document) {
        var found = evidenceOf(document, Kind.BREACH);
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
