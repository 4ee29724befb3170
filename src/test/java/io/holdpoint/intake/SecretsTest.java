package io.holdpoint.intake;

import static io.holdpoint.intake.Intake.EVENT_SECRET;
import static io.holdpoint.intake.Intake.EVENT_SECRET_BEFORE;
import static io.holdpoint.intake.Intake.WEBHOOK_SECRET;
import static io.holdpoint.intake.Intake.WEBHOOK_SECRET_BEFORE;
import static io.holdpoint.intake.Intake.changed;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.List;
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

/** Secrets reach neither the log nor any answer, whatever goes wrong. */
@OverHttp
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

    private static final String[] SECRETS = {
        WEBHOOK_SECRET, WEBHOOK_SECRET_BEFORE, EVENT_SECRET, EVENT_SECRET_BEFORE, Intake.ODOO_PASSWORD
    };

    private static final String WEBHOOK = "/api/odoo/webhooks/" + WEBHOOK_SECRET;

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    IntakeProperties properties;

    private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

    @BeforeEach
    void sayMore() {
        logging.setLogLevel("ROOT", LogLevel.INFO);
        logging.setLogLevel("io.holdpoint", LogLevel.TRACE);
    }

    @AfterEach
    void end() {
        logging.setLogLevel("ROOT", LogLevel.WARN);
        logging.setLogLevel("io.holdpoint", null);
        story.end();
        intake.forget();
    }

    @Test
    void nothing_that_is_sent_brings_them_to_light(CapturedOutput output) {
        var order = new DocumentRef("sale.order", story.odoo().data().goodOrder());
        story.odoo().requestRelease(order.id(), "anna");
        var answers = new ArrayList<Caller.Answer>();

        answers.addAll(everyWayToCall(order));
        intake.drain();
        story.odoo().faults().unavailable(100);
        answers.add(intake.hint(changed(order)));
        intake.drain();
        intake.sweep();
        answers.add(intake.as("ole").get("/api/events?state=done"));
        answers.add(intake.as("ole").get("/api/events?state=quarantined"));
        answers.add(intake.as("audrey").get("/api/openapi.json"));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.body()).doesNotContain(SECRETS));
        assertThat(output).as("the log is heard").contains("The sweep could not read");
        assertThat(output).doesNotContain(SECRETS);
    }

    @Test
    void nor_does_a_database_that_fails(CapturedOutput output) {
        var order = new DocumentRef("sale.order", 42);
        jdbc.sql("alter table hp_event rename to hp_event_away").update();
        List<Caller.Answer> answers;
        try {
            answers = everyWayToCall(order);
        } finally {
            jdbc.sql("alter table hp_event_away rename to hp_event").update();
        }

        assertThat(answers).extracting(Caller.Answer::status).contains(500);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.body()).doesNotContain(SECRETS));
        assertThat(output.toString().toLowerCase(java.util.Locale.ROOT))
                .as("the log is heard")
                .contains("hp_event");
        assertThat(output).doesNotContain(SECRETS);
    }

    @Test
    void nor_do_the_settings_when_somebody_prints_them() {
        assertThat(properties.toString()).startsWith("IntakeProperties").doesNotContain(SECRETS);
    }

    private List<Caller.Answer> everyWayToCall(DocumentRef order) {
        var anyone = intake.anonymous();
        var bearer = "Bearer " + EVENT_SECRET;
        var event = "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"shop\","
                + " \"type\": \"%s\", \"subject\": \"" + order + "\"}";
        return List.of(
                anyone.post(WEBHOOK, changed(order)),
                anyone.post(WEBHOOK, changed(order, "2026-03-02 09:00:00.123456")),
                anyone.post(WEBHOOK, "nonsense"),
                anyone.post(WEBHOOK, "{\"_model\": \"res.users\", \"_id\": 2}"),
                anyone.post(WEBHOOK, "x".repeat(300 * 1024)),
                anyone.post(WEBHOOK + "/more", changed(order)),
                anyone.post(WEBHOOK + ";a=b", changed(order)),
                anyone.post(WEBHOOK + "%2Fmore", changed(order)),
                anyone.post(WEBHOOK + "//more", changed(order)),
                anyone.post(WEBHOOK + "?x=%00", changed(order)),
                anyone.get(WEBHOOK),
                intake.as("ole").get(WEBHOOK),
                intake.as("admin").get(WEBHOOK + "/more"),
                anyone.post("/api/odoo/webhooks/" + WEBHOOK_SECRET_BEFORE, changed(order)),
                anyone.post("/api/events", event.formatted("order-release.requested"), "Authorization", bearer),
                anyone.post("/api/events", event.formatted("nonsense"), "Authorization", bearer),
                anyone.post("/api/events", "nonsense", "Authorization", "Bearer " + EVENT_SECRET_BEFORE),
                anyone.post("/api/events", "{}", "Authorization", bearer + "x"),
                anyone.post("/api/events", "{}", "Holdpoint-Signature", EVENT_SECRET),
                anyone.get("/api/events/" + EVENT_SECRET, "Authorization", bearer),
                intake.asOdoo().get("/api/events"));
    }
}
