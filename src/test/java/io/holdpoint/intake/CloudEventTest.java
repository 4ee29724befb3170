package io.holdpoint.intake;

import static io.holdpoint.intake.Intake.EVENT_SECRET;
import static io.holdpoint.intake.Intake.EVENT_SECRET_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.odoo.DocumentRef;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Events of other senders at the door: who may send, and what is taken in. */
@OverHttp
class CloudEventTest {

    private static final String PORTAL = "https://portal.example";

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    @Autowired
    Clock clock;

    private final String id = UUID.randomUUID().toString();
    private DocumentRef order = new DocumentRef("sale.order", 1);

    @BeforeEach
    void begin() {
        order = new DocumentRef("sale.order", story.odoo().data().goodOrder());
        story.odoo().requestRelease(order.id(), "anna");
    }

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    // who may send

    @ParameterizedTest
    @ValueSource(strings = {EVENT_SECRET, EVENT_SECRET_BEFORE})
    void whoever_knows_one_of_the_two_secrets_may_send(String secret) {
        var answer = intake.anonymous().post("/api/events", requested(id), "Authorization", "Bearer " + secret);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("known").asBoolean(true)).isFalse();
        var event = intake.event(answer.event());
        assertThat(event.source()).isEqualTo(PORTAL);
        assertThat(event.eventId()).isEqualTo(id);
        assertThat(event.type()).isEqualTo("order-release.requested");
        assertThat(event.document()).isEqualTo(order.toString());
        assertThat(event.workflow()).isEqualTo("order-release");
        assertThat(event.state()).isEqualTo(Inbox.State.RECEIVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer guessed",
                "Bearer " + EVENT_SECRET + "x",
                "Bearer ",
                "Bearer " + EVENT_SECRET + "," + EVENT_SECRET_BEFORE,
                "Bearer " + Intake.WEBHOOK_SECRET,
                EVENT_SECRET
            })
    void whoever_does_not_is_told_how_and_leaves_nothing(String authorization) {
        var answer = intake.anonymous().post("/api/events", requested(id), "Authorization", authorization);

        refused(answer);
    }

    @Test
    void nobody_sends_without_a_secret_not_even_operations() {
        refused(intake.anonymous().post("/api/events", requested(id)));
        refused(intake.as("ole").post("/api/events", requested(id)));
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENT_SECRET, EVENT_SECRET_BEFORE})
    void a_signature_over_the_body_does_as_well(String secret) {
        var answer = signed(requested(id), secret, Duration.ZERO);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(intake.about(order)).hasSize(1);
    }

    @Test
    void a_signature_with_another_key_is_none() {
        refused(signed(requested(id), "guessed", Duration.ZERO));
        refused(signed(requested(id), Intake.WEBHOOK_SECRET, Duration.ZERO));
    }

    @Test
    void a_signature_over_another_body_is_none() {
        var now = clock.instant().getEpochSecond();
        var signature = "t=%d,v1=%s".formatted(now, hmac(EVENT_SECRET, now + "." + requested(id)));
        var tampered = requested(id).replace(order.toString(), "sale.order,999");

        refused(intake.anonymous().post("/api/events", tampered, "Holdpoint-Signature", signature));
        assertThat(intake.anonymous()
                        .post("/api/events", requested(id), "Holdpoint-Signature", signature)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void a_signature_of_another_moment_is_none() {
        var now = clock.instant().getEpochSecond();
        var signature = "t=%d,v1=%s".formatted(now + 1, hmac(EVENT_SECRET, now + "." + requested(id)));

        refused(intake.anonymous().post("/api/events", requested(id), "Holdpoint-Signature", signature));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-5M-1S", "PT-1H", "PT5M2S"})
    void a_signature_that_is_not_fresh_is_none(Duration age) {
        refused(signed(requested(id), EVENT_SECRET, age));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-4M-50S", "PT4M50S"})
    void clocks_may_differ_by_five_minutes(Duration age) {
        assertThat(signed(requested(id), EVENT_SECRET, age).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t=1", "v1=00", "t=-1,v1=00", "t=99999999999999999999,v1=00"})
    void a_signature_that_cannot_be_read_is_none(String signature) {
        refused(intake.anonymous().post("/api/events", requested(id), "Holdpoint-Signature", signature));
    }

    @Test
    void a_wrong_secret_is_not_mended_by_a_right_signature() {
        var now = clock.instant().getEpochSecond();
        var signature = "t=%d,v1=%s".formatted(now, hmac(EVENT_SECRET, now + "." + requested(id)));

        refused(intake.anonymous()
                .post(
                        "/api/events",
                        requested(id),
                        "Authorization",
                        "Bearer guessed",
                        "Holdpoint-Signature",
                        signature));
    }

    @Test
    void a_signed_event_that_somebody_sends_again_is_known() {
        var first = signed(requested(id), EVENT_SECRET, Duration.ZERO);

        var replayed = signed(requested(id), EVENT_SECRET, Duration.ZERO);

        assertThat(replayed.status()).isEqualTo(200);
        assertThat(replayed.event()).isEqualTo(first.event());
    }

    private void refused(Caller.Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.detail()).contains("Authorization: Bearer").contains("Holdpoint-Signature");
        assertThat(answer.body()).doesNotContain(EVENT_SECRET).doesNotContain(EVENT_SECRET_BEFORE);
        assertThat(intake.count()).isZero();
    }

    // what is taken in

    @Test
    void the_same_event_again_is_known() {
        var first = send(requested(id));

        var second = send(requested(id));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("known").asBoolean()).isTrue();
        assertThat(second.event()).isEqualTo(first.event());
        assertThat(intake.about(order)).hasSize(1);
    }

    @Test
    void the_same_id_of_another_source_is_another_event() {
        send(requested(id));

        var other = send(event("1.0", id, "https://shop.example", "order-release.requested", order.toString()));

        assertThat(other.status()).isEqualTo(202);
        assertThat(intake.about(order)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"specversion", "id", "source", "type", "subject"})
    void a_field_that_is_missing_is_named(String field) {
        var missing = requested(id).replace("\"" + field + "\":", "\"not-" + field + "\":");
        var empty = requested(id).replaceFirst("\"" + field + "\": \"[^\"]*\"", "\"" + field + "\": \" \"");
        var number = requested(id).replaceFirst("\"" + field + "\": \"[^\"]*\"", "\"" + field + "\": 42");
        var long256 = requested(id)
                .replaceFirst("\"" + field + "\": \"[^\"]*\"", "\"" + field + "\": \"" + "x".repeat(256) + "\"");

        for (var body : new String[] {missing, empty, number, long256}) {
            var answer = send(body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.type()).startsWith("application/problem+json");
            assertThat(answer.detail()).startsWith(field + ":");
        }
        assertThat(intake.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not JSON", "", "[]", "{} {}", "\"sale.order,42\""})
    void what_is_no_object_is_refused_and_not_kept(String body) {
        var answer = send(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo("The body is no JSON object.");
        assertThat(intake.count()).isZero();
    }

    @Test
    void another_version_of_cloud_events_is_refused() {
        var answer = send(event("0.3", id, PORTAL, "order-release.requested", order.toString()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo("specversion: send CloudEvents 1.0.");
        assertThat(intake.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "purchase.order,42;order-release is about documents of sale.order",
                "order 42;names no Odoo document",
                "sale.order,0;names no Odoo document",
                "sale.order,42.5;names no Odoo document",
                "sale.order,99999999999999999999;names no Odoo document"
            })
    void a_subject_that_is_no_document_of_the_workflow_is_refused_in_words(String subject, String words) {
        var answer = send(event("1.0", id, PORTAL, "order-release.requested", subject));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith("subject: ").contains(words);
        assertThat(intake.count()).isZero();
    }

    @Test
    void nobody_speaks_in_the_name_of_our_own_doors() {
        // The sweep would find its own event known, and the change would be lost.
        var answer = send(event("1.0", id, "odoo/sweep", "order-release.changed", order.toString()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith("source: ");
        assertThat(intake.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-release.deleted", "other-workflow.requested", "requested", "order-release", "."})
    void a_type_that_no_workflow_takes_is_kept_in_quarantine(String type) {
        var answer = send(event("1.0", id, PORTAL, type, order.toString()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail())
                .startsWith("type: ")
                .contains("'" + type + "'")
                .contains("order-release.requested")
                .contains("kept in quarantine as event " + answer.event());
        assertThat(intake.event(answer.event()).state()).isEqualTo(Inbox.State.QUARANTINED);
        assertThat(intake.drain()).isZero();
        assertThat(intake.cases(order)).isZero();
    }

    @Test
    void an_event_that_was_refused_is_taken_in_when_it_is_sent_again_corrected() {
        var refused = send(event("1.0", id, PORTAL, "order-release.reqested", order.toString()));

        var corrected = send(requested(id));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(corrected.status()).isEqualTo(202);
        assertThat(intake.drain()).isOne();
        assertThat(intake.cases(order)).isOne();
        assertThat(intake.event(refused.event()).state()).isEqualTo(Inbox.State.QUARANTINED);
    }

    @Test
    void what_a_database_cannot_store_is_stored_as_good_as_can_be() {
        var odd = "a\\u0000b" + id;

        assertThat(send(requested(odd)).status()).isEqualTo(202);
        assertThat(send(requested(odd)).status()).isEqualTo(200);

        assertThat(intake.event(PORTAL, "a\uFFFDb" + id)).isPresent();
    }

    // what an event says is to come back

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'lines': 'two valves'};data.lines: send a list",
                "{'lines': [{'quantity': 1, 'reason': 'faulty'}]};data.lines[0].sku: name what comes back",
                "{'lines': [{'product': -4, 'quantity': 1, 'reason': 'faulty'}]};data.lines[0].sku: name",
                "{'lines': [{'sku': 'A', 'reason': 'faulty'}]};data.lines[0].quantity: send a number above zero",
                "{'lines': [{'sku': 'A', 'quantity': 0, 'reason': 'faulty'}]};data.lines[0].quantity: send",
                "{'lines': [{'sku': 'A', 'quantity': -2, 'reason': 'faulty'}]};data.lines[0].quantity: send",
                "{'lines': [{'sku': 'A', 'quantity': '2', 'reason': 'faulty'}]};data.lines[0].quantity: send",
                "{'lines': [{'sku': 'A', 'quantity': 1, 'reason': 'faulty', 'lot': 'L1'}]};data.lines[0].lot: send the id",
                "{'lines': [{'sku': 'A', 'quantity': 1, 'reason': 'bored'}]};data.lines[0].reason: 'bored' is not known"
            })
    void a_return_that_cannot_be_read_is_refused_by_field_and_kept_in_quarantine(String data, String words) {
        var delivery = delivered();

        var answer = send(returned(delivery, data.replace('\'', '"')));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith(words).contains("kept in quarantine as event " + answer.event());
        assertThat(intake.event(answer.event()).state()).isEqualTo(Inbox.State.QUARANTINED);
        assertThat(intake.drain()).isZero();
        assertThat(intake.cases(delivery)).isZero();
    }

    @Test
    void a_return_that_the_portal_and_odoo_both_tell_of_is_one_case() {
        var delivery = delivered();
        story.odoo().requestReturn(delivery.id(), "ben");

        assertThat(send(returned(delivery, "{}")).status()).isEqualTo(202);
        intake.sweep();
        intake.drain();

        assertThat(intake.about(delivery)).hasSize(2);
        assertThat(intake.cases(delivery)).isOne();
    }

    @Test
    void newer_lines_of_a_portal_count_and_not_those_of_an_earlier_return() {
        // one piece is written on the delivery
        var delivery = delivered();
        var product = product(delivery);

        send(returned(
                delivery,
                "{\"lines\": [{\"product\": %d, \"quantity\": 2, \"reason\": \"faulty\"}]}".formatted(product)));
        intake.drain();
        story.work();

        assertThat(comingBack(delivery)).isEqualTo(2);
    }

    @Test
    void lines_that_were_written_in_odoo_after_the_event_count() {
        var delivery = delivered();
        var product = product(delivery);
        send(returned(
                delivery,
                "{\"lines\": [{\"product\": %d, \"quantity\": 2, \"reason\": \"faulty\"}]}".formatted(product)));
        intake.drain();
        intake.later(Duration.ofSeconds(5));
        story.odoo().data().comesBack(delivery.id(), product, 2, "faulty", false);

        story.work();

        assertThat(comingBack(delivery)).isEqualTo(3);
    }

    private long product(DocumentRef delivery) {
        var move = story.odoo().record(delivery).path("move_ids").path(0).asLong();
        return story.odoo()
                .record(new DocumentRef("stock.move", move))
                .at("/product_id/0")
                .asLong();
    }

    private double comingBack(DocumentRef delivery) {
        var transfer = story.odoo().record(delivery).path("return_ids").path(0).asLong();
        var moves =
                story.odoo().record(new DocumentRef("stock.picking", transfer)).path("move_ids");
        var quantity = 0.0;
        for (var move : moves) {
            quantity += story.odoo()
                    .record(new DocumentRef("stock.move", move.asLong()))
                    .path("product_uom_qty")
                    .asDouble();
        }
        return quantity;
    }

    private DocumentRef delivered() {
        var data = story.odoo().data();
        var product = data.product("Valve").price(40).cost(20).stock(10).add();
        var order = data.order(
                        data.customer("Portal customer").creditLimit(10_000).add())
                .line(product, 4)
                .delivered(3)
                .add();
        var delivery = data.delivery(order);
        data.comesBack(delivery, product, 1, "faulty", false);
        return new DocumentRef("stock.picking", delivery);
    }

    private String returned(DocumentRef delivery, String data) {
        return event("1.0", id, PORTAL, "return-authorization.requested", delivery.toString())
                .replaceFirst("}$", ", \"data\": " + Matcher.quoteReplacement(data) + "}");
    }

    private Caller.Answer send(String body) {
        return intake.anonymous().post("/api/events", body, "Authorization", "Bearer " + EVENT_SECRET);
    }

    private Caller.Answer signed(String body, String secret, Duration age) {
        var moment = clock.instant().plus(age).getEpochSecond();
        return intake.anonymous()
                .post(
                        "/api/events",
                        body,
                        "Holdpoint-Signature",
                        "t=%d,v1=%s".formatted(moment, hmac(secret, moment + "." + body)));
    }

    private String requested(String eventId) {
        return event("1.0", eventId, PORTAL, "order-release.requested", order.toString());
    }

    private static String event(String version, String id, String source, String type, String subject) {
        return """
                {"specversion": "%s", "id": "%s", "source": "%s", "type": "%s", "subject": "%s"}""".formatted(version, id, source, type, subject);
    }

    /** As a sender computes it, not by the code that judges it. */
    private static String hmac(String secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
