package io.holdpoint.orderrelease;

import io.holdpoint.engine.Outcome;
import io.holdpoint.hold.Release;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Releases and confirms the order in Odoo, in one transaction there. */
@Component
class ConfirmOrder implements JavaDelegate {

    private final Release release;

    ConfirmOrder(Release release) {
        this.release = release;
    }

    @Override
    public void execute(DelegateExecution execution) {
        release.carryOut(execution, "release", "Released by Holdpoint.", Map.of())
                .ifPresent(answer -> Outcome.set(execution, "released"));
    }
}
