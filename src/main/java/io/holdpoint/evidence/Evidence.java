package io.holdpoint.evidence;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.odoo.DocumentRef;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The append-only record of a case: what happened, when, by whom, on which numbers. Rows are only ever added. */
@Component
public class Evidence {

    /** The actor of what Holdpoint does by itself. */
    public static final String SYSTEM = "holdpoint";

    private static final TypeReference<Map<String, Object>> CONTENT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Evidence(JdbcClient jdbc, ObjectMapper json, Clock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.events = events;
    }

    /** What a line of evidence is about; the order is that of a case's life. */
    public enum Kind {
        EVENT,
        FACTS,
        POLICY,
        HOLD,
        AUTHORITY,
        SUBSTITUTION,
        QUESTION,
        DECISION,
        REMINDER,
        COMMAND,
        RULING,
        FOLLOW_UP,
        REFUSAL,
        RECOVERY,
        BREACH,
        OUTCOME
    }

    /**
     * One line of the record.
     *
     * @param element the model's element at which it happened; null outside of a model
     * @param actor a user id, or {@link #SYSTEM}
     */
    public record Entry(
            String caseId,
            DocumentRef document,
            Kind kind,
            @Nullable String element,
            String actor,
            Instant at,
            Map<String, Object> content) {}

    /** A line was added; said in the transaction that adds it. */
    public record Recorded(long id, Entry entry) {}

    /** Adds a line; it stays exactly when the surrounding transaction does. */
    @Transactional
    public void record(
            String caseId,
            DocumentRef document,
            Kind kind,
            @Nullable String element,
            String actor,
            Map<String, ?> content) {
        var now = clock.instant();
        var key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into hp_evidence (case_id, document, kind, element, actor, at_moment, content)
                        values (:case, :document, :kind, :element, :actor, :at, :content)
                        """)
                .param("case", caseId)
                .param("document", document.toString())
                .param("kind", kind.name())
                .param("element", element)
                .param("actor", actor)
                .param("at", Moments.sql(now))
                .param("content", write(content))
                .update(key, "id");
        events.publishEvent(new Recorded(
                requireNonNull(key.getKey()).longValue(),
                new Entry(caseId, document, kind, element, actor, now, new LinkedHashMap<>(content))));
    }

    /** Adds a line that stays even when the surrounding transaction is undone: for attempts that were refused. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void recordRefusal(
            String caseId, DocumentRef document, @Nullable String element, String actor, Map<String, ?> content) {
        record(caseId, document, Kind.REFUSAL, element, actor, content);
    }

    /** The latest line of a kind in a case. */
    public Optional<Entry> latest(String caseId, Kind kind) {
        return jdbc.sql("""
                        select * from hp_evidence where case_id = :case and kind = :kind order by id desc
                        fetch first 1 rows only
                        """)
                .param("case", caseId)
                .param("kind", kind.name())
                .query(row())
                .optional();
    }

    /** All lines of these kinds in a case, oldest first. */
    public List<Entry> all(String caseId, Kind... kinds) {
        return jdbc.sql("select * from hp_evidence where case_id = :case and kind in (:kinds) order by id")
                .param("case", caseId)
                .param("kinds", Stream.of(kinds).map(Kind::name).toList())
                .query(row())
                .list();
    }

    /** All lines of a kind in the cases of one workflow about this document, oldest first. */
    public List<Entry> all(String workflow, DocumentRef document, Kind kind) {
        return jdbc.sql("""
                        select * from hp_evidence where document = :document and kind = :kind
                        and case_id in (select case_id from hp_case where workflow = :workflow) order by id
                        """)
                .param("document", document.toString())
                .param("kind", kind.name())
                .param("workflow", workflow)
                .query(row())
                .list();
    }

    /** How many lines of a kind a case has. */
    public int count(String caseId, Kind kind) {
        return jdbc.sql("select count(*) from hp_evidence where case_id = :case and kind = :kind")
                .param("case", caseId)
                .param("kind", kind.name())
                .query(Integer.class)
                .single();
    }

    /** All lines of a case, oldest first. */
    public List<Entry> of(String caseId) {
        return jdbc.sql("select * from hp_evidence where case_id = :case order by id")
                .param("case", caseId)
                .query(row())
                .list();
    }

    private RowMapper<Entry> row() {
        return (row, number) -> new Entry(
                row.getString("case_id"),
                DocumentRef.parse(row.getString("document")),
                Kind.valueOf(row.getString("kind")),
                row.getString("element"),
                row.getString("actor"),
                row.getObject("at_moment", OffsetDateTime.class).toInstant(),
                read(row.getString("content")));
    }

    private String write(Map<String, ?> content) {
        try {
            return json.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A line of evidence cannot be written as JSON.", e);
        }
    }

    private Map<String, Object> read(String content) {
        try {
            return json.readValue(content, CONTENT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A line of evidence is no JSON object.", e);
        }
    }
}
