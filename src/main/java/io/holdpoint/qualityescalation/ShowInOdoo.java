package io.holdpoint.qualityescalation;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCommand;
import io.holdpoint.odoo.OdooRefused;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Shows in Odoo how a case stands. Nothing depends on it: where Odoo refuses, as a rule because the document or the
 * vendor is gone, its words are on record and the case goes on.
 */
@Component
class ShowInOdoo {

    private final OdooStep odoo;
    private final Evidence evidence;

    ShowInOdoo(OdooStep odoo, Evidence evidence) {
        this.odoo = odoo;
        this.evidence = evidence;
    }

    /** @param state as {@code x_holdpoint_quality_state} knows it */
    void state(DelegateExecution execution, String state, String part, String reason, String note) {
        command(
                execution,
                new OdooStep.Change("show").part(part).reason(reason).note(note).arguments(Map.of("state", state)));
    }

    Optional<OdooCommand.Answer> command(DelegateExecution execution, OdooStep.Change change) {
        try {
            return Optional.of(odoo.command(execution, change));
        } catch (OdooRefused e) {
            evidence.record(
                    execution.getProcessInstanceId(),
                    DocumentRef.parse(execution.getProcessBusinessKey()),
                    Evidence.Kind.COMMAND,
                    execution.getCurrentActivityId(),
                    Evidence.SYSTEM,
                    Map.of("operation", change.operation(), "refused", String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }
}
