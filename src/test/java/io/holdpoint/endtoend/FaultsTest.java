package io.holdpoint.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.demo.DemoOdooServer;
import io.holdpoint.endtoend.FaultyOdoo.Fault;
import io.holdpoint.endtoend.Workload.Fate;
import io.holdpoint.odoo.DocumentRef;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes on one PostgreSQL, with an Odoo that fails in every way it can, a database whose connections break at
 * commits, webhooks that get lost, and a node that is killed. What happened in Odoo is counted there: once for each
 * document, or not at all where it was rejected.
 *
 * <p>The system properties {@code faults.documents} (for each workflow) and {@code faults.seed} make the long form.
 */
@Tag("faults")
class FaultsTest {

    private static final int DOCUMENTS = Integer.getInteger("faults.documents", 15);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    /** Of all calls to Odoo, those that something happens to. */
    private static final double ODOO_FAILS = 0.2;
    /** Of all commits, those whose connection breaks before, and as many after. */
    private static final double COMMIT_BREAKS = 0.002;

    private static final double WEBHOOK_LOST = 0.2;
    private static final String SECRET = "webhook-secret-of-the-fault-runs-1";

    @TempDir
    Path folder;

    private final Random chance = new Random(SEED);
    private final DemoOdoo odoo = DemoOdoo.empty(Clock.systemUTC());
    private final AtomicReference<List<URI>> receivers = new AtomicReference<>(List.of());
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger untold = new AtomicInteger();
    private EmbeddedPostgres postgres;
    private FaultyDatabase database;
    private DemoOdooServer server;
    private FaultyOdoo road;
    private Holdpoint first;
    private Holdpoint second;
    private People people;
    /** The last third of a minute that was told of. */
    private long reported;

    private @Nullable CompletableFuture<Void> restarted;

    @BeforeEach
    void begin() throws Exception {
        postgres = EmbeddedPostgres.builder().setServerConfig("jit", "off").start();
        database = new FaultyDatabase(postgres.getPort());
        server = new DemoOdooServer(odoo, this::receiver);
        road = new FaultyOdoo(server.url());
        first = node("first");
        second = node("second");
        first.start();
        second.start();
        people = new People(List.of(first, second), postgres.getPostgresDatabase());
        people.employ();
        receivers.set(List.of(webhooks(first), webhooks(second)));
    }

    @AfterEach
    void end() throws Exception {
        first.close();
        second.close();
        road.close();
        server.close();
        database.close();
        postgres.close();
    }

    private Holdpoint node(String name) throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var settings = new TreeMap<>(Map.of(
                "ODOO_DB", "demo",
                "ODOO_TRANSPORT", "jsonrpc",
                "ODOO_READTIMEOUT", "PT3S",
                "HOLDPOINT_INTAKE_SWEEPEVERY", "PT5S",
                "SPRING_PROFILES_ACTIVE", "postgres",
                "SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:" + database.port() + "/postgres",
                "SPRING_DATASOURCE_USERNAME", "postgres"));
        return new Holdpoint(Files.createDirectory(folder.resolve(name)), port, road.url(), SECRET, settings);
    }

    private static URI webhooks(Holdpoint node) {
        return URI.create(node.url() + "/api/odoo/webhooks/" + SECRET);
    }

    private Optional<URI> receiver() {
        var nodes = receivers.get();
        if (nodes.isEmpty() || chance.nextDouble() < WEBHOOK_LOST) {
            untold.incrementAndGet();
            return Optional.empty();
        }
        told.incrementAndGet();
        return Optional.of(nodes.get(chance.nextInt(nodes.size())));
    }

    @Test
    void whatever_fails_each_document_is_dealt_with_once() throws Exception {
        System.out.printf("Faults: seed %d, %d documents of each workflow%n", SEED, DOCUMENTS);
        var workloads = List.of(new Workload.OrderReleases(odoo), new Workload.Returns(odoo));
        var fates = new LinkedHashMap<DocumentRef, Fate>();
        var owners = new LinkedHashMap<DocumentRef, Workload>();
        for (var i = 0; i < DOCUMENTS; i++) {
            for (var workload : workloads) {
                var fate = Fate.values()[i % Fate.values().length];
                var document = workload.prepare(fate);
                fates.put(document, fate);
                owners.put(document, workload);
            }
        }
        begins();

        var waiting = new ArrayDeque<>(fates.keySet());
        var begun = Instant.now();
        await("all is dealt with; seed " + SEED)
                .atMost(Duration.ofMinutes(5).plusSeconds(2L * fates.size()))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    for (var some = 0; some < 10 && !waiting.isEmpty(); some++) {
                        var document = waiting.remove();
                        owners.get(document).request(document);
                    }
                    killOnce(fates.size());
                    round(owners, fates);
                    progress(begun, fates.size());
                    return waiting.isEmpty() && openCases() == 0;
                });
        ends();
        assertThat(restarted).as("a node was killed").isNotNull();
        restarted.get(3, TimeUnit.MINUTES);

        var problems = new ArrayList<String>();
        fates.forEach((document, fate) -> {
            var workload = owners.get(document);
            workload.expected(fate).forEach((effect, times) -> {
                if (server.effects(effect, document) != times) {
                    problems.add(workload.workflow() + " " + document + ", " + fate + ": " + effect + " happened "
                            + server.effects(effect, document) + " times");
                }
            });
        });
        report(owners, fates, Duration.between(begun, Instant.now()));
        assertThat(problems).as("seed %d", SEED).isEmpty();
        assertThat(first.list("/engine-rest/incident")).as("seed %d", SEED).isEmpty();
        assertThat(count("select count(*) from (select document from hp_case group by document having count(*) > 1) d"))
                .as("documents with two cases, seed %d", SEED)
                .isZero();
        assertThat(count("select count(*) from hp_event where finished_at is null"))
                .as("events that wait, seed %d", SEED)
                .isZero();
    }

    private void progress(Instant begun, int documents) throws SQLException {
        var third = Duration.between(begun, Instant.now()).toSeconds() / 20;
        if (third > reported) {
            reported = third;
            System.out.printf(
                    "%4d s: %d of %d documents done, %d cases open, %d events wait; %s%n",
                    reported * 20,
                    count("select count(*) from hp_case where closed_at is not null"),
                    documents,
                    openCases(),
                    count("select count(*) from hp_event where finished_at is null"),
                    people.account());
        }
    }

    /** Everybody does what there is to do. */
    private void round(Map<DocumentRef, Workload> owners, Map<DocumentRef, Fate> fates) throws SQLException {
        owners.forEach((document, workload) -> workload.act(document));
        people.work((document, step) -> step.equals("decide")
                ? Map.of(
                        "decision", fates.get(document) == Fate.REJECTED ? "reject" : "release", "reason", "As agreed.")
                : owners.get(document).answer(step));
        people.repair();
    }

    /** When a quarter is done, a node goes as in a power cut, and all connections to the database with it. */
    private void killOnce(int documents) throws SQLException {
        if (restarted == null && count("select count(*) from hp_case where closed_at is not null") > documents / 4) {
            second.kill();
            database.breakAll();
            restarted = CompletableFuture.runAsync(() -> startAgain(second));
        }
    }

    private void begins() {
        road.plan(call -> {
            if (chance.nextDouble() >= ODOO_FAILS) {
                return Fault.NONE;
            }
            var faults = Fault.values();
            var fault = faults[1 + chance.nextInt(faults.length - 1)];
            // A key that has expired stops the whole of Holdpoint, so it is the exception here.
            return fault == Fault.EXPIRED_KEY && chance.nextDouble() < 0.7 ? Fault.CUT_AFTER : fault;
        });
        database.plan(() -> chance.nextDouble() < COMMIT_BREAKS, () -> chance.nextDouble() < COMMIT_BREAKS);
    }

    /** Nothing fails any more, so that what is counted stands still. */
    private void ends() {
        road.plan(call -> Fault.NONE);
        database.plan(() -> false, () -> false);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> count("select count(*) from hp_event where finished_at is null") == 0 && openCases() == 0);
    }

    /** As a supervisor does: again, when the database was away at the start. */
    private static void startAgain(Holdpoint node) {
        for (var attempt = 1; ; attempt++) {
            try {
                node.start();
                return;
            } catch (Exception ended) {
                if (attempt == 5) {
                    throw new IllegalStateException(ended);
                }
            }
        }
    }

    private long openCases() throws SQLException {
        return count("select count(*) from hp_case where closed_at is null");
    }

    private long count(String query) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void report(Map<DocumentRef, Workload> owners, Map<DocumentRef, Fate> fates, Duration took)
            throws SQLException {
        System.out.printf("Took %d s; %s%n", took.toSeconds(), people.account());
        System.out.printf("Calls to Odoo: %s%n", new TreeMap<>(road.played()));
        System.out.printf("Commits broken before: %d, after: %d%n", database.brokenBefore(), database.brokenAfter());
        System.out.printf(
                "Webhooks sent: %d, lost: %d; cases that the sweep opened: %d%n",
                told.get(), untold.get(), count("select count(*) from hp_case where opened_by like '%sweep%'"));
        var table = new TreeMap<String, Integer>();
        fates.forEach((document, fate) -> owners.get(document)
                .expected(fate)
                .forEach((effect, times) -> table.merge(
                        owners.get(document).workflow() + ", " + fate + ", " + effect + " "
                                + server.effects(effect, document) + " of " + times,
                        1,
                        Integer::sum)));
        table.forEach((line, documents) -> System.out.printf("%-70s %d documents%n", line, documents));
    }
}
