package io.holdpoint.benchmark;

import io.holdpoint.benchmark.Laboratory.Run;
import io.holdpoint.benchmark.Laboratory.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What an order release costs beside a bare process of the same shape, and how much of it one node does: throughput,
 * transactions, intake, deadlines, memory, and what a long history changes. Read the figures as ratios within one run.
 *
 * <p>Settings, as system properties: {@code benchmark.cases} per round, {@code benchmark.open} cases that wait for
 * people, {@code benchmark.history} numbers of finished cases to compare at.
 */
@Tag("benchmark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CapacityBenchmark {

    private static final int CASES = Integer.getInteger("benchmark.cases", 250);
    private static final int OPEN = Integer.getInteger("benchmark.open", 10_000);
    private static final String HISTORY = System.getProperty("benchmark.history", "100000");
    private static final int WARM_UP = Integer.getInteger("benchmark.warmUp", 16);
    private static final int ROUNDS = 9;
    /** What waits for one role when a day begins. */
    private static final int A_MORNING = 40;

    private static final Duration ANSWER = Duration.ofMillis(20);
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final int PARALLEL_CALLS = 8;

    private Laboratory lab;

    @BeforeAll
    void start() throws Exception {
        lab = new Laboratory();
        for (int i = 0; i < WARM_UP; i++) {
            lab.release(CASES);
            lab.bare(CASES);
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    @Order(1)
    void order_release_beside_a_bare_process() throws Exception {
        var ours = new ArrayList<Run>();
        var bare = new ArrayList<Run>();
        var cost = new Cost(lab.holdpoint());
        var bareCost = new Cost(lab.bare());
        for (int i = 0; i < ROUNDS; i++) {
            ours.add(lab.release(CASES));
            bare.add(lab.bare(CASES));
        }
        print("order release", "%.0f cases/s", median(ours));
        print("bare process of the same shape", "%.0f cases/s", median(bare));
        print("ratio", "%.2f", median(ours) / median(bare));
        processor("order release", ours);
        processor("bare process", bare);
        cost.print("order release", ROUNDS * CASES);
        bareCost.print("bare process", ROUNDS * CASES);
    }

    @Test
    @Order(2)
    void an_odoo_that_takes_its_time() throws Exception {
        lab.odoo().answersAfter(ANSWER);
        var before = lab.odoo().calls();
        var runs = new ArrayList<Run>();
        for (int i = 0; i < ROUNDS; i++) {
            runs.add(lab.release(CASES));
        }
        lab.odoo().answersAfter(Duration.ZERO);
        var callsPerCase = (lab.odoo().calls() - before) / (double) (ROUNDS * CASES);
        var limit = PARALLEL_CALLS / (callsPerCase * ANSWER.toMillis() / 1000.0);
        print("order release, Odoo answers in 20 ms", "%.0f cases/s", median(runs));
        print("calls to Odoo per case", "%.1f", callsPerCase);
        print("limit of 8 calls at once", "%.0f cases/s", limit);
        print("ratio", "%.2f", median(runs) / limit);
    }

    @Test
    @Order(3)
    void events_while_cases_run() throws Exception {
        accept("event accepted while cases run", 2 * CASES);
        lab.odoo().answersAfter(SLOW);
        accept("event accepted while Odoo takes two seconds", 2 * PARALLEL_CALLS);
        lab.odoo().answersAfter(Duration.ZERO);
    }

    private void accept(String name, int runningCases) throws Exception {
        var figures = new Figures(name);
        var cases = Executors.newSingleThreadExecutor();
        try {
            var running = cases.submit(() -> lab.release(runningCases));
            pass(Duration.ofSeconds(3));
            var order = lab.odoo().freeOrder();
            var start = System.nanoTime();
            var events = 4 * CASES;
            Laboratory.together(events, i -> figures.measure(() -> lab.announce(order)));
            var seconds = (System.nanoTime() - start) / 1e9;
            figures.print();
            print("events accepted", "%.0f/s", events / seconds);
            running.get();
        } finally {
            cases.shutdownNow();
        }
    }

    @Test
    @Order(4)
    void cases_that_wait_for_people() throws Exception {
        var sql = lab.holdpoint().sql();
        var before = heap();
        var held = new ArrayList<Run>();
        for (int i = 0; i < OPEN / CASES; i++) {
            held.add(lab.hold(CASES));
        }
        print(OPEN + " held orders opened", "%.0f cases/s", median(held));
        print("heap per 10,000 open cases", "%.1f MiB", (heap() - before) * 10_000 / OPEN);
        list(OPEN + " open");

        var due = "select count(*) from act_ru_job where type_ = 'timer' and handler_cfg_ like 'event_reminderDue%'";
        var reminders = lab.holdpoint().count(due);
        var start = System.nanoTime();
        sql.sql("update act_ru_job set duedate_ = now() at time zone 'UTC' where type_ = 'timer' "
                        + "and handler_cfg_ like 'event_reminderDue%'")
                .update();
        lab.until(() -> lab.holdpoint().count(due) == 0);
        var seconds = (System.nanoTime() - start) / 1e9;
        print(reminders + " timers due at once, the last after", "%.1f s", seconds);
        print("timers", "%.0f/s", reminders / seconds);
    }

    @Test
    @Order(5)
    void a_long_history() throws Exception {
        lab.hold(A_MORNING);
        var history = new LongHistory(lab.holdpoint());
        var empty = round("no more history", history);
        for (var size : HISTORY.split(",")) {
            history.growTo(Integer.parseInt(size));
            print("finished cases in history", "%.0f", (double) history.size());
            print("database", "%.1f GB", history.bytes() / 1e9);
            list(size + " finished");
            var grown = round(size + " finished cases", history);
            print("ratio", "%.2f", grown / empty);
        }
    }

    /** The first run is not counted: after so many rows were written, it reads what it needs from the disk. */
    private double round(String name, LongHistory history) throws Exception {
        lab.release(CASES);
        var before = history.pagesRead();
        var runs = new ArrayList<Run>();
        for (int i = 0; i < ROUNDS; i++) {
            runs.add(lab.release(CASES));
        }
        print("order release, " + name, "%.0f cases/s", median(runs));
        print("pages read per case", "%.1f", (history.pagesRead() - before) / (double) (ROUNDS * CASES));
        return median(runs);
    }

    /** What people look at. */
    private void list(String when) throws Exception {
        var tasks = new Figures("task list, first page, " + when);
        var page = new Figures("case page, " + when);
        var document = lab.lastDocument();
        if (!lab.taskList("sam").contains("userTask_decideHold")) {
            throw new IllegalStateException("The task list is empty; what it takes would say nothing.");
        }
        for (int i = 0; i < 150; i++) {
            lab.taskList("sam");
        }
        for (int i = 0; i < 50; i++) {
            tasks.measure(() -> lab.taskList("sam"));
            page.measure(() -> lab.get("/api/cases/" + document, "audrey"));
        }
        tasks.print();
        page.print();
    }

    /** Transactions and statements since it was made. */
    private static final class Cost {

        private final Side side;
        private final long commits;
        private final Map<String, Long> statements;

        Cost(Side side) {
            this.side = side;
            this.commits = side.commits();
            this.statements = Map.copyOf(side.statements());
        }

        void print(String name, int cases) {
            var kinds = new TreeMap<String, Double>();
            side.statements()
                    .forEach((kind, times) ->
                            kinds.put(kind, (times - statements.getOrDefault(kind, 0L)) / (double) cases));
            kinds.values().removeIf(times -> times < 0.05);
            CapacityBenchmark.print(
                    name + ", transactions per case", "%.1f", (side.commits() - commits) / (double) cases);
            CapacityBenchmark.print(
                    name + ", statements per case",
                    "%.1f",
                    kinds.values().stream().mapToDouble(times -> times).sum());
            kinds.forEach((kind, times) -> System.out.printf("    %-48s %.1f%n", kind, times));
        }
    }

    private static double median(Iterable<Run> runs) {
        var speeds = new ArrayList<Double>();
        runs.forEach(run -> speeds.add(run.perSecond()));
        System.out.printf(
                "    rounds: %s%n",
                speeds.stream().map(speed -> "%.0f".formatted(speed)).toList());
        var sorted = speeds.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** What a case costs the two processors, whatever else waits. */
    private static void processor(String name, List<Run> runs) {
        print(name + ", processor time of Java per case", "%.1f ms", perCase(runs, Run::java));
        print(name + ", processor time of PostgreSQL per case", "%.1f ms", perCase(runs, Run::postgres));
    }

    private static double perCase(List<Run> runs, Function<Run, Duration> used) {
        var cases = runs.stream().mapToInt(Run::cases).sum();
        return runs.stream().map(used).mapToLong(Duration::toNanos).sum() / 1e6 / cases;
    }

    private static double heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / (1024.0 * 1024);
    }

    private static void pass(Duration time) {
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void print(String name, String format, double figure) {
        System.out.printf("%-52s " + format + "%n", name, figure);
    }
}
