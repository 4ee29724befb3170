package io.holdpoint.followup;

import static io.holdpoint.followup.FollowUpProcess.CASE_ID;
import static io.holdpoint.followup.FollowUpProcess.STEP;
import static io.holdpoint.followup.FollowUpProcess.WORKFLOW;

import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds out which work an instance of follow-up is about. */
@Component
class FollowUpSteps {

    private final ObjectProvider<FollowUpStep> steps;

    FollowUpSteps(ObjectProvider<FollowUpStep> steps) {
        this.steps = steps;
    }

    FollowUpStep of(DelegateExecution execution) {
        var workflow = WORKFLOW.in(execution);
        var step = STEP.in(execution);
        return steps.stream()
                .filter(one -> one.workflow().equals(workflow) && one.step().equals(step))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("The workflow " + workflow + " has no step '" + step + "'."));
    }

    static FollowUp followUp(DelegateExecution execution) {
        return new FollowUp(
                CASE_ID.in(execution), DocumentRef.parse(execution.getProcessBusinessKey()), STEP.in(execution));
    }
}
