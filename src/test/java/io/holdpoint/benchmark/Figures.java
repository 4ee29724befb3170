package io.holdpoint.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/** Durations of one kind of thing, and what to say about them. */
final class Figures {

    private final String name;
    private final List<Duration> measured = Collections.synchronizedList(new ArrayList<>());

    Figures(String name) {
        this.name = name;
    }

    <T> T measure(Callable<T> work) throws Exception {
        var start = System.nanoTime();
        var result = work.call();
        measured.add(Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    void add(Duration duration) {
        measured.add(duration);
    }

    void addAll(Figures others) {
        measured.addAll(others.measured);
    }

    /** The smallest duration that at least this share of all do not exceed, in milliseconds. */
    double percentile(double share) {
        var sorted = measured.stream().sorted().toList();
        var rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1).toNanos() / 1e6;
    }

    double median() {
        return percentile(0.5);
    }

    void print() {
        System.out.printf(
                "%-44s n=%-5d p50 %8.1f ms   p95 %8.1f ms   p99 %8.1f ms   max %8.1f ms%n",
                name, measured.size(), median(), percentile(0.95), percentile(0.99), percentile(1));
    }
}
