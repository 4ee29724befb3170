package io.holdpoint.intake;

import static io.holdpoint.intake.Intake.changed;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.odoo.DocumentRef;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What could not be worked off: operations looks at it, mends the cause, and has it worked off after all. */
@OverHttp
class QuarantineTest {

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ole", "admin"})
    void operations_sees_it(String person) {
        var kept = intake.hint("nonsense").event();

        var seen = intake.as(person).get("/api/events");

        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.json()).hasSize(1);
        assertThat(seen.json().get(0).path("id").asLong()).isEqualTo(kept);
        assertThat(seen.json().get(0).path("state").asText()).isEqualTo("QUARANTINED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "clara", "max", "petra", "audrey"})
    void nobody_else_sees_or_replays_it(String person) {
        var kept = missing();

        assertThat(intake.as(person).get("/api/events").status()).isEqualTo(403);
        assertThat(replay(intake.as(person), kept).status()).isEqualTo(403);

        assertThat(intake.event(kept).state()).isEqualTo(Inbox.State.QUARANTINED);
    }

    @Test
    void strangers_are_asked_who_they_are() {
        var kept = missing();

        assertThat(intake.anonymous().get("/api/events").status()).isEqualTo(401);
        assertThat(replay(intake.anonymous(), kept).status()).isEqualTo(401);
        assertThat(intake.anonymous()
                        .post("/api/events/" + kept + "/replay", "", "Authorization", "Bearer " + Intake.EVENT_SECRET)
                        .status())
                .isEqualTo(401);

        assertThat(intake.event(kept).state()).isEqualTo(Inbox.State.QUARANTINED);
    }

    @Test
    void other_states_can_be_looked_at_as_well() {
        var order = requested();
        intake.hint("nonsense");
        var waiting = intake.hint(changed(order)).event();

        assertThat(ids("received")).containsExactly(waiting);
        assertThat(ids("done")).isEmpty();

        intake.drain();

        assertThat(ids("received")).isEmpty();
        assertThat(ids("DONE")).containsExactly(waiting);
    }

    private java.util.List<Long> ids(String state) {
        return java.util.stream.StreamSupport.stream(
                        intake.as("ole")
                                .get("/api/events?state=" + state)
                                .json()
                                .spliterator(),
                        false)
                .map(event -> event.path("id").asLong())
                .toList();
    }

    @Test
    void a_state_that_does_not_exist_is_refused_in_words() {
        var answer = intake.as("ole").get("/api/events?state=lost");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo("state: choose received, done or quarantined.");
    }

    @Test
    void an_event_for_an_order_that_did_not_exist_is_worked_off_once_it_does() {
        var data = story.odoo().data();
        var customer = data.customer("Late Customer").add();
        var product = data.product("Late product").add();
        var before = data.order(customer).line(product, 1).add();
        var order = new DocumentRef("sale.order", before + 1);
        var event = intake.hint(changed(order)).event();
        untilQuarantine(event);
        assertThat(data.order(customer).line(product, 1).requested().add()).isEqualTo(order.id());
        assertThat(intake.drain()).isZero();

        var answer = replay(intake.as("ole"), event);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.event()).isEqualTo(event);
        assertThat(intake.drain()).isOne();
        assertThat(intake.cases(order)).isOne();
        assertThat(intake.event(event).state()).isEqualTo(Inbox.State.DONE);
        assertThat(intake.event(event).caseId()).isEqualTo(intake.openCase(order));
    }

    @Test
    void a_replay_that_changes_nothing_ends_in_quarantine_again() {
        var event = missing();

        assertThat(replay(intake.as("ole"), event).status()).isEqualTo(202);
        untilQuarantine(event);

        assertThat(intake.event(event).answer()).contains("does not exist in Odoo");
    }

    @Test
    void what_names_no_document_has_to_be_sent_again() {
        var kept = intake.hint("nonsense").event();

        var answer = replay(intake.as("ole"), kept);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.detail()).contains("names no document").contains("sent again, corrected");
        assertThat(intake.event(kept).state()).isEqualTo(Inbox.State.QUARANTINED);
    }

    @Test
    void what_is_not_in_quarantine_is_not_replayed() {
        var order = requested();
        var event = intake.hint(changed(order)).event();
        var waiting = replay(intake.as("ole"), event);
        intake.drain();
        var done = replay(intake.as("ole"), event);

        assertThat(waiting.status()).isEqualTo(409);
        assertThat(done.status()).isEqualTo(409);
        assertThat(done.detail()).isEqualTo("Event " + event + " is not in quarantine.");
        assertThat(intake.drain()).isZero();
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void what_does_not_exist_is_not_replayed() {
        var unknown = replay(intake.as("ole"), 999_999);
        var nonsense = intake.as("ole").post("/api/events/first/replay", "");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.detail()).isEqualTo("There is no event 999999.");
        assertThat(nonsense.status()).isEqualTo(400);
    }

    private long missing() {
        var event =
                intake.hint(changed(new DocumentRef("sale.order", 999_999_999))).event();
        untilQuarantine(event);
        return event;
    }

    private void untilQuarantine(long event) {
        for (int look = 0; look < 5; look++) {
            assertThat(intake.event(event).state()).isEqualTo(Inbox.State.RECEIVED);
            assertThat(intake.drain()).isOne();
            story.passes(Duration.ofSeconds(10));
        }
        assertThat(intake.event(event).state()).isEqualTo(Inbox.State.QUARANTINED);
    }

    private static Caller.Answer replay(Caller caller, long event) {
        return caller.post("/api/events/" + event + "/replay", "");
    }

    private DocumentRef requested() {
        var order = story.odoo().data().goodOrder();
        story.odoo().requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }
}
