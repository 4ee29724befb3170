package io.holdpoint.breach;

import io.holdpoint.evidence.Moments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When each hold point is looked at next, by one node at a time, and from which moment on. */
@Component
class Rounds {

    private static final LocalTime NIGHT = LocalTime.of(2, 0);
    /** A node that died leaves the round to others after so long. */
    private static final Duration LEASE = Duration.ofHours(1);
    /** Odoo commits later than it stamps, and clocks differ. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private static final Duration AGAIN = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Clock clock;

    Rounds(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param from what was written since is looked at; null the first time, when all is taken as it stands */
    record Round(String holdPoint, @Nullable Instant from, Instant begunAt) {}

    /** Begins a round where one is due and no other node has begun it. */
    Optional<Round> begin(String holdPoint) {
        var now = clock.instant();
        var taken = jdbc.sql("""
                        update hp_inspection set leased_until = :lease
                        where hold_point = :name and due_at <= :now and leased_until <= :now
                        """)
                .param("lease", Moments.sql(now.plus(LEASE)))
                .param("now", Moments.sql(now))
                .param("name", holdPoint)
                .update();
        if (taken == 1 || isNew(holdPoint, now)) {
            return Optional.of(new Round(holdPoint, readFrom(holdPoint), now));
        }
        return Optional.empty();
    }

    private boolean isNew(String holdPoint, Instant now) {
        if (jdbc.sql("select count(*) from hp_inspection where hold_point = :name")
                        .param("name", holdPoint)
                        .query(Long.class)
                        .single()
                > 0) {
            return false;
        }
        try {
            jdbc.sql("""
                            insert into hp_inspection (hold_point, due_at, leased_until)
                            values (:name, :now, :lease)
                            """)
                    .param("name", holdPoint)
                    .param("now", Moments.sql(now))
                    .param("lease", Moments.sql(now.plus(LEASE)))
                    .update();
            return true;
        } catch (DuplicateKeyException anotherNode) {
            return false;
        }
    }

    private @Nullable Instant readFrom(String holdPoint) {
        return jdbc.sql("select read_from from hp_inspection where hold_point = :name and read_from is not null")
                .param("name", holdPoint)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant)
                .orElse(null);
    }

    /** All was seen and what was found is stored: the next round is next night's. */
    void done(Round round) {
        settle(round, round.begunAt().minus(OVERLAP), nextNight(round.begunAt()));
    }

    /** All was seen, but not all could be judged: the next round, next night's, looks at the same once more. */
    void unsettled(Round round) {
        settle(round, round.from() == null ? round.begunAt() : round.from(), nextNight(round.begunAt()));
    }

    /** Not all could be seen: the same is tried again soon. */
    void postpone(Round round) {
        jdbc.sql("update hp_inspection set due_at = :due, leased_until = :due where hold_point = :name")
                .param("due", Moments.sql(clock.instant().plus(AGAIN)))
                .param("name", round.holdPoint())
                .update();
    }

    private void settle(Round round, Instant from, Instant due) {
        jdbc.sql("""
                        update hp_inspection set read_from = :from, due_at = :due, leased_until = :due
                        where hold_point = :name
                        """)
                .param("from", Moments.sql(from))
                .param("due", Moments.sql(due))
                .param("name", round.holdPoint())
                .update();
    }

    static Instant nextNight(Instant now) {
        var today = now.atZone(ZoneOffset.UTC).with(NIGHT);
        return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
    }
}
