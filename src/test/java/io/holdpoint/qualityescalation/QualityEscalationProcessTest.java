package io.holdpoint.qualityescalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.WorkflowStories;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCall;
import io.holdpoint.odoo.OdooRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stories of reported defects, told with the demo Odoo. */
@ProcessTest
class QualityEscalationProcessTest extends WorkflowStories {

    private static final String WORKFLOW = "quality-escalation";
    private static final String CHANGED = "quality-escalation.documentChanged";
    private static final String AGAIN = "quality-escalation.reportedAgain";
    private static final String INSPECTION = "Ten of ten measured with the gauge, all out of tolerance";

    long product;
    long vendor;

    QualityEscalationProcessTest() {
        super(WORKFLOW);
    }

    @BeforeEach
    void begin() {
        product = data.product("Bearing").price(30).cost(12.5).stock(0).add();
        vendor = data.customer("Kugel & Lager AG").add();
    }

    // The stock: put out of reach, inspected, decided on by two people

    @Test
    void a_minor_defect_is_logged_and_its_stock_scrapped_once_by_two_people() {
        var document = lot(8);
        var caseId = reported(document, "appearance", "minor");

        assertThat(state(document)).isEqualTo("quarantined");
        assertThat(lying("Quarantine")).isEqualTo(8);
        assertThat(lying("Stock")).isZero();
        assertThat(story.passed(caseId)).doesNotContain("callActivity_containDefect");
        var inspect = story.followUp(document, "inspectStock");
        assertThat(story.candidateGroup(inspect)).isEqualTo("quality");
        assertThat(inspect.getName()).startsWith("Inspect stock: L-").endsWith("appearance");
        inspect(document, Map.of("functionalImpact", true));
        assertThat(story.holdCodes(document)).containsExactly("SCRAP");
        assertThat(state(document)).isEqualTo("held");
        assertThat(lying("Quarantine"))
                .as("nothing is scrapped before somebody agreed")
                .isEqualTo(8);
        release(document, "SCRAP", "quentin");

        assertThat(story.outcome(caseId)).isEqualTo("settled");
        assertThat(state(document)).isEqualTo("closed");
        assertThat(lying("Quarantine")).isZero();
        assertThat(lying("Stock")).isZero();
        assertThat(commands(caseId, "dispose")).hasSize(1);
    }

    @Test
    void stock_found_good_after_all_goes_back_when_a_second_inspector_agrees() {
        var document = lot(8);
        var caseId = reported(document, "labelling", "minor");
        inspect(document, Map.of("conformity", "conforms"));

        assertThat(story.candidateGroup(story.task(document, "RELEASE_TO_STOCK")))
                .isEqualTo("quality");
        story.addToGroup("quentin", "quality");
        try {
            release(document, "RELEASE_TO_STOCK", "quentin");
        } finally {
            story.removeFromGroup("quentin", "quality");
        }

        assertThat(story.outcome(caseId)).isEqualTo("settled");
        assertThat(lying("Stock")).isEqualTo(8);
        assertThat(lying("Quarantine")).isZero();
    }

    @Test
    void a_defect_goes_by_the_hours_of_the_warehouse_in_which_the_stock_lies() {
        inTwoShifts(() -> {
            for (var document : List.of(lot(8), receipt(8))) {
                var caseId = reported(document, "appearance", "minor");

                assertThat(story.evidence(caseId, Kind.FOLLOW_UP))
                        .first()
                        .satisfies(
                                line -> assertThat(String.valueOf(line.content().get("workingTime")))
                                        .endsWith("rule_serviceWarehouse"));
            }
        });
    }

    @Test
    void stock_is_used_as_it_is_when_the_quality_manager_agrees() {
        var document = lot(8);
        reported(document, "appearance", "minor");
        inspect(document, Map.of());

        assertThat(story.candidateGroup(story.task(document, "USE_AS_IS"))).isEqualTo("qualityManager");
        release(document, "USE_AS_IS", "quentin");

        assertThat(lying("Stock")).isEqualTo(8);
        assertThat(state(document)).isEqualTo("closed");
        assertThat(odoo.chatter(document))
                .anySatisfy(note -> assertThat(note).contains("Used as it is").contains("Quentin"));
    }

    @Test
    void a_concession_needs_quality_and_sales() {
        var document = lot(8);
        reported(document, "appearance", "minor");
        inspect(document, Map.of("customerSpec", true));

        release(document, "CONCESSION", "quentin");
        assertThat(lying("Stock")).as("one of two has agreed").isZero();
        assertThat(story.candidateGroup(story.task(document, "CONCESSION"))).isEqualTo("salesManager");
        release(document, "CONCESSION", "sam");

        assertThat(lying("Stock")).isEqualTo(8);
    }

    @Test
    void dear_stock_is_scrapped_when_finance_agrees_too() {
        var document = lot(41);
        reported(document, "function", "minor");
        inspect(document, Map.of("functionalImpact", true));

        var first = story.task(document, "SCRAP_MAJOR");
        assertThat(story.variable(first, "numbers").toString()).contains("512.5");
        release(document, "SCRAP_MAJOR", "quentin");
        assertThat(story.candidateGroup(story.task(document, "SCRAP_MAJOR"))).isEqualTo("financeDirector");
        assertThat(lying("Quarantine")).isEqualTo(41);
        release(document, "SCRAP_MAJOR", "dora");

        assertThat(lying("Quarantine")).isZero();
    }

    @Test
    void what_the_supplier_caused_goes_back_when_purchasing_agrees() {
        var document = sent(8);
        var caseId = reported(document, "function", "minor");
        inspect(document, Map.of("functionalImpact", true, "supplierCaused", true));

        assertThat(story.candidateGroup(story.task(document, "RETURN_TO_VENDOR")))
                .isEqualTo("purchaseManager");
        release(document, "RETURN_TO_VENDOR", "paul");

        assertThat(commands(caseId, "dispose"))
                .singleElement()
                .satisfies(command -> assertThat(command.get("arguments").toString())
                        .contains("returnToVendor")
                        .contains("vendor=" + vendor));
        assertThat(lying("Stock")).isZero();
        assertThat(state(document)).isEqualTo("closed");
    }

    @Test
    void stock_of_an_unknown_vendor_is_not_returned_to_one() {
        var document = lot(8);
        reported(document, "function", "minor");

        assertThatThrownBy(() -> inspect(document, Map.of("functionalImpact", true, "supplierCaused", true)))
                .hasMessageContaining("supplierCaused: the vendor of this stock is not known");
        assertThat(story.followUp(document, "inspectStock")).isNotNull();
    }

    @Test
    void stock_that_can_be_reworked_is_inspected_anew_afterwards() {
        var document = lot(8);
        reported(document, "function", "minor");
        inspect(document, Map.of("functionalImpact", true, "reworkPercent", 60.0));

        var rework = story.followUp(document, "reworkStock");
        assertThat(story.candidateGroup(rework)).isEqualTo("warehouse");
        assertThatThrownBy(() -> story.complete(rework, "wim", Map.of("rework", "Done.")))
                .hasMessageContaining("rework: \"Done.\" is too short");
        story.complete(rework, "wim", Map.of("rework", "All eight were ground and polished"));
        inspect(document, Map.of("functionalImpact", true, "reworkPercent", 61.0));

        assertThat(story.holdCodes(document))
                .as("above 60 percent of new stock nothing is reworked")
                .containsExactly("SCRAP");
    }

    @Test
    void a_disposition_that_is_rejected_or_returned_is_inspected_anew_while_the_stock_stays_apart() {
        var document = lot(8);
        reported(document, "appearance", "minor");
        inspect(document, Map.of());
        story.decide(story.task(document, "USE_AS_IS"), "quentin", "reject", "Customers would complain");

        assertThat(lying("Quarantine")).isEqualTo(8);
        inspect(document, Map.of("functionalImpact", true));
        story.decide(story.task(document, "SCRAP"), "quentin", "return", "Have it reworked");
        assertThat(state(document)).isEqualTo("returned");
        assertThat(lying("Quarantine")).isEqualTo(8);

        inspect(document, Map.of("functionalImpact", true));
        assertThat(story.holdCodes(document)).containsExactly("SCRAP");
    }

    // Who may do what

    @Test
    void whoever_inspected_does_not_approve_administrators_included() {
        story.addToGroup("admin", "quality");
        story.addToGroup("admin", "qualityManager");
        try {
            var document = lot(8);
            var caseId = reported(document, "appearance", "minor");
            inspectAs("admin", document, Map.of());

            assertThatThrownBy(() -> release(document, "USE_AS_IS", "admin"))
                    .hasMessageContaining("Four eyes: Administrator inspected");
            assertThat(lying("Stock")).isZero();
            assertThat(story.evidence(caseId, Kind.REFUSAL))
                    .singleElement()
                    .satisfies(line -> assertThat(line.actor()).isEqualTo("admin"));
            release(document, "USE_AS_IS", "quentin");
            assertThat(lying("Stock")).isEqualTo(8);
        } finally {
            story.removeFromGroup("admin", "quality");
            story.removeFromGroup("admin", "qualityManager");
        }
    }

    @Test
    void whoever_reported_the_defect_does_not_approve() {
        var document = lot(8);
        data.reportedBy(document, "quinn");
        reported(document, "labelling", "minor");
        story.addToGroup("wim", "quality");
        try {
            inspectAs("wim", document, Map.of("conformity", "conforms"));
            assertThatThrownBy(() -> release(document, "RELEASE_TO_STOCK", "quinn"))
                    .hasMessageContaining("Four eyes: Quinn reported the defect");
        } finally {
            story.removeFromGroup("wim", "quality");
        }
    }

    @Test
    void nobody_verifies_or_judges_their_own_action() {
        story.addToGroup("quinn", "qualityManager");
        try {
            var document = lot(8);
            caused(stopped(document), document);
            correct(document);
            assertThatThrownBy(() -> story.complete(
                            story.followUp(document, "verifyCorrection"),
                            "quinn",
                            Map.of("verification", "inPlace", "proof", "I put it there, it is in place")))
                    .hasMessageContaining("Four eyes: Quinn did the step correctCause");
            verify(document, "inPlace");
            story.passes(Duration.ofDays(181));
            assertThatThrownBy(() -> judge(document, "quinn", "effective", 3))
                    .hasMessageContaining("Four eyes: Quinn did the step correctCause");
        } finally {
            story.removeFromGroup("quinn", "qualityManager");
        }
    }

    @Test
    void somebody_outside_of_quality_does_not_inspect() {
        var document = lot(8);
        reported(document, "appearance", "minor");

        assertThatThrownBy(() -> inspectAs("admin", document, Map.of())).hasMessageContaining("group Quality");
    }

    // How far a defect is followed up

    @ParameterizedTest
    @CsvSource({"minor,1,log", "major,1,ncr", "major,8,8d"})
    void severity_and_share_give_the_track(String severity, double quantity, String track) {
        var document = receipt(100);
        data.defect(document, "dimension", severity, quantity, "Bore too wide");
        story.start(WORKFLOW, document);
        if (!track.equals("log")) {
            contain(document);
        }

        assertThat(words(document))
                .as(severity + " defect of " + quantity + " of 100")
                .isEqualTo(Map.of("log", "logged", "ncr", "nonconformity report", "8d", "8D investigation")
                        .get(track));
    }

    @Test
    void a_major_defect_that_reached_a_customer_is_investigated() {
        var document = lot(100);
        shipped(document, 2);
        data.defect(document, "function", "major", 3, "Seizes after an hour");
        story.start(WORKFLOW, document);
        assertThat(story.followUp(document, "containDefect")).isNotNull();
        assertThat(words(document)).isEqualTo("8D investigation");
    }

    @Test
    void a_minor_pattern_is_investigated_at_the_third_time() {
        for (var earlier = 0; earlier < 2; earlier++) {
            reported(lot(1), "appearance", "minor");
        }
        var third = lot(1);
        reported(third, "appearance", "minor");

        assertThat(words(third)).startsWith("recurrence of stock.lot,");
        assertThat(story.followUp(third, "containDefect")).isNotNull();
    }

    // A critical defect, from the stop to the proof

    @Test
    void a_critical_defect_is_watched_until_the_correction_has_proved_itself() {
        var document = lot(8);
        var caseId = stopped(document);

        assertThat(story.holdCodes(document)).containsExactly("null");
        caused(caseId, document);
        correct(document);
        var verify = story.followUp(document, "verifyCorrection");
        assertThat(story.candidateGroup(verify)).isEqualTo("qualityManager");
        verify(document, "inPlace");
        assertThat(state(document)).isEqualTo("monitored");
        assertThat(story.tasks(document)).as("nobody has to do anything").isEmpty();
        assertThat(management
                        .createJobQuery()
                        .processInstanceId(caseId)
                        .activityId("event_watchOver")
                        .singleResult()
                        .getDuedate()
                        .toInstant())
                .isCloseTo(Story.now().plus(Duration.ofDays(180)), within(5, java.time.temporal.ChronoUnit.MINUTES));

        story.passes(Duration.ofDays(179));
        assertThat(story.tasks(document)).isEmpty();
        story.passes(Duration.ofDays(1).plusMinutes(1));
        judged(document, "effective", 3);

        assertThat(story.outcome(caseId)).isEqualTo("settled");
        assertThat(state(document)).isEqualTo("closed");
    }

    @Test
    void fewer_than_three_lots_prove_nothing() {
        var document = lot(8);
        watched(document);
        story.passes(Duration.ofDays(181));

        assertThatThrownBy(() -> judged(document, "effective", 2)).hasMessageContaining("lotsChecked: with fewer");
        assertThatThrownBy(() -> judged(document, "effective", -1)).hasMessageContaining("lotsChecked: say how many");
    }

    @Test
    void a_first_defect_that_is_not_critical_is_watched_for_ninety_days() {
        var document = lot(8);
        var caseId = reported(document, "dimension", "major");
        contain(document);
        scrap(document);
        caused(caseId, document);
        correct(document);
        verify(document, "inPlace");

        story.passes(Duration.ofDays(89));
        assertThat(story.tasks(document)).isEmpty();
        story.passes(Duration.ofDays(1).plusMinutes(1));
        assertThat(story.followUp(document, "checkEffectiveness")).isNotNull();
    }

    @Test
    void the_safety_stop_comes_before_everything_and_within_the_hour() {
        var document = lot(8);
        reported(document, "safety", "critical");

        assertThat(lying("Quarantine")).as("first act").isEqualTo(8);
        var stop = story.task(document, "SAFETY_STOP");
        assertThat(story.candidateGroup(stop)).isEqualTo("qualityManager");
        assertThat(story.due(stop).toInstant())
                .isCloseTo(Story.now().plus(Duration.ofHours(1)), within(1, java.time.temporal.ChronoUnit.MINUTES));
        story.passes(Duration.ofMinutes(31));
        assertThat(story.task(document, "SAFETY_STOP").getPriority()).isGreaterThan(stop.getPriority());
        story.passes(Duration.ofMinutes(30));
        assertThat(story.candidateGroup(story.task(document, "SAFETY_STOP"))).isEqualTo("operations");
    }

    @Test
    void causes_are_both_needed_and_more_than_excuses() {
        var document = lot(8);
        stopped(document);
        contain(document);
        scrap(document);

        causesRefused(document, "", "The gauge was worn and not calibrated", "occurrenceCause: say why");
        causesRefused(document, "The fixture let the part be clamped askew", "", "escapeCause: say why");
        causesRefused(document, "Askew", "The gauge was worn and not calibrated", "occurrenceCause: \"Askew\" is too");
        causesRefused(
                document,
                "The fixture let the part be clamped askew",
                "Human error of the operator",
                "escapeCause: human error alone is no cause");
        assertThat(story.followUp(document, "findCauses")).isNotNull();
    }

    @Test
    void containment_to_come_and_training_alone_are_refused() {
        var document = lot(8);
        stopped(document);
        assertThatThrownBy(() -> story.complete(
                        story.followUp(document, "containDefect"),
                        "quinn",
                        Map.of("containment", "We will sort all the stock tomorrow")))
                .hasMessageContaining("containment is what was done");
        contain(document);
        scrap(document);
        causes(document, false);
        assertThatThrownBy(() -> story.complete(
                        story.followUp(document, "correctCause"),
                        "quinn",
                        Map.of("actionKind", "process", "correctiveAction", "All operators were trained again")))
                .hasMessageContaining("training as the only action does not last");
        assertThatThrownBy(() -> story.complete(
                        story.followUp(document, "correctCause"),
                        "quinn",
                        Map.of("actionKind", "prayer", "correctiveAction", "Fixture with a stop, weekly calibration")))
                .hasMessageContaining("actionKind");
    }

    @Test
    void an_action_that_is_not_in_place_is_done_again() {
        var document = lot(8);
        caused(stopped(document), document);
        correct(document);

        verify(document, "notInPlace");

        assertThat(story.candidateGroup(story.followUp(document, "correctCause")))
                .isEqualTo("quality");
    }

    @Test
    void an_action_that_did_not_help_opens_the_case_again() {
        var document = lot(8);
        watched(document);
        story.passes(Duration.ofDays(181));

        judged(document, "notEffective", 0);

        assertThat(state(document)).isEqualTo("reopened");
        assertThat(odoo.chatter(document))
                .anySatisfy(note -> assertThat(note).contains("Opened again: the action was not effective"));
        causes(document, false);
        correct(document);
        verify(document, "inPlace");
        assertThat(state(document)).as("watched a second time").isEqualTo("monitored");
    }

    // The defect comes back

    @Test
    void a_defect_that_is_reported_again_while_watched_opens_its_case_again() {
        var document = lot(8);
        watched(document);

        story.tell(AGAIN, document);

        assertThat(state(document)).isEqualTo("reopened");
        assertThat(story.followUp(document, "findCauses")).isNotNull();
        assertThat(odoo.chatter(document)).anySatisfy(note -> assertThat(note).contains("the defect came back"));
    }

    @Test
    void a_lot_that_is_used_and_reported_again_while_watched_is_kept_apart_again() {
        var document = lot(8);
        var caseId = reported(document, "dimension", "major");
        contain(document);
        inspect(document, Map.of());
        release(document, "USE_AS_IS", "quentin");
        causes(document, false);
        correct(document);
        verify(document, "inPlace");
        assertThat(lying("Stock")).isEqualTo(8);

        toldByEvent(caseId, document);

        assertThat(lying("Quarantine")).as("first act, again").isEqualTo(8);
        contain(document);
        inspect(document, Map.of("functionalImpact", true));
        var scrap = story.task(document, "SCRAP");
        assertThat(story.variable(scrap, "numbers").toString()).contains("100");
        release(document, "SCRAP", "quentin");

        assertThat(lying("Quarantine")).isZero();
        assertThat(lying("Stock")).isZero();
        assertThat(commands(caseId, "dispose")).hasSize(2);
        assertThat(story.followUp(document, "findCauses")).isNotNull();
    }

    @Test
    void the_same_defect_of_another_lot_opens_the_watched_case_and_minds_its_own_stock() {
        var first = lot(8);
        var firstCase = watched(first);
        var second = lot(5);

        var caseId = reported(second, "safety", "critical");
        release(second, "SAFETY_STOP", "quentin");

        assertThat(state(first)).isEqualTo("reopened");
        assertThat(story.followUp(first, "findCauses")).isNotNull();
        assertThat(story.evidence(caseId, Kind.EVENT))
                .anySatisfy(line -> assertThat(line.content()).containsEntry("earlierCase", firstCase));
        contain(second);
        scrap(second);
        assertThat(story.outcome(caseId))
                .as("causes are looked for in one place")
                .isEqualTo("settled");
        assertThat(story.isOpen(WORKFLOW, first)).isTrue();
    }

    @Test
    void the_same_defect_after_the_case_was_closed_is_linked_and_investigated_again() {
        var first = lot(8);
        var firstCase = reported(first, "dimension", "major");
        contain(first);
        scrap(first);
        caused(firstCase, first);
        correct(first);
        verify(first, "inPlace");
        story.passes(Duration.ofDays(91));
        judged(first, "effective", 3);
        assertThat(story.outcome(firstCase)).isEqualTo("settled");
        var second = lot(5);

        var caseId = reported(second, "dimension", "major");

        assertThat(state(first)).isEqualTo("closed");
        assertThat(odoo.chatter(second)).anySatisfy(note -> assertThat(note).contains("That case is closed"));
        contain(second);
        scrap(second);
        assertThat(story.followUp(second, "findCauses")).isNotNull();
        assertThat(story.isOpen(WORKFLOW, second)).isTrue();
        assertThat(story.passed(caseId)).contains("serviceTask_linkEarlierCase");
    }

    @Test
    void another_defect_of_the_same_product_is_no_recurrence() {
        watched(lot(8));
        var other = lot(5);

        var caseId = reported(other, "appearance", "minor");

        assertThat(story.evidence(caseId, Kind.EVENT))
                .noneSatisfy(line -> assertThat(line.content()).containsKey("earlierCase"));
        assertThat(words(other)).isEqualTo("logged");
    }

    // The supplier

    @Test
    void a_supplier_moves_up_and_down_by_cases() {
        var document = sent(8);
        var caseId = stopped(document);
        assertThat(level()).as("a first critical defect alone moves nobody").isZero();
        contain(document);
        scrap(document);
        causes(document, true);
        assertThat(level()).as("the cause was found at the supplier").isOne();
        assertThat(odoo.record(new DocumentRef("res.partner", vendor))
                        .path("x_holdpoint_supplier_level")
                        .asInt())
                .isOne();
        correct(document);
        verify(document, "inPlace");
        story.passes(Duration.ofDays(181));
        judged(document, "notEffective", 0);
        assertThat(level()).as("the action did not help").isEqualTo(2);
        causes(document, true);
        correct(document);
        verify(document, "inPlace");
        story.passes(Duration.ofDays(181));
        judged(document, "effective", 4);

        assertThat(level()).as("the action helped").isOne();
        assertThat(story.outcome(caseId)).isEqualTo("settled");
    }

    @Test
    void a_critical_defect_that_comes_back_puts_the_supplier_on_level_three() {
        watched(sent(8));
        var again = sent(4);

        reported(again, "safety", "critical");
        release(again, "SAFETY_STOP", "quentin");

        assertThat(level()).isEqualTo(3);
        assertThat(story.evidence(caseOf(again), Kind.RULING))
                .anySatisfy(line -> assertThat(line.content().toString()).contains("Controlled shipping"));
    }

    @Test
    void a_supplier_whose_causes_are_found_late_is_put_on_watch() {
        var document = sent(8);
        data.supplierLevel(vendor, 1);
        stopped(document);
        contain(document);
        scrap(document);
        // Seven working days after a Monday it is a Wednesday.
        story.passes(Duration.ofDays(9).plusMinutes(1));
        causesAs("quentin", document, true);

        assertThat(level()).isEqualTo(2);
    }

    @Test
    void a_defect_made_in_house_moves_nobody() {
        var document = sent(8);
        stopped(document);
        contain(document);
        scrap(document);
        causes(document, false);

        assertThat(level()).isZero();
    }

    // Work that is late

    @ParameterizedTest
    @CsvSource({
        // From a Monday at ten on: eight hours end on Tuesday at nine, fourteen days on the Friday after next.
        "containDefect,2026-06-02T07:00:00Z,2026-06-02T08:00:00Z,quality,qualityManager",
        "inspectStock,2026-06-04T08:00:00Z,2026-06-08T08:00:00Z,quality,qualityManager",
        "findCauses,2026-06-04T08:00:00Z,2026-06-10T08:00:00Z,quality,qualityManager",
        "correctCause,2026-06-19T08:00:00Z,2026-07-13T08:00:00Z,quality,qualityManager",
        "verifyCorrection,2026-06-08T08:00:00Z,2026-06-15T08:00:00Z,qualityManager,operations",
        // From a Saturday in winter on, and so from Monday at eight.
        "checkEffectiveness,2026-12-09T07:00:00Z,2026-12-18T07:00:00Z,quality,qualityManager"
    })
    void late_work_is_reminded_of_handed_up_and_stays_late(
            String step, Instant remindAt, Instant completeBy, String role, String next) {
        var document = lot(8);
        upTo(step, document);

        var task = story.followUp(document, step);
        assertThat(story.candidateGroup(task)).isEqualTo(role);
        assertThat(story.due(task).toInstant()).isCloseTo(completeBy, within(1, java.time.temporal.ChronoUnit.MINUTES));
        assertThat(task.getFollowUpDate().toInstant())
                .isCloseTo(remindAt, within(1, java.time.temporal.ChronoUnit.MINUTES));
        story.passesUntil(remindAt.plusSeconds(60));
        assertThat(story.followUp(document, step).getPriority()).isGreaterThan(task.getPriority());
        story.passesUntil(completeBy.plusSeconds(60));
        var handedUp = story.followUp(document, step);
        assertThat(story.candidateGroup(handedUp)).isEqualTo(next);
        var due = story.due(handedUp);
        story.passesUntil(due.toInstant().plusSeconds(60));
        var late = story.followUp(document, step);
        assertThat(story.candidateGroup(late))
                .as("nobody is left to hand it to")
                .isEqualTo(next);
        assertThat(story.due(late)).as("the deadline that was missed").isEqualTo(due);
        assertThat(late.getDueDate()).isBefore(ClockUtil.getCurrentTime());
    }

    @Test
    void rework_that_nobody_does_is_handed_to_the_quality_manager() {
        var document = lot(8);
        reported(document, "function", "minor");
        inspect(document, Map.of("functionalImpact", true, "reworkPercent", 20.0));

        // Ten working days are two weeks.
        story.passes(Duration.ofDays(14).plusMinutes(1));

        assertThat(story.candidateGroup(story.followUp(document, "reworkStock")))
                .isEqualTo("qualityManager");
    }

    @Test
    void nobody_decides_and_the_stock_stays_in_quarantine() {
        var document = lot(8);
        var caseId = reported(document, "appearance", "minor");
        inspect(document, Map.of());

        story.passes(Duration.ofDays(2).plusMinutes(1));
        assertThat(story.candidateGroup(story.task(document, "USE_AS_IS"))).isEqualTo("operations");
        story.passes(Duration.ofDays(2).plusMinutes(1));

        assertThat(story.outcome(caseId)).isEqualTo("expired");
        assertThat(state(document)).isEqualTo("rejected");
        assertThat(words(document)).contains("nobody decided in time");
        assertThat(lying("Quarantine")).as("nobody said that it is good").isEqualTo(8);
        assertThat(lying("Stock")).isZero();
    }

    // The report itself

    @Test
    void a_report_that_is_rejected_gives_the_stock_back() {
        var document = lot(8);
        var caseId = reported(document, "safety", "critical");

        story.decide(story.task(document, "SAFETY_STOP"), "quentin", "reject", "The gauge was wrong, not the part");

        assertThat(story.outcome(caseId)).isEqualTo("rejected");
        assertThat(state(document)).isEqualTo("rejected");
        assertThat(lying("Stock")).isEqualTo(8);
        assertThat(lying("Quarantine")).isZero();
        assertThat(odoo.chatter(document)).anySatisfy(note -> assertThat(note).contains("The gauge was wrong"));
    }

    @Test
    void a_returned_report_is_corrected_and_reported_again() {
        var document = lot(8);
        var caseId = reportedQuantity(document, 20);
        assertThat(story.holdCodes(document)).containsExactly("QUANTITY_UNCLEAR");
        story.decide(story.task(document, "QUANTITY_UNCLEAR"), "quinn", "return", "Only eight came in");
        assertThat(state(document)).isEqualTo("returned");
        assertThat(lying("Quarantine")).isEqualTo(8);

        data.defect(document, "dimension", "minor", 8, "Bore too wide");
        story.tell(AGAIN, document);

        assertThat(story.followUp(document, "inspectStock")).isNotNull();
        assertThat(story.isOpen(WORKFLOW, document)).isTrue();
        assertThat(story.passed(caseId)).contains("event_reportedAgain");
    }

    @Test
    void a_returned_report_is_checked_again_given_up_or_expires() {
        var checked = lot(8);
        reportedQuantity(checked, 20);
        story.decide(story.task(checked, "QUANTITY_UNCLEAR"), "quinn", "return", "Eight");
        data.defect(checked, "dimension", "minor", 8, "Bore too wide");
        story.complete(correction(checked), "quinn", Map.of("action", "checkAgain"));
        assertThat(story.followUp(checked, "inspectStock")).isNotNull();

        begin();
        var given = lot(8);
        var givenUp = reportedQuantity(given, 20);
        story.decide(story.task(given, "QUANTITY_UNCLEAR"), "quinn", "return", "Eight");
        story.complete(correction(given), "quinn", Map.of("action", "withdraw", "reason", "Measured again: good"));
        assertThat(story.outcome(givenUp)).isEqualTo("withdrawn");
        assertThat(lying("Stock")).isEqualTo(8);

        begin();
        var left = lot(8);
        var expired = reportedQuantity(left, 20);
        story.decide(story.task(left, "QUANTITY_UNCLEAR"), "quinn", "return", "Eight");
        story.passes(Duration.ofDays(14).plusMinutes(1));
        assertThat(story.outcome(expired)).isEqualTo("expired");
        assertThat(lying("Quarantine")).isEqualTo(8);
    }

    @Test
    void several_holds_are_asked_at_the_same_time_each_of_its_own_role() {
        var document = lot(8);
        shipped(document, 3);
        data.defect(document, "safety", "critical", 20, "Breaks");
        story.start(WORKFLOW, document);

        assertThat(story.holdCodes(document)).containsExactly("QUANTITY_UNCLEAR", "SAFETY_STOP", "STOCK_LEFT");
        assertThat(story.candidateGroup(story.task(document, "QUANTITY_UNCLEAR")))
                .isEqualTo("quality");
        assertThat(story.candidateGroup(story.task(document, "STOCK_LEFT"))).isEqualTo("qualityManager");
        release(document, "QUANTITY_UNCLEAR", "quinn");
        release(document, "STOCK_LEFT", "quentin");
        assertThat(story.holdCodes(document)).containsExactly("SAFETY_STOP");
        release(document, "SAFETY_STOP", "quentin");
        assertThat(story.followUp(document, "containDefect")).isNotNull();
    }

    @Test
    void stock_that_has_left_altogether_is_followed_up_without_any() {
        var document = lot(8);
        shipped(document, 8);
        var caseId = reported(document, "function", "minor");
        assertThat(story.holdCodes(document)).containsExactly("STOCK_LEFT");
        release(document, "STOCK_LEFT", "quentin");

        contain(document);

        assertThat(story.passed(caseId)).doesNotContain("callActivity_inspectStock");
        assertThat(story.outcome(caseId)).isEqualTo("settled");
        assertThat(commands(caseId, "dispose")).isEmpty();
    }

    @Test
    void a_report_about_a_product_takes_so_much_and_no_more() {
        data.lot("L-" + System.nanoTime(), product, 50);
        var document = new DocumentRef("product.product", product);
        var caseId = reportedQuantity(document, 20);

        assertThat(lying("Quarantine")).isEqualTo(20);
        assertThat(lying("Stock")).isEqualTo(30);
        inspect(document, Map.of("functionalImpact", true));
        release(document, "SCRAP", "quentin");
        assertThat(story.outcome(caseId)).isEqualTo("settled");
        assertThat(lying("Stock")).isEqualTo(30);
    }

    @Test
    void one_document_has_one_case_however_often_it_is_told_of() {
        var document = lot(8);
        reported(document, "appearance", "minor");

        assertThatThrownBy(() -> runtime.startProcessInstanceByKey(WORKFLOW, document.toString()))
                .hasMessageContaining("already has an open case of quality-escalation");
        story.tellWhoeverWaits(CHANGED, document);
        story.tellWhoeverWaits(AGAIN, document);

        assertThat(story.tasks(document)).hasSize(1);
    }

    // Changes

    @Test
    void a_change_while_people_decide_touches_only_its_own_hold() {
        var document = lot(8);
        data.defect(document, "safety", "critical", 20, "Breaks");
        story.start(WORKFLOW, document);
        var stop = story.task(document, "SAFETY_STOP");
        assertThat(story.holdCodes(document)).containsExactly("QUANTITY_UNCLEAR", "SAFETY_STOP");

        // The stop is about what was reported; nothing of that becomes clearer by a look at the stock.
        story.tell(CHANGED, document);
        assertThat(story.task(document, "SAFETY_STOP").getId()).isEqualTo(stop.getId());
        assertThat(story.holdCodes(document)).containsExactly("QUANTITY_UNCLEAR", "SAFETY_STOP");

        data.defect(document, "safety", "critical", 8, "Breaks");
        story.tell(CHANGED, document);
        assertThat(story.holdCodes(document)).containsExactly("SAFETY_STOP");
    }

    @Test
    void a_change_that_brings_a_new_hold_asks_about_it_too() {
        var document = lot(8);
        reported(document, "safety", "critical");

        data.defect(document, "safety", "critical", 20, "Breaks");
        story.tell(CHANGED, document);

        assertThat(story.holdCodes(document)).containsExactly("QUANTITY_UNCLEAR", "SAFETY_STOP");
        release(document, "QUANTITY_UNCLEAR", "quinn");
        release(document, "SAFETY_STOP", "quentin");
        assertThat(story.followUp(document, "containDefect")).isNotNull();
    }

    @Test
    void what_left_quarantine_after_the_last_answer_is_judged_again() {
        var document = receipt(8);
        var caseId = reported(document, "appearance", "minor");
        inspect(document, Map.of("functionalImpact", true));
        beforeNext("operation=dispose", () -> data.vanished(product, 3));

        release(document, "SCRAP", "quentin");

        assertThat(story.holdCodes(document)).as("three pieces are missing").containsExactly("STOCK_LEFT");
        assertThat(commands(caseId, "dispose"))
                .allSatisfy(
                        command -> assertThat(command.get("answer").toString()).contains("changed"));
        release(document, "STOCK_LEFT", "quentin");
        assertThat(lying("Quarantine")).isZero();
        assertThat(story.outcome(caseId)).isEqualTo("settled");
    }

    @Test
    void a_lot_that_is_deleted_closes_its_case() {
        var document = lot(8);
        var caseId = reported(document, "safety", "critical");
        odoo.as("admin").call(new OdooCall("stock.lot", "unlink", List.of(document.id()), Map.of(), Map.of()));

        story.tell(CHANGED, document);

        assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
        assertThat(story.tasks(document)).isEmpty();
    }

    // Odoo says no, or nothing

    @Test
    void odoo_refuses_the_quarantine_and_a_person_chooses() {
        for (var action : List.of("retry", "return", "cancel")) {
            begin();
            var document = lot(8);
            refuse("quarantine", "The period is locked.");
            var caseId = reported(document, "appearance", "minor");
            var task = story.tasks(document).get(0);
            assertThat(task.getTaskDefinitionKey()).isEqualTo("userTask_resolveRefusal");
            assertThat(story.variable(task, "odooMessage").toString()).contains("The period is locked.");
            assertThat(lying("Stock")).isEqualTo(8);

            story.complete(task, "quinn", Map.of("action", action, "reason", "As agreed"));

            switch (action) {
                case "retry" -> assertThat(lying("Quarantine")).isEqualTo(8);
                case "return" -> assertThat(state(document)).isEqualTo("returned");
                default -> assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
            }
        }
    }

    @Test
    void odoo_refuses_the_disposition_and_it_is_tried_again() {
        var document = lot(8);
        var caseId = reported(document, "appearance", "minor");
        inspect(document, Map.of("functionalImpact", true));
        refuse("dispose", "Nobody may scrap during the inventory.");
        release(document, "SCRAP", "quentin");

        var task = story.tasks(document).get(0);
        assertThat(story.variable(task, "odooMessage").toString()).contains("during the inventory");
        assertThat(lying("Quarantine")).isEqualTo(8);
        story.complete(task, "quinn", Map.of("action", "retry"));

        assertThat(lying("Quarantine")).isZero();
        assertThat(story.outcome(caseId)).isEqualTo("settled");
    }

    @Test
    void a_lost_answer_quarantines_and_scraps_nothing_twice() {
        var document = receipt(8);
        data.defect(document, "function", "minor", 0, "Seizes");
        odoo.faults().loseAnswers(1);
        var caseId =
                runtime.startProcessInstanceByKey(WORKFLOW, document.toString()).getId();
        story.workWithFailures().work();
        assertThat(lying("Quarantine")).isEqualTo(8);
        assertThat(commands(caseId, "quarantine"))
                .singleElement()
                .satisfies(
                        command -> assertThat(command.get("answer").toString()).contains("already"));

        inspect(document, Map.of("functionalImpact", true));
        var scrap = story.task(document, "SCRAP").getId();
        odoo.faults().loseAnswers(1);
        story.as("quentin", () -> tasks.complete(scrap, Map.of("decision", "release", "reason", "")));
        story.workWithFailures().work();

        assertThat(story.outcome(caseId)).isEqualTo("settled");
        assertThat(lying("Quarantine")).isZero();
        assertThat(lying("Stock")).isZero();
    }

    @Test
    void a_lost_answer_moves_a_supplier_once() {
        var document = sent(8);
        watched(document);
        story.passes(Duration.ofDays(181));
        beforeNext("operation=supplier_level", () -> odoo.faults().loseAnswers(1));
        judgedNotEffective(document);
        story.workWithFailures().work();

        assertThat(level()).isEqualTo(2);
    }

    @Test
    void odoo_away_for_a_while_is_waited_for() {
        var document = lot(8);
        data.defect(document, "appearance", "minor", 0, "Scratched");
        odoo.faults().unavailable(2);
        var caseId =
                runtime.startProcessInstanceByKey(WORKFLOW, document.toString()).getId();
        story.workWithFailures();
        story.workWithFailures();
        assertThat(story.incidents(caseId)).isEmpty();

        story.workWithFailures();

        assertThat(state(document)).isEqualTo("quarantined");
    }

    @Test
    void a_case_whose_odoo_was_away_for_hours_goes_on_where_it_stood() {
        var document = lot(8);
        var caseId = stopped(document);
        contain(document);
        scrap(document);
        causes(document, false);
        correct(document);
        var verify = story.followUp(document, "verifyCorrection");
        story.as(
                "quentin",
                () -> tasks.complete(
                        verify.getId(), Map.of("verification", "inPlace", "proof", "Fixture seen on line two")));
        odoo.faults().unavailable(Integer.MAX_VALUE);
        story.workWithFailures();
        story.hoursPass();
        var recover = story.tasks(document).get(0);
        assertThat(recover.getTaskDefinitionKey()).isEqualTo("userTask_recoverCase");

        odoo.faults().none();
        story.complete(recover, "ole", Map.of("action", "retry"));

        assertThat(state(document)).isEqualTo("monitored");
        assertThat(story.tasks(document)).as("nobody does anything again").isEmpty();
        assertThat(commands(caseId, "dispose")).hasSize(1);
    }

    @Test
    void a_supplier_is_moved_once_though_odoo_was_away_for_hours() {
        var document = sent(8);
        watched(document);
        story.passes(Duration.ofDays(181));
        beforeNext("operation=show", () -> odoo.faults().unavailable(Integer.MAX_VALUE));
        judgedNotEffective(document);
        story.workWithFailures();
        story.hoursPass();
        odoo.faults().none();
        assertThat(level()).isEqualTo(2);

        story.complete(story.tasks(document).get(0), "ole", Map.of("action", "retry"));

        assertThat(level()).isEqualTo(2);
        assertThat(story.followUp(document, "findCauses"))
                .as("not watched but investigated")
                .isNotNull();
    }

    @Test
    void a_case_may_be_closed_without_odoo() {
        var document = lot(8);
        data.defect(document, "appearance", "minor", 0, "Scratched");
        odoo.faults().unavailable(Integer.MAX_VALUE);
        var caseId =
                runtime.startProcessInstanceByKey(WORKFLOW, document.toString()).getId();
        story.workWithFailures();
        story.hoursPass();

        story.complete(
                story.tasks(document).get(0), "ole", Map.of("action", "skip", "reason", "Scrapped by hand, SP/7."));

        assertThat(story.outcome(caseId)).isEqualTo("skipped");
    }

    // Fixture

    private DocumentRef lot(double quantity) {
        return new DocumentRef("stock.lot", data.lot("L-" + System.nanoTime(), product, quantity));
    }

    /** A receipt of a lot from the vendor. */
    private DocumentRef receipt(double quantity) {
        return new DocumentRef("stock.picking", data.receipt(vendor, product, "R-" + System.nanoTime(), quantity));
    }

    /** A lot that came from the vendor. */
    private DocumentRef sent(double quantity) {
        var name = "V-" + System.nanoTime();
        data.receipt(vendor, product, name, quantity);
        return new DocumentRef(
                "stock.lot",
                search("stock.lot", List.of(List.of("name", "=", name)), "id")
                        .get(0)
                        .asLong());
    }

    private void shipped(DocumentRef lot, double quantity) {
        var order = data.order(data.customer("Elbe Metall").add())
                .line(product, quantity)
                .delivered(3)
                .add();
        assertThat(search(
                        "stock.move.line",
                        List.of(List.of("lot_id", "=", lot.id()), List.of("picking_id", "=", data.delivery(order))),
                        "quantity"))
                .hasSize(1);
    }

    private String reported(DocumentRef document, String defect, String severity) {
        data.defect(document, defect, severity, 0, "Bore too wide");
        return story.start(WORKFLOW, document);
    }

    private String reportedQuantity(DocumentRef document, double quantity) {
        data.defect(document, "dimension", "minor", quantity, "Bore too wide");
        return story.start(WORKFLOW, document);
    }

    /** A critical defect whose stop the quality manager has decided on. */
    private String stopped(DocumentRef document) {
        var caseId = reported(document, "safety", "critical");
        release(document, "SAFETY_STOP", "quentin");
        return caseId;
    }

    /** A critical defect, up to the time of watching; its cause lies with the vendor, where there is one. */
    private String watched(DocumentRef document) {
        var caseId = stopped(document);
        contain(document);
        scrap(document);
        causes(document, true);
        correct(document);
        verify(document, "inPlace");
        return caseId;
    }

    private void upTo(String step, DocumentRef document) {
        stopped(document);
        if (step.equals("containDefect")) {
            return;
        }
        contain(document);
        if (step.equals("inspectStock")) {
            return;
        }
        scrap(document);
        if (step.equals("findCauses")) {
            return;
        }
        causes(document, false);
        if (step.equals("correctCause")) {
            return;
        }
        correct(document);
        if (step.equals("verifyCorrection")) {
            return;
        }
        verify(document, "inPlace");
        story.passes(Duration.ofDays(180).plusSeconds(1));
    }

    private void release(DocumentRef document, String hold, String person) {
        story.decide(story.task(document, hold), person, "release", "Looked at together");
    }

    private void contain(DocumentRef document) {
        story.complete(
                story.followUp(document, "containDefect"),
                "quinn",
                Map.of("containment", "Sorted all stock and blocked line two", "customersTold", false));
    }

    private void inspect(DocumentRef document, Map<String, Object> more) {
        inspectAs("quinn", document, more);
    }

    private void inspectAs(String person, DocumentRef document, Map<String, Object> more) {
        var given = new HashMap<>(more);
        given.putIfAbsent("conformity", "doesNotConform");
        given.put("inspection", INSPECTION);
        story.complete(story.followUp(document, "inspectStock"), person, given);
    }

    private void scrap(DocumentRef document) {
        inspect(document, Map.of("safetyRelevant", true));
        release(document, "SCRAP", "quentin");
    }

    private void caused(String caseId, DocumentRef document) {
        if (commands(caseId, "dispose").isEmpty()) {
            contain(document);
            scrap(document);
        }
        causes(document, false);
    }

    private void causes(DocumentRef document, boolean supplierCaused) {
        causesAs("quinn", document, supplierCaused);
    }

    private void causesAs(String person, DocumentRef document, boolean supplierCaused) {
        story.complete(
                story.followUp(document, "findCauses"),
                person,
                Map.of(
                        "occurrenceCause", "The fixture let the part be clamped askew",
                        "escapeCause", "The gauge was worn and not calibrated",
                        "supplierCaused", supplierCaused));
    }

    private void causesRefused(DocumentRef document, String occurrence, String escape, String words) {
        assertThatThrownBy(() -> story.complete(
                        story.followUp(document, "findCauses"),
                        "quinn",
                        Map.of("occurrenceCause", occurrence, "escapeCause", escape)))
                .hasMessageContaining(words);
    }

    private void correct(DocumentRef document) {
        story.complete(
                story.followUp(document, "correctCause"),
                "quinn",
                Map.of("actionKind", "equipment", "correctiveAction", "Fixture with a stop; gauge calibrated weekly"));
    }

    private void verify(DocumentRef document, String answer) {
        story.complete(
                story.followUp(document, "verifyCorrection"),
                "quentin",
                Map.of("verification", answer, "proof", "Fixture looked at on line two, calibration log"));
    }

    private void judge(DocumentRef document, String person, String answer, double lots) {
        story.complete(
                story.followUp(document, "checkEffectiveness"),
                person,
                Map.of(
                        "effectiveness", answer,
                        "lotsChecked", lots,
                        "proof", "Deliveries and complaints since then looked through"));
    }

    /** Somebody of quality who did not put the action in place judges it. */
    private void judged(DocumentRef document, String answer, double lots) {
        story.addToGroup("quentin", "quality");
        try {
            judge(document, "quentin", answer, lots);
        } finally {
            story.removeFromGroup("quentin", "quality");
        }
    }

    /** Says so as one who may, without the engine going on by itself. */
    private void judgedNotEffective(DocumentRef document) {
        var check = story.followUp(document, "checkEffectiveness").getId();
        story.addToGroup("quentin", "quality");
        story.as(
                "quentin",
                () -> tasks.complete(
                        check,
                        Map.of(
                                "effectiveness",
                                "notEffective",
                                "lotsChecked",
                                0.0,
                                "proof",
                                "Two complaints since, same cause")));
        story.removeFromGroup("quentin", "quality");
    }

    private String state(DocumentRef document) {
        return odoo.record(document).path("x_holdpoint_quality_state").asText();
    }

    private String words(DocumentRef document) {
        return odoo.record(document).path("x_holdpoint_quality_reason").asText();
    }

    private int level() {
        return odoo.record(new DocumentRef("res.partner", vendor))
                .path("x_holdpoint_supplier_level")
                .asInt();
    }

    private String caseOf(DocumentRef document) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(WORKFLOW)
                .processInstanceBusinessKey(document.toString())
                .singleResult()
                .getId();
    }

    /** What was sent to Odoo, as it is on record. */
    private List<Map<String, Object>> commands(String caseId, String operation) {
        var found = new ArrayList<Map<String, Object>>();
        story.evidence(caseId, Kind.COMMAND).forEach(line -> {
            if (operation.equals(line.content().get("operation"))) {
                found.add(line.content());
            }
        });
        return found;
    }

    private Task correction(DocumentRef document) {
        return story.taskOf(document, "userTask_correctReport");
    }

    private double lying(String place) {
        return lying(product, place);
    }

    private void refuse(String operation, String words) {
        beforeNext("operation=" + operation, () -> {
            throw new OdooRefused(words);
        });
    }

    /** An event tells of the document again, and the intake keeps it as evidence. */
    private void toldByEvent(String caseId, DocumentRef document) {
        story.evidence()
                .record(caseId, document, Kind.EVENT, null, "lims", Map.of("event", "LIMS-2", "type", WORKFLOW));
        story.tell(AGAIN, document);
    }
}
