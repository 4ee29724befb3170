package io.holdpoint.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.demo.DemoData;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.intake.EventSignature;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooKeyExpires;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Who hears of what and when: a real SMTP conversation, and a subscriber that listens. */
@ProcessTest
@ExtendWith(OutputCaptureExtension.class)
class NotificationTest {

    private static final String WEBHOOK_SECRET = "webhook-secret-0123456789";
    private static final String MAIL_PASSWORD = "mail-password-0123456789";
    private static final String PUBLIC_URL = "https://holdpoint.example.com";
    private static final String MAX = "max@demo.holdpoint.example";
    private static final String DORA = "dora@demo.holdpoint.example";
    private static final String CLARA = "clara@demo.holdpoint.example";

    private static final String QUINN = "quinn@demo.holdpoint.example";
    private static final String OLE = "ole@demo.holdpoint.example";
    private static final String QUENTIN = "quentin@demo.holdpoint.example";

    private static final GreenMail MAIL = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private static final Subscriber SUBSCRIBER = new Subscriber();

    static {
        MAIL.start();
        MAIL.setUser("holdpoint@nordlicht.example", "holdpoint", MAIL_PASSWORD);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        settings.add("spring.mail.host", () -> "127.0.0.1");
        settings.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
        settings.add("spring.mail.username", () -> "holdpoint");
        settings.add("spring.mail.password", () -> MAIL_PASSWORD);
        settings.add("spring.mail.properties.mail.smtp.starttls.required", () -> "false");
        settings.add("spring.mail.properties.mail.smtp.timeout", () -> "300");
        settings.add("holdpoint.notification.public-url", () -> PUBLIC_URL + "/");
        settings.add("holdpoint.notification.from", () -> "holdpoint@nordlicht.example");
        settings.add("holdpoint.notification.webhooks[0].name", () -> "n8n");
        settings.add("holdpoint.notification.webhooks[0].url", SUBSCRIBER::url);
        settings.add("holdpoint.notification.webhooks[0].secret", () -> WEBHOOK_SECRET);
        settings.add("holdpoint.intake.event-secrets", () -> WEBHOOK_SECRET);
    }

    @AfterAll
    static void stop() {
        MAIL.stop();
    }

    @Autowired
    Story story;

    @Autowired
    Distributor distributor;

    @Autowired
    MailRound mails;

    @Autowired
    WebhookRound webhooks;

    @Autowired
    Dispatches dispatches;

    @Autowired
    JavaMailSenderImpl sender;

    @Autowired
    EventSignature signature;

    @Autowired
    IdentityService identity;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MeterRegistry figures;

    @Autowired
    ObjectMapper json;

    @Autowired
    ApplicationEventPublisher events;

    private DemoData data;

    @BeforeEach
    void begin() throws Exception {
        data = story.odoo().data();
        story.begin();
        forget();
    }

    private void forget() throws Exception {
        for (var table : List.of(
                "hp_delivery",
                "hp_notification",
                "hp_mailbox",
                "hp_activity",
                "hp_substitution_offer",
                "hp_substitution_claim",
                "hp_substitution")) {
            jdbc.sql("delete from " + table).update();
        }
        MAIL.purgeEmailFromAllMailboxes();
        SUBSCRIBER.forget();
    }

    @AfterEach
    void end() {
        sender.setPort(MAIL.getSmtp().getPort());
        story.end();
    }

    // Mail

    @Test
    void who_is_asked_reads_it_in_a_digest_with_links_to_the_task_and_to_the_document() throws Exception {
        var order = overLimit("Elbe Metall");
        var task = story.task(order, "OVER_LIMIT");

        send();
        assertThat(mails()).as("others may be asked in the next minutes").isEmpty();
        passes(Duration.ofMinutes(16));

        var mail = mailTo(MAX);
        assertThat(mail.getSubject()).isEqualTo(task.getName()).contains("Over limit", "Elbe Metall");
        assertThat(mail.getFrom()[0]).hasToString("holdpoint@nordlicht.example");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        var link = PUBLIC_URL + "/camunda/app/tasklist/default/#/?task=" + task.getId();
        assertThat(text(mail))
                .startsWith("Hello Max,")
                .contains("Over limit (1)", link, "Customer: Elbe Metall", "Decide by: Tue 2 Jun 2026, 10:00 CEST")
                .contains(" in Odoo: " + story.variable(task, "documentUrl"));
        assertThat(html(mail)).contains("href=\"" + link.replace("&", "&amp;") + "\"");
        assertThat(mails()).as("nobody else is asked").hasSize(1);

        passes(Duration.ofHours(3));
        assertThat(mails()).as("said once").hasSize(1);
    }

    @Test
    void forty_holds_are_one_mail_for_each_person() throws Exception {
        story.addToGroup("clara", "creditManager");
        try {
            story.goTo(Instant.parse("2026-06-07T18:00:00Z"));
            for (var i = 0; i < 40; i++) {
                overLimit("Customer " + i);
            }
            send();
            story.goTo(Instant.parse("2026-06-08T05:59:00Z"));
            send();
            assertThat(mails()).as("on a Sunday").isEmpty();

            story.goTo(Instant.parse("2026-06-08T06:00:30Z"));
            send();

            assertThat(mails()).as("when work begins").hasSize(2);
            for (var mail : List.of(mailTo(MAX), mailTo(CLARA))) {
                assertThat(mail.getSubject()).isEqualTo("40 tasks wait for you");
                assertThat(text(mail)).contains("Over limit (40)", "Customer: Customer 0\n", "Customer: Customer 39\n");
            }
        } finally {
            story.removeFromGroup("clara", "creditManager");
        }
    }

    @Test
    void the_next_digest_comes_hours_later_and_says_what_waited_before() throws Exception {
        overLimit("Elbe Metall");
        passes(Duration.ofMinutes(16));
        assertThat(mails()).hasSize(1);

        overLimit("Havel Logistik");
        passes(Duration.ofHours(3));
        assertThat(mails()).as("so soon after the last one").hasSize(1);
        passes(Duration.ofHours(1).plusMinutes(1));

        assertThat(mails()).hasSize(2);
        var digest = mails().get(1);
        assertThat(digest.getSubject()).contains("Havel Logistik").doesNotContain("Elbe");
        assertThat(text(digest)).contains("One more task of which you were told before still waits.");
    }

    @Test
    void a_reminder_comes_at_once_and_with_a_link() throws Exception {
        var order = overLimit("Elbe Metall");
        passes(Duration.ofMinutes(16));
        clearMails();

        remind();
        send();
        passes(Duration.ofMinutes(6));

        var mail = mailTo(MAX);
        assertThat(mail.getSubject()).startsWith("Reminder: Release ");
        assertThat(text(mail))
                .contains("Still waiting (1)")
                .contains("task=" + story.task(order, "OVER_LIMIT").getId());
        assertThat(mails()).hasSize(1);
    }

    @Test
    void reminders_of_the_same_minutes_are_one_mail() throws Exception {
        overLimit("Elbe Metall");
        overLimit("Havel Logistik");
        passes(Duration.ofMinutes(16));
        clearMails();

        remind();
        passes(Duration.ofMinutes(6));

        assertThat(mails()).hasSize(1);
        assertThat(mailTo(MAX).getSubject()).isEqualTo("2 tasks wait for you, 2 reminders");
    }

    @Test
    void what_was_decided_before_the_mail_goes_out_is_not_mailed() throws Exception {
        var order = overLimit("Elbe Metall");
        send();
        assertThat(waiting()).as("mails that wait").isEqualTo(1);
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");

        passes(Duration.ofMinutes(16));

        assertThat(mails()).isEmpty();
        assertThat(waiting()).isZero();
        assertThat(states("MAIL")).containsExactly("OVER");
    }

    @Test
    void a_reminder_stops_with_the_decision() throws Exception {
        var order = overLimit("Elbe Metall");
        passes(Duration.ofMinutes(16));
        clearMails();
        remind();
        send();
        assertThat(waiting()).isEqualTo(1);

        story.decide(story.task(order, "OVER_LIMIT"), "max", "reject", "No further credit.");
        passes(Duration.ofDays(1));

        assertThat(mails()).isEmpty();
    }

    @Test
    void an_escalation_is_told_to_the_next_role_and_to_the_one_that_was_late() throws Exception {
        overLimit("Elbe Metall");
        passes(Duration.ofMinutes(16));
        story.passes(Duration.ofHours(24));
        send();
        passes(Duration.ofMinutes(1));
        clearMails();
        passes(Duration.ofMinutes(6));

        assertThat(mailTo(DORA).getSubject()).startsWith("Escalated to you: Release ");
        assertThat(text(mailTo(DORA))).contains("Escalated to you, because nobody answered in time (1)");
        assertThat(mailTo(MAX).getSubject()).endsWith("was passed on: nobody answered in time");
        assertThat(text(mailTo(MAX))).as("max has nothing to do any more").doesNotContain("?task=");
        assertThat(mails()).hasSize(2);
    }

    @Test
    void work_that_waits_is_reminded_of_and_told_to_the_next_role_like_a_hold() throws Exception {
        var inspect = inspection();
        passes(Duration.ofMinutes(16));
        assertThat(mails()).as("all of the role").hasSize(2);
        assertThat(mailTo(QUINN).getSubject()).isEqualTo(inspect.getName()).startsWith("Inspect stock: ");
        clearMails();

        // Three working days later, in the hour of the reminder.
        story.passesUntil(Instant.parse("2026-06-04T08:01:00Z"));
        passes(Duration.ofMinutes(6));
        assertThat(mailTo(QUINN).getSubject()).startsWith("Reminder: Inspect stock: ");
        assertThat(mails()).hasSize(2);
        clearMails();

        // After five of them it is handed up.
        story.passesUntil(Instant.parse("2026-06-08T08:01:00Z"));
        passes(Duration.ofMinutes(6));
        assertThat(mailTo(QUENTIN).getSubject()).startsWith("Escalated to you: Inspect stock: ");
        assertThat(mailTo(QUINN).getSubject()).endsWith("was passed on: nobody answered in time");
        assertThat(mails()).hasSize(3);
    }

    @Test
    void whoever_took_the_work_is_reminded_alone_and_not_at_all_when_it_was_withdrawn() throws Exception {
        var inspect = inspection();
        passes(Duration.ofMinutes(16));
        clearMails();
        story.claim(inspect, "quinn");

        story.passesUntil(Instant.parse("2026-06-04T08:01:00Z"));
        send();
        assertThat(waiting()).isEqualTo(1);
        runtime.deleteProcessInstance(inspect.getProcessInstanceId(), "withdrawn");
        passes(Duration.ofDays(1));

        assertThat(mails()).isEmpty();
        assertThat(states("MAIL")).contains("OVER");
    }

    @Test
    void an_expiry_is_told_to_the_last_who_were_asked() throws Exception {
        var order = overLimit("Elbe Metall");
        story.passes(Duration.ofDays(1).plusMinutes(1));
        story.passes(Duration.ofDays(2).plusMinutes(5));
        assertThat(story.tasks(order)).isEmpty();
        send();
        passes(Duration.ofMinutes(6));

        assertThat(mailTo(DORA).getSubject()).endsWith("expired: nobody decided in time and nothing was released");
        assertThat(mailsTo(MAX))
                .as("max was late, but not last")
                .noneSatisfy(mail -> assertThat(mail.getSubject()).contains("expired"));
    }

    @Test
    void auditors_read_at_once_that_a_document_passed_its_hold_point() throws Exception {
        var order = overLimit("Elbe Metall");
        var caseId = story.evidence()
                .all("order-release", order, Evidence.Kind.EVENT)
                .get(0)
                .caseId();

        transaction.executeWithoutResult(status -> story.evidence()
                .record(
                        caseId,
                        order,
                        Evidence.Kind.BREACH,
                        null,
                        Evidence.SYSTEM,
                        Map.of(
                                "what",
                                "passedWithoutRelease",
                                "why",
                                "S00042 was confirmed in Odoo, and the record knows no release of it.",
                                "role",
                                "auditor")));
        send();
        passes(Duration.ofMinutes(6));

        assertThat(mailTo("audrey@demo.holdpoint.example").getSubject())
                .endsWith("S00042 was confirmed in Odoo, and the record knows no release of it.");
    }

    @Test
    void a_return_for_correction_is_mailed_to_those_who_correct() throws Exception {
        var order = overLimit("Elbe Metall");
        story.decide(story.task(order, "OVER_LIMIT"), "max", "return", "Leave out the second pump.");
        passes(Duration.ofMinutes(16));

        var correction = story.tasks(order).get(0);
        var group = story.candidateGroup(correction);
        assertThat(mailsTo(MAX)).isEmpty();
        assertThat(mails())
                .hasSize((int) identity.createUserQuery().memberOfGroup(group).count())
                .allSatisfy(mail -> assertThat(text(mail)).contains("To be done (1)", "task=" + correction.getId()));
    }

    @Test
    void nobody_is_mailed_about_a_document_of_their_own() throws Exception {
        story.addToGroup("anna", "creditManager");
        try {
            overLimit("Elbe Metall");
            passes(Duration.ofMinutes(16));

            assertThat(mails()).hasSize(1);
            assertThat(mailTo(MAX).getSubject()).contains("Elbe Metall");
        } finally {
            story.removeFromGroup("anna", "creditManager");
        }
    }

    @Test
    void whoever_left_the_role_before_the_mail_goes_out_is_not_mailed() throws Exception {
        story.addToGroup("clara", "creditManager");
        overLimit("Elbe Metall");
        send();
        assertThat(waiting()).isEqualTo(2);
        story.removeFromGroup("clara", "creditManager");

        passes(Duration.ofMinutes(16));

        assertThat(mails()).hasSize(1);
        assertThat(mailsTo(MAX)).hasSize(1);
    }

    @Test
    void whoever_took_the_task_is_reminded_alone() throws Exception {
        story.addToGroup("clara", "creditManager");
        try {
            var order = overLimit("Elbe Metall");
            passes(Duration.ofMinutes(16));
            clearMails();
            story.claim(story.task(order, "OVER_LIMIT"), "clara");

            remind();
            send();
            passes(Duration.ofMinutes(6));

            assertThat(mails()).hasSize(1);
            assertThat(mailTo(CLARA).getSubject()).startsWith("Reminder: ");
        } finally {
            story.removeFromGroup("clara", "creditManager");
        }
    }

    @Test
    void who_is_away_is_not_mailed_what_a_substitute_is_asked_and_reads_what_is_left_when_back() throws Exception {
        away("max", "clara", Map.of());
        overLimit("Elbe Metall");
        var decided = overLimit("Havel Logistik");
        passes(Duration.ofMinutes(16));
        remind();
        send();
        passes(Duration.ofMinutes(6));
        assertThat(mailsTo(CLARA)).as("new and reminded").hasSize(2);
        assertThat(mailsTo(MAX)).isEmpty();

        story.decide(story.task(decided, "OVER_LIMIT"), "clara", "release", "Secured by a guarantee.");
        story.goTo(Instant.parse("2026-06-02T05:59:00Z"));
        send();
        assertThat(mailsTo(MAX)).as("back, but not at work yet").isEmpty();
        story.goTo(Instant.parse("2026-06-02T06:00:30Z"));
        send();

        assertThat(text(mailTo(MAX))).contains("Elbe Metall").doesNotContain("Havel");
        assertThat(mailsTo(CLARA)).hasSize(2);
    }

    @Test
    void who_is_away_is_mailed_what_the_substitution_is_not_about() throws Exception {
        away("max", "clara", Map.of("upToAmount", 100));
        overLimit("Elbe Metall");
        passes(Duration.ofMinutes(16));

        assertThat(mailsTo(MAX)).hasSize(1);
        assertThat(mailsTo(CLARA)).isEmpty();
    }

    @Test
    void who_is_away_is_mailed_what_four_eyes_keep_the_substitute_from() throws Exception {
        away("max", "clara", Map.of());
        overLimit("Elbe Metall", "clara");
        passes(Duration.ofMinutes(16));

        assertThat(mailsTo(MAX)).as("clara asked for the release herself").hasSize(1);
        assertThat(mails()).hasSize(1);
    }

    @Test
    void whoever_stands_in_is_mailed_once_what_is_handed_over_and_nothing_when_it_goes_back() throws Exception {
        var orders = Stream.of("Elbe Metall", "Havel Logistik", "Saale Stahl")
                .map(this::overLimit)
                .toList();
        story.claim(story.task(orders.get(0), "OVER_LIMIT"), "max");
        passes(Duration.ofMinutes(16));
        clearMails();

        away("max", "clara", Map.of());
        send();
        assertThat(mails()).as("more may follow in the next minutes").isEmpty();
        passes(Duration.ofMinutes(6));

        var mail = mailTo(CLARA);
        assertThat(mail.getSubject()).isEqualTo("3 tasks of Max are yours until Mon 1 Jun 2026");
        assertThat(text(mail))
                .startsWith("Hello Clara,")
                .contains("Tasks of Max are yours until Mon 1 Jun 2026 (3)", "Customer: Elbe Metall")
                .contains(orders.stream()
                        .map(order -> PUBLIC_URL + "/camunda/app/tasklist/default/#/?task="
                                + story.task(order, "OVER_LIMIT").getId())
                        .toList());
        passes(Duration.ofHours(3));
        assertThat(mails()).as("said once, and to nobody else").hasSize(1);

        story.passesUntil(Instant.parse("2026-06-01T22:00:01Z"));
        passes(Duration.ofMinutes(6));
        assertThat(mailsTo(CLARA)).as("they are back").hasSize(1);
    }

    @Test
    void what_is_handed_over_at_midnight_is_mailed_when_work_begins() throws Exception {
        story.goTo(Instant.parse("2026-06-01T14:00:00Z"));
        var order = overLimit("Elbe Metall");
        passes(Duration.ofMinutes(16));
        clearMails();
        away("max", "clara", Map.of("firstDay", "2026-06-02", "lastDay", "2026-06-03"));
        story.passesUntil(Instant.parse("2026-06-01T22:00:01Z"));
        passes(Duration.ofHours(7));
        assertThat(mails()).isEmpty();

        story.goTo(Instant.parse("2026-06-02T06:00:01Z"));
        send();

        assertThat(mailTo(CLARA).getSubject())
                .isEqualTo(
                        "Handed over to you: " + story.task(order, "OVER_LIMIT").getName());
        assertThat(text(mailTo(CLARA))).contains("Tasks of Max are yours until Wed 3 Jun 2026 (1)");
        assertThat(mails()).hasSize(1);
    }

    @Test
    void nobody_is_mailed_what_is_handed_over_and_taken_or_over_before_the_mail_goes_out() throws Exception {
        story.addToGroup("sam", "creditManager");
        try {
            var taken = overLimit("Elbe Metall");
            var decided = overLimit("Havel Logistik");
            var own = overLimit("Saale Stahl", "clara");
            passes(Duration.ofMinutes(16));
            clearMails();
            story.claim(story.task(taken, "OVER_LIMIT"), "sam");
            away("max", "clara", Map.of());
            send();
            story.decide(story.task(decided, "OVER_LIMIT"), "sam", "release", "Secured by a guarantee.");
            passes(Duration.ofMinutes(6));

            assertThat(mailsTo(CLARA)).isEmpty();
            assertThat(story.isOpen(own)).isTrue();
        } finally {
            story.removeFromGroup("sam", "creditManager");
        }
    }

    @Test
    void operations_is_mailed_once_that_the_key_of_odoo_expires_for_each_warning() throws Exception {
        var until = Instant.parse("2026-06-08T12:00:00Z");
        events.publishEvent(new OdooKeyExpires(until, 7, "Make a new one."));
        send();
        passes(Duration.ofMinutes(6));

        var mail = mailTo(OLE);
        assertThat(mail.getSubject())
                .isEqualTo("Warning: The API key by which Holdpoint calls Odoo expires within 7 days");
        assertThat(text(mail)).contains("Until: Mon 8 Jun 2026, 14:00 CEST", "What to do: Make a new one.");
        assertThat(mails()).as("nobody else is told").hasSize(1);
        assertThat(event(SUBSCRIBER.told().get(0)).path("type").asText()).isEqualTo("io.holdpoint.warned");
        assertThatThrownBy(() -> events.publishEvent(new OdooKeyExpires(until, 7, "Make a new one.")))
                .as("the same warning is kept once")
                .isInstanceOf(DuplicateKeyException.class);

        events.publishEvent(new OdooKeyExpires(until, 1, "Make a new one."));
        passes(Duration.ofMinutes(6));
        assertThat(mailsTo(OLE)).hasSize(2);
        assertThat(mailsTo(OLE).get(1).getSubject()).endsWith("within 1 day");
    }

    @Test
    void a_person_without_an_address_is_noted_once_and_counted(CapturedOutput output) throws Exception {
        identity.saveUser(identity.newUser("mute"));
        identity.createMembership("mute", "creditManager");
        var before =
                figures.get("holdpoint.notifications.unaddressed").counter().count();
        try {
            overLimit("Elbe Metall");
            overLimit("Havel Logistik");
            passes(Duration.ofMinutes(16));
        } finally {
            identity.deleteUser("mute");
        }

        assertThat(mails()).hasSize(1);
        assertThat(figures.get("holdpoint.notifications.unaddressed").counter().count() - before)
                .isEqualTo(2);
        assertThat(output.getAll().split("mute has no e-mail address", -1)).hasSize(2);
    }

    @Test
    void a_name_with_markup_and_line_breaks_stays_text() throws Exception {
        overLimit("<script>alert(1)</script><img src=x onerror=alert(1)>\r\nBcc: everybody@elsewhere.example");
        passes(Duration.ofMinutes(16));

        var mail = mailTo(MAX);
        var written = "<script>alert(1)</script><img src=x onerror=alert(1)> Bcc: everybody@elsewhere.example";
        assertThat(mail.getSubject()).contains(written);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(html(mail))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<script", "<img");
        assertThat(text(mail)).contains("Customer: " + written + "\n");
        assertThat(mails()).hasSize(1);
    }

    @Test
    void what_is_rolled_back_is_told_to_nobody() {
        var id = data.order(data.customer("Elbe Metall").creditLimit(10_000).add())
                .line(pump(), 110)
                .add();
        story.odoo().requestRelease(id, "anna");

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    story.start(new DocumentRef("sale.order", id));
                    assertThat(kept()).isPositive();
                    throw new IllegalStateException("the power goes");
                }))
                .hasMessage("the power goes");

        assertThat(kept()).isZero();
    }

    // Mail servers as they are

    @Test
    void decisions_go_on_while_the_mail_server_hangs_and_the_mail_goes_out_afterwards() throws Exception {
        var waits = overLimit("Elbe Metall");
        send();
        story.ahead(Duration.ofMinutes(16));
        try (var silent = ScriptedMailServer.silent()) {
            sender.setPort(silent.port());
            var hanging = CompletableFuture.runAsync(mails::run);
            while (silent.connections() == 0 && !hanging.isDone()) {
                Thread.onSpinWait();
            }

            var order = overLimit("Havel Logistik");
            story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");
            assertThat(story.isOpen(order)).isFalse();

            hanging.get();
            assertThat(silent.connections()).isEqualTo(1);
        }
        sender.setPort(MAIL.getSmtp().getPort());

        send();
        assertThat(mails()).as("not at once again").isEmpty();
        passes(Duration.ofSeconds(31));

        assertThat(mailTo(MAX).getSubject()).contains("Elbe Metall");
        assertThat(story.isOpen(waits)).isTrue();
    }

    @Test
    void a_server_that_is_away_is_tried_less_and_less_often_and_given_up_after_days() throws Exception {
        overLimit("Elbe Metall");
        send();
        sender.setPort(closedPort());
        for (var i = 0; i < 4; i++) {
            passes(Duration.ofMinutes(16));
        }
        assertThat(states("MAIL")).containsExactly("WAITING");
        assertThat(jdbc.sql("select attempts from hp_delivery where channel = 'MAIL'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
        assertThat(figure("holdpoint.notifications.retried")).isEqualTo(1);
        assertThat(Stream.of(0, 1, 2, 3, 20).map(Dispatches::wait))
                .containsExactly(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(4),
                        Duration.ofHours(1));

        story.ahead(Duration.ofDays(3));
        assertThat(dispatches.giveUp()).isEqualTo(1);

        assertThat(states("MAIL")).containsExactly("GIVEN_UP");
        assertThat(figure("holdpoint.notifications.given.up")).isEqualTo(1);
        assertThat(figure("holdpoint.notifications.retried")).isZero();
    }

    @Test
    void an_address_that_is_refused_for_good_does_not_stop_the_others() throws Exception {
        story.addToGroup("clara", "creditManager");
        try (var server = ScriptedMailServer.refusing(CLARA)) {
            sender.setPort(server.port());
            overLimit("Elbe Metall");
            send();
            passes(Duration.ofMinutes(16));

            assertThat(server.accepted()).containsExactly(MAX);
            assertThat(states("MAIL")).containsExactlyInAnyOrder("SENT", "GIVEN_UP");
            assertThat(jdbc.sql("select answer from hp_delivery where state = 'GIVEN_UP'")
                            .query(String.class)
                            .single())
                    .contains("answer 550");
        } finally {
            story.removeFromGroup("clara", "creditManager");
        }
    }

    @Test
    void two_nodes_send_each_mail_once() throws Exception {
        for (var customer : List.of("Elbe Metall", "Havel Logistik", "Saale Stahl")) {
            overLimit(customer);
        }
        story.addToGroup("clara", "creditManager");
        try {
            send();
            story.ahead(Duration.ofMinutes(16));

            var nodes = Stream.generate(() -> CompletableFuture.runAsync(mails::run))
                    .limit(4)
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(nodes).get();

            assertThat(mailsTo(MAX)).hasSize(1);
            assertThat(mailsTo(CLARA)).hasSize(1);
            assertThat(mails()).hasSize(2);
        } finally {
            story.removeFromGroup("clara", "creditManager");
        }
    }

    @Test
    void a_mail_that_is_sent_again_after_a_crash_has_the_same_id() throws Exception {
        overLimit("Elbe Metall");
        passes(Duration.ofMinutes(16));
        assertThat(mails()).hasSize(1);

        // The node died after the server took the mail and before that was noted.
        jdbc.sql("update hp_delivery set state = 'WAITING', finished_at = null where channel = 'MAIL'")
                .update();
        jdbc.sql("update hp_mailbox set due_at = (select min(due_at) from hp_delivery), mailed_at = null")
                .update();
        overLimit("Havel Logistik");
        passes(Duration.ofMinutes(20));

        assertThat(mails()).hasSize(3);
        assertThat(mails().get(1).getMessageID()).isEqualTo(mails().get(0).getMessageID());
        assertThat(mails().get(1).getSubject()).contains("Elbe Metall");
        assertThat(mails().get(2).getSubject()).as("what came since").contains("Havel Logistik");
        assertThat(mails().get(2).getMessageID()).isNotEqualTo(mails().get(0).getMessageID());
    }

    // Webhooks

    @Test
    void a_subscriber_is_told_in_signed_events_of_references_and_numbers() throws Exception {
        var order = overLimit("Elbe Metall");
        var task = story.task(order, "OVER_LIMIT");
        send();
        story.decide(task, "max", "release", "The managing director of Elbe Metall gave his word.");
        send();

        assertThat(SUBSCRIBER.told()).hasSize(3).allSatisfy(told -> {
            assertThat(told.contentType()).startsWith("application/cloudevents+json");
            var request = new MockHttpServletRequest();
            request.addHeader(EventSignature.HEADER, told.signature());
            assertThat(signature.accepts(request, told.body())).isTrue();
            assertThat(signature.accepts(request, told.body() + " ")).isFalse();
            assertThat(told.body()).doesNotContain("Elbe", "word", MAX);
            var event = event(told);
            assertThat(event.path("specversion").asText()).isEqualTo("1.0");
            assertThat(event.path("source").asText()).isEqualTo(PUBLIC_URL);
            assertThat(event.path("subject").asText()).isEqualTo(order.toString());
            assertThat(event.path("data").path("workflow").asText()).isEqualTo("order-release");
            assertThat(event.path("data").path("amount").asDouble()).isPositive();
        });
        assertThat(SUBSCRIBER.told())
                .extracting(told -> event(told).path("type").asText())
                .containsExactly("io.holdpoint.asked", "io.holdpoint.answered", "io.holdpoint.closed");
        assertThat(SUBSCRIBER.told())
                .extracting(told -> event(told).path("id").asText())
                .doesNotHaveDuplicates();
        var asked = event(SUBSCRIBER.told().get(0)).path("data");
        assertThat(asked.path("taskUrl").asText()).endsWith("?task=" + task.getId());
        assertThat(asked.path("role").asText()).isEqualTo("creditManager");
        assertThat(asked.path("code").asText()).isEqualTo("OVER_LIMIT");
        assertThat(Instant.parse(asked.path("dueAt").asText()))
                .isEqualTo(task.getDueDate().toInstant());
        assertThat(event(SUBSCRIBER.told().get(1)).path("data").path("answer").asText())
                .isEqualTo("release");
        assertThat(event(SUBSCRIBER.told().get(2)).path("data").path("outcome").asText())
                .isEqualTo("released");
    }

    @Test
    void a_subscriber_that_refuses_is_told_again_later_and_in_the_same_words() {
        SUBSCRIBER.answers(500);
        overLimit("Elbe Metall");
        send();
        send();
        assertThat(SUBSCRIBER.told()).hasSize(1);

        SUBSCRIBER.answers(204);
        passes(Duration.ofSeconds(31));

        assertThat(SUBSCRIBER.told()).hasSize(2);
        assertThat(SUBSCRIBER.told().get(1).body())
                .isEqualTo(SUBSCRIBER.told().get(0).body());
        assertThat(SUBSCRIBER.told().get(1).signature())
                .as("signed anew: a signature is fresh for minutes")
                .isNotEqualTo(SUBSCRIBER.told().get(0).signature());
        passes(Duration.ofHours(2));
        assertThat(SUBSCRIBER.told()).hasSize(2);
    }

    @Test
    void a_redirect_is_not_followed() {
        SUBSCRIBER.answers(302);
        overLimit("Elbe Metall");
        send();

        assertThat(SUBSCRIBER.told()).hasSize(1);
        assertThat(SUBSCRIBER.told().get(0).path()).endsWith(Subscriber.TOKEN_IN_ADDRESS);
        assertThat(states("WEBHOOK")).containsExactly("WAITING");
    }

    @Test
    void no_secret_is_logged_or_kept(CapturedOutput output) throws Exception {
        SUBSCRIBER.answers(500);
        sender.setPort(closedPort());
        overLimit("Elbe Metall");
        send();
        passes(Duration.ofMinutes(16));

        assertThat(output.getAll()).contains("could not be told", "could not be sent");
        var answers = jdbc.sql("select answer from hp_delivery")
                .query(String.class)
                .list()
                .toString();
        for (var secret : List.of(WEBHOOK_SECRET, MAIL_PASSWORD, Subscriber.TOKEN_IN_ADDRESS)) {
            assertThat(output.getAll()).doesNotContain(secret);
            assertThat(answers).doesNotContain(secret);
        }
    }

    // What happens

    private DocumentRef overLimit(String customer) {
        return overLimit(customer, "anna");
    }

    private DocumentRef overLimit(String customer, String requester) {
        var id = data.order(data.customer(customer).creditLimit(10_000).add())
                .line(pump(), 110)
                .add();
        story.odoo().requestRelease(id, requester);
        var order = new DocumentRef("sale.order", id);
        story.start(order);
        return order;
    }

    /** Work that the quality inspectors have to do. */
    private Task inspection() {
        var product = data.product("Bearing").price(30).cost(12.5).stock(0).add();
        var lot = new DocumentRef("stock.lot", data.lot("L-" + System.nanoTime(), product, 8));
        data.defect(lot, "appearance", "minor", 0, "Bore too wide");
        story.start("quality-escalation", lot);
        return story.followUp(lot, "inspectStock");
    }

    /** Until the end of the day. */
    private void away(String person, String substitute, Map<String, Object> more) {
        var variables = new HashMap<String, Object>(more);
        variables.put("substitute", substitute);
        variables.putIfAbsent("firstDay", "2026-06-01");
        variables.putIfAbsent("lastDay", "2026-06-01");
        story.as(person, () -> runtime.startProcessInstanceByKey("substitution", variables));
        story.passes(Duration.ofSeconds(1));
    }

    private long pump() {
        return data.product("Pump").price(100).cost(50).stock(1000).add();
    }

    private void remind() {
        story.passesUntil(Story.BEGIN.plus(Duration.ofHours(4).plusMinutes(1)));
    }

    private void send() {
        distributor.run();
        mails.run();
        webhooks.run();
    }

    /** Lets time go on for notifications alone. */
    private void passes(Duration time) {
        distributor.run();
        story.ahead(time);
        send();
    }

    private static int closedPort() throws Exception {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    // What came of it

    private void clearMails() throws Exception {
        MAIL.purgeEmailFromAllMailboxes();
    }

    private static List<MimeMessage> mails() {
        return List.of(MAIL.getReceivedMessages());
    }

    private static List<MimeMessage> mailsTo(String address) {
        return mails().stream()
                .filter(mail -> {
                    try {
                        return Arrays.toString(mail.getAllRecipients()).contains(address);
                    } catch (jakarta.mail.MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private static MimeMessage mailTo(String address) {
        assertThat(mailsTo(address)).as("mails to " + address).hasSize(1);
        return mailsTo(address).get(0);
    }

    private static String text(MimeMessage mail) throws Exception {
        return part(mail, "text/plain").replace("\r\n", "\n");
    }

    private static String html(MimeMessage mail) throws Exception {
        return part(mail, "text/html");
    }

    static String part(Part part, String type) throws Exception {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (var i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                var found = part(inner, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private JsonNode event(Subscriber.Told told) {
        try {
            return json.readTree(told.body());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> states(String channel) {
        return jdbc.sql("select state from hp_delivery where channel = :channel order by id")
                .param("channel", channel)
                .query(String.class)
                .list();
    }

    private long waiting() {
        return jdbc.sql("select count(*) from hp_delivery where channel = 'MAIL' and state = 'WAITING'")
                .query(Long.class)
                .single();
    }

    private long kept() {
        return jdbc.sql("select count(*) from hp_notification")
                .query(Long.class)
                .single();
    }

    private double figure(String name) {
        return figures.get(name).gauge().value();
    }
}
