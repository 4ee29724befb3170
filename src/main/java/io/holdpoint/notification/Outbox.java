package io.holdpoint.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.evidence.Moments;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps what happened in the transaction in which it happens, until it is settled who hears of it. */
@Component
class Outbox {

    private static final TypeReference<Map<String, Object>> CONTENT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    Outbox(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** A kept happening. */
    record Kept(long id, Happening happening, int attempts) {}

    void keep(Happening happening) {
        jdbc.sql("""
                        insert into hp_notification (occasion, event, case_id, document, task_id, hold_id, role,
                            content, happened_at, next_attempt_at)
                        values (:occasion, :event, :case, :document, :task, :hold, :role, :content, :at, :at)
                        """)
                .param("occasion", happening.occasion())
                .param("event", happening.what().name())
                .param("case", happening.caseId())
                .param("document", happening.document())
                .param("task", happening.taskId())
                .param("hold", happening.holdId())
                .param("role", happening.role())
                .param("content", write(happening.content()))
                .param("at", Moments.sql(happening.at()))
                .update();
    }

    /** The next one for which nobody settles yet who hears of it; nobody else gets it until the transaction ends. */
    Optional<Kept> next() {
        return jdbc.sql("""
                        select * from hp_notification where spread_at is null and next_attempt_at <= :now
                        order by id fetch first 1 rows only for update skip locked
                        """)
                .param("now", Moments.sql(clock.instant()))
                .query(row())
                .optional();
    }

    Kept get(long id) {
        return jdbc.sql("select * from hp_notification where id = :id")
                .param("id", id)
                .query(row())
                .single();
    }

    void spread(long id) {
        jdbc.sql("update hp_notification set spread_at = :now where id = :id")
                .param("now", Moments.sql(clock.instant()))
                .param("id", id)
                .update();
    }

    void later(long id, Duration wait) {
        jdbc.sql("update hp_notification set attempts = attempts + 1, next_attempt_at = :at where id = :id")
                .param("at", Moments.sql(clock.instant().plus(wait)))
                .param("id", id)
                .update();
    }

    private RowMapper<Kept> row() {
        return (row, number) -> new Kept(
                row.getLong("id"),
                new Happening(
                        row.getString("occasion"),
                        Happening.What.valueOf(row.getString("event")),
                        row.getString("case_id"),
                        row.getString("document"),
                        row.getString("task_id"),
                        row.getString("hold_id"),
                        row.getString("role"),
                        read(row.getString("content")),
                        row.getObject("happened_at", OffsetDateTime.class).toInstant()),
                row.getInt("attempts"));
    }

    private String write(Map<String, Object> content) {
        try {
            return json.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A notification cannot be written as JSON.", e);
        }
    }

    private Map<String, Object> read(String content) {
        try {
            return json.readValue(content, CONTENT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A notification is no JSON object.", e);
        }
    }
}
