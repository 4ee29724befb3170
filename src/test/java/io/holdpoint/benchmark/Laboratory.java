package io.holdpoint.benchmark;

import static org.awaitility.Awaitility.await;

import io.holdpoint.HoldpointApplication;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.spring.boot.starter.rest.CamundaBpmRestJerseyAutoConfiguration;
import org.camunda.bpm.spring.boot.starter.webapp.CamundaBpmWebappAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two engines in this JVM with the same settings, each on a database of its own in one PostgreSQL that syncs each
 * commit to disk: Holdpoint with an Odoo that costs nothing, and an engine with nothing but a process of the shape of
 * {@code order-release}.
 */
final class Laboratory implements AutoCloseable {

    private static final String SECRET = "secret-of-the-benchmark-0123456789";
    private static final String BARE = "bare";
    /** Asked many times a second: counting what is closed would take the longer, the longer the history is. */
    private static final String UNDER_WAY = "select (select count(*) from hp_event where state = 'RECEIVED')"
            + " + (select count(*) from hp_case where open_key is not null)";

    private static final String TASKS = "select count(*) from act_ru_task";
    private static final int CALLERS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final EmbeddedPostgres postgres;
    private final ProcessHandle server;
    private final Side holdpoint;
    private @Nullable Side bare;
    private final RememberingOdoo odoo;
    private final URI webhook;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * One of the two engines.
     *
     * @param statements how often each kind of statement was sent, by verb and table
     * @param looks how often it was only looked how far things are
     */
    record Side(
            ConfigurableApplicationContext context, JdbcClient sql, Map<String, Long> statements, AtomicLong looks) {

        <T> T bean(Class<T> type) {
            return context.getBean(type);
        }

        long count(String query) {
            looks.incrementAndGet();
            return sql.sql(query).query(Long.class).single();
        }

        /** Transactions that the server has committed so far, without those that only looked how far it is. */
        long commits() {
            return count("select xact_commit from pg_stat_database where datname = current_database()") - looks.get();
        }
    }

    /**
     * Work done and the time from the first request to the last case closed.
     *
     * @param java processor time of this JVM meanwhile
     * @param postgres processor time of the database server
     */
    record Run(int cases, Duration time, Duration java, Duration postgres) {

        double perSecond() {
            return cases / (time.toNanos() / 1e9);
        }
    }

    /** Processor time so far, of this JVM and of the database server. */
    private record Processor(Duration java, Duration postgres) {

        Run since(int cases, Duration time, Processor before) {
            return new Run(cases, time, java.minus(before.java), postgres.minus(before.postgres));
        }
    }

    private Processor processor() {
        return new Processor(
                used(ProcessHandle.current()),
                Stream.concat(Stream.of(server), server.children())
                        .map(Laboratory::used)
                        .reduce(Duration.ZERO, Duration::plus));
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The process that started all others of the database server. */
    private static ProcessHandle server(EmbeddedPostgres postgres) throws IOException, SQLException {
        var folder = JdbcClient.create(postgres.getPostgresDatabase())
                .sql("show data_directory")
                .query(String.class)
                .single();
        var id = Files.readAllLines(Path.of(folder, "postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(id)).orElseThrow();
    }

    /** @param settings in which this Holdpoint differs from the delivered one */
    Laboratory(String... settings) throws IOException, SQLException {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("jit", "off")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                // Indexes of a long history are built anew after it was written.
                .setServerConfig("maintenance_work_mem", "1GB")
                .setServerConfig("max_connections", "100")
                .start();
        server = server(postgres);
        holdpoint = start(
                "holdpoint",
                WebApplicationType.SERVLET,
                List.of(HoldpointApplication.class, WithOdoo.class),
                Stream.concat(
                        Stream.of(
                                "--server.port=0",
                                "--holdpoint.demo.automatic=false",
                                "--holdpoint.intake.webhook-secrets=" + SECRET),
                        Stream.of(settings)));
        odoo = holdpoint.bean(RememberingOdoo.class);
        webhook = URI.create("http://127.0.0.1:"
                + holdpoint.context().getEnvironment().getProperty("local.server.port") + "/api/odoo/webhooks/"
                + SECRET);
    }

    private Side start(String database, WebApplicationType web, List<Class<?>> sources, Stream<String> settings)
            throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
        var statements = new ConcurrentHashMap<String, Long>();
        var arguments = new ArrayList<>(settings.toList());
        arguments.add("--spring.datasource.url=" + postgres.getJdbcUrl("postgres", database));
        arguments.add("--spring.datasource.username=postgres");
        arguments.add("--spring.datasource.password=postgres");
        var context = new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .profiles("postgres")
                .web(web)
                .initializers(starting -> starting.getBeanFactory()
                        .addBeanPostProcessor(new Counting(statements, new ConcurrentHashMap<>())))
                .run(arguments.toArray(String[]::new));
        return new Side(
                context, JdbcClient.create(postgres.getDatabase("postgres", database)), statements, new AtomicLong());
    }

    /** The tasks of the process do nothing; boundaries between transactions, gateways and scopes are the same. */
    private static void deployBareProcess(Side bare) throws IOException {
        try (var file = HoldpointApplication.class.getResourceAsStream("/processes/order-release.bpmn")) {
            var model = Bpmn.readModelFromStream(file);
            var process = model.getModelElementsByType(Process.class).iterator().next();
            process.setId(BARE);
            process.removeChildElement(process.getChildElementsByType(ExtensionElements.class)
                    .iterator()
                    .next());
            model.getModelElementsByType(ServiceTask.class)
                    .forEach(task -> task.setCamundaDelegateExpression("${nothing}"));
            model.getModelElementsByType(BusinessRuleTask.class)
                    .forEach(task -> task.setCamundaDelegateExpression("${nothing}"));
            bare.bean(RepositoryService.class)
                    .createDeployment()
                    .addModelInstance(BARE + ".bpmn", model)
                    .deploy();
        }
    }

    Side holdpoint() {
        return holdpoint;
    }

    Side bare() throws IOException, SQLException {
        if (bare == null) {
            bare = start(
                    BARE,
                    WebApplicationType.NONE,
                    List.of(BareEngine.class),
                    Stream.of("--camunda.bpm.process-engine-name=bare"));
            deployBareProcess(bare);
        }
        return bare;
    }

    RememberingOdoo odoo() {
        return odoo;
    }

    /** Orders without holds, from the webhook that tells of the request until their cases are closed. */
    Run release(int orders) throws Exception {
        var before = holdpoint.count(UNDER_WAY);
        var used = processor();
        var start = Instant.now();
        together(orders, i -> announce(odoo.freeOrder()));
        until(() -> holdpoint.count(UNDER_WAY) == before);
        return processor().since(orders, Duration.between(start, Instant.now()), used);
    }

    /** Bare cases from the call that starts them until the last has ended. */
    Run bare(int cases) throws Exception {
        var bare = bare();
        var runtime = bare.bean(RuntimeService.class);
        var used = processor();
        var start = Instant.now();
        together(
                cases,
                i -> runtime.createProcessInstanceByKey(BARE)
                        .businessKey("sale.order," + i)
                        .setVariable("documentState", "open")
                        .setVariable("openHolds", new ArrayList<String>())
                        .setVariable("changedMeanwhile", false)
                        .execute());
        until(() -> bare.count("select count(*) from act_ru_execution") == 0);
        return processor().since(cases, Duration.between(start, Instant.now()), used);
    }

    /** Orders with too high a discount, from the webhook until somebody has a task about each. */
    Run hold(int orders) throws Exception {
        var before = holdpoint.count(TASKS);
        var used = processor();
        var start = Instant.now();
        together(orders, i -> announce(odoo.heldOrder()));
        until(() -> holdpoint.count(TASKS) == before + orders);
        return processor().since(orders, Duration.between(start, Instant.now()), used);
    }

    void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    /** A request to read something, as a person sends it. */
    String get(String path, String user) throws IOException, InterruptedException {
        return send(request(path, user).build());
    }

    /** The first page of the list that an approver sees first in Tasklist, as Tasklist asks for it. */
    String taskList(String user) throws IOException, InterruptedException {
        var filter = holdpoint
                .bean(FilterService.class)
                .createFilterQuery()
                .filterName("My role")
                .singleResult();
        var sorted = "{\"sorting\": [{\"sortBy\": \"created\", \"sortOrder\": \"desc\"}]}";
        return send(request("/engine-rest/filter/" + filter.getId() + "/list?firstResult=0&maxResults=15", user)
                .header("Accept", "application/hal+json")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(sorted))
                .build());
    }

    private HttpRequest.Builder request(String path, String user) {
        var login = Base64.getEncoder().encodeToString((user + ":Holdpoint-1").getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(webhook.resolve(path)).header("Authorization", "Basic " + login);
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** The document whose case was closed last. */
    String lastDocument() {
        return holdpoint
                .sql()
                .sql("select document from hp_case where closed_at is not null order by closed_at desc limit 1")
                .query(String.class)
                .single();
    }

    /**
     * What Odoo says by webhook of an order whose release was requested. By the simplest of clients: the sender shares
     * the processors with what is measured.
     */
    int announce(long order) throws IOException {
        var body = """
                {"_model": "sale.order", "_id": %d, "_action": "Holdpoint: webhook sale.order", "state": "draft",
                 "x_holdpoint_state": "requested", "write_date": "%s"}
                """.formatted(order, Instant.now());
        var post = (HttpURLConnection) webhook.toURL().openConnection();
        post.setDoOutput(true);
        post.setRequestProperty("Content-Type", "application/json");
        try (var out = post.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        try (var answer = post.getInputStream()) {
            answer.readAllBytes();
        }
        return post.getResponseCode();
    }

    /** One piece of work of many. */
    interface Piece {
        void carryOut(int number) throws Exception;
    }

    static void together(int pieces, Piece work) throws Exception {
        var callers = Executors.newFixedThreadPool(CALLERS);
        try {
            var all = callers.invokeAll(IntStream.range(0, pieces)
                    .<Callable<Object>>mapToObj(i -> () -> {
                        work.carryOut(i);
                        return i;
                    })
                    .toList());
            for (var each : all) {
                each.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Override
    public void close() throws IOException {
        holdpoint.context().close();
        if (bare != null) {
            bare.context().close();
        }
        postgres.close();
    }

    /** Counts what is sent to the database; a batch is one. */
    private record Counting(Map<String, Long> statements, Map<String, String> kinds) implements BeanPostProcessor {

        private static final Pattern TABLE = Pattern.compile(
                "(?is)^\\s*(?:(select).*?\\sfrom|(insert)\\s+into|(update)|(delete)\\s+from)[\\s(]+(\\w+)");

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!(bean instanceof DataSource database)) {
                return bean;
            }
            return ProxyDataSourceBuilder.create(database)
                    .afterQuery((execution, queries) -> queries.forEach(query ->
                            statements.merge(kinds.computeIfAbsent(query.getQuery(), Counting::kind), 1L, Long::sum)))
                    .build();
        }

        private static String kind(String query) {
            var found = TABLE.matcher(query);
            if (!found.find()) {
                return query;
            }
            var verb = Stream.of(1, 2, 3, 4)
                    .map(found::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            return (verb + ' ' + found.group(5)).toLowerCase(Locale.ROOT);
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class WithOdoo {

        @Bean
        @Primary
        RememberingOdoo rememberingOdoo(Clock clock) {
            return new RememberingOdoo(clock);
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {CamundaBpmRestJerseyAutoConfiguration.class, CamundaBpmWebappAutoConfiguration.class})
    @ComponentScan(
            basePackages = "io.holdpoint.engine",
            useDefaultFilters = false,
            includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*[.]EngineTables"))
    static class BareEngine {

        @Bean
        JavaDelegate nothing() {
            return execution -> {};
        }
    }
}
