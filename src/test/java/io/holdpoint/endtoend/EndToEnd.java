package io.holdpoint.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application with a real Odoo, seen only from outside: Odoo's wire, Holdpoint's REST, a power cut. Each
 * class of tests starts its own, without data; who works there is said by the class.
 */
@Tag("real-odoo")
abstract class EndToEnd {

    /** Within this time a task or a change in Odoo follows from what somebody did. */
    static final Duration SOON = Duration.ofSeconds(60);

    /** Within this time a case ends, with all that it still has to do in Odoo. */
    private static final Duration AT_LAST = Duration.ofSeconds(120);

    @TempDir
    static Path folder;

    static RealOdoo odoo;
    static OdooProxy proxy;
    static Holdpoint holdpoint;

    /** What a case is about. */
    interface Document {

        /** As a business key names it, for example {@code purchase.order,7}. */
        String document();
    }

    @BeforeAll
    static void begin() throws Exception {
        odoo = new RealOdoo();
        proxy = new OdooProxy(odoo.url());
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        holdpoint = new Holdpoint(folder, port, proxy.url(), "e2e-" + UUID.randomUUID());
        holdpoint.setUpOdoo();
        holdpoint.start();
        holdpoint.employ("auditor", "auditor");
        workAroundTheClock();
    }

    /** So that a deadline of seconds is due whenever these tests run, at night and on Sundays too. */
    private static void workAroundTheClock() throws IOException {
        var file = "working-time.calendar.dmn";
        var table = Files.readString(Path.of("dmn", file))
                .replaceAll("\"Mon-(Fri|Sat)\"", "\"Mon-Sun\"")
                .replaceAll("\"0[68]:00\"", "\"00:00\"")
                .replaceAll("\"(17|22):00\"", "\"24:00\"")
                .replaceAll("\"(de|us-il)\"", "\"\"");
        assertThat(holdpoint.deploy("admin", file, table).statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void end() {
        holdpoint.close();
        proxy.close();
    }

    /** Waits until the only open task about the document is a hold with this code. */
    static JsonNode hold(Document about, String code) {
        return onlyTask(about, "holdCode", code);
    }

    /** Waits until the only open task about the document is a follow-up of this step. */
    static JsonNode followUp(Document about, String step) {
        return onlyTask(about, "step", step);
    }

    private static JsonNode onlyTask(Document about, String variable, String value) {
        return await().atMost(SOON)
                .until(
                        () -> holdpoint.tasks(about.document()),
                        tasks -> tasks.size() == 1
                                && holdpoint.variable(tasks.get(0), variable).equals(value))
                .get(0);
    }

    /** Answers a hold, and is allowed to. */
    static void decide(String person, JsonNode task, String decision, String reason) {
        var answer = holdpoint.decide(person, task, decision, reason);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    /** Completes a task, and is allowed to. */
    static void complete(String person, JsonNode task, Map<String, ?> entered) {
        var answer = holdpoint.complete(person, task, entered);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    /** Deploys a table for all who come after, as its owner {@code pia} does; the class has to employ her. */
    static void deploy(String file, String table) {
        assertThat(holdpoint.deploy("pia", file, table).statusCode()).isEqualTo(200);
    }

    /** Waits until the last case of the document has ended like this. */
    static void settled(Document about, String outcome) {
        await().atMost(AT_LAST)
                .untilAsserted(() ->
                        assertThat(lastCase(about).path("outcome").asText()).isEqualTo(outcome));
    }

    /** What is on record about the document's last case. */
    static JsonNode lastCase(Document about) {
        return holdpoint.cases(about.document()).path("cases").get(0);
    }
}
