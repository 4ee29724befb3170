package io.holdpoint.qualityescalation;

import io.holdpoint.engine.Outcome;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Shows in Odoo that nothing is left to do about the defect. */
@Component
class CloseCase implements JavaDelegate {

    private final ShowInOdoo show;

    CloseCase(ShowInOdoo show) {
        this.show = show;
    }

    @Override
    public void execute(DelegateExecution execution) {
        show.state(execution, "closed", "end", "settled", "The quality case is closed.");
        Outcome.set(execution, "settled");
    }
}
