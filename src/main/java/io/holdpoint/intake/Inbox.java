package io.holdpoint.intake;

import static java.util.Objects.requireNonNull;

import io.holdpoint.evidence.Moments;
import io.holdpoint.odoo.OdooProperties;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps each event before anything else is done with it; source and event id make it one event however often it comes.
 */
@Component
class Inbox {

    /** What the sources of our own doors to Odoo begin with; no other sender may use it. */
    static final String ODOO = "odoo/";

    private static final int AT_ONCE = 1000;

    static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** How the answer of an event begins that waits for Odoo and for nothing else. */
    private static final String NO_ODOO = "Odoo is unavailable: ";

    private static final int ANSWER_LENGTH = 2000;

    private final JdbcClient jdbc;
    private final Clock clock;

    /**
     * For how long a claimed event is left to whoever claimed it: longer than Odoo may take for an answer. A node that
     * dies leaves it to the others then.
     */
    private final Duration lease;

    Inbox(JdbcClient jdbc, Clock clock, OdooProperties odoo) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.lease = odoo.readTimeout().multipliedBy(2);
    }

    enum State {
        RECEIVED,
        DONE,
        QUARANTINED
    }

    /**
     * One event.
     *
     * @param document the record it is about; null where that cannot be told, which puts it into quarantine
     * @param answer what became of it, in words
     */
    record Event(
            long id,
            String source,
            String eventId,
            String type,
            @Nullable String document,
            @Nullable String workflow,
            String body,
            State state,
            int attempts,
            OffsetDateTime receivedAt,
            @Nullable String answer,
            @Nullable String caseId) {}

    /** @param known whether this event was here before */
    record Receipt(long id, boolean known, State state) {}

    /**
     * Keeps an event to be worked off.
     *
     * @param workflow the only workflow it is meant for; null for all that are about the document
     */
    Receipt receive(
            String source, String eventId, String type, String document, @Nullable String workflow, String body) {
        return keep(source, eventId, type, document, workflow, body, State.RECEIVED, null);
    }

    /**
     * Keeps what was refused at the door, with the reason, for operations to look at. It is known by its content, not
     * by the id that its sender gave it: the same id, sent again corrected, is taken in as if it came for the first
     * time.
     */
    Receipt refused(String source, String type, String body, String why) {
        return keep(source, "refused:" + digest(body), type, null, null, body, State.QUARANTINED, why);
    }

    private Receipt keep(
            String source,
            String eventId,
            String type,
            @Nullable String document,
            @Nullable String workflow,
            String body,
            State state,
            @Nullable String answer) {
        var known = find(source, eventId);
        if (known.isPresent()) {
            return known.get();
        }
        var key = new GeneratedKeyHolder();
        try {
            jdbc.sql("""
                            insert into hp_event (source, event_id, type, document, workflow, body, state, received_at,
                                next_attempt_at, answer)
                            values (:source, :eventId, :type, :document, :workflow, :body, :state, :now, :now, :answer)
                            """)
                    .param("source", storable(source))
                    .param("eventId", storable(eventId))
                    .param("type", storable(type))
                    .param("document", document)
                    .param("workflow", workflow)
                    .param("body", storable(body))
                    .param("state", state.name())
                    .param("now", Moments.sql(clock.instant()))
                    .param("answer", answer)
                    .update(key, "id");
        } catch (DuplicateKeyException e) {
            // The same event arrived at the same moment; the constraint decided which of them is it.
            return find(source, eventId).orElseThrow(() -> e);
        }
        return new Receipt(requireNonNull(key.getKey()).longValue(), false, state);
    }

    private Optional<Receipt> find(String source, String eventId) {
        return jdbc.sql("select id, state from hp_event where source = :source and event_id = :eventId")
                .param("source", storable(source))
                .param("eventId", storable(eventId))
                .query((row, number) -> new Receipt(row.getLong("id"), true, State.valueOf(row.getString("state"))))
                .optional();
    }

    /** Takes the event that has waited longest; nobody else gets it while it is worked off. */
    @Transactional
    public Optional<Event> claim() {
        var now = clock.instant();
        var event = jdbc.sql("""
                        select * from hp_event where state = 'RECEIVED' and next_attempt_at <= :now
                        order by next_attempt_at, id fetch first 1 rows only for update skip locked
                        """).param("now", Moments.sql(now)).query(ROW).optional();
        event.ifPresent(claimed -> jdbc.sql(
                        "update hp_event set attempts = attempts + 1, next_attempt_at = :until, answer = null where id = :id")
                .param("until", Moments.sql(now.plus(lease)))
                .param("id", claimed.id())
                .update());
        return event;
    }

    /** Marks a claimed event done, in the transaction that does it. False when somebody else has done it already. */
    boolean done(Event event, String answer, @Nullable String caseId) {
        return jdbc.sql("""
                                update hp_event set state = 'DONE', finished_at = :now, answer = :answer, case_id = :case
                                where id = :id and state = 'RECEIVED'
                                """)
                        .param("now", Moments.sql(clock.instant()))
                        .param("answer", shortened(answer))
                        .param("case", caseId)
                        .param("id", event.id())
                        .update()
                == 1;
    }

    void quarantine(Event event, String why) {
        jdbc.sql("update hp_event set state = 'QUARANTINED', answer = :why where id = :id and state = 'RECEIVED'")
                .param("why", shortened(why))
                .param("id", event.id())
                .update();
    }

    /**
     * Leaves a claimed event for when Odoo is there again. The attempt does not count: an outage, however long, puts
     * nothing into quarantine. The longer it lasts, the longer is waited: a quarter of the time so far, within bounds.
     */
    void untilOdooIsBack(Event event, String why) {
        var waited = Duration.between(event.receivedAt().toInstant(), clock.instant());
        var quarter = waited.dividedBy(4);
        var wait = quarter.compareTo(SHORTEST_WAIT) < 0
                ? SHORTEST_WAIT
                : quarter.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : quarter;
        jdbc.sql("""
                        update hp_event set next_attempt_at = :at, attempts = attempts - 1, answer = :why
                        where id = :id and state = 'RECEIVED'
                        """)
                .param("at", Moments.sql(clock.instant().plus(wait)))
                .param("why", shortened(NO_ODOO + why))
                .param("id", event.id())
                .update();
    }

    /**
     * What waits for Odoo is due, in the order in which it came; what somebody works on has no answer yet. Rows that
     * others hold are left to them: two nodes that find Odoo back at the same moment would wait for each other.
     */
    @Transactional
    public void odooIsBack() {
        List<Long> waiting;
        do {
            waiting = jdbc.sql("""
                            select id from hp_event
                            where state = 'RECEIVED' and answer like :why and next_attempt_at > received_at
                            order by id fetch first :most rows only for update skip locked
                            """)
                    .param("why", NO_ODOO + "%")
                    .param("most", AT_ONCE)
                    .query(Long.class)
                    .list();
            if (!waiting.isEmpty()) {
                jdbc.sql("update hp_event set next_attempt_at = received_at where id in (:waiting)")
                        .param("waiting", waiting)
                        .update();
            }
        } while (waiting.size() == AT_ONCE);
    }

    /** Leaves a claimed event for later, with the reason. */
    void later(Event event, Duration wait, String why) {
        jdbc.sql("update hp_event set next_attempt_at = :at, answer = :why where id = :id and state = 'RECEIVED'")
                .param("at", Moments.sql(clock.instant().plus(wait)))
                .param("why", shortened(why))
                .param("id", event.id())
                .update();
    }

    /** Puts an event of the quarantine back to be worked off. False when it is not there. */
    boolean replay(long id) {
        return jdbc.sql("""
                                update hp_event set state = 'RECEIVED', attempts = 0, next_attempt_at = :now
                                where id = :id and state = 'QUARANTINED'
                                """)
                        .param("now", Moments.sql(clock.instant()))
                        .param("id", id)
                        .update()
                == 1;
    }

    Optional<Event> get(long id) {
        return jdbc.sql("select * from hp_event where id = :id")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    List<Event> inState(State state, int most) {
        return jdbc.sql("select * from hp_event where state = :state order by id desc fetch first :most rows only")
                .param("state", state.name())
                .param("most", most)
                .query(ROW)
                .list();
    }

    private static String shortened(String text) {
        return storable(text.length() <= ANSWER_LENGTH ? text : text.substring(0, ANSWER_LENGTH));
    }

    /** PostgreSQL stores no NUL in a text, and what came from outside may hold one. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** An id for what brings none of its own: its content. */
    static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final RowMapper<Event> ROW = (row, number) -> new Event(
            row.getLong("id"),
            row.getString("source"),
            row.getString("event_id"),
            row.getString("type"),
            row.getString("document"),
            row.getString("workflow"),
            row.getString("body"),
            State.valueOf(row.getString("state")),
            row.getInt("attempts"),
            row.getObject("received_at", OffsetDateTime.class),
            row.getString("answer"),
            row.getString("case_id"));
}
