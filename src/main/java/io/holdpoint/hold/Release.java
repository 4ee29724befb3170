package io.holdpoint.hold;

import io.holdpoint.engine.ProcessVariable;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCommand;
import io.holdpoint.odoo.OdooContract;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.delegate.DelegateExecution;
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
     * @throws OdooContract when Odoo and Holdpoint cannot agree on what the document is: a case would go round forever
     */
    public Optional<OdooCommand.Answer> carryOut(
            DelegateExecution execution, String operation, String noteBegins, Map<String, Object> arguments) {
        return carryOut(
                execution, new OdooStep.Change(operation).arguments(arguments), words -> noteBegins + " " + words);
    }

    /**
     * As the other, for a case that may release more than once, or whose note says it in words of its own.
     *
     * @param change its material fields are those that were decided on; what it says of them is replaced
     * @param note the whole note in Odoo's chatter; it is given on whose decisions the release stands
     */
    public Optional<OdooCommand.Answer> carryOut(
            DelegateExecution execution, OdooStep.Change change, UnaryOperator<String> note) {
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
        var again = CHANGED_MEANWHILE.find(execution).orElse(false)
                && caseFacts.stoodBehindLastCommand(caseId, facts.material());
        var answer = odoo.effect(execution, change.note(note.apply(words)).expected(facts.material()));
        var changed = answer.status().equals("changed");
        if (changed && again) {
            throw new OdooContract("Odoo says of " + document + " for the second time that it is not what was decided"
                    + " on, yet it reads the same each time. Something changes it back and forth, or one of its"
                    + " material fields reads differently inside Odoo: " + facts.material());
        }
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
