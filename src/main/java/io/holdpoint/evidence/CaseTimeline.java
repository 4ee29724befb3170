package io.holdpoint.evidence;

import io.holdpoint.odoo.DocumentRef;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cases of a document with their holds, the answers to them, and every line of evidence in order. */
@Component
class CaseTimeline {

    private final JdbcClient jdbc;
    private final Evidence evidence;
    private final CaseModels models;

    CaseTimeline(JdbcClient jdbc, Evidence evidence, CaseModels models) {
        this.jdbc = jdbc;
        this.evidence = evidence;
        this.models = models;
    }

    /**
     * One case.
     *
     * @param openedBy whoever started it by hand; null when an event did
     * @param models the versions of processes and tables that took part
     * @param timeline oldest line first
     */
    record Case(
            String caseId,
            String workflow,
            Instant openedAt,
            @Nullable String openedBy,
            @Nullable Instant closedAt,
            @Nullable String outcome,
            List<CaseModels.Model> models,
            List<HoldLine> holds,
            List<Line> timeline) {}

    /** @param element the model's element at which it happened; null outside of a model */
    record Line(Instant at, Evidence.Kind kind, @Nullable String element, String actor, Map<String, Object> content) {}

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

    /** @param onBehalfOf in whose stead, the absent person first; null for nobody's */
    record Answer(
            String answer,
            String person,
            @Nullable String onBehalfOf,
            String role,
            @Nullable String reason,
            Instant decidedAt) {}

    List<Case> of(DocumentRef document) {
        return jdbc.sql("select * from hp_case where document = :document order by opened_at desc, case_id")
                .param("document", document.toString())
                .query((row, number) -> {
                    var caseId = row.getString("case_id");
                    var entries = evidence.of(caseId);
                    return new Case(
                            caseId,
                            row.getString("workflow"),
                            instant(row.getObject("opened_at", OffsetDateTime.class)),
                            row.getString("opened_by"),
                            nullable(row.getObject("closed_at", OffsetDateTime.class)),
                            row.getString("outcome"),
                            models.of(caseId, entries),
                            holds(caseId),
                            entries.stream().map(CaseTimeline::line).toList());
                })
                .list();
    }

    private static Line line(Evidence.Entry entry) {
        return new Line(entry.at(), entry.kind(), entry.element(), entry.actor(), entry.content());
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
                        row.getString("on_behalf_of"),
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
