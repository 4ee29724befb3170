package io.holdpoint.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.odoo.DocumentRef;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OverHttp
class InboxFiguresTest {

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    @AfterEach
    void empty() {
        story.end();
        intake.forget();
    }

    @Test
    void what_waits_is_counted_and_how_long_it_waits() {
        assertThat(figure("holdpoint.inbox.waiting")).isZero();
        assertThat(figure("holdpoint.inbox.oldest")).isZero();
        var order = story.odoo().data().goodOrder();
        story.odoo().requestRelease(order, "anna");

        intake.received(new DocumentRef("sale.order", order), "first");
        Intake.later(Duration.ofMinutes(3));
        intake.received(new DocumentRef("sale.order", order), "second");

        assertThat(figure("holdpoint.inbox.waiting")).isEqualTo(2);
        assertThat(figure("holdpoint.inbox.oldest")).isBetween(180.0, 190.0);

        intake.drain();

        assertThat(figure("holdpoint.inbox.waiting")).isZero();
        assertThat(figure("holdpoint.inbox.oldest")).isZero();
    }

    @Test
    void what_nobody_understood_is_counted() {
        intake.hint("{\"_model\": \"mrp.bom\", \"_id\": 7}");

        assertThat(figure("holdpoint.inbox.quarantined")).isOne();
    }

    private double figure(String name) {
        return meters.get(name).gauge().value();
    }
}
