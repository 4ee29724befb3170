package io.holdpoint.evidence;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who tried to change something and was refused. Rows are only added and counted up: the same attempt within a minute
 * is one row, and of different ones no more are kept in an hour than fit {@link #MOST_ROWS_AN_HOUR}, so that nobody
 * fills the disk by trying.
 */
@Component
public class RefusedAttempts {

    /** Whoever showed no valid credentials. */
    public static final String ANONYMOUS = "anonymous";

    static final int MOST_ROWS_AN_HOUR = 2_000;

    /** Stands for all that no longer had a row of its own. */
    private static final Attempt TOO_MANY =
            new Attempt("various", "various", "More different attempts than are kept one by one.", 0, null, null);

    private static final int LONGEST_WHAT = 400;
    private static final int LONGEST_WHY = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;

    RefusedAttempts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param person a user id, or {@link #ANONYMOUS}
     * @param what method and path, without ids and secrets
     * @param why the words in which it was refused
     * @param status of the answer by HTTP
     * @param caseId null when no case is known
     * @param document null when no document is known
     */
    public record Attempt(
            String person,
            String what,
            String why,
            int status,
            @Nullable String caseId,
            @Nullable String document) {}

    /** @param times how often within the minute that begins at {@code from} */
    public record Line(
            String person,
            String what,
            String why,
            int status,
            @Nullable String caseId,
            @Nullable String document,
            Instant from,
            Instant lastAt,
            long times) {}

    /** Keeps an attempt. Not to be called within a transaction: what was tried is undone, that it was tried is not. */
    public void record(Attempt attempt) {
        var now = clock.instant();
        if (countUp(attempt, now)) {
            return;
        }
        if (rowsOfTheHour(now) < MOST_ROWS_AN_HOUR) {
            add(attempt, now);
        } else if (!countUp(TOO_MANY, now)) {
            add(TOO_MANY, now);
        }
    }

    private boolean countUp(Attempt attempt, Instant now) {
        return jdbc.sql("""
                        update hp_refused_attempt set times = times + 1, last_at = :now
                        where began_at = :minute and person = :person and what = :what and status = :status
                        and case_id = :case
                        """)
                        .param("now", Moments.sql(now))
                        .param("minute", minute(now))
                        .param("person", attempt.person())
                        .param("what", cut(attempt.what(), LONGEST_WHAT))
                        .param("status", attempt.status())
                        .param("case", orEmpty(attempt.caseId()))
                        .update()
                > 0;
    }

    private void add(Attempt attempt, Instant now) {
        try {
            jdbc.sql("""
                            insert into hp_refused_attempt
                            (person, what, why, status, case_id, document, began_at, last_at, times)
                            values (:person, :what, :why, :status, :case, :document, :minute, :now, 1)
                            """)
                    .param("person", attempt.person())
                    .param("what", cut(attempt.what(), LONGEST_WHAT))
                    .param("why", cut(attempt.why(), LONGEST_WHY))
                    .param("status", attempt.status())
                    .param("case", orEmpty(attempt.caseId()))
                    .param("document", orEmpty(attempt.document()))
                    .param("minute", minute(now))
                    .param("now", Moments.sql(now))
                    .update();
        } catch (DuplicateKeyException alreadyThere) {
            countUp(attempt, now);
        }
    }

    private long rowsOfTheHour(Instant now) {
        return jdbc.sql("select count(*) from hp_refused_attempt where began_at > :from")
                .param("from", Moments.sql(now.minus(1, ChronoUnit.HOURS)))
                .query(Long.class)
                .single();
    }

    /** The latest, newest first. */
    List<Line> latest(int most) {
        return jdbc.sql("select * from hp_refused_attempt order by id desc fetch first :most rows only")
                .param("most", most)
                .query((row, number) -> new Line(
                        row.getString("person"),
                        row.getString("what"),
                        row.getString("why"),
                        row.getInt("status"),
                        orNull(row.getString("case_id")),
                        orNull(row.getString("document")),
                        row.getObject("began_at", OffsetDateTime.class).toInstant(),
                        row.getObject("last_at", OffsetDateTime.class).toInstant(),
                        row.getLong("times")))
                .list();
    }

    private static OffsetDateTime minute(Instant moment) {
        return Moments.sql(moment.truncatedTo(ChronoUnit.MINUTES));
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
