package io.holdpoint.hold;

import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Looks again while people decide: holds whose numbers changed are asked anew, those whose cause went away disappear,
 * new ones are opened, and all others stay as they are. People decide about a document that waits, or, where it was
 * urgent, about one that went on already; when it is no longer that, there is nothing left to decide.
 */
@Component
class ReassessHolds implements JavaDelegate {

    static final String DOCUMENT_GONE = "documentGone";

    private final Documents documents;
    private final CaseFacts caseFacts;
    private final PolicyCheck policy;

    ReassessHolds(Documents documents, CaseFacts caseFacts, PolicyCheck policy) {
        this.documents = documents;
        this.caseFacts = caseFacts;
        this.policy = policy;
    }

    @Override
    public void execute(DelegateExecution execution) {
        // However long Odoo stays away, people go on deciding: this step is tried again until it answers.
        var reading = documents.read(execution);
        if (!ReadDocument.DOCUMENT_STATE.in(execution).equals(ReadDocument.name(reading.state()))) {
            throw new BpmnError(DOCUMENT_GONE);
        }
        var facts = reading.facts().orElseThrow();
        var caseId = execution.getProcessInstanceId();
        if (caseFacts.areLatest(caseId, facts)) {
            execution.setVariableLocal("newHolds", new ArrayList<>());
            return;
        }
        caseFacts.record(
                caseId, DocumentRef.parse(execution.getProcessBusinessKey()), execution.getCurrentActivityId(), facts);
        execution.setVariableLocal("newHolds", new ArrayList<>(policy.check(execution)));
    }
}
