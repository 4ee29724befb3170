package io.holdpoint.hold;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Looks, after each answer, whether those who were asked at the same time have said enough. */
@Component
class CountAnswers implements ExecutionListener {

    private final Holds holds;
    private final Approvals approvals;

    CountAnswers(Holds holds, Approvals approvals) {
        this.holds = holds;
        this.approvals = approvals;
    }

    @Override
    public void notify(DelegateExecution execution) {
        var hold = holds.askedBy(execution.getProcessInstanceId())
                .orElseThrow(() -> new IllegalStateException("This instance asks about no hold."));
        HoldResolutionProcess.ENOUGH.set(execution, approvals.of(hold).isAnswered());
    }
}
