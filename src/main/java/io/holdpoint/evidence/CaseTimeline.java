package io.holdpoint.evidence;

import io.holdpoint.odoo.DocumentRef;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cases of a document with their holds, the answers to them, and every line of evidence in order. */
@Component
class CaseTimeline {

    private final JdbcClient jdbc;
    private final Evidence evidence;

    CaseTimeline(JdbcClient jdbc, Evidence evidence) {
        this.jdbc = jdbc;
        this.evidence = evidence;
    }

    record Case(
            String caseId,
            String workflow,
            Instant openedAt,
            @Nullable Instant closedAt,
            @Nullable String outcome,
            List<HoldLine> holds,
            List<Evidence.Entry> timeline) {}

    record HoldLine(
            String code,
            String state,
            String severity,
            String sentence,
            String measure,
            double measured,
            @Nullable Double allowed,
            String decision,
            String rule,
            Instant openedAt,
            @Nullable Instant closedAt,
            List<Answer> answers) {}

    record Answer(
            String answer,
            String person,
            String role,
            @Nullable String reason,
            Instant decidedAt) {}

    List<Case> of(DocumentRef document) {
        return jdbc.sql("select * from hp_case where document = :document order by opened_at desc, case_id")
                .param("document", document.toString())
                .query((row, number) -> {
                    var caseId = row.getString("case_id");
                    return new Case(
                            caseId,
                            row.getString("workflow"),
                            instant(row.getObject("opened_at", OffsetDateTime.class)),
                            nullable(row.getObject("closed_at", OffsetDateTime.class)),
                            row.getString("outcome"),
                            holds(caseId),
                            evidence.of(caseId));
                })
                .list();
    }

    private List<HoldLine> holds(String caseId) {
        return jdbc.sql("select * from hp_hold where case_id = :case order by opened_at, id")
                .param("case", caseId)
                .query((row, number) -> new HoldLine(
                        row.getString("code"),
                        row.getString("state"),
                        row.getString("severity"),
                        row.getString("sentence"),
                        row.getString("measure"),
                        row.getDouble("measured"),
                        row.getObject("allowed", Double.class),
                        row.getString("decision"),
                        row.getString("rule"),
                        instant(row.getObject("opened_at", OffsetDateTime.class)),
                        nullable(row.getObject("closed_at", OffsetDateTime.class)),
                        answers(row.getString("id"))))
                .list();
    }

    private List<Answer> answers(String holdId) {
        return jdbc.sql("select * from hp_decision where hold_id = :hold order by id")
                .param("hold", holdId)
                .query((row, number) -> new Answer(
                        row.getString("answer"),
                        row.getString("person"),
                        row.getString("role"),
                        row.getString("reason"),
                        instant(row.getObject("decided_at", OffsetDateTime.class))))
                .list();
    }

    private static Instant instant(OffsetDateTime moment) {
        return moment.toInstant();
    }

    private static @Nullable Instant nullable(@Nullable OffsetDateTime moment) {
        return moment == null ? null : moment.toInstant();
    }
}
