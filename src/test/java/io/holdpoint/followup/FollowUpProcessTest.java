package io.holdpoint.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.FlowCoverage;
import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Work that a workflow gives to people, told with a workflow of two steps that one person may not both do. */
@ProcessTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FollowUpProcessTest {

    private static final String WORKFLOW = "two-steps";

    @Autowired
    Story story;

    @Autowired
    RepositoryService repository;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FollowUps followUps;

    @Autowired
    FlowCoverage coverage;

    String deployment = "";
    DocumentRef document = new DocumentRef("sale.order", 1);

    @BeforeEach
    void begin() {
        story.begin();
        deployment = repository
                .createDeployment()
                .addString("two-steps.bpmn", TWO_STEPS)
                .addString("two-steps.dmn", WHO_AND_UNTIL_WHEN)
                .deploy()
                .getId();
        document = new DocumentRef("sale.order", story.odoo().data().goodOrder());
    }

    @AfterEach
    void end() {
        story.end();
        repository.deleteDeployment(deployment, true);
    }

    @Test
    void the_asked_role_does_the_work_and_what_was_entered_is_on_record_with_the_person() {
        var caseId = story.start(WORKFLOW, document);

        var inspect = story.followUp(document, "inspect");
        assertThat(inspect.getName()).isEqualTo("Inspect the goods");
        assertThat(story.candidateGroup(inspect)).isEqualTo("quality");
        assertThat(inspect.getDueDate()).isCloseTo(in(Duration.ofDays(2)), 2000);
        assertThat(inspect.getFollowUpDate()).as("when it is reminded of").isCloseTo(in(Duration.ofDays(1)), 2000);
        assertThat(story.variable(inspect, "shown")).isEqualTo("four pieces");
        story.complete(inspect, "quinn", Map.of("grade", "A"));

        assertThat(followUps.latest(caseId, "inspect")).hasValueSatisfying(done -> {
            assertThat(done.person()).isEqualTo("quinn");
            assertThat(done.role()).isEqualTo("quality");
            assertThat(done.content()).containsEntry("grade", "A");
        });
        assertThat(story.candidateGroup(story.followUp(document, "approve"))).isEqualTo("qualityManager");
    }

    @Test
    void what_was_entered_is_judged_and_a_refusal_is_on_record() {
        var caseId = story.start(WORKFLOW, document);
        var inspect = story.followUp(document, "inspect");

        assertThatThrownBy(() -> story.complete(inspect, "quinn", Map.of())).hasMessageContaining("grade: choose one");
        assertThatThrownBy(() -> story.complete(inspect, "admin", Map.of("grade", "A")))
                .hasMessageContaining("the group Quality, and Administrator is not a member");
        assertThatThrownBy(() -> tasks.complete(inspect.getId(), Map.of("grade", "A")))
                .hasMessageContaining("log in");

        assertThat(story.evidence(caseId, Evidence.Kind.REFUSAL))
                .extracting(Evidence.Entry::actor)
                .containsExactly("quinn", "admin");
        assertThat(followUps.all(caseId)).isEmpty();
        assertThat(story.followUp(document, "inspect")).isNotNull();
    }

    @Test
    void one_person_does_not_do_two_steps_that_are_to_be_done_by_two() {
        story.addToGroup("quinn", "qualityManager");
        try {
            story.start(WORKFLOW, document);
            story.complete(story.followUp(document, "inspect"), "quinn", Map.of("grade", "A"));

            var approve = story.followUp(document, "approve");
            assertThatThrownBy(() -> story.complete(approve, "quinn", Map.of("grade", "A")))
                    .hasMessageContaining("Four eyes: Quinn did the step inspect");
            story.complete(approve, "quentin", Map.of("grade", "A"));

            assertThat(story.isOpen(WORKFLOW, document)).isFalse();
        } finally {
            story.removeFromGroup("quinn", "qualityManager");
        }
    }

    @Test
    void a_substitute_does_the_work_and_counts_as_one_person_with_whoever_is_away() {
        story.as(
                "quentin",
                () -> runtime.startProcessInstanceByKey(
                        "substitution",
                        Map.of("substitute", "quinn", "firstDay", "2026-06-01", "lastDay", "2026-06-02")));
        story.as(
                "quinn",
                () -> runtime.startProcessInstanceByKey(
                        "substitution",
                        Map.of("substitute", "wim", "firstDay", "2026-06-01", "lastDay", "2026-06-02")));
        try {
            var caseId = story.start(WORKFLOW, document);
            var inspect = story.followUp(document, "inspect");
            assertThat(tasks.getIdentityLinksForTask(inspect.getId()))
                    .extracting("userId")
                    .containsExactlyInAnyOrder("wim", null);
            story.complete(inspect, "wim", Map.of("grade", "A"));
            assertThat(followUps.latest(caseId, "inspect")).hasValueSatisfying(done -> {
                assertThat(done.person()).isEqualTo("wim");
                assertThat(done.content()).containsEntry("onBehalfOf", List.of("quinn"));
            });

            var approve = story.followUp(document, "approve");
            assertThatThrownBy(() -> story.complete(approve, "quinn", Map.of("grade", "A")))
                    .as("quinn stands in for quentin, and wim inspected for quinn")
                    .hasMessageContaining("Four eyes: Quinn for Quentin did the step inspect");
            assertThatThrownBy(() -> story.complete(approve, "wim", Map.of("grade", "A")))
                    .hasMessageContaining("Four eyes: Wim for Quinn for Quentin did the step inspect");
            story.complete(approve, "quentin", Map.of("grade", "A"));
            assertThat(story.isOpen(WORKFLOW, document)).isFalse();
        } finally {
            jdbc.sql("delete from hp_substitution_offer").update();
            jdbc.sql("delete from hp_substitution").update();
        }
    }

    @Test
    void who_waits_is_reminded_then_the_next_authority_is_asked_and_there_it_stays_late() {
        var caseId = story.start(WORKFLOW, document);

        story.passes(Duration.ofDays(1).plusMinutes(1));
        assertThat(story.followUp(document, "inspect").getPriority()).isEqualTo(90);
        assertThat(what(caseId)).containsExactly("assigned", "reminded");

        story.passes(Duration.ofDays(1));
        var handedUp = story.followUp(document, "inspect");
        assertThat(story.candidateGroup(handedUp)).isEqualTo("qualityManager");
        var deadline = handedUp.getDueDate();

        // Three working days from a Wednesday on.
        story.passes(Duration.ofDays(5).plusMinutes(1));
        var late = story.followUp(document, "inspect");
        assertThat(story.candidateGroup(late)).isEqualTo("qualityManager");
        assertThat(late.getDueDate()).as("the deadline that was missed").isEqualTo(deadline);
        assertThat(followUps.wasLate(caseId, "inspect")).isTrue();
        assertThat(what(caseId)).contains("escalated", "late");
        story.complete(late, "quentin", Map.of("grade", "B"));
        assertThat(followUps.latest(caseId, "inspect")).isPresent();
    }

    @Test
    void work_that_began_with_the_earlier_model_goes_on_with_it_in_working_time() throws IOException {
        var earlier = repository
                .createDeployment()
                .addString(
                        "follow-up.bpmn",
                        Story.withDurations(
                                "follow-up", Map.of("remindAt", "remindAfter", "overdueAt", "completeWithin")))
                .deploy()
                .getId();
        try {
            story.goTo(Instant.parse("2026-06-05T08:00:00Z"));
            var caseId = story.start(WORKFLOW, document);
            assertThat(story.due(story.followUp(document, "inspect")))
                    .as("two working days after a Friday")
                    .isCloseTo(Date.from(Instant.parse("2026-06-09T08:00:00Z")), 2000);

            story.passesUntil(Instant.parse("2026-06-08T07:59:00Z"));
            assertThat(what(caseId)).containsExactly("assigned");
            story.passesUntil(Instant.parse("2026-06-09T07:59:00Z"));
            assertThat(what(caseId)).containsExactly("assigned", "reminded");
            story.passesUntil(Instant.parse("2026-06-09T08:01:00Z"));
            assertThat(what(caseId)).containsExactly("assigned", "reminded", "escalated", "assigned");
        } finally {
            story.end();
            repository.deleteDeployment(earlier, true);
        }
    }

    @Test
    void work_that_lapses_is_told_to_the_workflow() {
        var caseId = story.start(WORKFLOW, document);
        story.complete(story.followUp(document, "inspect"), "quinn", Map.of("grade", "A"));

        story.passes(Duration.ofDays(5).plusMinutes(1));
        assertThat(story.tasks(document))
                .as("five working days have a weekend between them")
                .isNotEmpty();
        story.passes(Duration.ofDays(2));

        assertThat(story.passed(caseId)).contains("endEvent_lapsed");
        assertThat(story.tasks(document)).isEmpty();
        assertThat(followUps.latest(caseId, "approve")).isEmpty();
    }

    @Test
    void work_that_is_not_needed_any_more_is_taken_back() {
        var caseId = story.start(WORKFLOW, document);

        assertThat(followUps.withdraw(caseId, document, "inspect", "the goods never came"))
                .isTrue();
        story.work();

        assertThat(story.tasks(document)).extracting(Task::getName).containsExactly("Approve the goods");
        assertThat(what(caseId)).contains("withdrawn");
        assertThat(followUps.withdraw(caseId, document, "inspect", "again")).isFalse();
    }

    @Test
    void a_table_that_names_nobody_asks_operations_and_forgets_nothing() {
        repository.deleteDeployment(deployment, true);
        deployment = repository
                .createDeployment()
                .addString("two-steps.bpmn", TWO_STEPS)
                .addString("two-steps.dmn", WHO_AND_UNTIL_WHEN.replace("\"inspect\"", "\"nothing\""))
                .deploy()
                .getId();

        story.start(WORKFLOW, document);

        assertThat(story.candidateGroup(story.followUp(document, "inspect"))).isEqualTo("operations");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void all_stories_together_took_every_flow() {
        assertThat(coverage.neverTaken("follow-up")).isEmpty();
    }

    private List<Object> what(String caseId) {
        return story.evidence(caseId, Evidence.Kind.FOLLOW_UP).stream()
                .map(line -> line.content().get("what"))
                .toList();
    }

    private static Date in(Duration time) {
        return Date.from(ClockUtil.getCurrentTime().toInstant().plus(time));
    }

    @TestConfiguration
    static class Steps {

        @Bean
        FollowUpStep inspect() {
            return new Step("inspect", "Inspect the goods", Set.of());
        }

        @Bean
        FollowUpStep approve() {
            return new Step("approve", "Approve the goods", Set.of("inspect", FollowUpStep.REQUEST));
        }
    }

    private record Step(String step, String title, Set<String> notBy) implements FollowUpStep {

        @Override
        public String workflow() {
            return WORKFLOW;
        }

        @Override
        public String title(FollowUp followUp) {
            return title;
        }

        @Override
        public Map<String, Object> show(FollowUp followUp) {
            return Map.of("shown", "four pieces");
        }

        @Override
        public Map<String, Object> accept(FollowUp followUp, Given given) {
            var kept = new HashMap<String, Object>();
            kept.put("grade", given.oneOf("grade", Set.of("A", "B")));
            given.number("pieces").ifPresent(pieces -> {
                if (pieces < 0) {
                    throw new NotAccepted("pieces: enter how many there are.");
                }
                kept.put("pieces", pieces);
            });
            return kept;
        }
    }

    private static String call(String step, String more) {
        return """
                <bpmn:callActivity id="call_%1$s" calledElement="follow-up">
                  <bpmn:extensionElements>
                    <camunda:in businessKey="#{execution.processBusinessKey}"/>
                    <camunda:in sourceExpression="two-steps" target="workflow"/>
                    <camunda:in sourceExpression="${execution.processInstanceId}" target="caseId"/>
                    <camunda:in sourceExpression="%1$s" target="step"/>
                  </bpmn:extensionElements>
                </bpmn:callActivity>
                %2$s
                """.formatted(step, more);
    }

    private static final String TWO_STEPS = """
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
              <bpmn:error id="lapsed" errorCode="followUpLapsed"/>
              <bpmn:process id="two-steps" isExecutable="true" camunda:historyTimeToLive="P1D">
                <bpmn:extensionElements>
                  <camunda:properties><camunda:property name="document" value="sale.order"/></camunda:properties>
                </bpmn:extensionElements>
                <bpmn:startEvent id="start"/>
                <bpmn:sequenceFlow id="one" sourceRef="start" targetRef="call_inspect"/>
            """ + call("inspect", "") + """
                <bpmn:sequenceFlow id="two" sourceRef="call_inspect" targetRef="call_approve"/>
            """ + call("approve", """
                <bpmn:boundaryEvent id="event_lapsed" attachedToRef="call_approve">
                  <bpmn:errorEventDefinition errorRef="lapsed"/>
                </bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="four" sourceRef="event_lapsed" targetRef="endEvent_lapsed"/>
                <bpmn:endEvent id="endEvent_lapsed"/>
                """) + """
                <bpmn:sequenceFlow id="three" sourceRef="call_approve" targetRef="end"/>
                <bpmn:endEvent id="end"/>
              </bpmn:process>
            </bpmn:definitions>
            """;

    private static String rule(String step, String escalation, String role, String within, String whenOverdue) {
        return """
                <rule id="rule_%1$s%5$s">
                  <inputEntry id="in1_%1$s%5$s"><text>"%1$s"</text></inputEntry>
                  <inputEntry id="in2_%1$s%5$s"><text>%2$s</text></inputEntry>
                  <outputEntry id="o1_%1$s%5$s"><text>"%3$s"</text></outputEntry>
                  <outputEntry id="o2_%1$s%5$s"><text>"P1D"</text></outputEntry>
                  <outputEntry id="o3_%1$s%5$s"><text>"%4$s"</text></outputEntry>
                  <outputEntry id="o4_%1$s%5$s"><text>"%5$s"</text></outputEntry>
                </rule>
                """.formatted(step, escalation, role, within, whenOverdue);
    }

    private static final String WHO_AND_UNTIL_WHEN = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
                xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="two" name="two" namespace="test">
              <decision id="two-steps.follow-up" name="Who and until when" camunda:historyTimeToLive="P1D">
                <decisionTable id="table" hitPolicy="UNIQUE">
                  <input id="i1" label="Step"><inputExpression id="e1" typeRef="string"><text>step</text></inputExpression></input>
                  <input id="i2" label="Escalation"><inputExpression id="e2" typeRef="integer"><text>escalation</text></inputExpression></input>
                  <output id="o1" name="role" typeRef="string"/>
                  <output id="o2" name="remindAfter" typeRef="string"/>
                  <output id="o3" name="completeWithin" typeRef="string"/>
                  <output id="o4" name="whenOverdue" typeRef="string"/>
            """ + rule("inspect", "0", "quality", "P2D", "escalate")
            + rule("inspect", "1", "qualityManager", "P3D", "keep")
            + rule("approve", "0", "qualityManager", "P5D", "lapse") + """
                </decisionTable>
              </decision>
            </definitions>
            """;
}
