package io.holdpoint.odoo;

import io.holdpoint.demo.DemoOdoo;
import java.time.Clock;

/** The Odoo in memory keeps the contract on purchases. */
class DemoPurchaseContractTest extends PurchaseContractTest {

    private final DemoOdoo demo = DemoOdoo.empty(Clock.systemUTC());

    @Override
    protected OdooTransport admin() {
        return demo.as("admin");
    }

    @Override
    protected OdooTransport buyer() {
        return demo.as("bea");
    }

    @Override
    protected OdooTransport otherBuyer() {
        return demo.as("carl");
    }

    @Override
    protected OdooTransport technical() {
        return demo;
    }
}
