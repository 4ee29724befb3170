package io.holdpoint.odoo;

import java.util.Objects;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Holdpoint's own calls go over JSON-2 with an API key, which only the Odoo shell can make: see
 * {@code .ci/real-odoo-keys}.
 */
@EnabledIfEnvironmentVariable(named = "HOLDPOINT_ODOO_API_KEY", matches = ".+")
class Json2ContractTest extends RealOdooContractTest {

    @Override
    protected OdooTransport technical() {
        var key = Secret.of(Objects.requireNonNull(System.getenv("HOLDPOINT_ODOO_API_KEY")));
        return connection(properties(OdooProperties.Transport.JSON2, "holdpoint", key, null));
    }
}
