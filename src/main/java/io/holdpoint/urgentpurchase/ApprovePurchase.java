package io.holdpoint.urgentpurchase;

import io.holdpoint.engine.Outcome;
import io.holdpoint.hold.Release;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Approves and confirms the purchase order in Odoo, in one transaction there. */
@Component
class ApprovePurchase implements JavaDelegate {

    private final Release release;

    ApprovePurchase(Release release) {
        this.release = release;
    }

    @Override
    public void execute(DelegateExecution execution) {
        release.carryOut(execution, "release", "Approved by Holdpoint.", Map.of())
                .ifPresent(answer -> Outcome.set(execution, "released"));
    }
}
