package io.holdpoint.bulkdecision;

import io.holdpoint.evidence.Moments;
import io.holdpoint.hold.OpenHolds.OpenHold;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was offered to whom, what was chosen, and what became of each. Judged is from here, never from variables. */
@Component
class BulkDecisions {

    private final JdbcClient jdbc;
    private final Clock clock;

    BulkDecisions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param answer release or reject; null while nothing was chosen */
    record Bulk(
            String id,
            String person,
            @Nullable String answer,
            @Nullable String reason) {}

    /** What became of a hold that was chosen. */
    enum Result {
        RELEASED,
        REJECTED,
        /** this person may not decide it, or not in this way */
        REFUSED,
        /** the numbers are not those that the person saw */
        CHANGED,
        /** others were faster, or nothing is asked any more */
        GONE
    }

    /**
     * A hold as it was offered.
     *
     * @param rule what it has in common with those that may be chosen together with it
     * @param place which one of those chosen it is; null when it was not chosen
     * @param words what became of it, for people; null until it was decided
     */
    record Offer(
            String bulkId,
            String taskId,
            String holdId,
            String rule,
            int round,
            double measured,
            double amount,
            String shown,
            int atMost,
            @Nullable Integer place,
            @Nullable Result result,
            @Nullable String words) {

        boolean isSameQuestion(OpenHold now) {
            return now.asksAs(taskId, round, measured, amount);
        }
    }

    static String rule(OpenHold hold) {
        return rule(hold.workflow(), hold.code(), hold.severity(), hold.company());
    }

    private static String rule(String... parts) {
        return String.join("|", parts);
    }

    void begin(String id, String person) {
        jdbc.sql("insert into hp_bulk_decision (id, person, begun_at) values (:id, :person, :now)")
                .param("id", id)
                .param("person", person)
                .param("now", Moments.sql(clock.instant()))
                .update();
    }

    void offer(String id, int number, OpenHold hold, int atMost) {
        jdbc.sql("""
                        insert into hp_bulk_decision_hold (bulk_id, task_id, number, hold_id, case_id, document, workflow,
                            code, severity, company, round, measured, amount, shown, at_most)
                        values (:bulk, :task, :number, :hold, :case, :document, :workflow,
                            :code, :severity, :company, :round, :measured, :amount, :shown, :atMost)
                        """)
                .param("bulk", id)
                .param("task", hold.taskId())
                .param("number", number)
                .param("hold", hold.id())
                .param("case", hold.caseId())
                .param("document", hold.document().toString())
                .param("workflow", hold.workflow())
                .param("code", hold.code())
                .param("severity", hold.severity())
                .param("company", hold.company())
                .param("round", hold.round())
                .param("measured", hold.measured())
                .param("amount", hold.amount())
                .param("shown", cut(hold.shown(), 1000))
                .param("atMost", atMost)
                .update();
    }

    Optional<Bulk> find(String id) {
        return jdbc.sql("select * from hp_bulk_decision where id = :id")
                .param("id", id)
                .query((row, number) -> new Bulk(
                        row.getString("id"), row.getString("person"), row.getString("answer"), row.getString("reason")))
                .optional();
    }

    /** All that was offered, in the order in which the person saw it. */
    List<Offer> offers(String id) {
        return jdbc.sql("select * from hp_bulk_decision_hold where bulk_id = :bulk order by number")
                .param("bulk", id)
                .query(OFFER)
                .list();
    }

    /** Those that were chosen, in the same order. */
    List<Offer> chosen(String id) {
        return offers(id).stream().filter(offer -> offer.place() != null).toList();
    }

    /** Keeps the choice, once. */
    void choose(String id, String answer, String reason, List<Offer> chosen) {
        jdbc.sql("""
                        update hp_bulk_decision set answer = :answer, reason = :reason, chosen_at = :now
                        where id = :id and chosen_at is null
                        """)
                .param("answer", answer)
                .param("reason", reason)
                .param("now", Moments.sql(clock.instant()))
                .param("id", id)
                .update();
        var place = 1;
        for (var offer : chosen) {
            jdbc.sql("update hp_bulk_decision_hold set place = :place where bulk_id = :bulk and task_id = :task")
                    .param("place", place++)
                    .param("bulk", id)
                    .param("task", offer.taskId())
                    .update();
        }
    }

    /** One that was chosen; whoever else wants to decide it waits until the transaction ends. */
    Optional<Offer> lockChosen(String id, String taskId) {
        return jdbc.sql("""
                        select * from hp_bulk_decision_hold
                        where bulk_id = :bulk and task_id = :task and place is not null for update
                        """)
                .param("bulk", id)
                .param("task", taskId)
                .query(OFFER)
                .optional();
    }

    /** Keeps what became of one, once. */
    void settle(Offer offer, Result result, String words) {
        jdbc.sql("""
                        update hp_bulk_decision_hold set result = :result, words = :words, decided_at = :now
                        where bulk_id = :bulk and task_id = :task and result is null
                        """)
                .param("result", result.name())
                .param("words", cut(words, 2000))
                .param("now", Moments.sql(clock.instant()))
                .param("bulk", offer.bulkId())
                .param("task", offer.taskId())
                .update();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    private static final RowMapper<Offer> OFFER = (row, number) -> {
        var result = row.getString("result");
        return new Offer(
                row.getString("bulk_id"),
                row.getString("task_id"),
                row.getString("hold_id"),
                rule(
                        row.getString("workflow"),
                        row.getString("code"),
                        row.getString("severity"),
                        row.getString("company")),
                row.getInt("round"),
                row.getDouble("measured"),
                row.getDouble("amount"),
                row.getString("shown"),
                row.getInt("at_most"),
                row.getObject("place", Integer.class),
                result == null ? null : Result.valueOf(result),
                row.getString("words"));
    };
}
