package io.holdpoint.intake;

import static io.holdpoint.intake.Intake.EVENT_SECRET;
import static io.holdpoint.intake.Intake.WEBHOOK_SECRET;
import static io.holdpoint.intake.Intake.changed;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooContract;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** More than anybody should send, and what nobody should. */
@OverHttp
class CrowdTest {

    private static final int SENDERS = 16;

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    @AfterEach
    void end() {
        story.odoo().faults().none();
        story.end();
        intake.forget();
    }

    @Test
    void the_same_event_a_thousand_times_at_once_is_one_event_and_one_case() {
        var order = requested();
        var body = changed(order, "2026-03-02 09:00:00.123456");

        var accepted = send(1_000, number -> intake.hint(body).status());

        assertThat(accepted).containsOnly(200, 202);
        assertThat(Collections.frequency(accepted, 202)).as("taken as new").isOne();
        assertThat(intake.about(order)).hasSize(1);
        intake.drain();
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void ten_thousand_different_events_are_all_taken_in() {
        var order = requested();

        var accepted = send(10_000, number -> cloudEvent(order, "EDI-" + number).status());

        assertThat(accepted).containsOnly(202);
        assertThat(intake.count()).isEqualTo(10_000);
    }

    @Test
    void ten_megabytes_are_refused_in_words_at_both_doors() {
        var order = requested();
        var padding = " ".repeat(10 * 1024 * 1024);

        var hint = intake.anonymous()
                .send(
                        "POST",
                        "/api/odoo/webhooks/" + WEBHOOK_SECRET,
                        BodyPublishers.ofString(padding + changed(order)));
        var event = intake.anonymous()
                .send(
                        "POST",
                        "/api/events",
                        BodyPublishers.ofString(padding + changed(order)),
                        "Authorization",
                        "Bearer " + EVENT_SECRET);

        assertThat(List.of(hint, event)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.detail()).contains("larger than 256 KiB");
        });
        assertThat(intake.count()).isZero();
    }

    @Test
    void json_that_is_nested_without_end_is_refused_in_words_at_both_doors() {
        var deep = "{\"data\":".repeat(20_000) + "1" + "}".repeat(20_000);

        var hint = intake.hint(deep);
        var event = intake.anonymous().post("/api/events", deep, "Authorization", "Bearer " + EVENT_SECRET);

        assertThat(hint.status()).isEqualTo(400);
        assertThat(event.status()).isEqualTo(400);
        assertThat(event.detail()).isEqualTo("The body is no JSON object.");
    }

    @Test
    void documents_that_cannot_be_read_hold_no_others_up() {
        var poison = new ArrayList<DocumentRef>();
        var sound = new ArrayList<DocumentRef>();
        for (var i = 0; i < 10; i++) {
            poison.add(requested());
            sound.add(requested());
        }
        story.odoo().faults().beforeCall(call -> {
            if (poison.stream()
                    .anyMatch(order -> call.model().equals(order.model())
                            && (call.ids() + " " + call.arguments()).matches(".*\\b" + order.id() + "\\b.*"))) {
                throw new OdooContract("Odoo cannot make out this order.");
            }
        });

        poison.forEach(order -> intake.hint(changed(order)));
        sound.forEach(order -> intake.hint(changed(order)));
        intake.drain();

        assertThat(sound).allSatisfy(order -> assertThat(intake.cases(order)).isOne());
        assertThat(poison)
                .allSatisfy(order -> assertThat(intake.about(order))
                        .singleElement()
                        .satisfies(event -> assertThat(event.answer()).contains("cannot make out this order")));
    }

    /** What an event says of the document counts for nothing; what Odoo says when it is asked does. */
    @Test
    void events_out_of_order_or_from_the_future_change_nothing_about_the_document() {
        var order = requested();

        intake.hint(changed(order, "2999-12-31 23:59:59"));
        intake.hint(changed(order, "2026-03-02 09:00:02"));
        intake.hint(changed(order, "2026-03-02 09:00:01"));
        intake.drain();

        assertThat(intake.about(order))
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.state()).isEqualTo(Inbox.State.DONE));
        assertThat(intake.cases(order)).isOne();
        story.work();
        assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("sale");
    }

    private interface Sender {
        int send(int number);
    }

    /** Sends so many, each sender one after the other. */
    private static List<Integer> send(int times, Sender sender) {
        var sent = new AtomicInteger();
        Callable<List<Integer>> work = () -> {
            var answers = new ArrayList<Integer>();
            for (var number = sent.getAndIncrement(); number < times; number = sent.getAndIncrement()) {
                answers.add(sender.send(number));
            }
            return answers;
        };
        return Intake.together(Collections.nCopies(SENDERS, work)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private Caller.Answer cloudEvent(DocumentRef order, String id) {
        return intake.anonymous()
                .post("/api/events", """
                        {"specversion": "1.0", "id": "%s", "source": "edi", "type": "order-release.changed", \
                        "subject": "%s"}""".formatted(id, order), "Authorization", "Bearer " + EVENT_SECRET);
    }

    private DocumentRef requested() {
        var order = story.odoo().data().goodOrder();
        story.odoo().requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }
}
