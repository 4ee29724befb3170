package io.holdpoint.odoo;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real Odoo on which {@code odoo-setup} was run keeps it too. */
@Tag("real-odoo")
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
class RealReservationContractTest extends ReservationContractTest {

    @Override
    protected OdooTransport admin() {
        return RealOdooContractTest.administrator();
    }

    @Override
    protected OdooTransport technical() {
        return RealOdooContractTest.technicalUser();
    }
}
