package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.DEFECT_KEY;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.KEY;

import io.holdpoint.odoo.DocumentRef;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Other cases of the same defect: same product, vendor and kind, within twelve months. */
@Component
class Recurrences {

    private static final int MONTHS = 12;

    private final HistoryService history;
    private final RuntimeService runtime;
    private final Clock clock;

    Recurrences(@Lazy HistoryService history, @Lazy RuntimeService runtime, Clock clock) {
        this.history = history;
        this.runtime = runtime;
        this.clock = clock;
    }

    /** @param watched whether it still waits whether the defect comes back */
    record Earlier(String caseId, DocumentRef document, Instant startedAt, boolean watched) {}

    int count(String caseId, String defectKey) {
        return others(caseId, defectKey).size();
    }

    /** The earlier case to turn to: one that is still watched, otherwise the latest. */
    Optional<Earlier> latest(String caseId, String defectKey) {
        var all = others(caseId, defectKey).stream().map(this::earlier).toList();
        return all.stream()
                .filter(Earlier::watched)
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    /** Opens an earlier case again, which waits for that. */
    void reopen(Earlier earlier) {
        runtime.createMessageCorrelation(QualityEscalationProcess.REPORTED_AGAIN)
                .processInstanceId(earlier.caseId())
                .correlate();
    }

    private List<HistoricProcessInstance> others(String caseId, String defectKey) {
        var since = clock.instant().atZone(ZoneOffset.UTC).minusMonths(MONTHS).toInstant();
        return history
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(KEY)
                .variableValueEquals(DEFECT_KEY.name(), defectKey)
                .startedAfter(Date.from(since))
                .orderByProcessInstanceStartTime()
                .desc()
                .list()
                .stream()
                .filter(instance -> !instance.getId().equals(caseId))
                .toList();
    }

    private Earlier earlier(HistoricProcessInstance instance) {
        var watched = runtime.createEventSubscriptionQuery()
                        .processInstanceId(instance.getId())
                        .activityId(QualityEscalationProcess.WATCHING)
                        .count()
                > 0;
        return new Earlier(
                instance.getId(),
                DocumentRef.parse(instance.getBusinessKey()),
                instance.getStartTime().toInstant(),
                watched);
    }
}
