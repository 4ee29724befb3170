package io.holdpoint.urgentpurchase;

import io.holdpoint.hold.Release;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Says in Odoo that what was bought while a line stood still has been approved since, and by whom. */
@Component
class ConfirmApproval implements JavaDelegate {

    static final String OPERATION = "approveAfterwards";

    private final Release release;
    private final LateApproval approval;

    ConfirmApproval(Release release, LateApproval approval) {
        this.release = release;
        this.approval = approval;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var late = approval.breach(execution.getProcessInstanceId(), LateApproval.MISSED)
                .isPresent();
        release.carryOut(
                execution,
                OPERATION,
                late ? "Approved after the fact, and late." : "Approved after the fact.",
                Map.of());
    }
}
