package io.holdpoint.hold;

import io.holdpoint.engine.ProcessVariable;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCommand;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Releases a document in Odoo, in one transaction there, if it is still the document that was decided on and everybody
 * with authority has released it. The step of a workflow that releases says what the release does in Odoo.
 */
@Component
public class Release {

    /** Whether Odoo has another document than the one decided on, and nothing was done. */
    private static final ProcessVariable<Boolean> CHANGED_MEANWHILE =
            ProcessVariable.of("changedMeanwhile", Boolean.class);

    private final Documents documents;
    private final CaseFacts caseFacts;
    private final ReleaseGuard guard;
    private final OdooStep odoo;

    Release(Documents documents, CaseFacts caseFacts, ReleaseGuard guard, OdooStep odoo) {
        this.documents = documents;
        this.caseFacts = caseFacts;
        this.guard = guard;
        this.odoo = odoo;
    }

    /**
     * @param noteBegins how the note in Odoo's chatter begins; on whose decisions it stands follows
     * @param arguments what else Odoo needs to carry out the operation
     * @return Odoo's answer; empty when the document was changed and policy has to be asked again
     * @throws org.camunda.bpm.engine.delegate.BpmnError {@code odooRefused} with Odoo's words, {@code odooUnreachable}
     *     after hours
     */
    public Optional<OdooCommand.Answer> carryOut(
            DelegateExecution execution, String operation, String noteBegins, Map<String, Object> arguments) {
        return carryOut(execution, operation, null, noteBegins, arguments);
    }

    /** @param part tells apart releases of one case that may release more than once; null for the only one */
    public Optional<OdooCommand.Answer> carryOut(
            DelegateExecution execution,
            String operation,
            @Nullable String part,
            String noteBegins,
            Map<String, Object> arguments) {
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var caseId = execution.getProcessInstanceId();
        var reading = odoo.call(execution, () -> documents.read(execution));
        // A document that our command released already, its answer lost, is asked for again below: the key tells.
        if (reading.state() == DocumentReader.State.GONE || !unchanged(caseId, reading)) {
            CHANGED_MEANWHILE.set(execution, true);
            return Optional.empty();
        }
        var facts = reading.facts().orElseThrow();
        var words = guard.verify(caseId, document, execution.getCurrentActivityId(), facts);
        var answer = odoo.effect(
                execution,
                (part == null ? new OdooStep.Change(operation) : new OdooStep.Change(operation).part(part))
                        .note(noteBegins + " " + words)
                        .expected(facts.material())
                        .arguments(arguments));
        var changed = answer.status().equals("changed");
        CHANGED_MEANWHILE.set(execution, changed);
        return changed ? Optional.empty() : Optional.of(answer);
    }

    private boolean unchanged(String caseId, DocumentReader.Reading reading) {
        return caseFacts
                .latest(caseId)
                .map(Facts::material)
                .flatMap(decided -> reading.facts().map(now -> caseFacts.same(decided, now.material())))
                .orElse(false);
    }
}
