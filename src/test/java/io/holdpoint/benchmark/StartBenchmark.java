package io.holdpoint.benchmark;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the packaged application takes to start with the demo Odoo, and what it holds when it has nothing to do. */
@Tag("benchmark")
class StartBenchmark {

    private static final int STARTS = 5;

    /** The demo, whatever Odoo the other benchmarks are pointed at. */
    private static final Map<String, String> DEMO = Map.of("ODOO_URL", "");

    @Test
    void starts_and_idles(@TempDir Path folder) throws Exception {
        try (var first = PackagedApplication.start(folder, DEMO)) {
            System.out.printf(
                    "%-44s %8.1f s%n",
                    "first start, with an empty database", first.startUp().toMillis() / 1e3);
        }
        var later = new Figures("start with its database there");
        for (int i = 0; i < STARTS; i++) {
            try (var application = PackagedApplication.start(folder, DEMO)) {
                later.add(application.startUp());
                if (i == STARTS - 1) {
                    System.out.printf("%-44s %8.1f MiB%n", "heap in use when idle", application.heap());
                    System.out.printf("%-44s %8.1f MiB%n", "resident memory when idle", application.residentMemory());
                }
            }
        }
        later.print();
    }
}
