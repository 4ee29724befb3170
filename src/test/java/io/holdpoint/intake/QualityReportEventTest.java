package io.holdpoint.intake;

import static io.holdpoint.intake.Intake.EVENT_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Defects that a laboratory or a test system reports, from the door to the stock. */
@OverHttp
class QualityReportEventTest {

    private static final String WORKFLOW = "quality-escalation";
    private static final String GOOD = "'defect': 'dimension', 'severity': 'minor', 'description': 'Bore 20.4 mm'";

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    private long product;
    private DocumentRef lot = new DocumentRef("stock.lot", 1);

    @BeforeEach
    void begin() {
        var data = story.odoo().data();
        product = data.product("Bearing").price(30).cost(12.5).stock(0).add();
        lot = new DocumentRef("stock.lot", data.lot("L-" + System.nanoTime(), product, 8));
    }

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    @Test
    void a_defect_that_a_laboratory_finds_puts_the_lot_out_of_reach() {
        assertThat(send(lot, "{" + GOOD + "}").status()).isEqualTo(202);
        work();

        assertThat(text(lot, "x_holdpoint_quality_state")).isEqualTo("quarantined");
        assertThat(text(lot, "x_holdpoint_defect"))
                .as("people in Odoo see it too")
                .isEqualTo("dimension");
        assertThat(text(lot, "x_holdpoint_defect_description")).isEqualTo("Bore 20.4 mm");
        var inspect = story.followUp(lot, "inspectStock");
        assertThat(story.variable(inspect, "stockText").toString()).startsWith("8 Units kept apart");
        assertThat(story.evidence(intake.openCase(lot), Kind.EVENT))
                .anySatisfy(line -> assertThat(line.actor()).isEqualTo("lims"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'severity': 'minor', 'description': 'x'}|data.defect is missing; send one of appearance, contamination",
                "{'defect': 'ugly', 'severity': 'minor', 'description': 'x'}|data.defect is \"ugly\"; send one of",
                "{'defect': 'safety', 'description': 'x'}|data.severity is missing; send one of critical, major, minor.",
                "{'defect': 'safety', 'severity': 'high', 'description': 'x'}|data.severity is \"high\"; send one of",
                "{'defect': 'safety', 'severity': 1, 'description': 'x'}|data.severity is 1; send one of",
                "{'defect': 'safety', 'severity': 'minor'}|data.description is missing; say in 1 to 2000 characters",
                "{'defect': 'safety', 'severity': 'minor', 'description': ' '}|data.description is empty or too long; say",
                "{'defect': 'safety', 'severity': 'minor', 'description': 7}|data.description is 7; say",
                "{'quantity': -2, GOOD}|data.quantity is -2; send how many units are affected, a number above zero",
                "{'quantity': 0, GOOD}|data.quantity is 0; send how many units are affected, a number above zero, or leave",
                "{'quantity': '2', GOOD}|data.quantity is \"2\"; send how many",
                "{'quantity': null, GOOD}|data.quantity is null; send how many",
                "{'company': true, GOOD}|data.company is true; send its name or its id in Odoo, or leave it out",
                "{'lot': 'L-4711', GOOD}|data.lot: a lot is what the report is about. Name it in subject"
            })
    void a_report_that_cannot_be_read_is_refused_by_field_and_kept_in_quarantine(String data, String words) {
        var answer = send(lot, data.replace("GOOD", GOOD));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith(words).contains("kept in quarantine as event " + answer.event());
        assertThat(intake.event(answer.event()).state()).isEqualTo(Inbox.State.QUARANTINED);
        assertThat(intake.drain()).isZero();
        assertThat(intake.cases(lot)).isZero();
        assertThat(text(lot, "x_holdpoint_quality_state")).isNotEqualTo("quarantined");
    }

    @Test
    void of_a_product_it_has_to_be_said_how_many_are_affected() {
        var answer = send(new DocumentRef("product.product", product), "{" + GOOD + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith("data.quantity is missing; ").contains("Of a product it has to be said");
    }

    @Test
    void a_report_that_was_refused_is_taken_in_when_it_is_sent_again_corrected() {
        send(lot, "{'quantity': -1, " + GOOD + "}");

        assertThat(send(lot, "{'quantity': 1, " + GOOD + "}").status()).isEqualTo(202);
        assertThat(intake.drain()).isOne();
        assertThat(intake.cases(lot)).isOne();
    }

    @Test
    void a_lot_that_odoo_does_not_know_is_looked_for_and_then_kept_for_operations() {
        var unknown = new DocumentRef("stock.lot", 987_654);

        var answer = send(unknown, "{" + GOOD + "}");
        for (var look = 0; look < 6; look++) {
            intake.drain();
            Intake.later(Duration.ofMinutes(1));
        }

        assertThat(answer.status()).isEqualTo(202);
        var event = intake.event(answer.event());
        assertThat(event.state()).isEqualTo(Inbox.State.QUARANTINED);
        assertThat(event.answer()).contains("stock.lot,987654 does not exist in Odoo. Check the id and replay");
    }

    @Test
    void stock_of_another_company_than_the_sender_means_is_not_touched_before_operations_has_agreed() {
        send(lot, "{'company': 'Somebody else AG', " + GOOD + "}");
        work();

        assertThat(story.holdCodes(lot)).containsExactly("LOT_OTHER_COMPANY");
        assertThat(story.candidateGroup(story.task(lot, "LOT_OTHER_COMPANY"))).isEqualTo("operations");
        assertThat(story.evidence(intake.openCase(lot), Kind.COMMAND))
                .noneSatisfy(line -> assertThat(line.content()).containsEntry("operation", "quarantine"));
        story.decide(story.task(lot, "LOT_OTHER_COMPANY"), "ole", "release", "Their name for our company");
        assertThat(text(lot, "x_holdpoint_quality_state")).isEqualTo("quarantined");
        assertThat(story.followUp(lot, "inspectStock")).isNotNull();
    }

    @Test
    void the_same_report_twice_is_one_event_and_one_case() {
        var id = UUID.randomUUID().toString();
        var first = send(id, lot, "{" + GOOD + "}");
        var second = send(id, lot, "{" + GOOD + "}");
        send(lot, "{" + GOOD + "}");
        work();

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.event()).isEqualTo(first.event());
        assertThat(intake.cases(lot)).isOne();
        assertThat(story.tasks(lot)).hasSize(1);
    }

    @Test
    void stock_that_has_just_left_is_told_of_and_not_forced() {
        var data = story.odoo().data();
        data.order(data.customer("Elbe Metall").add())
                .line(product, 3)
                .delivered(0)
                .add();

        send(lot, "{" + GOOD + "}");
        work();

        var left = story.task(lot, "STOCK_LEFT");
        assertThat(story.candidateGroup(left)).isEqualTo("qualityManager");
        assertThat(story.variable(left, "numbers").toString()).contains("3");
        story.decide(left, "quentin", "release", "The customer was told");
        assertThat(story.variable(story.followUp(lot, "containDefect"), "stockText")
                        .toString())
                .isEqualTo("5 Units kept apart, 3 Units shipped, reported all");
    }

    @Test
    void what_people_correct_in_odoo_counts_more_than_the_event_before() {
        send(lot, "{'quantity': 20, " + GOOD + "}");
        work();
        story.decide(story.task(lot, "QUANTITY_UNCLEAR"), "quinn", "return", "Eight came in");
        Intake.later(Duration.ofSeconds(2));
        story.odoo().data().defect(lot, "appearance", "minor", 8, "Scratched");

        story.complete(story.tasks(lot).get(0), "quinn", Map.of("action", "checkAgain"));

        assertThat(story.followUp(lot, "inspectStock").getName()).endsWith("appearance");
    }

    @Test
    void a_second_report_while_it_is_watched_opens_the_case_again_and_keeps_the_stock_apart() {
        send(lot, "{'defect': 'function', 'severity': 'major', 'description': 'Runs hot'}");
        work();
        var caseId = intake.openCase(lot);
        give("containDefect", "quinn", Map.of("containment", "Sorted all stock and blocked line two"));
        give("inspectStock", "quinn", Map.of("conformity", "doesNotConform", "inspection", "Warm, but within limits"));
        story.decide(story.task(lot, "USE_AS_IS"), "quentin", "release", "Agreed");
        give(
                "findCauses",
                "quinn",
                Map.of(
                        "occurrenceCause", "Hardened at the wrong temperature",
                        "escapeCause", "The hardness is tested at the start of a shift only"));
        give(
                "correctCause",
                "quinn",
                Map.of(
                        "actionKind",
                        "inspection",
                        "correctiveAction",
                        "Hardness tested of each batch, oven has alarm"));
        give("verifyCorrection", "quentin", Map.of("verification", "inPlace", "proof", "Test log of three batches"));
        assertThat(text(lot, "x_holdpoint_quality_state")).isEqualTo("monitored");
        assertThat(lying("Stock")).isEqualTo(8);

        send(lot, "{'defect': 'function', 'severity': 'major', 'description': 'Seizes after an hour'}");
        work();

        assertThat(intake.openCase(lot)).isEqualTo(caseId);
        assertThat(lying("Quarantine")).isEqualTo(8);
        assertThat(lying("Stock")).isZero();
        give("containDefect", "quinn", Map.of("containment", "Taken out of line two and blocked there"));
        var inspect = story.followUp(lot, "inspectStock");
        assertThat(story.variable(inspect, "stockText").toString()).startsWith("8 Units kept apart");
        assertThat(story.variable(inspect, "descriptionText")).isEqualTo("Seizes after an hour");
        story.complete(
                inspect,
                "quinn",
                Map.of(
                        "conformity",
                        "doesNotConform",
                        "inspection",
                        "All eight of them seize after an hour",
                        "functionalImpact",
                        true));
        story.decide(story.task(lot, "SCRAP"), "quentin", "release", "Agreed");
        assertThat(lying("Quarantine")).isZero();
        assertThat(lying("Stock")).isZero();
        assertThat(story.followUp(lot, "findCauses")).isNotNull();
    }

    @Test
    void over_rest_nobody_approves_what_they_inspected_administrators_included() {
        send(lot, "{" + GOOD + "}");
        work();
        story.addToGroup("admin", "quality");
        story.addToGroup("admin", "qualityManager");
        try {
            var inspect = story.followUp(lot, "inspectStock").getId();
            assertThat(complete("admin", inspect, """
                            {"variables": {"conformity": {"value": "doesNotConform"},
                             "inspection": {"value": "Ten of ten measured with the gauge"}}}""").status()).isEqualTo(204);
            story.work();
            var approve = story.task(lot, "USE_AS_IS").getId();

            var refused = complete("admin", approve, """
                    {"variables": {"decision": {"value": "release"}, "reason": {"value": "Fine with me"}}}""");

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("Four eyes: Administrator inspected");
            assertThat(story.task(lot, "USE_AS_IS").getId()).isEqualTo(approve);
        } finally {
            story.removeFromGroup("admin", "quality");
            story.removeFromGroup("admin", "qualityManager");
        }
    }

    private Caller.Answer complete(String person, String task, String body) {
        return intake.as(person).post("/engine-rest/task/" + task + "/complete", body);
    }

    private void give(String step, String person, Map<String, Object> given) {
        story.complete(story.followUp(lot, step), person, given);
    }

    private void work() {
        intake.drain();
        story.work();
    }

    private double lying(String place) {
        var quantity = 0.0;
        for (var quant : story.odoo()
                .as("admin")
                .call(new OdooCall(
                        "stock.quant",
                        "search_read",
                        List.of(),
                        Map.of(
                                "domain", List.of(List.of("product_id", "=", product)),
                                "fields", List.of("quantity", "location_id")),
                        Map.of()))) {
            if (quant.at("/location_id/1").asText().endsWith("/" + place)) {
                quantity += quant.path("quantity").asDouble();
            }
        }
        return quantity;
    }

    private String text(DocumentRef document, String field) {
        return story.odoo().record(document).path(field).asText();
    }

    private Caller.Answer send(DocumentRef subject, String data) {
        return send(UUID.randomUUID().toString(), subject, data);
    }

    private Caller.Answer send(String id, DocumentRef subject, String data) {
        return intake.anonymous()
                .post(
                        "/api/events",
                        """
                        {"specversion": "1.0", "id": "%s", "source": "lims", "type": "%s.requested", "subject": "%s",
                         "data": %s}""".formatted(id, WORKFLOW, subject, data.replace('\'', '"')),
                        "Authorization",
                        "Bearer " + EVENT_SECRET);
    }
}
