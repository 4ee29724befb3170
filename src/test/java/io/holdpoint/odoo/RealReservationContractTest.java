package io.holdpoint.odoo;

import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real Odoo on which {@code odoo-setup} was run keeps it too. */
@Tag("real-odoo")
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
class RealReservationContractTest extends ReservationContractTest {

    @Override
    protected OdooTransport admin() {
        return new OdooConnection(RealOdooContractTest.properties(
                OdooProperties.Transport.JSONRPC,
                Objects.requireNonNull(System.getenv("ODOO_LOGIN")),
                null,
                System.getenv("ODOO_PASSWORD")));
    }

    @Override
    protected OdooTransport technical() {
        return new OdooConnection(RealOdooContractTest.properties(
                OdooProperties.Transport.JSONRPC, "holdpoint", null, RealOdooContractTest.PASSWORD));
    }
}
