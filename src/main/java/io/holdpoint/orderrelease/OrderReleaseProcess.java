package io.holdpoint.orderrelease;

import io.holdpoint.engine.ProcessVariable;

/** The names this package and processes/order-release.bpmn have in common. */
final class OrderReleaseProcess {

    static final String KEY = "order-release";
    static final String MODEL = "sale.order";

    static final String ORDER_CHANGED = "order-release.orderChanged";
    static final String RELEASE_REQUESTED_AGAIN = "order-release.releaseRequestedAgain";

    static final String ORDER_GONE = "orderGone";
    static final String ODOO_REFUSED = "odooRefused";

    /** What Odoo says of the order: open, released or gone. */
    static final ProcessVariable<String> ORDER_STATE = ProcessVariable.of("orderState", String.class);

    /** Whether Odoo found another order than the one decided on, and did nothing. */
    static final ProcessVariable<Boolean> CHANGED_MEANWHILE = ProcessVariable.of("changedMeanwhile", Boolean.class);

    private OrderReleaseProcess() {}
}
