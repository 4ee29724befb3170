package io.holdpoint.odoo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Whether Odoo answers at all. What concerns every case at once is said once: when Odoo has not answered for a minute,
 * and when it is back. The cases wait by themselves meanwhile.
 */
final class OdooAvailability implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(OdooAvailability.class);
    /** A single failure is no outage: Odoo restarts, and its pool is full at times. */
    private static final Duration OUTAGE = Duration.ofMinutes(1);

    private final Clock clock;
    private final ApplicationEventPublisher publisher;
    private @Nullable Outage outage;

    /** @param publisher tells of {@link OdooIsBack} */
    OdooAvailability(Clock clock, ApplicationEventPublisher publisher) {
        this.clock = clock;
        this.publisher = publisher;
    }

    /** @param said whether it is in the log already */
    private record Outage(Instant since, String because, boolean said) {}

    /** Odoo answered a call, be it with a refusal. */
    void answered() {
        // Almost always there is nothing to do, and nobody to wait for.
        if (outage != null) {
            over();
        }
    }

    private void over() {
        if (ended()) {
            publisher.publishEvent(new OdooIsBack());
        }
    }

    private synchronized boolean ended() {
        var ended = outage;
        outage = null;
        if (ended != null && ended.said()) {
            // As loud as the beginning: whoever was woken by that one waits for it.
            LOG.warn(
                    "Odoo answers again, after {} minutes. What waited goes on.",
                    Duration.between(ended.since(), clock.instant()).toMinutes());
        }
        return ended != null;
    }

    /** A call got no answer that helps. */
    synchronized void failed(OdooUnavailable failure) {
        var now = clock.instant();
        var known = outage;
        var because = String.valueOf(failure.getMessage());
        if (known == null) {
            outage = new Outage(now, because, false);
        } else if (!known.said() && Duration.between(known.since(), now).compareTo(OUTAGE) >= 0) {
            LOG.error(
                    "Odoo has not answered since {}. Cases wait and go on by themselves when it does. {}",
                    known.since(),
                    because);
            outage = new Outage(known.since(), because, true);
        } else {
            outage = new Outage(known.since(), because, known.said());
        }
    }

    @Override
    public synchronized Health health() {
        var known = outage;
        return known == null || Duration.between(known.since(), clock.instant()).compareTo(OUTAGE) < 0
                ? Health.up().build()
                : Health.down()
                        .withDetail("since", known.since())
                        .withDetail("because", known.because())
                        .build();
    }
}
