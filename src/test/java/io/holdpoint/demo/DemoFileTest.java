package io.holdpoint.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.odoo.OdooCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFileTest {

    @TempDir
    Path folder;

    private DemoFile file;

    @BeforeEach
    void place() {
        file = new DemoFile(folder.resolve("data").resolve("demo-odoo.json"));
    }

    @Test
    void records_are_the_same_after_a_restart() {
        var before = DemoOdoo.seeded(Clock.systemUTC());
        before.onCommit(changes -> file.write(before.snapshot()));
        before.firstRequests().forEach(request -> request.accept(before));

        var after = DemoOdoo.restored(Clock.systemUTC(), file.read().orElseThrow());

        for (var model : List.of("sale.order", "sale.order.line", "res.partner", "account.move", "product.product")) {
            assertThat(all(after, model)).as(model).isEqualTo(all(before, model));
        }
        assertThat(after.firstRequests()).isEmpty();
    }

    @Test
    void the_id_of_a_deleted_order_is_not_given_to_another() {
        var before = DemoOdoo.empty(Clock.systemUTC());
        before.onCommit(changes -> file.write(before.snapshot()));
        var deleted = before.data().goodOrder();
        before.as("anna").call(new OdooCall("sale.order", "unlink", List.of(deleted), Map.of(), Map.of()));

        var after = DemoOdoo.restored(Clock.systemUTC(), file.read().orElseThrow());

        assertThat(after.data().goodOrder()).isGreaterThan(deleted);
    }

    @Test
    void a_spoilt_file_counts_as_none() throws IOException {
        file.write(DemoOdoo.empty(Clock.systemUTC()).snapshot());
        assertThat(file.read()).isPresent();

        Files.writeString(folder.resolve("data").resolve("demo-odoo.json"), "{\"lastIds\":");

        assertThat(file.read()).isEmpty();
    }

    private static String all(DemoOdoo odoo, String model) {
        return odoo.as("admin")
                .call(new OdooCall(model, "search_read", List.of(), Map.of("domain", List.of()), Map.of()))
                .toString();
    }
}
