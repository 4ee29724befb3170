package io.holdpoint.returnauthorization;

import io.holdpoint.followup.FollowUps;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Looks where the return stands, in Odoo and on our own record; so a case that was interrupted goes on where it was.
 */
@Component
class ReadReturn implements JavaDelegate {

    private final ReturnedGoods returned;
    private final FollowUps followUps;
    private final OdooStep odoo;

    ReadReturn(ReturnedGoods returned, FollowUps followUps, OdooStep odoo) {
        this.returned = returned;
        this.followUps = followUps;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var came = odoo.call(execution, () -> returned.of(caseId, document));
        ReturnAuthorizationProcess.RETURN_STATE.set(
                execution,
                came.transfer()
                        .map(transfer -> switch (transfer.state()) {
                            case "done" -> "received";
                            case "cancel" -> "cancelled";
                            default -> "underWay";
                        })
                        .orElse("refundOnly"));
        if (came.transfer()
                .filter(transfer -> transfer.state().equals("cancel"))
                .isPresent()) {
            execution.setVariable("withdrawnBecause", "the return transfer was cancelled in Odoo");
        }
        ReturnAuthorizationProcess.INSPECTED.set(
                execution,
                followUps
                        .latest(caseId, ReturnAuthorizationProcess.INSPECT_GOODS)
                        .isPresent());
        var refund = followUps.latest(caseId, ReturnAuthorizationProcess.APPROVE_REFUND);
        ReturnAuthorizationProcess.REFUND_DECIDED.set(execution, refund.isPresent());
        refund.ifPresent(done ->
                execution.setVariable("answer", String.valueOf(done.content().get("answer"))));
    }
}
