package io.holdpoint.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.demo.DemoData;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Who sees on the document in Odoo that it waits for them. Nothing else is set up to tell anybody. */
@ProcessTest
@TestPropertySource(properties = "holdpoint.notification.public-url=https://holdpoint.example.com")
class ActivityTest {

    @Autowired
    Story story;

    @Autowired
    Distributor distributor;

    @Autowired
    ActivityRound activities;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    private DemoData data;
    private Odoo odoo;

    @BeforeEach
    void begin() {
        data = story.odoo().data();
        odoo = new Odoo(story.odoo().as("admin"), null, 8);
        story.begin();
        for (var table : List.of(
                "hp_activity",
                "hp_delivery",
                "hp_notification",
                "hp_substitution_offer",
                "hp_substitution_claim",
                "hp_substitution")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    @AfterEach
    void end() {
        story.end();
    }

    @Test
    void the_only_one_who_is_asked_has_an_activity_with_the_deadline_and_a_link_to_the_task() {
        var order = overLimit();
        var task = story.task(order, "OVER_LIMIT");

        settle();

        var activity = theActivityOn(order);
        assertThat(person(activity)).isEqualTo("Max");
        assertThat(activity.path("summary").asText()).isEqualTo(task.getName());
        assertThat(activity.path("date_deadline").asText())
                .as("Tuesday ten o'clock")
                .isEqualTo("2026-06-02");
        assertThat(activity.path("note").asText())
                .contains("<p>Asked by: Anna</p>", "Why: ")
                .contains("<a href=\"https://holdpoint.example.com/camunda/app/tasklist/default/#/?task=" + task.getId()
                        + "\">Open the task in Holdpoint</a>");
    }

    @Test
    void a_decision_closes_it_once_and_says_the_outcome() {
        var order = overLimit();
        settle();

        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");
        settle();
        settle();

        assertThat(activitiesOn(order)).isEmpty();
        assertThat(story.odoo().chatter(order).stream().filter(message -> message.contains("Released by Max.")))
                .as("messages that it is done")
                .hasSize(1);
    }

    @Test
    void what_is_not_needed_any_more_goes_without_a_word() {
        var order = overLimit();
        settle();
        assertThat(activitiesOn(order)).hasSize(1);
        story.odoo().cancel(order.id(), "anna");
        story.tell("order-release.orderChanged", order);
        assertThat(story.tasks(order)).isEmpty();

        settle();

        assertThat(activitiesOn(order)).isEmpty();
        assertThat(story.odoo().chatter(order)).noneMatch(message -> message.contains(" done"));
    }

    @Test
    void where_several_are_asked_nobody_has_one_until_somebody_takes_the_task() {
        story.addToGroup("clara", "creditManager");
        try {
            var order = overLimit();
            settle();
            assertThat(activitiesOn(order)).isEmpty();

            story.claim(story.task(order, "OVER_LIMIT"), "clara");
            settle();
            assertThat(person(theActivityOn(order))).isEqualTo("Clara");

            tasks.setAssignee(story.task(order, "OVER_LIMIT").getId(), null);
            settle();
            assertThat(activitiesOn(order)).as("given back").isEmpty();

            story.claim(story.task(order, "OVER_LIMIT"), "max");
            settle();
            assertThat(person(theActivityOn(order))).isEqualTo("Max");
        } finally {
            story.removeFromGroup("clara", "creditManager");
        }
    }

    @Test
    void a_reminder_changes_the_activity_and_an_escalation_gives_it_to_the_next() {
        var order = overLimit();
        settle();
        var id = theActivityOn(order).path("id").asLong();

        story.passesUntil(Story.BEGIN.plus(Duration.ofHours(4).plusMinutes(1)));
        settle();
        assertThat(theActivityOn(order).path("id").asLong()).isEqualTo(id);
        assertThat(theActivityOn(order).path("summary").asText()).startsWith("Reminder: Release ");

        story.passes(Duration.ofHours(24));
        settle();
        assertThat(theActivityOn(order).path("id").asLong()).isEqualTo(id);
        assertThat(person(theActivityOn(order))).isEqualTo("Dora");
        assertThat(theActivityOn(order).path("summary").asText()).startsWith("Release ");
        assertThat(theActivityOn(order).path("date_deadline").asText()).isGreaterThan("2026-06-02");
    }

    @Test
    void between_one_who_did_not_answer_and_the_next_the_activity_waits() {
        var order = overLimit();
        settle();
        var id = theActivityOn(order).path("id").asLong();

        // The task is gone, and who is asked next is not settled yet.
        jdbc.sql("update hp_activity set task_id = 'gone', due_at = created_at").update();
        activities.run();
        assertThat(theActivityOn(order).path("id").asLong()).isEqualTo(id);

        for (var i = 0; i < 10; i++) {
            story.ahead(Duration.ofMinutes(16));
            activities.run();
        }
        assertThat(activitiesOn(order)).as("nobody followed").isEmpty();
    }

    @Test
    void whoever_asked_has_the_correction_to_do() {
        var order = overLimit();
        settle();
        story.decide(story.task(order, "OVER_LIMIT"), "max", "return", "Leave out the second pump.");
        settle();

        var correction = theActivityOn(order);
        assertThat(person(correction)).isEqualTo("Anna");
        assertThat(correction.path("summary").asText()).startsWith("Correct order");
        assertThat(story.odoo().chatter(order))
                .anyMatch(message -> message.contains("Returned for correction by Max."));

        story.complete(story.tasks(order).get(0), "anna", Map.of("action", "checkAgain"));
        settle();
        assertThat(person(theActivityOn(order))).as("asked anew").isEqualTo("Max");
    }

    @Test
    void while_somebody_is_away_their_substitute_has_it() {
        var order = overLimit();
        settle();
        var id = theActivityOn(order).path("id").asLong();
        story.as(
                "max",
                () -> runtime.startProcessInstanceByKey(
                        "substitution",
                        Map.of("substitute", "clara", "firstDay", "2026-06-01", "lastDay", "2026-06-01")));
        story.passes(Duration.ofSeconds(1));
        settle();
        assertThat(person(theActivityOn(order))).isEqualTo("Clara");

        story.passesUntil(Instant.parse("2026-06-01T22:01:00Z"));
        settle();

        assertThat(person(theActivityOn(order))).as("back").isEqualTo("Max");
        assertThat(theActivityOn(order).path("id").asLong()).isEqualTo(id);
    }

    @Test
    void nobody_has_one_who_is_no_user_of_odoo() {
        story.removeFromGroup("max", "creditManager");
        story.addToGroup("ole", "creditManager");
        try {
            var order = overLimit();
            settle();

            assertThat(story.tasks(order)).hasSize(1);
            assertThat(activitiesOn(order)).isEmpty();
            assertThat(open()).as("looked at and settled").isZero();
        } finally {
            story.removeFromGroup("ole", "creditManager");
            story.addToGroup("max", "creditManager");
        }
    }

    @Test
    void what_was_ticked_off_by_hand_does_not_come_back() {
        var order = overLimit();
        settle();
        odoo.call(
                "mail.activity",
                "action_feedback",
                List.of(theActivityOn(order).path("id").asLong()),
                Map.of("feedback", "Later."),
                Map.of());

        story.passesUntil(Story.BEGIN.plus(Duration.ofHours(4).plusMinutes(1)));
        settle();

        assertThat(activitiesOn(order)).isEmpty();
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");
        settle();
        assertThat(story.odoo().chatter(order)).noneMatch(message -> message.contains("Released by Max."));
    }

    @Test
    void while_odoo_is_away_it_waits_and_an_answer_that_was_lost_makes_no_second_one() {
        var order = overLimit();
        story.odoo().faults().loseAnswers(1);
        settle();
        assertThat(activitiesOn(order)).as("made, but the answer was lost").hasSize(1);
        assertThat(open()).isEqualTo(1);
        story.odoo().faults().none();

        story.ahead(Duration.ofSeconds(31));
        settle();

        assertThat(activitiesOn(order)).hasSize(1);
        assertThat(open()).isZero();
    }

    @Test
    void two_nodes_make_each_activity_once() {
        var orders = Stream.generate(this::overLimit).limit(3).toList();
        distributor.run();

        var nodes = Stream.generate(() -> CompletableFuture.runAsync(activities::run))
                .limit(4)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(nodes).join();

        assertThat(orders).allSatisfy(order -> assertThat(activitiesOn(order)).hasSize(1));
    }

    @Test
    void an_order_that_passes_is_told_to_nobody() {
        var id = data.order(data.customer("Elbe Metall").creditLimit(100_000).add())
                .line(pump(), 1)
                .add();
        story.odoo().requestRelease(id, "anna");
        var order = new DocumentRef("sale.order", id);
        story.start(order);

        assertThat(story.isOpen(order)).isFalse();
        assertThat(jdbc.sql("select count(*) from hp_notification")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private DocumentRef overLimit() {
        var id = data.order(data.customer("Elbe Metall").creditLimit(10_000).add())
                .line(pump(), 110)
                .add();
        story.odoo().requestRelease(id, "anna");
        var order = new DocumentRef("sale.order", id);
        story.start(order);
        return order;
    }

    private long pump() {
        return data.product("Pump").price(100).cost(50).stock(1000).add();
    }

    private void settle() {
        distributor.run();
        activities.run();
    }

    private List<JsonNode> activitiesOn(DocumentRef document) {
        return odoo.searchRead(
                "mail.activity",
                List.of(List.of("res_model", "=", document.model()), List.of("res_id", "=", document.id())),
                List.of("summary", "note", "date_deadline", "user_id"),
                "id",
                0);
    }

    private JsonNode theActivityOn(DocumentRef document) {
        var found = activitiesOn(document);
        assertThat(found).as("activities on " + document).hasSize(1);
        return found.get(0);
    }

    private static String person(JsonNode activity) {
        return activity.path("user_id").path(1).asText();
    }

    /** Activities that have to be looked at. */
    private long open() {
        return jdbc.sql("select count(*) from hp_activity where closed_at is null and due_at is not null")
                .query(Long.class)
                .single();
    }
}
