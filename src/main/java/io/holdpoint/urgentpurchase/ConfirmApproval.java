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

    ConfirmApproval(Release release) {
        this.release = release;
    }

    @Override
    public void execute(DelegateExecution execution) {
        release.carryOut(execution, OPERATION, "Approved after the fact.", Map.of());
    }
}
