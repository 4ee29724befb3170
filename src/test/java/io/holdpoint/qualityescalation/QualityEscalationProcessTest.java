package io.holdpoint.qualityescalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Stories of reported defects, told with the demo Odoo. */
@ProcessTest
class QualityEscalationProcessTest {

    private static final String KEY = "quality-escalation";
    private static final String INSPECTION = "Ten of ten measured with the gauge, all out of tolerance";

    @Autowired
    private Story story;

    @Autowired
    private Odoo odoo;

    @Autowired
    private RuntimeService runtime;

    private long lot;
    private long product;

    private DocumentRef defectiveLot(String defect, String severity) {
        var data = story.odoo().data();
        product = data.product("Bearing " + System.nanoTime())
                .price(30)
                .cost(12.5)
                .add();
        lot = data.lot("L-" + System.nanoTime(), product, 8);
        data.defect("stock.lot", lot, defect, severity, "Bore too wide");
        return new DocumentRef("stock.lot", lot);
    }

    private String state() {
        return odoo.read("stock.lot", List.of(lot), List.of("x_holdpoint_quality_state"))
                .get(0)
                .path("x_holdpoint_quality_state")
                .asText();
    }

    private void inspect(DocumentRef document, Map<String, Object> more) {
        var given = new HashMap<String, Object>(more);
        given.putIfAbsent("conformity", "doesNotConform");
        given.put("inspection", INSPECTION);
        story.complete(story.followUp(document, "inspectStock"), "quinn", given);
        story.work();
    }

    @Test
    void a_minor_defect_is_logged_and_its_stock_scrapped_once_by_two_people() {
        var document = defectiveLot("appearance", "minor");

        var caseId = story.start(KEY, document);
        story.work();

        assertThat(state()).isEqualTo("quarantined");
        inspect(document, Map.of("functionalImpact", true));
        assertThat(story.holdCodes(document)).containsExactly("SCRAP");
        story.decide(story.task(document, "SCRAP"), "quentin", "release", "");
        story.work();

        assertThat(story.outcome(caseId)).isEqualTo("settled");
        assertThat(state()).isEqualTo("closed");
        assertThat(story.passed(caseId)).contains("serviceTask_disposeOfStock", "endEvent_defectSettled");
    }

    /** A critical defect, up to the time of watching. */
    private String watched(DocumentRef document) {
        var caseId = story.start(KEY, document);
        story.work();

        assertThat(story.holdCodes(document)).containsExactly("SAFETY_STOP");
        story.decide(story.task(document, "SAFETY_STOP"), "quentin", "release", "Line two is stopped");
        story.work();
        var contain = story.followUp(document, "containDefect");
        assertThatThrownBy(() ->
                        story.complete(contain, "quinn", Map.of("containment", "We will sort all the stock tomorrow")))
                .hasMessageContaining("containment");
        story.complete(contain, "quinn", Map.of("containment", "Sorted all stock and blocked line two"));
        story.work();
        inspect(document, Map.of("safetyRelevant", true));
        story.decide(story.task(document, "SCRAP"), "quentin", "release", "");
        story.work();
        var causes = story.followUp(document, "findCauses");
        assertThatThrownBy(() -> story.complete(
                        causes,
                        "quinn",
                        Map.of("occurrenceCause", "Human error of the operator", "escapeCause", "The gauge was worn")))
                .hasMessageContaining("human error");
        story.complete(
                causes,
                "quinn",
                Map.of(
                        "occurrenceCause", "The fixture let the part be clamped askew",
                        "escapeCause", "The gauge was worn and not calibrated"));
        story.work();
        story.complete(
                story.followUp(document, "correctCause"),
                "quinn",
                Map.of("actionKind", "equipment", "correctiveAction", "Fixture with a stop; gauge calibrated weekly"));
        story.work();
        story.complete(
                story.followUp(document, "verifyCorrection"),
                "quentin",
                Map.of("verification", "inPlace", "proof", "Fixture seen on line two, calibration log"));
        story.work();

        return caseId;
    }

    private void judge(DocumentRef document, String answer, double lots) {
        story.complete(
                story.followUp(document, "checkEffectiveness"),
                "quentin",
                Map.of(
                        "effectiveness",
                        answer,
                        "lotsChecked",
                        lots,
                        "proof",
                        "Three deliveries and no complaint since"));
        story.work();
    }

    @Test
    void a_critical_defect_is_watched_until_the_correction_has_proved_itself() {
        var document = defectiveLot("safety", "critical");

        var caseId = watched(document);

        assertThat(state()).isEqualTo("monitored");
        story.passes(Duration.ofDays(181));
        story.work();
        // The people of quality who put the action in place do not judge it.
        story.addToGroup("quentin", "quality");
        try {
            assertThatThrownBy(() -> judge(document, "effective", 2)).hasMessageContaining("lotsChecked");
            judge(document, "effective", 3);
        } finally {
            story.removeFromGroup("quentin", "quality");
        }
        assertThat(story.outcome(caseId)).isEqualTo("settled");
        assertThat(state()).isEqualTo("closed");
    }

    @Test
    void a_defect_that_is_reported_again_while_watched_opens_its_case_again() {
        var document = defectiveLot("safety", "critical");
        var caseId = watched(document);

        runtime.createMessageCorrelation(QualityEscalationProcess.REPORTED_AGAIN)
                .processInstanceId(caseId)
                .correlate();
        story.work();

        assertThat(state()).isEqualTo("reopened");
        assertThat(story.followUp(document, "findCauses")).isNotNull();
    }

    @Test
    void a_disposition_that_is_rejected_or_returned_is_inspected_anew_while_the_stock_stays_apart() {
        var document = defectiveLot("appearance", "minor");
        story.start(KEY, document);
        story.work();
        inspect(document, Map.of());
        story.decide(story.task(document, "USE_AS_IS"), "quentin", "reject", "Customers would complain");
        story.work();

        assertThat(state()).isEqualTo("held");
        inspect(document, Map.of("functionalImpact", true));
        story.decide(story.task(document, "SCRAP"), "quentin", "return", "Have it reworked");
        story.work();
        inspect(document, Map.of("functionalImpact", true, "reworkPercent", 20.0));
        story.complete(
                story.followUp(document, "reworkStock"), "wim", Map.of("rework", "All eight were ground and polished"));
        story.work();

        assertThat(story.followUp(document, "inspectStock")).isNotNull();
    }

    @Test
    void nobody_decides_and_the_stock_stays_in_quarantine() {
        var document = defectiveLot("appearance", "minor");
        var caseId = story.start(KEY, document);
        story.work();
        inspect(document, Map.of());

        story.passes(Duration.ofDays(2).plusHours(1));
        story.work();
        assertThat(story.candidateGroup(story.task(document, "USE_AS_IS"))).isEqualTo("operations");
        story.passes(Duration.ofDays(2).plusHours(1));
        story.work();

        assertThat(story.outcome(caseId)).isEqualTo("expired");
        assertThat(story.passed(caseId)).contains("endEvent_reportExpired");
    }

    @Test
    void whoever_inspected_does_not_approve() {
        var document = defectiveLot("appearance", "minor");
        story.start(KEY, document);
        story.work();
        inspect(document, Map.of("conformity", "conforms"));

        assertThatThrownBy(() -> story.decide(story.task(document, "RELEASE_TO_STOCK"), "quinn", "release", ""))
                .hasMessageContaining("Four eyes");
    }
}
