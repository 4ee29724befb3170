package io.holdpoint.urgentpurchase;

import static io.holdpoint.urgentpurchase.UrgentPurchaseProcess.APPROVAL_DUE_AT;
import static io.holdpoint.urgentpurchase.UrgentPurchaseProcess.APPROVAL_TO_COME;
import static io.holdpoint.urgentpurchase.UrgentPurchaseProcess.BREACH_TO_NOTE;

import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.engine.calendar.Deadline;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.PurchaseOrder;
import io.holdpoint.odoo.PurchaseOrders;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Was it bought while a line stood still, and not approved since? Then policy says by when it is to be, counted from
 * the purchase: whatever held this case up since then does not make the deadline a later one.
 */
@Component
class SetApprovalDeadline implements JavaDelegate {

    private final PurchaseOrders orders;
    private final LateApproval approval;
    private final CaseFacts caseFacts;
    private final Rulings rulings;
    private final Calendars calendars;
    private final OdooStep odoo;
    private final Clock clock;

    SetApprovalDeadline(
            PurchaseOrders orders,
            LateApproval approval,
            CaseFacts caseFacts,
            Rulings rulings,
            Calendars calendars,
            OdooStep odoo,
            Clock clock) {
        this.orders = orders;
        this.approval = approval;
        this.caseFacts = caseFacts;
        this.rulings = rulings;
        this.calendars = calendars;
        this.odoo = odoo;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var refused = approval.breach(caseId, LateApproval.NOT_APPROVED).isPresent();
        var owed = approval.isOwed(caseId) && !approval.isGiven(caseId);
        APPROVAL_TO_COME.set(execution, owed && !refused);
        BREACH_TO_NOTE.set(execution, owed && refused && !approval.isNotedAsNotGiven(caseId));
        if (owed && !refused) {
            var facts = caseFacts.latest(caseId).orElseThrow().inputs();
            APPROVAL_DUE_AT.set(
                    execution,
                    Deadline.inWorkingTime(
                            calendars.of(facts), boughtAt(execution), within(execution, facts), "approveWithin"));
        }
    }

    private Instant boughtAt(DelegateExecution execution) {
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        return odoo.call(execution, () -> orders.find(document.id()))
                .map(PurchaseOrder::approvedAt)
                .orElseGet(clock::instant);
    }

    private String within(DelegateExecution execution, Map<String, Object> facts) {
        return rulings.askAgain(
                        execution.getProcessInstanceId(),
                        DocumentRef.parse(execution.getProcessBusinessKey()),
                        execution.getCurrentActivityId(),
                        "urgent-purchase.after-the-fact",
                        facts)
                .map(ruling -> String.valueOf(ruling.get("approveWithin")))
                .orElse("P1D");
    }
}
