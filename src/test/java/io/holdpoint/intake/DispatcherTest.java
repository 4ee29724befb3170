package io.holdpoint.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.Story;
import io.holdpoint.demo.DemoData;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooContract;
import io.holdpoint.odoo.OdooIsBack;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of events: one case for each document that somebody wants released, and nothing lost on the way. */
@OverHttp
class DispatcherTest {

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    @Autowired
    Clock clock;

    @Autowired
    Cases cases;

    @Autowired
    RuntimeService runtime;

    @Autowired
    RepositoryService repository;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    DocumentWorkflow orderRelease;

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

    // one case

    @Test
    void an_event_of_a_requested_order_opens_a_case_which_tells_why() {
        var order = requested(data.goodOrder());
        var event = intake.received(order, "first");

        assertThat(intake.drain()).isOne();

        var caseId = intake.openCase(order);
        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.DONE);
        assertThat(intake.event(event.id()).answer()).isEqualTo("opened a case");
        assertThat(intake.event(event.id()).caseId()).isEqualTo(caseId);
        assertThat(heard(caseId)).containsExactly("first");
        story.work();
        assertThat(state(order)).isEqualTo("sale");
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void a_second_event_finds_the_case_open_and_opens_no_other() {
        var order = requested(data.goodOrder());
        intake.received(order, "first");
        var second = intake.received(order, "second");

        assertThat(intake.drain()).isEqualTo(2);

        assertThat(intake.cases(order)).isOne();
        assertThat(intake.event(second.id()).state()).isEqualTo(Inbox.State.DONE);
        assertThat(intake.event(second.id()).caseId()).isEqualTo(intake.openCase(order));
    }

    @Test
    void an_event_of_an_order_that_nobody_asks_for_opens_nothing() {
        var order = new DocumentRef("sale.order", data.goodOrder());
        var event = intake.received(order, "first");

        assertThat(intake.drain()).isOne();

        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.DONE);
        assertThat(intake.event(event.id()).answer()).isEqualTo("nothing to do: nobody asks for a release of " + order);
        assertThat(intake.event(event.id()).caseId()).isNull();
        assertThat(intake.cases(order)).isZero();
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void after_a_case_has_ended_a_new_request_opens_another_one() {
        var order = requested(overLimit(110));
        intake.received(order, "first");
        intake.drain();
        story.work();
        story.decide(story.task(order, "OVER_LIMIT"), "max", "reject", "Pay first.");
        assertThat(story.isOpen(order)).isFalse();
        odoo.requestRelease(order.id(), "anna");

        intake.received(order, "second");
        intake.drain();

        assertThat(intake.cases(order)).isEqualTo(2);
        assertThat(story.isOpen(order)).isTrue();
    }

    // not in Odoo

    @Test
    void an_order_that_odoo_does_not_know_yet_is_looked_for_again() {
        var customer = data.customer("Fast Customer").add();
        var product = data.product("Fast product").add();
        var order = new DocumentRef(
                "sale.order", data.order(customer).line(product, 1).add() + 1);
        var event = intake.received(order, "before the commit");
        intake.drain();
        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.RECEIVED);
        assertThat(intake.cases(order)).isZero();
        assertThat(data.order(customer).line(product, 1).requested().add()).isEqualTo(order.id());

        story.passes(Duration.ofSeconds(1));
        intake.drain();

        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.DONE);
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void an_order_that_odoo_never_knew_goes_into_quarantine_within_a_minute() {
        var order = new DocumentRef("sale.order", 999_999_999);
        var event = intake.received(order, "first");

        for (int second = 0; second < 60; second++) {
            intake.drain();
            story.passes(Duration.ofSeconds(1));
        }

        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.QUARANTINED);
        assertThat(intake.event(event.id()).answer())
                .isEqualTo("sale.order,999999999 does not exist in Odoo. Check the id and replay the event.");
        assertThat(intake.cases(order)).isZero();
    }

    @Test
    void an_order_that_was_deleted_after_its_case_is_no_matter_for_the_quarantine() {
        var order = requested(overLimit(110));
        intake.received(order, "first");
        intake.drain();
        story.work();
        story.decide(story.task(order, "OVER_LIMIT"), "max", "reject", "Pay first.");
        delete(order);

        var event = intake.received(order, "deleted");
        intake.drain();

        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.DONE);
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void an_order_that_is_deleted_while_people_decide_ends_its_case() {
        var order = requested(overLimit(110));
        intake.received(order, "first");
        intake.drain();
        story.work();
        var caseId = intake.openCase(order);
        delete(order);

        intake.received(order, "deleted");
        intake.drain();
        story.work();

        assertThat(story.isOpen(order)).isFalse();
        assertThat(story.outcome(caseId)).isEqualTo("withdrawn");
        assertThat(story.tasks(order)).isEmpty();
    }

    // Odoo is away

    @Test
    void while_odoo_is_away_an_event_waits_and_nothing_is_lost() {
        var order = requested(data.goodOrder());
        var event = intake.received(order, "first");
        odoo.faults().unavailable(1_000);

        assertThat(intake.drain()).isOne();

        var waiting = intake.event(event.id());
        assertThat(waiting.state()).isEqualTo(Inbox.State.RECEIVED);
        assertThat(waiting.answer()).startsWith("Odoo is unavailable");
        assertThat(intake.nextAttempt(waiting)).isAfter(clock.instant());
        assertThat(intake.cases(order)).isZero();
        assertThat(intake.drain()).as("it is not tried again at once").isZero();

        odoo.faults().none();
        story.passes(Duration.ofSeconds(1));
        assertThat(intake.drain()).isOne();

        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.DONE);
        assertThat(intake.cases(order)).isOne();
    }

    /** The step goes on and may wait for another transaction: what it held then would be held as long. */
    @Test
    void a_step_that_finds_odoo_back_holds_none_of_the_events_that_waited() {
        var orders = List.of(requested(data.goodOrder()), requested(data.goodOrder()));
        orders.forEach(order -> intake.received(order, "about " + order));
        odoo.faults().unavailable(1_000);
        assertThat(intake.drain()).isEqualTo(2);
        odoo.faults().none();

        transaction.executeWithoutResult(step -> {
            events.publishEvent(new OdooIsBack());

            Callable<Integer> others = intake::drain;
            assertThat(Intake.together(List.of(others))).containsExactly(2);
        });

        assertThat(orders).allSatisfy(order -> assertThat(intake.cases(order)).isOne());
    }

    @Test
    void however_long_odoo_is_away_no_event_goes_into_quarantine() {
        var order = requested(data.goodOrder());
        var event = intake.received(order, "first");
        odoo.faults().unavailable(1_000);
        int tried = 0;
        for (int minute = 0; minute < 8 * 60; minute++) {
            tried += intake.drain();
            story.passes(Duration.ofMinutes(1));
        }
        assertThat(tried).as("more often than an event that fails by itself").isBetween(20, 100);
        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.RECEIVED);
        assertThat(intake.event(event.id()).attempts()).isZero();

        odoo.faults().none();
        story.passes(Duration.ofMinutes(10));
        intake.drain();

        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.DONE);
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void an_event_that_fails_for_another_reason_is_tried_ten_times_and_then_shown_to_operations() {
        var order = requested(data.goodOrder());
        var refusing = dispatcher(workflow("order-release", document -> {
            throw new OdooContract("Odoo has no field x_holdpoint_state. Run odoo-setup.");
        }));
        var event = intake.received(order, "first");
        int tried = 0;
        for (int minute = 0; minute < 60; minute++) {
            tried += refusing.drain();
            story.passes(Duration.ofMinutes(1));
        }

        assertThat(tried).isEqualTo(10);
        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.QUARANTINED);
        assertThat(intake.event(event.id()).answer())
                .startsWith("Failed 10 times, last: ")
                .contains("Run odoo-setup");
        assertThat(intake.cases(order)).isZero();

        intake.as("ole").post("/api/events/" + event.id() + "/replay", "");
        intake.drain();

        assertThat(intake.cases(order)).isOne();
    }

    // an open case is told

    @Test
    void a_change_of_the_order_makes_its_open_case_look_again() {
        var order = requested(overLimit(110));
        intake.received(order, "first");
        intake.drain();
        story.work();
        var caseId = intake.openCase(order);
        assertThat(story.holdCodes(order)).containsExactly("OVER_LIMIT");
        changeQuantity(order, 50);

        var event = intake.received(order, "changed");
        intake.drain();

        assertThat(intake.event(event.id()).answer()).isEqualTo("told the open case");
        assertThat(intake.event(event.id()).caseId()).isEqualTo(caseId);
        assertThat(heard(caseId)).containsExactly("first", "changed");
        story.work();
        assertThat(story.passed(caseId)).contains("serviceTask_reassessHolds");
        assertThat(story.tasks(order)).isEmpty();
        assertThat(state(order)).isEqualTo("sale");
        assertThat(intake.cases(order)).isOne();
    }

    @Test
    void an_event_without_news_leaves_the_open_case_as_it_was() {
        var order = requested(overLimit(110));
        intake.received(order, "first");
        intake.drain();
        story.work();
        var caseId = intake.openCase(order);
        var task = story.task(order, "OVER_LIMIT").getId();
        var judged = story.evidence(caseId, Evidence.Kind.POLICY).size();

        intake.received(order, "nothing new");
        intake.drain();
        story.work();

        assertThat(story.task(order, "OVER_LIMIT").getId()).isEqualTo(task);
        assertThat(story.evidence(caseId, Evidence.Kind.POLICY)).hasSize(judged);
        assertThat(story.isOpen(order)).isTrue();
    }

    @Test
    void an_event_for_a_case_that_is_not_waiting_is_done_and_does_no_harm() {
        var order = requested(data.goodOrder());
        intake.received(order, "first");
        intake.drain();
        var caseId = intake.openCase(order);

        var event = intake.received(order, "too early");
        intake.drain();

        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.DONE);
        assertThat(intake.event(event.id()).answer())
                .isEqualTo("the open case looks at Odoo by itself before it goes on");
        assertThat(heard(caseId)).containsExactly("first");
        story.work();
        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.outcome(caseId)).isEqualTo("released");
    }

    // nodes that die

    @Test
    void what_a_node_left_behind_is_worked_again_once_when_its_lease_is_over() {
        var order = requested(data.goodOrder());
        var event = intake.received(order, "first");
        assertThat(intake.inbox().claim()).map(Inbox.Event::id).hasValue(event.id());

        story.passes(Duration.ofSeconds(119));
        assertThat(intake.drain()).as("still leased").isZero();
        story.passes(Duration.ofSeconds(2));
        assertThat(intake.drain()).isOne();

        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.DONE);
        assertThat(intake.cases(order)).isOne();
        assertThat(intake.drain()).isZero();
    }

    @Test
    void a_node_that_was_too_slow_changes_nothing_any_more() {
        var order = requested(overLimit(110));
        var event = intake.received(order, "first");
        var slow = new AtomicBoolean(true);
        odoo.faults().beforeCall(call -> {
            if (slow.getAndSet(false)) {
                Intake.later(Duration.ofMinutes(3));
                assertThat(intake.drain()).as("another node works it off").isOne();
                story.work();
                assertThat(story.holdCodes(order)).as("the case waits").containsExactly("OVER_LIMIT");
            }
        });

        intake.drain();

        var caseId = intake.openCase(order);
        assertThat(intake.event(event.id()).answer()).isEqualTo("opened a case");
        assertThat(intake.cases(order)).isOne();
        assertThat(heard(caseId)).containsExactly("first");
        story.work();
        assertThat(story.passed(caseId)).doesNotContain("serviceTask_reassessHolds");
    }

    // workflows

    @Test
    void an_event_of_a_record_that_two_workflows_are_about_reaches_both() {
        var deployment = repository
                .createDeployment()
                .addString("second-look.bpmn", SECOND_LOOK)
                .deploy()
                .getId();
        try {
            var order = requested(data.goodOrder());
            var event = intake.received(order, "first");

            dispatcher(
                            orderRelease,
                            workflow(
                                    "second-look",
                                    orderRelease.documents().get("sale.order").look()))
                    .drain();

            assertThat(intake.cases(order)).isEqualTo(2);
            assertThat(cases.findOpen("order-release", order)).isPresent();
            assertThat(cases.findOpen("second-look", order)).isPresent();
            assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.DONE);
        } finally {
            repository.deleteDeployment(deployment, true);
        }
    }

    @Test
    void an_event_for_a_workflow_that_is_gone_is_shown_to_operations() {
        var order = requested(data.goodOrder());
        var event = intake.inbox().receive("test", "first", "gone.changed", order.toString(), "gone-workflow", "{}");

        assertThat(intake.drain()).isOne();

        assertThat(intake.event(event.id()).state()).isEqualTo(Inbox.State.QUARANTINED);
        assertThat(intake.event(event.id()).answer()).contains("No workflow is about");
        assertThat(intake.cases(order)).isZero();
    }

    private static final String SECOND_LOOK = """
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
              <bpmn:process id="second-look" isExecutable="true" camunda:historyTimeToLive="P1D">
                <bpmn:extensionElements>
                  <camunda:properties><camunda:property name="document" value="sale.order"/></camunda:properties>
                </bpmn:extensionElements>
                <bpmn:startEvent id="start"/>
                <bpmn:userTask id="look"/>
                <bpmn:sequenceFlow id="flow" sourceRef="start" targetRef="look"/>
              </bpmn:process>
            </bpmn:definitions>
            """;

    private Dispatcher dispatcher(DocumentWorkflow... workflows) {
        return new Dispatcher(
                intake.inbox(), List.of(workflows), cases, story.evidence(), runtime, transaction, new ObjectMapper());
    }

    private static DocumentWorkflow workflow(
            String key, java.util.function.Function<DocumentRef, Optional<DocumentWorkflow.Standing>> look) {
        return new DocumentWorkflow(
                key,
                Map.of("sale.order", new DocumentWorkflow.Documents(look, from -> List.of())),
                key + ".changed",
                key + ".requestedAgain",
                Map.of(),
                null);
    }

    /** The ids of the events that a case knows of. */
    private List<String> heard(String caseId) {
        return story.evidence(caseId, Evidence.Kind.EVENT).stream()
                .map(line -> line.content().get("event"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    private long overLimit(double quantity) {
        var customer = data.customer("Elbe Metall").creditLimit(10_000).add();
        var pump = data.product("Pump").price(100).cost(60).add();
        return data.order(customer).line(pump, quantity).add();
    }

    private void changeQuantity(DocumentRef order, double quantity) {
        var line = odoo.order(order.id()).path("order_line").path(0).asLong();
        odoo.changeLine(line, "anna", Map.of("product_uom_qty", quantity));
    }

    private void delete(DocumentRef order) {
        odoo.as("admin")
                .call(new io.holdpoint.odoo.OdooCall(order.model(), "unlink", List.of(order.id()), Map.of(), Map.of()));
    }

    private DocumentRef requested(long order) {
        odoo.requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }

    private String state(DocumentRef order) {
        return odoo.order(order.id()).path("state").asText();
    }
}
