package io.holdpoint.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdpoint.endtoend.OdooProxy.Fault;
import io.holdpoint.endtoend.Workload.Fate;
import io.holdpoint.odoo.DocumentRef;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes on one PostgreSQL, with an Odoo that fails in every way it can, a database whose connections break at
 * commits and elsewhere and which restarts, webhooks that get lost, and a node whose clock is ahead and that is killed
 * in the middle of commands. What happened in Odoo is counted there: once for each document, or not at all where it was
 * rejected.
 *
 * <p>The system properties {@code faults.documents} (of all workflows together) and {@code faults.seed} make the long
 * form.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class FaultRun {

    private static final int SHORT_FORM = 24;
    static final int DOCUMENTS = Integer.getInteger("faults.documents", SHORT_FORM);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    /** Of all calls that change something in Odoo, those that something happens to. */
    private static final double COMMANDS_FAIL = 0.4;
    /** The same of those that read: a step reads several times. */
    private static final double READS_FAIL = 0.1;
    /** Of all commits, those whose connection breaks before or after; a tenth of that elsewhere. */
    private static final double COMMITS_BREAK = 0.01;
    /** Of all documents, those that are to be done with before things go well again. */
    private static final double UNTIL = DOCUMENTS > SHORT_FORM ? 0.9 : 0.75;

    /** Documents that are done with from one disaster to the next. */
    private static final int DISASTER_EVERY = DOCUMENTS / 6;

    private static final Duration DATABASE_AWAY = Duration.ofSeconds(4);
    /** Longer than a node keeps its jobs: the other one takes each of them for one of a dead node at once. */
    private static final Duration CLOCK_AHEAD = Duration.ofSeconds(30);

    private static final String AHEAD_OF_TIME = "select count(*) from act_hi_actinst"
            + " where start_time_ > now() at time zone 'utc' + interval '%d s'".formatted(CLOCK_AHEAD.toSeconds() / 2);
    private static final double WEBHOOK_LOST = 0.25;
    private static final String SECRET = "webhook-secret-of-the-fault-runs-1";

    private final Random chance = new Random(SEED);
    private final AtomicReference<List<URI>> receivers = new AtomicReference<>(List.of());
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger untold = new AtomicInteger();
    private EmbeddedPostgres postgres;
    private Office office;
    private List<Workload> workloads;
    private Node first;
    private Node second;
    private People people;
    /** What happens to the machines, each at a share of the documents that are done with. */
    private final Queue<Runnable> disasters = new ArrayDeque<>();

    private int disastersInAll;
    private CompletableFuture<Void> restarted = CompletableFuture.completedFuture(null);
    /** The last third of a minute that was told of. */
    private long reported;
    /** Whether another version of a model is the newest meanwhile. */
    private volatile boolean updated;
    /** Steps that were seen to begin in the future. */
    private long fromAhead;

    /** @param receiver where webhooks go; asked for each, and empty where one is to be lost */
    abstract Office office(Supplier<Optional<URI>> receiver) throws Exception;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        postgres = EmbeddedPostgres.builder().setServerConfig("jit", "off").start();
        office = office(this::receiver);
        workloads = List.of(
                new Workload.OrderReleases(office),
                new Workload.UrgentPurchases(office),
                new Workload.Returns(office),
                new Workload.QualityEscalations(office));
        first = node(Files.createDirectory(folder.resolve("first")), Duration.ZERO);
        second = node(Files.createDirectory(folder.resolve("second")), CLOCK_AHEAD);
        office.open(first.holdpoint());
        first.holdpoint().start();
        var starts = CompletableFuture.runAsync(second::start);
        people = new People(List.of(first.holdpoint(), second.holdpoint()), postgres.getPostgresDatabase());
        people.employ();
        starts.get(3, TimeUnit.MINUTES);
        receivers.set(List.of(first.webhooks(), second.webhooks()));
    }

    @AfterAll
    void end() throws Exception {
        first.close();
        second.close();
        office.close();
        postgres.close();
    }

    final List<Workload> workloads() {
        return workloads;
    }

    /** One node with its ways to Odoo and to the database. */
    private record Node(Holdpoint holdpoint, OdooProxy odoo, FaultyDatabase database) {

        /** Nothing happens to its database meanwhile: a start is long, and a node that cannot start just ends. */
        private void start() {
            try {
                holdpoint.start();
            } catch (Exception ended) {
                throw new IllegalStateException(ended);
            }
        }

        private URI webhooks() {
            return URI.create(holdpoint.url() + "/api/odoo/webhooks/" + SECRET);
        }

        private void close() throws Exception {
            holdpoint.close();
            odoo.close();
            database.close();
        }
    }

    private Node node(Path home, Duration ahead) throws Exception {
        var road = new OdooProxy(office.url(), office.patience());
        var database = new FaultyDatabase(postgres.getPort());
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var settings = new HashMap<>(office.settings());
        settings.putAll(Map.of(
                "ODOO_TRANSPORT", "jsonrpc",
                "ODOO_READTIMEOUT", office.patience().toString(),
                "HOLDPOINT_INTAKE_SWEEPEVERY", "PT5S",
                "SPRING_PROFILES_ACTIVE", "postgres",
                "SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:" + database.port() + "/postgres?socketTimeout=6",
                "SPRING_DATASOURCE_USERNAME", "postgres"));
        return new Node(new Holdpoint(home, port, road.url(), SECRET, settings, ahead), road, database);
    }

    private Optional<URI> receiver() {
        var nodes = receivers.get();
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        if (chance.nextDouble() < WEBHOOK_LOST) {
            untold.incrementAndGet();
            return Optional.empty();
        }
        told.incrementAndGet();
        return Optional.of(nodes.get(chance.nextInt(nodes.size())));
    }

    @Test
    @Order(1)
    void whatever_fails_each_document_is_dealt_with_once() throws Exception {
        System.out.printf("Faults with %s: seed %d, %d documents%n", office.name(), SEED, DOCUMENTS);
        var waiting = new ArrayDeque<DocumentRef>();
        for (var i = 0; i < DOCUMENTS; i++) {
            var workload = workloads.get(i % workloads.size());
            var fates = Fate.values();
            waiting.add(workload.prepare(fates[i / workloads.size() % fates.length], i));
        }
        var open = new HashSet<DocumentRef>();
        begins();

        var begun = Instant.now();
        await("all is dealt with; seed " + SEED)
                .atMost(Duration.ofMinutes(5).plusSeconds(6L * DOCUMENTS))
                .pollDelay(Duration.ZERO)
                .failFast("no incident, and each disaster as it should be", () -> {
                    assertThat(incidents()).isEmpty();
                    assertThat(restarted).isNotCompletedExceptionally();
                })
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    // Half of them come when the models have changed, and some with each disaster: a node dies of
                    // a command, and there has to be one.
                    var left = Math.max(updated ? 0 : DOCUMENTS / 2, disasters.size() * DOCUMENTS / 12);
                    for (var some = 0; some < 10 && waiting.size() > left; some++) {
                        var document = waiting.remove();
                        of(document).request(document);
                        open.add(document);
                    }
                    open.removeAll(closed());
                    office.receive(open);
                    people.work((document, step) -> of(document).answer(document, step));
                    disaster();
                    if (closed().size() >= UNTIL * DOCUMENTS && disasters.isEmpty() && restarted.isDone()) {
                        ends();
                    }
                    progress(begun);
                    return waiting.isEmpty() && open.isEmpty();
                });
        ends();
        var dealtWith = Duration.between(begun, Instant.now()).toSeconds();
        restarted.get(3, TimeUnit.MINUTES);
        await("events are worked off; seed " + SEED)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> count("select count(*) from hp_event where state <> 'DONE'") == 0);

        System.out.printf("%4d s: all documents done%n", dealtWith);
        var report = report(begun);
        System.out.println(report);
        assertThat(problems()).as("seed %d%n%s", SEED, report).isEmpty();
        assertThat(disasters).as("disasters that did not come").isEmpty();
        assertThat(
                        rows(
                                "select version_ from act_re_procdef d where key_ = 'order-release' and exists"
                                        + " (select 1 from act_hi_procinst i where i.proc_def_id_ = d.id_ and i.end_time_ is not null)"))
                .as("versions of a model under which cases came to their end")
                .containsExactlyInAnyOrder("1", "2");
        assertThat(fromAhead).as("steps of the node whose clock is ahead").isPositive();
    }

    private Workload of(DocumentRef document) {
        return workloads.stream()
                .filter(workload -> workload.model().equals(document.model()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> problems() throws SQLException {
        var problems = new ArrayList<String>();
        for (var workload : workloads) {
            workload.fates()
                    .forEach((document, fate) -> workload.expected(fate).forEach((effect, times) -> {
                        var seen = office.effects(effect, document);
                        if (seen != times) {
                            problems.add(document + ", " + fate + ": " + effect + " happened " + seen + " times");
                        }
                    }));
        }
        rows("select document from hp_case group by document having count(*) > 1")
                .forEach(document -> problems.add(document + " had several cases"));
        for (var document : rows("select document from hp_case")) {
            if (workloads.stream().noneMatch(workload -> workload.fates().containsKey(DocumentRef.parse(document)))) {
                problems.add(document + " had a case for which nobody asked");
            }
        }
        rows("select document from hp_event where state <> 'DONE'")
                .forEach(document -> problems.add(document + " has an event that waits"));
        // All that happens here passes by itself, so nobody should be called for it.
        incidents().forEach(incident -> problems.add("incident at " + incident));
        rows("select business_key_ from act_ru_execution where parent_id_ is null and super_exec_ is null")
                .forEach(document -> problems.add(document + " still runs in the engine"));
        return problems;
    }

    final List<String> incidents() throws SQLException {
        return rows("select activity_id_ || ': ' || coalesce(incident_msg_, '') from act_hi_incident");
    }

    private void progress(Instant begun) throws SQLException {
        var third = Duration.between(begun, Instant.now()).toSeconds() / 20;
        if (third > reported) {
            reported = third;
            fromAhead += count(AHEAD_OF_TIME);
            System.out.printf(
                    "%4d s: %d of %d documents done, %d cases open, %d events wait; %s%n",
                    reported * 20,
                    closed().size(),
                    DOCUMENTS,
                    count("select count(*) from hp_case where closed_at is null"),
                    count("select count(*) from hp_event where state <> 'DONE'"),
                    people.account());
        }
    }

    // what goes wrong

    private void begins() {
        goWrong(first);
        goWrong(second);
        // What a dead node has claimed is left to it for a while: those that die come first.
        disasters.add(() -> dies(second.odoo().after("\"operation\"", this::kill)));
        disasters.add(this::update);
        disasters.add(this::restartDatabase);
        if (DOCUMENTS > SHORT_FORM) {
            // To Odoo this is a call that never came, as many others are.
            disasters.add(() -> dies(second.odoo().before("\"operation\"", this::kill)));
            disasters.add(this::restartDatabase);
        }
        disastersInAll = disasters.size();
    }

    private void restartDatabase() {
        first.database().restart(DATABASE_AWAY);
        second.database().restart(DATABASE_AWAY);
    }

    private void goWrong(Node node) {
        node.odoo().plan(this::fault);
        node.database()
                .plan(
                        () -> chance.nextDouble() >= COMMITS_BREAK
                                ? FaultyDatabase.Fault.NONE
                                : chance.nextBoolean()
                                        ? FaultyDatabase.Fault.CUT_BEFORE_COMMIT
                                        : FaultyDatabase.Fault.CUT_AFTER_COMMIT,
                        () -> chance.nextDouble() >= COMMITS_BREAK / 10
                                ? FaultyDatabase.Fault.NONE
                                : chance.nextInt(10) > 0 ? FaultyDatabase.Fault.RESET : FaultyDatabase.Fault.SILENCE);
    }

    private static void goWell(Node node) {
        node.odoo().plan(call -> Fault.NONE);
        node.database().plan(() -> FaultyDatabase.Fault.NONE, () -> FaultyDatabase.Fault.NONE);
    }

    private void kill() {
        second.holdpoint().kill();
        goWell(second);
    }

    private Fault fault(OdooProxy.Call call) {
        if (chance.nextDouble() >= (call.command() ? COMMANDS_FAIL : READS_FAIL)) {
            return Fault.NONE;
        }
        var faults = Fault.values();
        return faults[1 + chance.nextInt(faults.length - 1)];
    }

    /** The next disaster, when enough is done with and the last one is over. */
    private void disaster() throws SQLException {
        var come = disastersInAll - disasters.size();
        if (!disasters.isEmpty() && restarted.isDone() && closed().size() >= (come + 1) * DISASTER_EVERY) {
            disasters.remove().run();
        }
    }

    /** As in a rolling update: the model changes, and one node after the other stops and comes back. */
    private void update() {
        restarted = CompletableFuture.runAsync(() -> {
            goWell(first);
            var answer = first.holdpoint().deploy("admin", "order-release.bpmn", changedModel());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("The changed model was not deployed: " + answer.body());
            }
            updated = true;
            for (var node : List.of(first, second)) {
                goWell(node);
                node.holdpoint().stop();
                node.start();
                goWrong(node);
            }
        });
    }

    private static String changedModel() {
        try {
            return Files.readString(Path.of("processes", "order-release.bpmn"))
                    .replace("name=\"Order release\" isExecutable", "name=\"Order release, changed\" isExecutable");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next command of the second node kills it as a power cut does; then it is started again. */
    private void dies(CountDownLatch killed) {
        restarted = CompletableFuture.runAsync(() -> {
            try {
                if (!killed.await(2, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("The second node sent no command that could have killed it.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            second.start();
            goWrong(second);
        });
    }

    /** Nothing fails any more: what is left has to come to its end now. */
    private void ends() {
        goWell(first);
        goWell(second);
    }

    // what is on record

    private Set<DocumentRef> closed() throws SQLException {
        var closed = new HashSet<DocumentRef>();
        rows("select document from hp_case where closed_at is not null")
                .forEach(document -> closed.add(DocumentRef.parse(document)));
        return closed;
    }

    final long count(String query) throws SQLException {
        return Long.parseLong(rows(query).get(0));
    }

    final List<String> rows(String query) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)));
            }
        }
        return found;
    }

    final int update(String statement) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var update = connection.createStatement()) {
            return update.executeUpdate(statement);
        }
    }

    private String report(Instant begun) throws SQLException {
        var text = new StringBuilder();
        text.append("Seed %d, %d documents in %s, two nodes, the second one %d s ahead, %d s; %s%n"
                .formatted(
                        SEED,
                        DOCUMENTS,
                        office.name(),
                        CLOCK_AHEAD.toSeconds(),
                        Duration.between(begun, Instant.now()).toSeconds(),
                        people.account()));
        text.append("Disasters: a node killed after Odoo carried out its command%s, "
                        .formatted(twice(" and once before")))
                .append("a rolling update with another model, ")
                .append("PostgreSQL%s away for %d s%n".formatted(twice(" twice"), DATABASE_AWAY.toSeconds()));
        text.append("Database: ").append(databaseFaults()).append('\n');
        text.append("Webhooks: %d sent, %d lost%n%n".formatted(told.get(), untold.get()));

        text.append("%-22s".formatted("calls (commands)"));
        workloads.forEach(workload -> text.append("%22s".formatted(workload.workflow())));
        text.append("%22s%n".formatted("about none of them"));
        for (var fault : Fault.values()) {
            text.append("%-22s".formatted(fault));
            workloads.forEach(workload -> text.append("%22s".formatted(calls(fault, workload.model()))));
            text.append("%22s%n".formatted(calls(fault, "")));
        }

        text.append("%n%-22s%-10s%-15s%10s%10s%10s%10s%10s%n"
                .formatted("workflow", "fate", "effect", "documents", "expected", "seen", "doubled", "lost"));
        for (var workload : workloads) {
            for (var fate : Fate.values()) {
                new TreeMap<>(workload.expected(fate))
                        .forEach((effect, times) -> text.append(line(workload, fate, effect, times)));
            }
        }
        text.append('\n');
        for (var workload : workloads) {
            var cases =
                    "select count(*) from hp_event where answer like 'opened a case%%' and workflow = '%s' and source "
                            .formatted(workload.workflow());
            text.append("%-22s%d cases, of which the sweep found %d%n"
                    .formatted(
                            workload.workflow(),
                            count("select count(*) from hp_case where workflow = '" + workload.workflow() + "'"),
                            count(cases + "= 'odoo/sweep'")));
        }
        return text.toString();
    }

    private static String twice(String text) {
        return DOCUMENTS > SHORT_FORM ? text : "";
    }

    private String line(Workload workload, Fate fate, String effect, int times) {
        var seen = workload.fates().entrySet().stream()
                .filter(document -> document.getValue() == fate)
                .map(document -> office.effects(effect, document.getKey()))
                .toList();
        return "%-22s%-10s%-15s%10d%10d%10d%10d%10d%n"
                .formatted(
                        workload.workflow(),
                        fate,
                        effect,
                        seen.size(),
                        seen.size() * times,
                        seen.stream().mapToInt(one -> one).sum(),
                        seen.stream().filter(one -> one > times).count(),
                        seen.stream().filter(one -> one < times).count());
    }

    private Map<FaultyDatabase.Fault, Integer> databaseFaults() {
        var played = new TreeMap<>(first.database().played());
        second.database().played().forEach((fault, times) -> played.merge(fault, times, Integer::sum));
        return played;
    }

    private String calls(Fault fault, String model) {
        var all = new AtomicInteger();
        var commands = new AtomicInteger();
        for (var node : List.of(first, second)) {
            node.odoo().played().getOrDefault(fault, Map.of()).forEach((call, times) -> {
                if (call.model().equals(model)) {
                    all.addAndGet(times);
                    commands.addAndGet(call.command() ? times : 0);
                }
            });
        }
        return all + " (" + commands + ")";
    }
}
