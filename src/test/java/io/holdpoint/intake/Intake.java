package io.holdpoint.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.odoo.DocumentRef;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Intake in the words of a story: somebody calls, the inbox is worked off, the sweep goes round. */
public final class Intake {

    public static final String WEBHOOK_SECRET = "webhook-secret-Qm7Zt2";
    public static final String WEBHOOK_SECRET_BEFORE = "webhook-secret-before-Lk4Wd9";
    public static final String EVENT_SECRET = "event-secret-Xp3Rv8";
    public static final String EVENT_SECRET_BEFORE = "event-secret-before-Hs6Nb1";
    public static final String ODOO_PASSWORD = "Machine-Secret-1";

    private static final String DEMO_PASSWORD = "Holdpoint-1";

    private final ApplicationContext context;
    private final JdbcClient jdbc;

    Intake(ApplicationContext context) {
        this.context = context;
        this.jdbc = context.getBean(JdbcClient.class);
    }

    // somebody calls

    public Caller anonymous() {
        return new Caller(port(), null, null);
    }

    /** One of the demo users. */
    public Caller as(String person) {
        return new Caller(port(), person, DEMO_PASSWORD);
    }

    /** The technical user by whom Odoo starts workflows. */
    public Caller asOdoo() {
        return new Caller(port(), "odoo", ODOO_PASSWORD);
    }

    private int port() {
        return context.getBean(Environment.class).getRequiredProperty("local.server.port", Integer.class);
    }

    /** Odoo's hint, as it posts it. */
    public Caller.Answer hint(String body) {
        return anonymous().post("/api/odoo/webhooks/" + WEBHOOK_SECRET, body);
    }

    /** The body of a hint that an order changed. */
    public static String changed(DocumentRef document, String writeDate) {
        return """
                {"_action": "Holdpoint: webhook %s(#660)", "_id": %d, "_model": "%s", "id": %d, "state": "draft", \
                "write_date": "%s"}""".formatted(document.model(), document.id(), document.model(), document.id(), writeDate);
    }

    /** The body of a hint that tells less: each one is a new event. */
    public static String changed(DocumentRef document) {
        return "{\"_id\": %d, \"_model\": \"%s\"}".formatted(document.id(), document.model());
    }

    // the inbox is worked off, the sweep goes round

    public int drain() {
        return context.getBean(Dispatcher.class).drain();
    }

    /** A sweep leaves what was written in this very second to the next one, so a moment passes first. */
    public int sweep() {
        later(Duration.ofSeconds(2));
        return sweepAtOnce();
    }

    public int sweepAtOnce() {
        return context.getBean(ReconciliationSweep.class).run();
    }

    Inbox inbox() {
        return context.getBean(Inbox.class);
    }

    /** Keeps an event as the sweep would. */
    Inbox.Event received(DocumentRef document, String eventId) {
        return event(inbox().receive("test", eventId, "order-release.changed", document.toString(), null, "{}")
                .id());
    }

    Inbox.Event event(long id) {
        return inbox().get(id).orElseThrow();
    }

    Optional<Inbox.Event> event(String source, String eventId) {
        return jdbc.sql("select id from hp_event where source = :source and event_id = :id")
                .param("source", source)
                .param("id", eventId)
                .query(Long.class)
                .optional()
                .map(this::event);
    }

    Instant nextAttempt(Inbox.Event event) {
        return jdbc.sql("select next_attempt_at from hp_event where id = :id")
                .param("id", event.id())
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    List<Inbox.Event> about(DocumentRef document) {
        return jdbc
                .sql("select id from hp_event where document = :document order by id")
                .param("document", document.toString())
                .query(Long.class)
                .list()
                .stream()
                .map(this::event)
                .toList();
    }

    public long count() {
        return jdbc.sql("select count(*) from hp_event").query(Long.class).single();
    }

    /** How many cases this document ever had. */
    public long cases(DocumentRef document) {
        return jdbc.sql("select count(*) from hp_case where document = :document")
                .param("document", document.toString())
                .query(Long.class)
                .single();
    }

    Instant openedAt(DocumentRef document) {
        return jdbc.sql("select opened_at from hp_case where document = :document")
                .param("document", document.toString())
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** The id of the one open case of this document. */
    public String openCase(DocumentRef document) {
        return jdbc.sql("select case_id from hp_case where document = :document and open_key is not null")
                .param("document", document.toString())
                .query(String.class)
                .single();
    }

    /** Lets the clock go on, and nothing else. */
    public static void later(Duration time) {
        ClockUtil.offset(ClockUtil.getCurrentTime().getTime() + time.toMillis() - System.currentTimeMillis());
    }

    /** Empties the inbox and lets the sweep begin anew, for the next story. */
    public void forget() {
        jdbc.sql("delete from hp_event").update();
        jdbc.sql("delete from hp_watermark").update();
    }

    // many at the same time

    /** Runs all at the same moment and gives what they gave, in order; fails when one of them failed. */
    static <T> List<T> together(List<Callable<T>> works) {
        var ready = new CountDownLatch(works.size());
        var go = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(works.size());
        try {
            var running = new ArrayList<Future<T>>();
            for (var work : works) {
                running.add(pool.submit(() -> {
                    ready.countDown();
                    go.await();
                    return work.call();
                }));
            }
            assertThat(ready.await(1, TimeUnit.MINUTES)).isTrue();
            go.countDown();
            var results = new ArrayList<T>();
            for (var one : running) {
                results.add(one.get(2, TimeUnit.MINUTES));
            }
            return results;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } finally {
            pool.shutdownNow();
        }
    }
}
