package io.holdpoint.urgentpurchase;

import io.holdpoint.engine.ProcessVariable;
import java.util.Date;

/** The names this package and processes/urgent-purchase.bpmn have in common. */
final class UrgentPurchaseProcess {

    static final String KEY = "urgent-purchase";
    static final String MODEL = "purchase.order";

    static final String PURCHASE_CHANGED = "urgent-purchase.purchaseChanged";
    static final String APPROVAL_REQUESTED_AGAIN = "urgent-purchase.approvalRequestedAgain";

    /** Whether what was bought while a line stood still is still to be approved. */
    static final ProcessVariable<Boolean> APPROVAL_TO_COME = ProcessVariable.of("approvalToCome", Boolean.class);

    /** When that approval is late. */
    static final ProcessVariable<Date> APPROVAL_DUE_AT = ProcessVariable.of("approvalDueAt", Date.class);

    /** Whether that approval was refused and Odoo does not know it yet. */
    static final ProcessVariable<Boolean> BREACH_TO_NOTE = ProcessVariable.of("breachToNote", Boolean.class);

    /** received, cancelled, waiting or followUp. */
    static final ProcessVariable<String> PROMISE_STATE = ProcessVariable.of("promiseState", String.class);

    static final ProcessVariable<String> FOLLOW_UP_STEP = ProcessVariable.of("followUpStep", String.class);

    /** When to look at the promise again, whatever happens until then. */
    static final ProcessVariable<Date> LOOK_AT = ProcessVariable.of("lookAt", Date.class);

    private UrgentPurchaseProcess() {}
}
