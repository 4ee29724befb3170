package io.holdpoint.odoo;

import io.holdpoint.demo.DemoOdoo;
import java.time.Clock;

/** The Odoo in memory keeps the contract on stock. */
class DemoStockContractTest extends StockContractTest {

    private final DemoOdoo demo = DemoOdoo.empty(Clock.systemUTC());

    @Override
    protected OdooTransport admin() {
        return demo.as("admin");
    }

    @Override
    protected OdooTransport technical() {
        return demo;
    }
}
