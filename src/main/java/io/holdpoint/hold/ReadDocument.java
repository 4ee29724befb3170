package io.holdpoint.hold;

import io.holdpoint.engine.Outcome;
import io.holdpoint.engine.ProcessVariable;
import io.holdpoint.odoo.DocumentRef;
import java.util.Locale;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Reads the document and all that policy needs to know, and says whether there is still something to release. */
@Component
class ReadDocument implements JavaDelegate {

    /** What Odoo says of the document: open, done or gone. */
    static final ProcessVariable<String> DOCUMENT_STATE = ProcessVariable.of("documentState", String.class);

    private final Documents documents;
    private final CaseFacts caseFacts;
    private final OdooStep odoo;

    ReadDocument(Documents documents, CaseFacts caseFacts, OdooStep odoo) {
        this.documents = documents;
        this.caseFacts = caseFacts;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var reading = odoo.call(execution, () -> documents.read(execution));
        DOCUMENT_STATE.set(execution, name(reading.state()));
        reading.facts().ifPresent(facts -> {
            caseFacts.record(
                    execution.getProcessInstanceId(),
                    DocumentRef.parse(execution.getProcessBusinessKey()),
                    execution.getCurrentActivityId(),
                    facts);
            facts.brief().show(execution);
        });
        // What somebody chose in an earlier task of this case is not the choice in the next one.
        execution.removeVariable("action");
        execution.removeVariable("reason");
        if (reading.state() == DocumentReader.State.DONE) {
            Outcome.set(execution, "released");
        }
        reading.because().ifPresent(because -> execution.setVariable("withdrawnBecause", because));
    }

    static String name(DocumentReader.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
