package io.holdpoint.hold;

import io.holdpoint.engine.CaseLifecycle;
import io.holdpoint.odoo.DocumentRef;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Finds the reader of the workflow that a step belongs to. */
@Component
class Documents {

    private final List<DocumentReader> readers;

    Documents(List<DocumentReader> readers) {
        this.readers = readers;
    }

    /** The document of this step's case, as Odoo has it now. */
    DocumentReader.Reading read(DelegateExecution execution) {
        var workflow = CaseLifecycle.workflowOf(execution);
        return readers.stream()
                .filter(reader -> reader.workflow().equals(workflow))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing reads the documents of " + workflow + "."))
                .read(execution.getProcessInstanceId(), DocumentRef.parse(execution.getProcessBusinessKey()));
    }
}
