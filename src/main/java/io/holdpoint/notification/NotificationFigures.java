package io.holdpoint.notification;

import io.holdpoint.evidence.Moments;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What waits to be told and what was given up, for whoever watches; asked of the database at each look. */
@Component
class NotificationFigures implements MeterBinder {

    private final JdbcClient jdbc;
    private final Clock clock;

    NotificationFigures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("holdpoint.notifications.waiting", () -> count(Dispatches.State.WAITING))
                .description("Mails and webhooks that did not go out yet, those for the next digest among them")
                .register(registry);
        Gauge.builder("holdpoint.notifications.given.up", () -> count(Dispatches.State.GIVEN_UP))
                .description("Mails and webhooks that never went out")
                .register(registry);
        Gauge.builder("holdpoint.notifications.retried", this::retried)
                .description("What was tried in vain and waits to be tried again: mails, webhooks, activities in Odoo")
                .register(registry);
        Gauge.builder("holdpoint.notifications.late", this::late)
                .baseUnit("seconds")
                .description("For how long it is not settled who hears of what happened; 0 when it is")
                .register(registry);
    }

    private long count(Dispatches.State state) {
        return jdbc.sql("select count(*) from hp_delivery where state = :state")
                .param("state", state.name())
                .query(Long.class)
                .single();
    }

    private long retried() {
        return jdbc.sql("""
                        select (select count(*) from hp_delivery where state = 'WAITING' and attempts > 0)
                            + (select count(*) from hp_activity where closed_at is null and due_at is not null
                                and attempts > 5)
                        """).query(Long.class).single();
    }

    private double late() {
        return jdbc.sql("""
                        select happened_at from hp_notification
                        where spread_at is null and happened_at <= :now order by id fetch first 1 rows only
                        """)
                .param("now", Moments.sql(clock.instant()))
                .query(OffsetDateTime.class)
                .optional()
                .map(happened ->
                        Duration.between(happened.toInstant(), clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
