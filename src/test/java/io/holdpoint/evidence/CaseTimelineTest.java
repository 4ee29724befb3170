package io.holdpoint.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.Story;
import io.holdpoint.demo.DemoData;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.intake.Intake;
import io.holdpoint.intake.OverHttp;
import io.holdpoint.odoo.DocumentRef;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What an auditor reads of a document, years later: on which numbers which rules answered, who decided, what Odoo did.
 */
@OverHttp
class CaseTimelineTest {

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    DemoOdoo odoo;
    DemoData data;

    @BeforeEach
    void begin() {
        odoo = story.odoo();
        data = odoo.data();
    }

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    @Test
    void tells_which_event_opened_the_case() {
        var order = overLimit();
        var event =
                intake.hint(Intake.changed(order, "2026-03-02 09:00:00.123456")).event();
        intake.drain();

        var one = onlyCase(order);

        assertThat(one.path("caseId").asText()).isEqualTo(intake.openCase(order));
        assertThat(one.path("workflow").asText()).isEqualTo("order-release");
        assertThat(one.path("openedAt").asText()).endsWith("Z");
        assertThat(one.path("openedBy").isNull()).isTrue();
        assertThat(one.path("closedAt").isNull()).isTrue();
        assertThat(one.path("outcome").isNull()).isTrue();
        assertThat(lines(one, "EVENT"))
                .extracting(line -> line.path("actor").asText())
                .containsExactly("holdpoint", "odoo/webhook");
        assertThat(lines(one, "EVENT").get(1).path("content").path("event").asText())
                .isEqualTo(StreamSupport.stream(
                                intake.as("ole")
                                        .get("/api/events?state=done")
                                        .json()
                                        .spliterator(),
                                false)
                        .filter(seen -> seen.path("id").asLong() == event)
                        .findFirst()
                        .orElseThrow()
                        .path("eventId")
                        .asText());
    }

    @Test
    void tells_who_started_a_case_by_hand() {
        var order = overLimit();
        intake.asOdoo()
                .post(
                        "/engine-rest/process-definition/key/order-release/start",
                        "{\"businessKey\": \"" + order + "\"}");

        assertThat(onlyCase(order).path("openedBy").asText()).isEqualTo("odoo");
    }

    @Test
    void tells_which_numbers_each_table_saw_in_which_version_and_which_rules_answered() {
        var order = overLimit();
        story.start(order);

        var one = onlyCase(order);

        var facts = lines(one, "FACTS").get(0).path("content").path("values");
        assertThat(facts.path("exposure").path("value").asDouble()).isEqualTo(11_000);
        var policy = lines(one, "POLICY").get(0);
        assertThat(policy.path("element").asText()).isEqualTo("businessRuleTask_checkPolicy");
        var tables = list(policy.path("content").path("tables"));
        assertThat(tables)
                .extracting(table -> table.path("decision").asText())
                .containsExactly(
                        "order-release.thresholds",
                        "order-release.exemption",
                        "order-release.document",
                        "order-release.credit",
                        "order-release.overdue",
                        "order-release.discount",
                        "order-release.margin",
                        "order-release.price",
                        "order-release.stock");
        assertThat(tables).allSatisfy(table -> {
            assertThat(table.path("version").asInt()).isPositive();
            assertThat(table.path("definition").asText())
                    .startsWith(table.path("decision").asText() + ":");
            assertThat(table.path("inputs")).as(table.path("decision").asText()).isNotEmpty();
            assertThat(table.path("rules").isArray()).isTrue();
        });

        var credit = table(policy, "order-release.credit");
        assertThat(credit.path("inputs").path("exposure").asDouble()).isEqualTo(11_000);
        assertThat(credit.path("inputs").path("overLimitBy").asDouble()).isEqualTo(1_000);
        assertThat(credit.path("inputs").path("creditSuspended").asBoolean(true))
                .isFalse();
        assertThat(credit.path("inputs").path("termDays - customerTermDays").asInt(-1))
                .as("also what the table computed")
                .isZero();
        var rule = list(credit.path("rules")).stream()
                .filter(answer -> answer.path("outputs").path("hold").asText().equals("OVER_LIMIT"))
                .findFirst()
                .orElseThrow();
        assertThat(rule.path("rule").asText()).startsWith("rule_");
        assertThat(rule.path("sentence").asText()).endsWith(".");
        assertThat(policy.path("content")
                        .path("terms")
                        .path("thresholds")
                        .path("limitWarningPercent")
                        .asDouble())
                .as("the thresholds of that moment")
                .isEqualTo(80);
    }

    @Test
    void keeps_the_numbers_of_each_look_apart() {
        var order = overLimit();
        var caseId = story.start(order);
        var line = odoo.order(order.id()).path("order_line").path(0).asLong();
        odoo.changeLine(line, "anna", Map.of("product_uom_qty", 130));
        intake.hint(Intake.changed(order));
        intake.drain();
        story.work();

        var one = onlyCase(order);

        assertThat(one.path("caseId").asText()).isEqualTo(caseId);
        assertThat(lines(one, "POLICY"))
                .extracting(policy -> table(policy, "order-release.credit")
                        .path("inputs")
                        .path("exposure")
                        .asDouble())
                .containsExactly(11_000.0, 13_000.0);
        assertThat(list(one.path("holds")))
                .singleElement()
                .satisfies(hold -> assertThat(hold.path("measured").asDouble()).isEqualTo(13_000));
    }

    @Test
    void tells_who_was_asked_and_who_decided_and_why() {
        var order = overLimit();
        story.start(order);
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");

        var one = onlyCase(order);

        var asked = lines(one, "AUTHORITY").get(0).path("content");
        assertThat(asked.path("role").asText()).isEqualTo("creditManager");
        assertThat(asked.path("decision").asText()).startsWith("order-release.authority v");
        assertThat(asked.path("sentence").asText()).endsWith(".");
        assertThat(asked.path("inputs").path("hold").asText()).isEqualTo("OVER_LIMIT");
        assertThat(lines(one, "DECISION")).singleElement().satisfies(decision -> {
            assertThat(decision.path("actor").asText()).isEqualTo("max");
            assertThat(decision.path("at").asText()).endsWith("Z");
            assertThat(decision.path("content").path("answer").asText()).isEqualTo("release");
            assertThat(decision.path("content").path("reason").asText()).isEqualTo("Secured by a guarantee.");
        });
        var hold = one.path("holds").get(0);
        assertThat(hold.path("code").asText()).isEqualTo("OVER_LIMIT");
        assertThat(hold.path("state").asText()).isEqualTo("RELEASED");
        assertThat(hold.path("measure").asText()).isEqualTo("exposure");
        assertThat(hold.path("measured").asDouble()).isEqualTo(11_000);
        assertThat(hold.path("allowed").asDouble()).isEqualTo(10_000);
        assertThat(hold.path("answers")).singleElement().satisfies(answer -> {
            assertThat(answer.path("person").asText()).isEqualTo("max");
            assertThat(answer.path("role").asText()).isEqualTo("creditManager");
            assertThat(answer.path("reason").asText()).isEqualTo("Secured by a guarantee.");
        });
    }

    @Test
    void tells_what_odoo_was_told_under_which_key_and_what_it_answered() {
        var order = overLimit();
        var caseId = story.start(order);
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");

        var one = onlyCase(order);

        assertThat(lines(one, "COMMAND"))
                .extracting(
                        command -> command.path("content").path("operation").asText(),
                        command -> command.path("content")
                                .path("answer")
                                .path("status")
                                .asText())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("hold", "done"),
                        org.assertj.core.groups.Tuple.tuple("release", "done"));
        assertThat(lines(one, "COMMAND"))
                .extracting(command -> command.path("content").path("key").asText())
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith(caseId + ":serviceTask_"));
        assertThat(lines(one, "OUTCOME").get(0).path("content").path("outcome").asText())
                .isEqualTo("released");
        assertThat(one.path("outcome").asText()).isEqualTo("released");
        assertThat(one.path("closedAt").asText()).endsWith("Z");
    }

    @Test
    void tells_all_in_the_order_in_which_it_happened() {
        var order = overLimit();
        story.start(order);
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");

        var moments = list(onlyCase(order).path("timeline")).stream()
                .map(line -> java.time.Instant.parse(line.path("at").asText()))
                .toList();

        assertThat(moments).isSorted().hasSizeGreaterThan(8);
    }

    @Test
    void tells_of_all_cases_of_the_document_newest_first_and_of_no_other_document() {
        var order = overLimit();
        var other = overLimit();
        var first = story.start(order);
        story.decide(story.task(order, "OVER_LIMIT"), "max", "reject", "Pay first.");
        odoo.requestRelease(order.id(), "anna");
        Intake.later(java.time.Duration.ofMinutes(1));
        var second = story.start(order);
        var foreign = story.start(other);

        var answer = intake.as("audrey").get("/api/cases/" + order);

        assertThat(answer.json().path("document").asText()).isEqualTo(order.toString());
        assertThat(list(answer.json().path("cases")))
                .extracting(one -> one.path("caseId").asText())
                .containsExactly(second, first);
        assertThat(answer.body()).doesNotContain(foreign);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audrey", "ole", "admin"})
    void auditors_and_operations_read_it(String person) {
        var order = overLimit();
        story.start(order);

        assertThat(intake.as(person).get("/api/cases/" + order).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "clara", "max", "dora", "petra", "wim"})
    void nobody_else_does(String person) {
        var order = overLimit();
        story.start(order);

        var answer = intake.as(person).get("/api/cases/" + order);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("exposure");
    }

    @Test
    void strangers_are_asked_who_they_are() {
        var order = overLimit();
        story.start(order);

        assertThat(intake.anonymous().get("/api/cases/" + order).status()).isEqualTo(401);
        assertThat(intake.asOdoo().get("/api/cases/" + order).status()).isEqualTo(403);
    }

    @Test
    void a_document_without_any_case_is_not_found() {
        var answer = intake.as("audrey").get("/api/cases/sale.order,999999999");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.detail()).isEqualTo("There never was a case about sale.order,999999999.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "sale.order", "sale.order,0", "sale.order,-1", "sale.order,abc", "Sale%20Order,42"})
    void what_names_no_document_is_refused_in_words(String document) {
        var answer = intake.as("audrey").get("/api/cases/" + document);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.detail()).contains("Give model and id, for example sale.order,42.");
    }

    private JsonNode onlyCase(DocumentRef order) {
        var answer = intake.as("audrey").get("/api/cases/" + order);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("cases")).hasSize(1);
        return answer.json().path("cases").get(0);
    }

    private static List<JsonNode> lines(JsonNode one, String kind) {
        return list(one.path("timeline")).stream()
                .filter(line -> line.path("kind").asText().equals(kind))
                .toList();
    }

    private static JsonNode table(JsonNode policy, String decision) {
        return list(policy.path("content").path("tables")).stream()
                .filter(table -> table.path("decision").asText().equals(decision))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private DocumentRef overLimit() {
        var customer = data.customer("Elbe Metall").creditLimit(10_000).add();
        var pump = data.product("Pump").price(100).cost(60).add();
        return new DocumentRef(
                "sale.order", data.order(customer).line(pump, 110).requested().add());
    }
}
