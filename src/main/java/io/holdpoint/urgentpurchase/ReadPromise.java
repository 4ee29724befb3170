package io.holdpoint.urgentpurchase;

import static io.holdpoint.urgentpurchase.UrgentPurchaseProcess.FOLLOW_UP_STEP;
import static io.holdpoint.urgentpurchase.UrgentPurchaseProcess.LOOK_AT;
import static io.holdpoint.urgentpurchase.UrgentPurchaseProcess.PROMISE_STATE;

import io.holdpoint.engine.Outcome;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.odoo.DocumentRef;
import java.util.Date;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Says whether somebody has to act for the delivery, or when to look again. */
@Component
class ReadPromise implements JavaDelegate {

    private final Promise promise;
    private final OdooStep odoo;

    ReadPromise(Promise promise, OdooStep odoo) {
        this.promise = promise;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var look = odoo.call(
                execution,
                () -> promise.look(execution.getProcessInstanceId(), document, execution.getCurrentActivityId()));
        PROMISE_STATE.set(execution, look.state());
        LOOK_AT.set(execution, Date.from(look.lookAt()));
        FOLLOW_UP_STEP.set(execution, look.step() == null ? "" : look.step());
        if (Set.of("received", "cancelled").contains(look.state())) {
            Outcome.set(execution, look.state());
        }
    }
}
