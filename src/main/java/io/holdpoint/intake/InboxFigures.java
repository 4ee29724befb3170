package io.holdpoint.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much waits in the inbox and for how long, for whoever watches; asked of the database at each look. */
@Component
class InboxFigures implements MeterBinder {

    private final JdbcClient jdbc;
    private final Clock clock;

    InboxFigures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("holdpoint.inbox.waiting", () -> count(Inbox.State.RECEIVED))
                .description("Events that are not worked off yet")
                .register(registry);
        Gauge.builder("holdpoint.inbox.quarantined", () -> count(Inbox.State.QUARANTINED))
                .description("Events that nobody understood")
                .register(registry);
        Gauge.builder("holdpoint.inbox.oldest", this::age)
                .baseUnit("seconds")
                .description("Age of the event that waits longest; 0 when none does")
                .register(registry);
    }

    private long count(Inbox.State state) {
        return jdbc.sql("select count(*) from hp_event where state = :state")
                .param("state", state.name())
                .query(Long.class)
                .single();
    }

    private double age() {
        return jdbc.sql(
                        "select received_at from hp_event where state = 'RECEIVED' order by received_at fetch first 1 rows only")
                .query(OffsetDateTime.class)
                .optional()
                .map(received ->
                        Duration.between(received.toInstant(), clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
