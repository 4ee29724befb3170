package io.holdpoint.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the settings of job executor, connection pool, driver and history are worth: order releases with the delivered
 * settings beside the same with others, in turn, with an Odoo that answers at once and one that takes 20 ms.
 */
@Tag("benchmark")
class SettingsBenchmark {

    private static final int CASES = Integer.getInteger("benchmark.cases", 150);
    private static final int WARM_UP = Integer.getInteger("benchmark.warmUp", 12);
    private static final int ROUNDS = 5;
    private static final Duration ANSWER = Duration.ofMillis(20);

    private static final String EXECUTION = "--camunda.bpm.job-execution.";
    private static final String POOL = "--spring.datasource.hikari.";
    private static final String HISTORY = "--camunda.bpm.generic-properties.properties.history-removal-time-strategy=";

    private static Map<String, List<String>> others() {
        var others = new LinkedHashMap<String, List<String>>();
        others.put("the same once more", List.of());
        others.put(
                "the starter's executor: 3 to 10 threads, queue 3, 3 per acquisition",
                List.of(
                        EXECUTION + "core-pool-size=3",
                        EXECUTION + "max-pool-size=10",
                        EXECUTION + "queue-capacity=3",
                        EXECUTION + "max-jobs-per-acquisition=3"));
        others.put("4 threads", List.of(EXECUTION + "core-pool-size=4", EXECUTION + "max-pool-size=4"));
        others.put(
                "16 threads, queue 32, 16 per acquisition, 16 calls at once",
                List.of(
                        EXECUTION + "core-pool-size=16",
                        EXECUTION + "max-pool-size=16",
                        EXECUTION + "queue-capacity=32",
                        EXECUTION + "max-jobs-per-acquisition=16",
                        POOL + "maximum-pool-size=32",
                        "--odoo.parallel-calls=16"));
        others.put("10 connections", List.of(POOL + "maximum-pool-size=10"));
        others.put(
                "the driver's own settings: inserts one by one, statements planned anew, compiled",
                List.of(
                        POOL + "data-source-properties.reWriteBatchedInserts=false",
                        POOL + "data-source-properties.options="));
        others.put("removal time set at the end", List.of(HISTORY + "end"));
        others.put("history without decisions and operations (audit)", List.of("--camunda.bpm.history-level=audit"));
        return others;
    }

    @Test
    void delivered_settings_beside_others() throws Exception {
        try (var delivered = new Laboratory()) {
            for (int i = 0; i < WARM_UP; i++) {
                delivered.release(CASES);
            }
            for (var other : others().entrySet()) {
                System.out.println(other.getKey());
                try (var lab = new Laboratory(other.getValue().toArray(String[]::new))) {
                    lab.release(CASES);
                    compare("Odoo answers at once", Duration.ZERO, delivered, lab);
                    compare("Odoo answers in 20 ms", ANSWER, delivered, lab);
                }
            }
        }
    }

    private static void compare(String how, Duration answer, Laboratory delivered, Laboratory other) throws Exception {
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        delivered.odoo().answersAfter(answer);
        other.odoo().answersAfter(answer);
        for (int i = 0; i < ROUNDS; i++) {
            ours.add(delivered.release(CASES).perSecond());
            theirs.add(other.release(CASES).perSecond());
        }
        System.out.printf(
                "    %-24s %5.0f cases/s beside %5.0f delivered: %.2f%n",
                how, median(theirs), median(ours), median(theirs) / median(ours));
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }
}
