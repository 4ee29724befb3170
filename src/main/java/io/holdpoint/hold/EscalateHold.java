package io.holdpoint.hold;

import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Notes that a hold was not answered in time; the table then names the next authority. */
@Component
class EscalateHold implements JavaDelegate {

    private final Holds holds;
    private final Authority authority;

    EscalateHold(Holds holds, Authority authority) {
        this.holds = holds;
        this.authority = authority;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var hold = holds.askedBy(execution.getProcessInstanceId())
                .orElseThrow(() -> new IllegalStateException("This instance asks about no hold."));
        var mandate = authority
                .current(hold)
                .orElseThrow(() -> new IllegalStateException("Nobody was asked about this hold."));
        authority.escalated(
                hold, DocumentRef.parse(execution.getProcessBusinessKey()), mandate, execution.getCurrentActivityId());
    }
}
