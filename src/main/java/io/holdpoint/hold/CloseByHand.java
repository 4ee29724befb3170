package io.holdpoint.hold;

import io.holdpoint.engine.Outcome;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Ends a case on the word of a person, without Odoo; who said so and why is on record with the task. */
@Component
class CloseByHand implements JavaDelegate {

    private final Holds holds;

    CloseByHand(Holds holds) {
        this.holds = holds;
    }

    @Override
    public void execute(DelegateExecution execution) {
        holds.closeOpen(
                execution.getProcessInstanceId(),
                DocumentRef.parse(execution.getProcessBusinessKey()),
                Hold.State.WITHDRAWN,
                "the case was closed by hand");
        Outcome.set(
                execution,
                switch (RecordAnswer.ACTION.in(execution)) {
                    case "doneByHand" -> "doneByHand";
                    case "skip" -> "skipped";
                    default -> "cancelled";
                });
    }
}
