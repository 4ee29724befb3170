package io.holdpoint.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.intake.EventSignature;
import io.holdpoint.intake.Intake;
import io.holdpoint.intake.OverHttp;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Secret;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What was listened to on the way and is sent again changes nothing: it is answered, and that is all. */
@OverHttp
class ReplayTest {

    private static final String WRITTEN = "2026-06-01 08:00:00.123456";

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    private DocumentRef order;

    @BeforeEach
    void request() {
        order = new DocumentRef("sale.order", story.odoo().data().goodOrder());
        story.odoo().requestRelease(order.id(), "anna");
    }

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    @Test
    void a_webhook_sent_twice_opens_one_case() {
        assertThat(intake.hint(Intake.changed(order, WRITTEN)).status()).isEqualTo(202);
        assertThat(intake.hint(Intake.changed(order, WRITTEN)).status()).isEqualTo(200);
        intake.drain();

        assertThat(intake.count()).isOne();
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void an_old_webhook_after_the_end_of_the_case_opens_no_other() {
        intake.hint(Intake.changed(order, WRITTEN));
        intake.drain();
        story.work();
        assertThat(story.isOpen(order)).isFalse();

        // The record of it may even be gone: Holdpoint looks at Odoo and believes no message.
        intake.forget();
        intake.hint(Intake.changed(order, WRITTEN));
        intake.drain();
        story.work();

        assertThat(intake.cases(order)).isOne();
        assertThat(story.odoo().order(order.id()).path("x_holdpoint_state").asText())
                .isEqualTo("released");
    }

    @Test
    void a_signed_event_sent_twice_is_one_event_and_one_case() {
        var body = """
                {"specversion": "1.0", "id": "replayed-1", "source": "shop", "type": "order-release.requested", \
                "subject": "%s"}""".formatted(order);
        var signature = EventSignature.sign(List.of(Secret.of(Intake.EVENT_SECRET)), Story.now(), body);

        var first = intake.anonymous().post("/api/events", body, "Holdpoint-Signature", signature);
        var second = intake.anonymous().post("/api/events", body, "Holdpoint-Signature", signature);
        intake.drain();

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(200);
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void a_signature_of_one_event_is_none_of_another() {
        var body = """
                {"specversion": "1.0", "id": "replayed-2", "source": "shop", "type": "order-release.requested", \
                "subject": "%s"}""".formatted(order);
        var signature = EventSignature.sign(List.of(Secret.of(Intake.EVENT_SECRET)), Story.now(), body);

        var other = intake.anonymous()
                .post("/api/events", body.replace("replayed-2", "replayed-3"), "Holdpoint-Signature", signature);

        assertThat(other.status()).isEqualTo(401);
        assertThat(intake.count()).isZero();
    }
}
