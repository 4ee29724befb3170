package io.holdpoint.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.holdpoint.Load;
import io.holdpoint.intake.EventSignature;
import io.holdpoint.intake.Intake;
import io.holdpoint.intake.OverHttp;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Each secret is replaced twice while it is in use and the application runs; whoever uses it goes over from one to the
 * next in its own time. Odoo's key has a test of its own.
 */
@OverHttp
@ExtendWith(OutputCaptureExtension.class)
class SecretRotationTest {

    private static final List<String> SECRETS =
            List.of("first-secret-Ky5Gt0", "second-secret-Pz8Wq3", "third-secret-Vm2Xe6");

    private static final Path DIRECTORY = directory();
    private static final GreenMail MAIL = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private static final Subscriber SUBSCRIBER = new Subscriber();

    static {
        MAIL.start();
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        settings.add("holdpoint.secrets-dir", DIRECTORY::toString);
        settings.add("holdpoint.notification.automatic", () -> "false");
        settings.add("holdpoint.notification.webhooks[0].name", () -> "n8n");
        settings.add("holdpoint.notification.webhooks[0].url", SUBSCRIBER::url);
        settings.add("spring.mail.host", () -> "127.0.0.1");
        settings.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
        settings.add("spring.mail.username", () -> "holdpoint");
        settings.add("spring.mail.properties.mail.smtp.starttls.required", () -> "false");
    }

    private static Path directory() {
        try {
            var directory = Files.createTempDirectory("secrets");
            // A subscriber has to have a secret from the start.
            Files.writeString(directory.resolve("notification-webhook-n8n"), SECRETS.get(0));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        MAIL.stop();
        try (var files = Files.list(DIRECTORY)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(DIRECTORY);
    }

    @Autowired
    Intake intake;

    @Autowired
    MailServer mailServer;

    @Autowired
    WebhookRound webhooks;

    @Autowired
    Dispatches dispatches;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MeterRegistry figures;

    @Autowired
    Clock clock;

    private final DocumentRef order = new DocumentRef("sale.order", 42);
    private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

    /** What the other side uses, or accepts: the sender of events, the mail server, the subscriber. */
    private final AtomicReference<String> theirs = new AtomicReference<>(SECRETS.get(0));

    @BeforeEach
    void sayMore() {
        logging.setLogLevel("io.holdpoint", LogLevel.TRACE);
    }

    @AfterEach
    void end() {
        logging.setLogLevel("io.holdpoint", null);
        intake.forget();
        jdbc.sql("delete from hp_delivery").update();
        jdbc.sql("delete from hp_notification").update();
    }

    // As operations do it

    /** The old one becomes the one before, then the new one becomes current; each file is replaced as a whole. */
    private static void replace(String name, String before, String current) throws IOException {
        write(name + "-before", before);
        write(name, current);
    }

    private static void write(String name, String secret) throws IOException {
        var beside = DIRECTORY.resolve("." + name);
        Files.writeString(beside, secret + "\n");
        Files.move(beside, DIRECTORY.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Replaces the first by the second and that by the third, with calls before, between and after each step. */
    private void rotateTwice(String name, Load load, Runnable theyChange) throws Exception {
        load.goOn(10);
        for (var i = 1; i < SECRETS.size(); i++) {
            replace(name, SECRETS.get(i - 1), SECRETS.get(i));
            load.goOn(10);
            theirs.set(SECRETS.get(i));
            theyChange.run();
            load.goOn(10);
        }
        Files.delete(DIRECTORY.resolve(name + "-before"));
        load.goOn(10);
    }

    // Stories

    @Test
    void webhooks_of_odoo_come_in_all_the_time(CapturedOutput output) throws Exception {
        write("webhook-secret", SECRETS.get(0));

        try (var load = new Load(4, () -> problem(hint(theirs.get())))) {
            rotateTwice("webhook-secret", load, () -> {});
            assertThat(load.failed()).isEmpty();
        }

        assertThat(hint(SECRETS.get(2))).isEqualTo(202);
        assertThat(Stream.of(SECRETS.get(0), SECRETS.get(1), Intake.WEBHOOK_SECRET, Intake.WEBHOOK_SECRET_BEFORE))
                .allSatisfy(secret -> assertThat(hint(secret)).isEqualTo(404));
        assertThat(usedBefore("webhook-secret")).isPositive();
        assertThat(output.getAll()).doesNotContain(SECRETS);
    }

    private int hint(String secret) {
        return intake.anonymous()
                .post("/api/odoo/webhooks/" + secret, Intake.changed(order))
                .status();
    }

    @Test
    void events_come_in_all_the_time_by_token_and_by_signature(CapturedOutput output) throws Exception {
        write("event-secret", SECRETS.get(0));

        try (var load = new Load(4, () -> {
            var secret = theirs.get();
            return problem(byToken(secret)) + problem(bySignature(secret));
        })) {
            rotateTwice("event-secret", load, () -> {});
            assertThat(load.failed()).isEmpty();
        }

        assertThat(byToken(SECRETS.get(2))).isEqualTo(202);
        assertThat(bySignature(SECRETS.get(0), SECRETS.get(2)))
                .as("a sender that changes over signs with both")
                .isEqualTo(202);
        assertThat(Stream.of(SECRETS.get(0), SECRETS.get(1), Intake.EVENT_SECRET))
                .allSatisfy(secret -> {
                    assertThat(byToken(secret)).isEqualTo(401);
                    assertThat(bySignature(secret)).isEqualTo(401);
                });
        assertThat(output.getAll()).doesNotContain(SECRETS);
    }

    private int byToken(String secret) {
        return intake.anonymous()
                .post("/api/events", event(), "Authorization", "Bearer " + secret)
                .status();
    }

    private int bySignature(String... secrets) {
        var event = event();
        var signature = EventSignature.sign(Stream.of(secrets).map(Secret::of).toList(), clock.instant(), event);
        return intake.anonymous()
                .post("/api/events", event, EventSignature.HEADER, signature)
                .status();
    }

    private String event() {
        return """
                {"specversion": "1.0", "id": "%s", "source": "https://portal.example",
                 "type": "order-release.changed", "subject": "%s"}""".formatted(UUID.randomUUID(), order);
    }

    private static String problem(int status) {
        return status == 202 ? "" : "answer " + status + " ";
    }

    @Test
    void subscribers_are_told_all_the_time_by_a_signature_that_they_know(CapturedOutput output) throws Exception {
        var name = "notification-webhook-n8n";
        var changedAt = new ArrayList<Integer>();
        try (var load = new Load(1, this::tell)) {
            rotateTwice(name, load, () -> changedAt.add(SUBSCRIBER.told().size()));
            assertThat(load.failed()).isEmpty();
        }

        var told = SUBSCRIBER.told();
        for (var i = 0; i < told.size(); i++) {
            var number = i;
            var known = SECRETS.get(
                    (int) changedAt.stream().filter(change -> change <= number).count());
            assertThat(signatures(told.get(i))).contains(signature(known, told.get(i)));
        }
        var last = told.get(told.size() - 1);
        assertThat(signatures(last)).containsExactly(signature(SECRETS.get(2), last));
        assertThat(output.getAll()).doesNotContain(SECRETS);
    }

    /** Something happened of which the subscriber is to be told. */
    private String tell() {
        jdbc.sql("""
                        insert into hp_notification
                            (occasion, event, case_id, document, content, happened_at, next_attempt_at, spread_at)
                        values (:occasion, 'CLOSED', 'case', 'sale.order,42', '{}', :now, :now, :now)
                        """)
                .param("occasion", UUID.randomUUID().toString())
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
        var id = jdbc.sql("select max(id) from hp_notification")
                .query(Long.class)
                .single();
        dispatches.webhook(id, "n8n", "{\"number\":" + id + "}");
        webhooks.run();
        return jdbc.sql("select state from hp_delivery where notification_id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single()
                        .equals("SENT")
                ? ""
                : "not told";
    }

    private static List<String> signatures(Subscriber.Told told) {
        var parts = told.signature().split(",", -1);
        return Stream.of(parts).skip(1).map(part -> parts[0] + "," + part).toList();
    }

    private static String signature(String secret, Subscriber.Told told) {
        var signedAt = Long.parseLong(told.signature().split(",", -1)[0].substring("t=".length()));
        return EventSignature.sign(List.of(Secret.of(secret)), java.time.Instant.ofEpochSecond(signedAt), told.body());
    }

    @Test
    void mails_go_out_all_the_time_to_a_server_that_knows_one_password(CapturedOutput output) throws Exception {
        write("mail-password", SECRETS.get(0));
        mailServerKnows(theirs.get());

        try (var load = new Load(3, this::mail)) {
            rotateTwice("mail-password", load, () -> mailServerKnows(theirs.get()));
            assertThat(load.failed()).isEmpty();
        }

        assertThat(usedBefore("mail-password")).isPositive();
        write("mail-password", SECRETS.get(1));
        assertThatThrownBy(this::mail).isInstanceOf(MailAuthenticationException.class);
        assertThat(output.getAll()).doesNotContain(SECRETS);
    }

    private static void mailServerKnows(String password) {
        MAIL.setUser("holdpoint@nordlicht.example", "holdpoint", password);
    }

    private String mail() throws Exception {
        var message = mailServer.createMessage();
        var helper = new MimeMessageHelper(message);
        helper.setFrom("holdpoint@nordlicht.example");
        helper.setTo("max@demo.holdpoint.example");
        helper.setSubject("Something waits");
        helper.setText("Something waits for you.");
        mailServer.send(message);
        return "";
    }

    private double usedBefore(String name) {
        return figures.counter("holdpoint.secrets.before", "secret", name).count();
    }
}
