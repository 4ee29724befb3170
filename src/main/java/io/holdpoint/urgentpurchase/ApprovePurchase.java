package io.holdpoint.urgentpurchase;

import io.holdpoint.engine.Outcome;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.hold.Release;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Approves and confirms the purchase order in Odoo, in one transaction there. */
@Component
class ApprovePurchase implements JavaDelegate {

    private static final String LINE_DOWN =
            "Bought at once by Holdpoint, because production stands still. To be approved by the next working day.";

    private final Release release;
    private final LateApproval approval;

    ApprovePurchase(Release release, LateApproval approval) {
        this.release = release;
        this.approval = approval;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var isOwed = approval.isOwed(execution.getProcessInstanceId());
        release.carryOut(
                        execution,
                        new OdooStep.Change("release"),
                        words -> isOwed ? LINE_DOWN : "Approved by Holdpoint. " + words)
                .ifPresent(answer -> Outcome.set(execution, "released"));
    }
}
