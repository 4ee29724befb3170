package io.holdpoint.odoo;

import io.holdpoint.demo.DemoOdoo;
import java.time.Clock;

/** The Odoo in memory keeps the contract on quality. */
class DemoQualityContractTest extends QualityContractTest {

    private final DemoOdoo demo = DemoOdoo.empty(Clock.systemUTC());

    @Override
    protected OdooTransport admin() {
        return demo.as("admin");
    }

    @Override
    protected OdooTransport technical() {
        return demo;
    }

    @Override
    protected void whileGuardsAreOff(Runnable work) {
        demo.faults().switchGuards(false);
        work.run();
        demo.faults().switchGuards(true);
    }
}
