package io.holdpoint.orderrelease;

/** The names this package and processes/order-release.bpmn have in common. */
final class OrderReleaseProcess {

    static final String KEY = "order-release";
    static final String MODEL = "sale.order";

    static final String ORDER_CHANGED = "order-release.orderChanged";
    static final String RELEASE_REQUESTED_AGAIN = "order-release.releaseRequestedAgain";

    private OrderReleaseProcess() {}
}
