package io.holdpoint.intake;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Odoo is away for an hour, and nobody is woken more than once. */
@OverHttp
@ExtendWith(OutputCaptureExtension.class)
class OutageTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Jobs of a case that follow each other until it is confirmed. */
    private static final int STEPS = 4;

    private static final int REQUESTS = 20;

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    DemoOdoo odoo;

    @BeforeEach
    void begin() {
        story.begin();
        odoo = story.odoo();
        intake.forget();
    }

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    @Test
    void an_hour_without_odoo_costs_no_retry_and_what_waited_goes_on_in_order(CapturedOutput log) {
        var held = requested(overLimit());
        story.start(held);
        var asked = story.task(held, "OVER_LIMIT");
        var underWay = new ArrayList<DocumentRef>();
        for (int i = 0; i < REQUESTS; i++) {
            var order = requested(odoo.data().goodOrder());
            runtime.startProcessInstanceByKey("order-release", order.toString());
            underWay.add(order);
        }

        odoo.faults().unavailable(Integer.MAX_VALUE);
        var meanwhile = new ArrayList<DocumentRef>();
        for (int minute = 0; minute < 60; minute++) {
            if (minute % 3 == 0) {
                var order = requested(odoo.data().goodOrder());
                intake.received(order, "request " + minute);
                meanwhile.add(order);
            }
            minutePasses();
        }

        assertThat(runtime.createIncidentQuery().count()).isZero();
        assertThat(management.createJobQuery().messages().list())
                .hasSize(underWay.size())
                .extracting(Job::getRetries)
                .containsOnly(3);
        assertThat(lines(log, "ERROR")).singleElement().asString().contains("Odoo has not answered since");
        assertThat(lines(log, "WARN")).isEmpty();

        story.as("max", () -> tasks.complete(asked.getId(), Map.of("decision", "release", "reason", "Secured.")));
        story.workWhatIsDue();
        assertThat(state(held)).isEqualTo("draft");

        odoo.faults().none();
        for (int minute = 0; minute < 15; minute++) {
            minutePasses();
        }

        assertThat(underWay).extracting(this::state).containsOnly("sale");
        assertThat(meanwhile).extracting(this::state).containsOnly("sale");
        assertThat(state(held)).isEqualTo("sale");
        var opened = meanwhile.stream().map(intake::openedAt).toList();
        var first = opened.stream().min(naturalOrder()).orElseThrow();
        assertThat(opened)
                .filteredOn(moment -> moment.isAfter(first))
                .as("all but the one that found Odoo back")
                .isSorted();
        assertThat(lines(log, "WARN")).singleElement().asString().contains("Odoo answers again");
    }

    @Test
    void deadlines_of_people_run_on_without_odoo() {
        var held = requested(overLimit());
        story.start(held);
        var before = story.task(held, "OVER_LIMIT");
        assertThat(story.candidateGroup(before)).isEqualTo("creditManager");

        odoo.faults().unavailable(Integer.MAX_VALUE);
        while (Story.now().isBefore(story.due(before).toInstant().plus(MINUTE))) {
            story.ahead(Duration.ofMinutes(30)).workWhatIsDue();
        }
        // The deadline, the escalation and the new question are steps one after the other.
        story.workWhatIsDue().workWhatIsDue();

        var after = story.task(held, "OVER_LIMIT");
        assertThat(after.getId()).as("asked anew").isNotEqualTo(before.getId());
        assertThat(story.candidateGroup(after)).isEqualTo("financeDirector");
    }

    @Test
    void a_broken_contract_is_one_incident_at_once_with_its_remedy_and_others_go_on(CapturedOutput log) {
        var broken = requested(odoo.data().goodOrder());
        var fine = requested(odoo.data().goodOrder());
        var caseId = runtime.startProcessInstanceByKey("order-release", broken.toString())
                .getId();
        odoo.faults().beforeCall(call -> {
            if (call.model().equals("sale.order") && call.ids().contains(broken.id())) {
                throw new OdooContract("Odoo has no field x_holdpoint_state on sale.order. Run odoo-setup.");
            }
        });

        intake.received(fine, "request");
        minutePasses();
        minutePasses();

        assertThat(state(fine)).isEqualTo("sale");
        assertThat(story.incidents(caseId))
                .singleElement()
                .satisfies(job -> assertThat(job.getExceptionMessage()).contains("Run odoo-setup."));
        assertThat(lines(log, "ERROR")).singleElement().asString().contains(broken.toString(), "Run odoo-setup.");
    }

    private void minutePasses() {
        intake.drain();
        story.ahead(MINUTE);
        for (int step = 0; step < STEPS; step++) {
            story.workWhatIsDue();
        }
    }

    private DocumentRef requested(long order) {
        odoo.requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }

    private long overLimit() {
        var customer = odoo.data().customer("Elbe Metall").creditLimit(1).add();
        return odoo.data()
                .order(customer)
                .line(odoo.data().product("Pump").add(), 10)
                .add();
    }

    private String state(DocumentRef order) {
        return odoo.order(order.id()).path("state").asText();
    }

    private static List<String> lines(CapturedOutput log, String level) {
        return log.getOut()
                .lines()
                .filter(line -> line.contains(" " + level + " "))
                .toList();
    }
}
