package io.holdpoint.engine;

import io.holdpoint.evidence.CaseAlreadyOpen;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Registers a case with the start of its process instance and closes it with its end, in the same transaction. */
@Component
public class CaseLifecycle {

    private final Cases cases;
    private final Evidence evidence;
    private final IdentityService identity;

    CaseLifecycle(Cases cases, Evidence evidence, @Lazy IdentityService identity) {
        this.cases = cases;
        this.evidence = evidence;
        this.identity = identity;
    }

    /** @param models of the workflow's documents, separated by commas */
    void started(DelegateExecution execution, String models) {
        if (!isRoot(execution)) {
            return;
        }
        var workflow = workflowOf(execution);
        var document = document(
                execution.getProcessBusinessKey(),
                workflow,
                List.of(models.strip().split("[,\\s]+")));
        var authentication = identity.getCurrentAuthentication();
        var person = authentication == null ? null : authentication.getUserId();
        try {
            cases.open(execution.getProcessInstanceId(), workflow, document, person);
        } catch (CaseAlreadyOpen e) {
            throw new BadUserRequestException(e.getMessage(), e);
        }
        evidence.record(
                execution.getProcessInstanceId(),
                document,
                Evidence.Kind.EVENT,
                null,
                person == null ? Evidence.SYSTEM : person,
                Map.of("what", "case opened", "workflow", workflow, "definition", execution.getProcessDefinitionId()));
    }

    void ended(DelegateExecution execution) {
        if (!isRoot(execution)) {
            return;
        }
        var outcome = execution.isCanceled()
                ? "cancelledByOperator"
                : Outcome.find(execution).orElse("closed");
        cases.close(execution.getProcessInstanceId(), outcome);
        var authentication = identity.getCurrentAuthentication();
        evidence.record(
                execution.getProcessInstanceId(),
                DocumentRef.parse(execution.getProcessBusinessKey()),
                Evidence.Kind.OUTCOME,
                null,
                authentication == null ? Evidence.SYSTEM : authentication.getUserId(),
                Map.of("outcome", outcome));
    }

    private static DocumentRef document(
            @org.jspecify.annotations.Nullable String businessKey, String workflow, List<String> models) {
        if (businessKey == null || businessKey.isBlank()) {
            throw new BadUserRequestException("businessKey is missing. A case of " + workflow
                    + " is about one document: give its model and id, for example \"businessKey\": \"" + models.get(0)
                    + ",42\".");
        }
        DocumentRef document;
        try {
            document = DocumentRef.parse(businessKey);
        } catch (IllegalArgumentException e) {
            throw new BadUserRequestException("businessKey: " + e.getMessage());
        }
        if (!models.contains(document.model())) {
            throw new BadUserRequestException("businessKey: " + workflow + " is about documents of "
                    + String.join(" or ", models) + ", but '"
                    + businessKey + "' names one of " + document.model() + ".");
        }
        return document;
    }

    /** The key of the workflow that this step belongs to. */
    public static String workflowOf(DelegateExecution execution) {
        var definition = execution
                .getProcessEngineServices()
                .getRepositoryService()
                .getProcessDefinition(execution.getProcessDefinitionId());
        return ((ProcessDefinition) definition).getKey();
    }

    private static boolean isRoot(DelegateExecution execution) {
        return execution.getSuperExecution() == null;
    }
}
