package io.holdpoint.hold;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Moments;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.substitution.Actor;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The holds of all cases and the answers people gave to them. */
@Component
class Holds {

    private final JdbcClient jdbc;
    private final Evidence evidence;
    private final Clock clock;

    Holds(JdbcClient jdbc, Evidence evidence, Clock clock) {
        this.jdbc = jdbc;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * An answer that a person gave to a hold.
     *
     * @param answer release, reject or return
     * @param actor who answered, and in whose stead
     * @param role the group in whose name the person answered
     * @param amount of the document at that moment, in the currency of its company; null when it was not known
     */
    record Decision(
            String holdId,
            int round,
            int step,
            String answer,
            @Nullable String reason,
            Actor actor,
            String role,
            String taskId,
            OffsetDateTime decidedAt,
            @Nullable Double amount) {

        String person() {
            return actor.person();
        }
    }

    /**
     * What a new look at policy means for the holds of a case.
     *
     * @param added holds that were opened now
     * @param changed open holds whose numbers are others now
     * @param gone holds whose cause went away
     */
    record Reconciliation(List<Hold> added, List<Hold> changed, List<Hold> gone) {}

    /** Brings the holds of a case in line with what policy found, keeping each decision that still stands. */
    Reconciliation reconcile(String caseId, DocumentRef document, String party, int round, List<Finding> findings) {
        var current = current(caseId);
        var added = new ArrayList<Hold>();
        var changed = new ArrayList<Hold>();
        var gone = new ArrayList<Hold>();
        for (var finding : findings) {
            var hold = current.remove(finding.code());
            if (hold == null) {
                added.add(open(caseId, document, party, round, finding, null));
            } else if (hold.state() == Hold.State.OPEN) {
                if (!hold.says(finding, party)) {
                    changed.add(update(hold, document, party, round, finding));
                }
            } else if (!hold.covers(finding, party)) {
                close(hold, document, Hold.State.SUPERSEDED, "the numbers are worse than those decided on");
                added.add(open(caseId, document, party, round, finding, hold));
            }
        }
        for (var hold : current.values()) {
            if (hold.state() == Hold.State.OPEN) {
                close(hold, document, Hold.State.WITHDRAWN, "the cause went away");
                gone.add(hold);
            }
        }
        return new Reconciliation(List.copyOf(added), List.copyOf(changed), List.copyOf(gone));
    }

    /** Open and released holds by code, the latest of each. */
    private Map<String, Hold> current(String caseId) {
        var byCode = new LinkedHashMap<String, Hold>();
        jdbc.sql("select * from hp_hold where case_id = :case and state in ('OPEN', 'RELEASED') order by opened_at, id")
                .param("case", caseId)
                .query(ROW)
                .list()
                .forEach(hold -> byCode.put(hold.code(), hold));
        return byCode;
    }

    Hold get(String id) {
        return jdbc.sql("select * from hp_hold where id = :id")
                .param("id", id)
                .query(ROW)
                .single();
    }

    /** The hold that this instance of hold-resolution asks about. */
    Optional<Hold> askedBy(String resolution) {
        return jdbc.sql("select * from hp_hold where resolution = :resolution")
                .param("resolution", resolution)
                .query(ROW)
                .optional();
    }

    void isAskedBy(Hold hold, String resolution) {
        jdbc.sql("update hp_hold set resolution = :resolution where id = :id and resolution is null")
                .param("resolution", resolution)
                .param("id", hold.id())
                .update();
    }

    /** The process instance that asks for an answer to this hold, once it does. */
    Optional<String> resolutionOf(Hold hold) {
        return jdbc.sql("select resolution from hp_hold where id = :id and resolution is not null")
                .param("id", hold.id())
                .query(String.class)
                .optional();
    }

    List<Hold> of(String caseId) {
        return jdbc.sql("select * from hp_hold where case_id = :case order by opened_at, id")
                .param("case", caseId)
                .query(ROW)
                .list();
    }

    List<Hold> open(String caseId) {
        return of(caseId).stream()
                .filter(hold -> hold.state() == Hold.State.OPEN)
                .toList();
    }

    /** The released hold under this code, if one stands. */
    Optional<Hold> released(String caseId, String code) {
        return Optional.ofNullable(current(caseId).get(code)).filter(hold -> hold.state() == Hold.State.RELEASED);
    }

    private Hold open(
            String caseId, DocumentRef document, String party, int round, Finding finding, @Nullable Hold before) {
        var hold = Hold.open(UUID.randomUUID().toString(), caseId, finding, party, round);
        parameters(jdbc.sql("""
                                insert into hp_hold (id, case_id, code, state, severity, sentence, measure, measured,
                                    since, allowed, decision, rule, party, round, opened_at)
                                values (:id, :case, :code, :state, :severity, :sentence, :measure, :measured,
                                    :since, :allowed, :decision, :rule, :party, :round, :now)
                                """), hold)
                .param("case", caseId)
                .param("code", hold.code())
                .param("state", hold.state().name())
                .param("now", Moments.sql(clock.instant()))
                .update();
        note(hold, document, before == null ? "opened" : "reopened", content -> {
            if (before != null) {
                content.put("before", numbers(before));
            }
        });
        return hold;
    }

    private Hold update(Hold before, DocumentRef document, String party, int round, Finding finding) {
        var hold = Hold.open(before.id(), before.caseId(), finding, party, round);
        parameters(jdbc.sql("""
                                update hp_hold set severity = :severity, sentence = :sentence, measure = :measure,
                                    measured = :measured, since = :since, allowed = :allowed, decision = :decision, rule = :rule,
                                    party = :party, round = :round
                                where id = :id
                                """), hold).update();
        note(hold, document, "changed", content -> content.put("before", numbers(before)));
        return hold;
    }

    private static JdbcClient.StatementSpec parameters(JdbcClient.StatementSpec statement, Hold hold) {
        return statement
                .param("id", hold.id())
                .param("severity", hold.severity())
                .param("sentence", hold.sentence())
                .param("measure", hold.measure())
                .param("measured", hold.measured())
                .param("since", hold.since())
                .param("allowed", hold.allowed())
                .param("decision", hold.decision())
                .param("rule", hold.rule())
                .param("party", hold.party())
                .param("round", hold.round());
    }

    /** Ends an open or released hold; of one that has ended already nothing is changed. */
    void close(Hold hold, DocumentRef document, Hold.State state, String why) {
        var closed = jdbc.sql("""
                        update hp_hold set state = :state, closed_at = :now
                        where id = :id and state in ('OPEN', 'RELEASED') and state <> :state
                        """)
                .param("id", hold.id())
                .param("state", state.name())
                .param("now", Moments.sql(clock.instant()))
                .update();
        if (closed == 1) {
            note(hold, document, state.name().toLowerCase(Locale.ROOT), content -> content.put("why", why));
        }
    }

    /** Ends what is still open when a case leaves its holds behind. */
    void closeOpen(String caseId, DocumentRef document, Hold.State state, String why) {
        open(caseId).forEach(hold -> close(hold, document, state, why));
    }

    void record(Decision decision, String caseId) {
        jdbc.sql("""
                        insert into hp_decision (hold_id, case_id, round, step, answer, reason, person, on_behalf_of,
                            role, task_id, decided_at, amount)
                        values (:hold, :case, :round, :step, :answer, :reason, :person, :onBehalfOf,
                            :role, :task, :at, :amount)
                        """)
                .param("hold", decision.holdId())
                .param("case", caseId)
                .param("round", decision.round())
                .param("step", decision.step())
                .param("answer", decision.answer())
                .param("reason", decision.reason())
                .param("person", decision.person())
                .param("onBehalfOf", decision.actor().stored())
                .param("role", decision.role())
                .param("task", decision.taskId())
                .param("at", decision.decidedAt())
                .param("amount", decision.amount())
                .update();
    }

    /**
     * The answers to a hold since its numbers last changed, oldest first: an answer to other numbers does not count.
     */
    List<Decision> decisions(Hold hold) {
        return allDecisions(hold).stream()
                .filter(decision -> decision.round() == hold.round())
                .toList();
    }

    /** All answers that were ever given to a hold, also to numbers that are no longer true, oldest first. */
    List<Decision> allDecisions(Hold hold) {
        return jdbc.sql("select * from hp_decision where hold_id = :hold order by id")
                .param("hold", hold.id())
                .query((row, number) -> new Decision(
                        row.getString("hold_id"),
                        row.getInt("round"),
                        row.getInt("step"),
                        row.getString("answer"),
                        row.getString("reason"),
                        Actor.read(row.getString("person"), row.getString("on_behalf_of")),
                        row.getString("role"),
                        row.getString("task_id"),
                        row.getObject("decided_at", OffsetDateTime.class),
                        row.getObject("amount", Double.class)))
                .list();
    }

    private void note(
            Hold hold, DocumentRef document, String what, java.util.function.Consumer<Map<String, Object>> more) {
        var content = new LinkedHashMap<String, Object>();
        content.put("what", what);
        content.put("hold", hold.id());
        content.put("code", hold.code());
        content.putAll(numbers(hold));
        more.accept(content);
        evidence.record(hold.caseId(), document, Evidence.Kind.HOLD, null, Evidence.SYSTEM, content);
    }

    private static Map<String, Object> numbers(Hold hold) {
        var numbers = new LinkedHashMap<String, Object>();
        numbers.put("sentence", hold.sentence());
        numbers.put("severity", hold.severity());
        numbers.put("measure", hold.measure());
        numbers.put("measured", hold.measured());
        if (hold.since() != null) {
            numbers.put("since", hold.since().toString());
        }
        if (hold.allowed() != null) {
            numbers.put("allowed", hold.allowed());
        }
        numbers.put("decision", hold.decision());
        numbers.put("rule", hold.rule());
        return numbers;
    }

    private static final RowMapper<Hold> ROW = (row, number) -> new Hold(
            row.getString("id"),
            row.getString("case_id"),
            row.getString("code"),
            Hold.State.valueOf(row.getString("state")),
            row.getString("severity"),
            row.getString("sentence"),
            row.getString("measure"),
            row.getDouble("measured"),
            row.getObject("since", LocalDate.class),
            row.getObject("allowed", Double.class),
            row.getString("decision"),
            row.getString("rule"),
            row.getString("party"),
            row.getInt("round"));
}
