package io.holdpoint.intake;

import static io.holdpoint.intake.Intake.changed;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.odoo.DocumentRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A case started by the engine's REST API: with a business key, once, and by nobody who may not. */
@OverHttp
class EngineRestStartTest {

    private static final String START = "/engine-rest/process-definition/key/order-release/start";

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    @Test
    void a_business_key_is_all_it_needs() {
        var order = requested();

        var answer = intake.asOdoo().post(START, "{\"businessKey\": \"" + order + "\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("id").asText()).isEqualTo(intake.openCase(order));
        assertThat(openedBy(order)).isEqualTo("odoo");
        story.work();
        assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("sale");
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void a_second_start_opens_no_second_case_and_names_the_open_one() {
        var order = requested();
        intake.asOdoo().post(START, "{\"businessKey\": \"" + order + "\"}");
        var open = intake.openCase(order);

        var again = intake.asOdoo().post(START, "{\"businessKey\": \"" + order + "\"}");

        assertThat(again.status()).as(again.body()).isEqualTo(400);
        assertThat(message(again))
                .contains(order + " already has an open case of order-release: " + open)
                .contains("nothing more is needed");
        assertThat(intake.cases(order)).isOne();
        assertThat(instances(order)).isOne();
    }

    @Test
    void a_case_that_an_event_opened_is_named_as_well() {
        var order = requested();
        intake.hint(changed(order));
        intake.drain();

        var start = intake.asOdoo().post(START, "{\"businessKey\": \"" + order + "\"}");

        assertThat(start.status()).isEqualTo(400);
        assertThat(message(start)).contains(intake.openCase(order));
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void a_closed_case_is_no_obstacle() {
        var order = requested();
        intake.asOdoo().post(START, "{\"businessKey\": \"" + order + "\"}");
        story.work();
        assertThat(story.isOpen(order)).isFalse();

        var again = intake.asOdoo().post(START, "{\"businessKey\": \"" + order + "\"}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(intake.cases(order)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"businessKey\": null}",
                "{\"businessKey\": \"\"}",
                "{\"businessKey\": \"  \"}",
                "{\"_action\": \"webhook(#660)\", \"_id\": 42, \"_model\": \"sale.order\", \"id\": 42}"
            })
    void without_a_business_key_it_says_what_to_give(String body) {
        var before = left();

        var answer = intake.asOdoo().post(START, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(message(answer)).contains("businessKey is missing").contains("\"businessKey\": \"sale.order,42\"");
        assertThat(left()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "42;'42' names no Odoo document",
                "sale.order;'sale.order' names no Odoo document",
                "sale.order:42;names no Odoo document",
                "sale.order,-42;names no Odoo document",
                "sale.order,0;names no Odoo document",
                "sale.order,042;names no Odoo document",
                "sale.order,42 ;names no Odoo document",
                "sale.order,99999999999999999999;names no Odoo document",
                "purchase.order,42;order-release is about documents of sale.order",
                "res.partner,42;order-release is about documents of sale.order"
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void a_key_that_names_no_order_is_refused_in_words(String key, String words) {
        var before = left();

        var answer = intake.asOdoo().post(START, "{\"businessKey\": \"" + key + "\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(message(answer)).contains("businessKey: ").contains(words).contains("sale.order");
        assertThat(left()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"businessKey\": \"%s\", \"variables\": {\"amount\": {\"value\": \"much\", \"type\": \"Integer\"}}}",
                "{\"businessKey\": \"%s\", \"variables\": {\"amount\": {\"value\": 1, \"type\": \"Nonsense\"}}}",
                "{\"businessKey\": \"%s\", \"variables\": {\"amount\": 1}}",
                "{\"businessKey\": {\"value\": \"%s\"}}",
                "{\"businessKey\": \"%s\""
            })
    void what_has_the_wrong_type_is_refused(String body) {
        var order = requested();
        var before = left();

        var answer = intake.asOdoo().post(START, body.formatted(order));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(message(answer)).isNotBlank();
        assertThat(intake.cases(order)).isZero();
        assertThat(left()).isEqualTo(before);
    }

    @Test
    void variables_are_not_taken_over() {
        var order = requested();
        var before = left();

        var answer = intake.asOdoo()
                .post(
                        START,
                        "{\"businessKey\": \"%s\", \"variables\": {\"documentState\": {\"value\": \"released\"}}}"
                                .formatted(order));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(message(answer)).contains("documentState");
        assertThat(intake.cases(order)).isZero();
        assertThat(left()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "max", "ole", "petra", "audrey"})
    void people_ask_in_odoo_and_start_nothing_here(String person) {
        var order = requested();
        var before = left();

        var answer = intake.as(person).post(START, "{\"businessKey\": \"" + order + "\"}");

        assertThat(answer.status()).isIn(403, 404);
        assertThat(intake.cases(order)).isZero();
        assertThat(left()).isEqualTo(before);
    }

    @Test
    void strangers_start_nothing() {
        var order = requested();

        var anonymous = intake.anonymous().post(START, "{\"businessKey\": \"" + order + "\"}");
        var sender = intake.anonymous()
                .post(START, "{\"businessKey\": \"" + order + "\"}", "Authorization", "Bearer " + Intake.EVENT_SECRET);

        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(sender.status()).isEqualTo(401);
        assertThat(intake.cases(order)).isZero();
    }

    private static String message(Caller.Answer answer) {
        return answer.json().path("message").asText();
    }

    /** All that a start could leave behind: executions, jobs, variables, cases and evidence. */
    private java.util.List<Long> left() {
        return java.util.stream.Stream.of(
                        "ACT_RU_EXECUTION",
                        "ACT_RU_JOB",
                        "ACT_RU_VARIABLE",
                        "ACT_HI_PROCINST",
                        "hp_case",
                        "hp_evidence")
                .map(table -> jdbc.sql("select count(*) from " + table)
                        .query(Long.class)
                        .single())
                .toList();
    }

    private long instances(DocumentRef order) {
        return jdbc.sql("select count(*) from ACT_RU_EXECUTION where BUSINESS_KEY_ = :key and PARENT_ID_ is null")
                .param("key", order.toString())
                .query(Long.class)
                .single();
    }

    private String openedBy(DocumentRef order) {
        return jdbc.sql("select opened_by from hp_case where document = :document")
                .param("document", order.toString())
                .query(String.class)
                .single();
    }

    private DocumentRef requested() {
        var order = story.odoo().data().goodOrder();
        story.odoo().requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }
}
