package io.holdpoint.qualityescalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.demo.DemoData;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private long lot;
    private long product;

    private DocumentRef defectiveLot(String defect, String severity) {
        var data = new DemoData(story.odoo());
        product = data.product("Bearing " + System.nanoTime(), 30, 12.5);
        lot = data.lot("L-" + System.nanoTime(), product, 8);
        story.odoo().transaction(here -> {
            var values = new HashMap<String, Object>();
            values.put("x_holdpoint_defect", defect);
            values.put("x_holdpoint_defect_severity", severity);
            values.put("x_holdpoint_defect_description", "Bore too wide");
            values.put("x_holdpoint_quality_state", "requested");
            here.sudo().write(here.model("stock.lot"), List.of(lot), values);
            return null;
        });
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
        assertThat(story.passed(caseId)).contains("serviceTask_carryOutDisposition", "endEvent_defectSettled");
    }

    @Test
    void a_critical_defect_waits_for_the_quality_manager_and_then_for_both_causes() {
        var document = defectiveLot("safety", "critical");
        story.start(KEY, document);
        story.work();

        assertThat(story.holdCodes(document)).containsExactly("SAFETY_STOP");
        story.decide(story.task(document, "SAFETY_STOP"), "quentin", "release", "");
        story.work();
        var contain = story.followUp(document, "containDefect");
        assertThatThrownBy(() -> story.complete(
                        contain, "quinn", Map.of("containment", "We will sort all the stock tomorrow")))
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

        assertThat(state()).isEqualTo("monitored");
        story.passes(Duration.ofDays(181));
        story.work();
        assertThat(story.followUp(document, "checkEffectiveness")).isNotNull();
    }
}
