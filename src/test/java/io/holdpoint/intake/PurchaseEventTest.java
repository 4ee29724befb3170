package io.holdpoint.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What other senders say of purchases, right and wrong, and what people do about them by the engine's own interface.
 */
@OverHttp
class PurchaseEventTest {

    private static final String MRP = "https://planning.example";

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    private final String id = UUID.randomUUID().toString();
    private long pump;
    private long vendor;

    @BeforeEach
    void begin() {
        pump = story.odoo().data().product("Pump").add();
        vendor = story.odoo().data().vendor("Isar Pumpen").price(pump, 100).add();
    }

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    @Test
    void a_request_that_odoo_knows_of_opens_one_case_however_often_it_is_told() {
        var order = order(6);
        story.odoo().requestApproval(order.id(), "bea");

        assertThat(send("requested", order.toString()).status()).isEqualTo(202);
        assertThat(send("requested", order.toString()).status()).isEqualTo(200);
        intake.sweep();
        intake.drain();
        story.work();

        assertThat(intake.cases(order)).isOne();
        assertThat(story.holdCodes(order)).containsExactly("AMOUNT");
    }

    @Test
    void an_event_asks_for_nothing_that_nobody_asked_for_in_odoo() {
        var order = order(4);

        send("requested", order.toString());
        intake.drain();
        story.work();

        assertThat(intake.cases(order)).isZero();
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void a_purchase_that_odoo_does_not_know_goes_into_quarantine() {
        var answer = send("requested", "purchase.order,999999999");
        assertThat(answer.status()).isEqualTo(202);

        for (int second = 0; second < 60; second++) {
            intake.drain();
            story.passes(Duration.ofSeconds(1));
        }

        assertThat(intake.event(answer.event()).state()).isEqualTo(Inbox.State.QUARANTINED);
        assertThat(intake.event(answer.event()).answer())
                .isEqualTo("purchase.order,999999999 does not exist in Odoo. Check the id and replay the event.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sale.order,42;urgent-purchase is about documents of purchase.order",
                "purchase.order.line,42;urgent-purchase is about documents of purchase.order",
                "purchase.order,0;names no Odoo document",
                "purchase.order,-7;names no Odoo document",
                "purchase.order,P00042;names no Odoo document",
                "P00042;names no Odoo document"
            })
    void a_subject_that_is_no_purchase_is_refused_in_words(String subject, String words) {
        var answer = send("requested", subject);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith("subject: ").contains(words);
        assertThat(intake.count()).isZero();
    }

    @Test
    void a_type_that_the_workflow_does_not_take_is_kept_in_quarantine() {
        var answer = send("confirmed", order(4).toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith("type: no workflow takes events of type 'urgent-purchase.confirmed'");
        assertThat(intake.event(answer.event()).state()).isEqualTo(Inbox.State.QUARANTINED);
    }

    @Test
    void what_cannot_be_read_is_refused_and_not_kept() {
        var answer = intake.anonymous()
                .post("/api/events", "{\"subject\": \"purchase", "Authorization", "Bearer " + Intake.EVENT_SECRET);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo("The body is no JSON object.");
        assertThat(intake.count()).isZero();
    }

    @Test
    void an_order_without_lines_is_held_however_it_was_asked_for() {
        var order = new DocumentRef(
                "purchase.order", story.odoo().data().purchase(vendor).add());
        requestedByProgram(order);

        send("requested", order.toString());
        intake.drain();
        story.work();

        assertThat(story.holdCodes(order)).contains("PURCHASE_EMPTY");
        assertThat(state(order)).isEqualTo("draft");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -3})
    void a_quantity_of_zero_or_less_is_held_although_the_line_stands_still(double quantity) {
        var order = new DocumentRef(
                "purchase.order",
                story.odoo()
                        .data()
                        .purchase(vendor)
                        .line(pump, quantity)
                        .lineDown()
                        .add());
        story.odoo().requestApproval(order.id(), "bea");

        send("requested", order.toString());
        intake.drain();
        story.work();

        assertThat(story.holdCodes(order)).containsExactly("PURCHASE_QUANTITY");
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void whoever_asked_does_not_agree_by_rest_either_administrator_or_not() {
        var order = order(6);
        story.odoo().requestApproval(order.id(), "bea");
        send("requested", order.toString());
        intake.drain();
        story.work();
        var task = story.task(order, "AMOUNT").getId();
        var answer = """
                {"variables": {"decision": {"value": "release"}, "reason": {"value": "It is mine."}}}""";

        assertThat(complete("bea", task, answer).body()).contains("Four eyes: Bea");
        story.addToGroup("bea", "camunda-admin");
        try {
            assertThat(complete("bea", task, answer).body()).contains("Four eyes: Bea");
        } finally {
            story.removeFromGroup("bea", "camunda-admin");
        }
        assertThat(complete("admin", task, answer).body()).contains("Administrator is not a member of it");
        assertThat(state(order)).isEqualTo("draft");

        assertThat(complete("carl", task, answer).status()).isEqualTo(204);
        story.work();
        assertThat(state(order)).isEqualTo("purchase");
    }

    private Caller.Answer complete(String person, String task, String answer) {
        return intake.as(person).post("/engine-rest/task/" + task + "/complete", answer);
    }

    private DocumentRef order(double quantity) {
        return new DocumentRef(
                "purchase.order",
                story.odoo().data().purchase(vendor).line(pump, quantity).add());
    }

    private String state(DocumentRef order) {
        return story.odoo().record(order).path("state").asText();
    }

    /** The button asks for a line first; a program of the buyer's own does not. */
    private void requestedByProgram(DocumentRef order) {
        var bea = story.odoo().record(order).at("/user_id/0").asLong();
        story.odoo()
                .as("bea")
                .call(new OdooCall(
                        "purchase.order",
                        "write",
                        List.of(order.id()),
                        Map.of("vals", Map.of("x_holdpoint_state", "requested", "x_holdpoint_requested_by", bea)),
                        Map.of()));
    }

    private Caller.Answer send(String what, String subject) {
        var event = """
                {"specversion": "1.0", "id": "%s", "source": "%s", "type": "urgent-purchase.%s", "subject": "%s"}""".formatted(id, MRP, what, subject);
        return intake.anonymous().post("/api/events", event, "Authorization", "Bearer " + Intake.EVENT_SECRET);
    }
}
