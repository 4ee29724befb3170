package io.holdpoint.intake;

import static io.holdpoint.intake.Intake.WEBHOOK_SECRET;
import static io.holdpoint.intake.Intake.WEBHOOK_SECRET_BEFORE;
import static io.holdpoint.intake.Intake.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.holdpoint.Story;
import io.holdpoint.odoo.DocumentRef;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Odoo's hints at the door: what is taken in, and what is kept aside. */
@OverHttp
class OdooWebhookTest {

    private static final String WRITTEN = "2026-03-02 09:00:00.123456";
    private static final int MOST_BYTES = 256 * 1024;

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    @Test
    void a_hint_is_kept_and_answered_before_anything_else_is_done_with_it() {
        var order = requested();
        var calls = new AtomicInteger();
        story.odoo().faults().beforeCall(call -> calls.incrementAndGet());

        var answer = intake.hint(changed(order, WRITTEN));

        assertThat(answer.status()).isEqualTo(202);
        var event = intake.event(answer.event());
        assertThat(event.source()).isEqualTo("odoo/webhook");
        assertThat(event.document()).isEqualTo(order.toString());
        assertThat(event.body()).isEqualTo(changed(order, WRITTEN));
        assertThat(event.state()).isEqualTo(Inbox.State.RECEIVED);
        assertThat(event.attempts()).isZero();
        // Odoo waits for the answer in its user's request: it is not asked back meanwhile.
        assertThat(calls).hasValue(0);
        assertThat(intake.cases(order)).isZero();
    }

    @Test
    void the_same_hint_again_is_the_same_event() {
        var order = requested();
        var first = intake.hint(changed(order, WRITTEN));

        var second = intake.hint(changed(order, WRITTEN));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.event()).isEqualTo(first.event());
        assertThat(intake.about(order)).hasSize(1);
    }

    @Test
    void a_later_change_of_the_same_order_is_another_event() {
        var order = requested();
        intake.hint(changed(order, WRITTEN));

        var later = intake.hint(changed(order, "2026-03-02 09:00:00.123457"));

        assertThat(later.status()).isEqualTo(202);
        assertThat(intake.about(order)).hasSize(2);
    }

    @Test
    void of_the_same_hint_from_many_connections_one_is_new() {
        var order = requested();
        Callable<Integer> post = () -> intake.hint(changed(order, WRITTEN)).status();

        var statuses = Intake.together(Collections.nCopies(8, post));

        assertThat(statuses).containsOnly(200, 202).containsOnlyOnce(202);
        assertThat(intake.about(order)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"write_date\": false", ", \"write_date\": null"})
    void a_hint_that_does_not_say_when_is_always_new(String when) {
        var order = requested();
        var body = "{\"_model\": \"sale.order\", \"_id\": %d%s}".formatted(order.id(), when);

        assertThat(intake.hint(body).status()).isEqualTo(202);
        assertThat(intake.hint(body).status()).isEqualTo(202);

        assertThat(intake.about(order)).hasSize(2);
    }

    @Test
    void two_secrets_are_valid_while_one_replaces_the_other() {
        var order = requested();

        var now = intake.anonymous().post("/api/odoo/webhooks/" + WEBHOOK_SECRET, changed(order));
        var before = intake.anonymous().post("/api/odoo/webhooks/" + WEBHOOK_SECRET_BEFORE, changed(order));

        assertThat(now.status()).isEqualTo(202);
        assertThat(before.status()).isEqualTo(202);
        assertThat(intake.about(order)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/guessed",
                "/" + WEBHOOK_SECRET + "x",
                "/webhook-secret-Qm7Zt",
                "/WEBHOOK-SECRET-QM7ZT2",
                "/" + WEBHOOK_SECRET + "," + WEBHOOK_SECRET_BEFORE,
                "/" + WEBHOOK_SECRET + "/more",
                "/" + Intake.EVENT_SECRET,
                "/%20",
                "/",
                ""
            })
    void whoever_guesses_learns_nothing_and_leaves_nothing(String guess) {
        var order = requested();

        var answer = intake.anonymous().post("/api/odoo/webhooks" + guess, changed(order));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.type()).isEmpty();
        assertThat(intake.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void there_is_no_other_way_to_call_it(String method) {
        var answer =
                intake.anonymous().send(method, "/api/odoo/webhooks/" + WEBHOOK_SECRET, BodyPublishers.ofString("{}"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain(WEBHOOK_SECRET);
        assertThat(intake.count()).isZero();
    }

    static Stream<Arguments> bodiesThatNameNoRecord() {
        return Stream.of(
                arguments("not JSON at all", 400, "no JSON object"),
                arguments("", 400, "no JSON object"),
                arguments("{\"_model\": \"sale.order\", \"_id\": 42", 400, "no JSON object"),
                arguments("{\"_model\": \"sale.order\", \"_id\": 42} and more", 400, "no JSON object"),
                arguments("{\"_model\": \"sale.order\", \"_id\": 42, \"_id\": 43}", 400, "no JSON object"),
                arguments("[{\"_model\": \"sale.order\", \"_id\": 42}]", 400, "no JSON object"),
                arguments("\"sale.order,42\"", 400, "no JSON object"),
                arguments("null", 400, "no JSON object"),
                arguments("{\"_model\": \"sale.order\", \"_id\": " + "9".repeat(2000) + "}", 400, "no JSON object"),
                arguments("with a \0 in it", 400, "no JSON object"),
                arguments("{}", 400, "_model and _id name no Odoo record"),
                arguments("{\"_model\": \"sale.order\"}", 400, "_model and _id name no Odoo record"),
                arguments("{\"_id\": 42}", 400, "_model and _id name no Odoo record"),
                arguments(withId("0"), 400, "_model and _id name no Odoo record"),
                arguments(withId("-42"), 400, "_model and _id name no Odoo record"),
                arguments(withId("42.7"), 400, "_model and _id name no Odoo record"),
                arguments(withId("\"42\""), 400, "_model and _id name no Odoo record"),
                arguments(withId("true"), 400, "_model and _id name no Odoo record"),
                arguments(withId("false"), 400, "_model and _id name no Odoo record"),
                arguments(withId("[42]"), 400, "_model and _id name no Odoo record"),
                arguments(withId("9223372036854775807"), 400, "_model and _id name no Odoo record"),
                // 2^64 + 42: cut to 64 bits it would be the order 42.
                arguments(withId("18446744073709551658"), 400, "_model and _id name no Odoo record"),
                arguments("{\"_model\": \"Sale Order\", \"_id\": 42}", 400, "_model and _id name no Odoo record"),
                arguments("{\"_model\": 7, \"_id\": 42}", 400, "_model and _id name no Odoo record"),
                arguments("{\"_model\": \"res.users\", \"_id\": 2}", 422, "no workflow is about records of res.users"));
    }

    private static String withId(String id) {
        return "{\"_model\": \"sale.order\", \"_id\": " + id + ", \"write_date\": \"" + WRITTEN + "\"}";
    }

    @ParameterizedTest
    @MethodSource("bodiesThatNameNoRecord")
    void what_names_no_record_is_refused_in_words_and_kept_for_operations(String body, int status, String words) {
        var before = intake.cases(new DocumentRef("sale.order", 42));

        var answer = intake.hint(body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.detail()).contains(words).contains("kept in quarantine as event " + answer.event());
        assertThat(answer.body()).doesNotContain(WEBHOOK_SECRET);
        assertThat(answer.json().has("instance")).isFalse();

        var kept = intake.as("ole").get("/api/events?state=quarantined").json();
        assertThat(kept).hasSize(1);
        assertThat(kept.get(0).path("id").asLong()).isEqualTo(answer.event());
        assertThat(kept.get(0).path("body").asText()).isEqualTo(body.replace('\0', '\uFFFD'));
        assertThat(kept.get(0).path("answer").asText()).contains(words);
        assertThat(kept.get(0).path("document").isNull()).isTrue();

        assertThat(intake.drain()).isZero();
        assertThat(intake.cases(new DocumentRef("sale.order", 42))).isEqualTo(before);
    }

    @Test
    void the_same_nonsense_again_fills_the_quarantine_no_further() {
        var first = intake.hint("nonsense");

        var second = intake.hint("nonsense");

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.event()).isEqualTo(first.event());
        assertThat(intake.count()).isOne();
    }

    @Test
    void a_body_as_large_as_allowed_is_taken_in() {
        var order = requested();

        var answer = intake.hint(padded(order, MOST_BYTES));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(intake.about(order)).hasSize(1);
    }

    @Test
    void a_body_too_large_is_refused_in_words_and_not_kept() {
        var order = requested();
        var announced = padded(order, MOST_BYTES + 1);
        var streamed = padded(order, 300 * 1024).getBytes(StandardCharsets.UTF_8);

        var answer = intake.hint(announced);
        var unannounced = intake.anonymous()
                .send(
                        "POST",
                        "/api/odoo/webhooks/" + WEBHOOK_SECRET,
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(streamed)));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.detail()).contains("larger than 256 KiB");
        assertThat(answer.body()).doesNotContain(WEBHOOK_SECRET);
        assertThat(unannounced.status()).isEqualTo(413);
        assertThat(intake.count()).isZero();
    }

    private static String padded(DocumentRef order, int bytes) {
        var body = changed(order, WRITTEN);
        return body + " ".repeat(bytes - body.length());
    }

    private DocumentRef requested() {
        var order = story.odoo().data().goodOrder();
        story.odoo().requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }
}
