package io.holdpoint.returnauthorization;

import io.holdpoint.hold.OdooStep;
import io.holdpoint.odoo.Deliveries;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Looks whether it is said what comes back, how much of it and why. */
@Component
class CheckRequest implements JavaDelegate {

    private final Deliveries deliveries;
    private final ReturnRequests requests;
    private final OdooStep odoo;

    CheckRequest(Deliveries deliveries, ReturnRequests requests, OdooStep odoo) {
        this.deliveries = deliveries;
        this.requests = requests;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var lines = odoo.call(execution, () -> deliveries.find(document.id()))
                .map(delivery -> requests.of(execution.getProcessInstanceId(), delivery))
                .orElseThrow();
        ReturnAuthorizationProcess.REQUEST_COMPLETE.set(
                execution,
                !lines.isEmpty()
                        && lines.stream()
                                .noneMatch(line -> line.reason().isEmpty()
                                        || line.product().isEmpty()));
    }
}
