package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An outage concerns everything at once, and is said once. */
@ExtendWith(OutputCaptureExtension.class)
class OdooAvailabilityTest {

    private Instant now = Instant.parse("2026-03-02T08:00:00Z");
    private @Nullable OdooException failure;

    private final List<Object> told = new ArrayList<>();
    private final OdooAvailability availability = new OdooAvailability(
            new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            },
            told::add);

    private final Odoo odoo = new Odoo(
            new OdooTransport() {
                @Override
                public JsonNode call(OdooCall call) {
                    if (failure != null) {
                        throw failure;
                    }
                    return NullNode.getInstance();
                }

                @Override
                public String serverVersion() {
                    return "19.0";
                }
            },
            null,
            8,
            availability);

    @Test
    void an_outage_is_said_once_and_its_end_once(CapturedOutput log) {
        failure = new OdooUnavailable("Odoo at http://odoo cannot be reached.");
        for (var minute = 0; minute < 60; minute++) {
            fails();
            now = now.plus(Duration.ofMinutes(1));
        }

        assertThat(log).containsOnlyOnce("Odoo has not answered since 2026-03-02T08:00:00Z");
        assertThat(log).contains("cannot be reached");
        assertThat(availability.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(availability.health().getDetails())
                .containsEntry("since", Instant.parse("2026-03-02T08:00:00Z"))
                .containsEntry("because", "Odoo at http://odoo cannot be reached.");

        failure = null;
        call();
        call();

        assertThat(log).containsOnlyOnce("Odoo answers again, after 60 minutes.");
        assertThat(told).containsExactly(new OdooIsBack());
        assertThat(availability.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void failures_between_answers_are_no_outage(CapturedOutput log) {
        for (var time = 0; time < 10; time++) {
            failure = new OdooUnavailable("Odoo's database is busy.");
            fails();
            now = now.plus(Duration.ofSeconds(59));
            assertThat(availability.health().getStatus()).isEqualTo(Status.UP);
            failure = null;
            call();
        }

        assertThat(log).doesNotContain("Odoo has not answered").doesNotContain("answers again");
    }

    @Test
    void a_refusal_is_an_answer(CapturedOutput log) {
        failure = new OdooUnavailable("Odoo's database is busy.");
        fails();
        now = now.plus(Duration.ofMinutes(2));
        assertThat(availability.health().getStatus()).isEqualTo(Status.DOWN);
        failure = new OdooRefused("S00042 is locked.");
        fails();

        assertThat(availability.health().getStatus()).isEqualTo(Status.UP);
        assertThat(log).doesNotContain("Odoo has not answered");
    }

    private void fails() {
        assertThatThrownBy(this::call).isSameAs(failure);
    }

    private void call() {
        odoo.call("sale.order", "read", List.of(1L), Map.of(), Map.of());
    }
}
