package io.holdpoint.endtoend;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** With a real Odoo, which is set up here. */
@Tag("real-odoo")
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
class RealOdooFaultsTest extends FaultRun {

    @Override
    Office office(Supplier<Optional<URI>> receiver) throws IOException {
        return new RealOffice(receiver);
    }
}
