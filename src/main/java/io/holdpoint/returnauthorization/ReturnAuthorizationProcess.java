package io.holdpoint.returnauthorization;

import io.holdpoint.engine.ProcessVariable;

/** The names this package and processes/return-authorization.bpmn have in common. */
final class ReturnAuthorizationProcess {

    static final String KEY = "return-authorization";
    static final String MODEL = "stock.picking";

    static final String DELIVERY_CHANGED = "return-authorization.deliveryChanged";
    static final String RETURN_REQUESTED_AGAIN = "return-authorization.returnRequestedAgain";

    static final String COMPLETE_REQUEST = "completeRequest";
    static final String INSPECT_GOODS = "inspectGoods";
    static final String APPROVE_REFUND = "approveRefund";
    static final String CLAIM_FROM_VENDOR = "claimFromVendor";

    /** Whether it is said what comes back, how much of it and why. */
    static final ProcessVariable<Boolean> REQUEST_COMPLETE = ProcessVariable.of("requestComplete", Boolean.class);

    /** What the table way says: return or refundOnly. */
    static final ProcessVariable<String> WAY = ProcessVariable.of("way", String.class);

    /** Where the return transfer stands: underWay, received, cancelled, or refundOnly where there is none. */
    static final ProcessVariable<String> RETURN_STATE = ProcessVariable.of("returnState", String.class);

    static final ProcessVariable<Boolean> INSPECTED = ProcessVariable.of("inspected", Boolean.class);
    static final ProcessVariable<Boolean> REFUND_DECIDED = ProcessVariable.of("refundDecided", Boolean.class);
    static final ProcessVariable<Boolean> CLAIM = ProcessVariable.of("claim", Boolean.class);
    static final ProcessVariable<String> VALID_FOR = ProcessVariable.of("validFor", String.class);
    static final ProcessVariable<String> REMIND_AFTER = ProcessVariable.of("remindAfter", String.class);

    private ReturnAuthorizationProcess() {}
}
