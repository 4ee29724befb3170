package io.holdpoint.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real Odoo on which {@code odoo-setup} was run keeps it too. */
@Tag("real-odoo")
@EnabledIfEnvironmentVariable(named = "ODOO_URL", matches = ".+")
class RealQualityContractTest extends QualityContractTest {

    @Override
    protected OdooTransport admin() {
        return RealOdooContractTest.administrator();
    }

    @Override
    protected OdooTransport technical() {
        return RealOdooContractTest.technicalUser();
    }

    /** An administrator takes them out of force, and the setup puts them right afterwards. */
    @Override
    protected void whileGuardsAreOff(Runnable work) {
        var fields = odoo
                .searchRead(
                        "ir.model.data",
                        List.of(
                                List.of("module", "=", Odoo.MODULE),
                                List.of(
                                        "name",
                                        "in",
                                        List.of(
                                                "quality_move_guard_field",
                                                "quality_move_guard_second_field",
                                                "quality_stock_guard_field",
                                                "quality_stock_guard_second_field"))),
                        List.of("res_id"),
                        "id",
                        0)
                .stream()
                .map(entry -> entry.path("res_id").asLong())
                .toList();
        assertThat(fields).hasSize(4);
        try {
            odoo.write("ir.model.fields", fields, Map.of("compute", false, "depends", false));
            work.run();
        } finally {
            RealOdooContractTest.setup(odoo, new ArrayList<>());
        }
    }
}
