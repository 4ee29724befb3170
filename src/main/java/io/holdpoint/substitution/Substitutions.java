package io.holdpoint.substitution;

import io.holdpoint.evidence.Moments;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All substitutions that were ever named. */
@Component
class Substitutions {

    private final JdbcClient jdbc;

    Substitutions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes whoever names a substitute or hands tasks over wait for one another, on all nodes, until the transaction
     * ends: two that are fine each by itself may be a loop together.
     */
    void lock() {
        jdbc.sql("select id from hp_substitution_lock for update")
                .query(Integer.class)
                .single();
    }

    void add(Substitution substitution) {
        jdbc.sql("""
                        insert into hp_substitution (id, person, substitute, begins_at, ends_at, workflows, up_to,
                            named_by, named_at)
                        values (:id, :person, :substitute, :begins, :ends, :workflows, :upTo, :namedBy, :namedAt)
                        """)
                .param("id", substitution.id())
                .param("person", substitution.person())
                .param("substitute", substitution.substitute())
                .param("begins", Moments.sql(substitution.beginsAt()))
                .param("ends", Moments.sql(substitution.endsAt()))
                .param(
                        "workflows",
                        substitution.workflows().isEmpty()
                                ? null
                                : String.join(
                                        ",",
                                        substitution.workflows().stream()
                                                .sorted()
                                                .toList()))
                .param("upTo", substitution.upTo())
                .param("namedBy", substitution.namedBy())
                .param("namedAt", Moments.sql(substitution.namedAt()))
                .update();
    }

    /** Ends one before its time; of one that has ended already nothing is changed. */
    void end(String id, Instant moment, String person) {
        jdbc.sql("""
                        update hp_substitution set ended_at = :at, ended_by = :person
                        where id = :id and ended_at is null and ends_at > :at
                        """)
                .param("id", id)
                .param("at", Moments.sql(moment))
                .param("person", person)
                .update();
    }

    Optional<Substitution> find(String id) {
        return jdbc.sql("select * from hp_substitution where id = :id")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    /** Those in force at a moment, whenever that was. */
    List<Substitution> inForce(Instant moment) {
        return jdbc.sql("""
                        select * from hp_substitution
                        where ends_at > :at and begins_at <= :at and (ended_at is null or ended_at > :at)
                        order by begins_at, id
                        """).param("at", Moments.sql(moment)).query(ROW).list();
    }

    /** Those that have not ended by then, whether or not they have begun. */
    List<Substitution> notEndedBy(Instant moment) {
        return jdbc.sql("""
                        select * from hp_substitution
                        where ends_at > :at and (ended_at is null or ended_at > :at) order by begins_at, id
                        """).param("at", Moments.sql(moment)).query(ROW).list();
    }

    private static final RowMapper<Substitution> ROW = (row, number) -> new Substitution(
            row.getString("id"),
            row.getString("person"),
            row.getString("substitute"),
            row.getObject("begins_at", OffsetDateTime.class).toInstant(),
            row.getObject("ends_at", OffsetDateTime.class).toInstant(),
            workflows(row.getString("workflows")),
            row.getObject("up_to", Double.class),
            row.getString("named_by"),
            row.getObject("named_at", OffsetDateTime.class).toInstant(),
            instant(row.getObject("ended_at", OffsetDateTime.class)),
            row.getString("ended_by"));

    private static Set<String> workflows(@Nullable String stored) {
        return stored == null ? Set.of() : Set.of(stored.split(","));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
        return moment == null ? null : moment.toInstant();
    }
}
