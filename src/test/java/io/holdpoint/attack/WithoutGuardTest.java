package io.holdpoint.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.intake.OverHttp;
import io.holdpoint.odoo.DocumentRef;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * The attacks are real ones: what {@link AttackTest} sees refused works where nothing holds it back. The guards look at
 * callers whom the engine knows, so a call of Holdpoint's own passes them; an engine as it is delivered has no rules
 * for models.
 */
@OverHttp
class WithoutGuardTest {

    private static final String RELEASED = "released";

    @Autowired
    ApplicationContext context;

    @Autowired
    Story story;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    HistoryService history;

    @Autowired
    ManagementService management;

    @Autowired
    RepositoryService repository;

    private World world;

    @BeforeEach
    void build() {
        world = new World(context);
    }

    @AfterEach
    void end() {
        world.end();
    }

    @Test
    void a_jump_behind_the_approval_gets_there() {
        runtime.createProcessInstanceModification(world.caseId)
                .startBeforeActivity("serviceTask_confirmOrder")
                .execute();

        assertThat(management
                        .createJobQuery()
                        .processInstanceId(world.caseId)
                        .activityId("serviceTask_confirmOrder")
                        .count())
                .isOne();
    }

    @Test
    void a_start_behind_the_approval_gets_there() {
        var instance = runtime.createProcessInstanceByKey("order-release")
                .businessKey("sale.order,4711")
                .startBeforeActivity("serviceTask_confirmOrder")
                .execute(true, true);

        assertThat(management
                        .createJobQuery()
                        .processInstanceId(instance.getId())
                        .activityId("serviceTask_confirmOrder")
                        .count())
                .isOne();
    }

    @Test
    void a_restart_behind_the_approval_gets_there() {
        runtime.restartProcessInstances(world.definition)
                .processInstanceIds(world.finished)
                .startBeforeActivity("serviceTask_confirmOrder")
                .execute();

        assertThat(management
                        .createJobQuery()
                        .processDefinitionId(world.definition)
                        .activityId("serviceTask_confirmOrder")
                        .count())
                .isOne();
    }

    @Test
    void a_variable_of_a_case_is_set() {
        runtime.setVariable(world.asking, "requester", "ben");

        assertThat(runtime.getVariable(world.asking, "requester")).isEqualTo("ben");
    }

    @Test
    void a_variable_of_a_task_is_set() {
        tasks.setVariableLocal(world.takenTask, "settled", RELEASED);

        assertThat(tasks.getVariable(world.takenTask, "settled")).isEqualTo(RELEASED);
    }

    @Test
    void a_task_is_resolved_with_variables() {
        tasks.resolveTask(world.takenTask, Map.of("settled", RELEASED));

        assertThat(tasks.getVariable(world.takenTask, "settled")).isEqualTo(RELEASED);
    }

    @Test
    void a_message_by_hand_ends_the_asking() {
        runtime.createMessageCorrelation("hold-resolution.causeGone")
                .processInstanceId(world.asking)
                .correlate();

        assertThat(tasks.createTaskQuery().taskId(world.takenTask).count()).isZero();
    }

    @Test
    void a_deadline_is_moved() {
        var far = Date.valueOf(LocalDate.of(2036, 1, 1));

        management.setJobDuedate(world.timer, far);

        assertThat(management.createJobQuery().jobId(world.timer).singleResult().getDuedate())
                .hasSameTimeAs(far);
    }

    @Test
    void the_history_of_a_case_is_deleted() {
        history.deleteHistoricProcessInstance(world.finished);

        assertThat(history.createHistoricProcessInstanceQuery()
                        .processInstanceId(world.finished)
                        .count())
                .isZero();
    }

    @Test
    void the_time_for_which_history_is_kept_is_shortened() {
        var before = repository.getProcessDefinition(world.definition).getHistoryTimeToLive();

        repository.updateProcessDefinitionHistoryTimeToLive(world.definition, 0);

        assertThat(repository.getProcessDefinition(world.definition).getHistoryTimeToLive())
                .isZero();
        repository.updateProcessDefinitionHistoryTimeToLive(world.definition, before);
    }

    @Test
    void an_engine_as_it_is_delivered_takes_a_java_class_and_runs_any_expression() {
        var engine = ProcessEngineConfiguration.createStandaloneInMemProcessEngineConfiguration()
                .setProcessEngineName("bare")
                .setJdbcUrl("jdbc:h2:mem:bare")
                .setJobExecutorActivate(false)
                .buildProcessEngine();
        try {
            var model = Attacks.model(
                    "<serviceTask id=\"task\" camunda:expression=\"${''.getClass().forName('java.lang.Runtime').getName()}\""
                            + " camunda:resultVariable=\"reached\"/><userTask id=\"after\"/>"
                            + "<sequenceFlow id=\"on\" sourceRef=\"task\" targetRef=\"after\"/>");
            engine.getRepositoryService()
                    .createDeployment()
                    .addInputStream(
                            "attack.bpmn", new java.io.ByteArrayInputStream(model.getBytes(StandardCharsets.UTF_8)))
                    .deploy();

            var instance = engine.getRuntimeService().startProcessInstanceByKey("attack");

            assertThat(engine.getRuntimeService().getVariable(instance.getId(), "reached"))
                    .isEqualTo("java.lang.Runtime");
        } finally {
            engine.close();
        }
    }

    @Test
    void without_the_guard_in_odoo_a_held_order_is_confirmed_by_hand() {
        withoutGuards(() -> world.odoo("admin", "action_confirm", Map.of()));

        assertThat(state(world.taken)).isEqualTo("sale");
    }

    @Test
    void without_the_guard_in_odoo_an_urgent_purchase_is_ordered_by_hand() {
        withoutGuards(() -> world.odoo("admin", world.purchase, "button_confirm", Map.of()));

        assertThat(state(world.purchase)).isEqualTo("purchase");
    }

    @Test
    void without_the_guard_in_odoo_a_return_is_received_that_nobody_authorized() {
        withoutGuards(() -> world.validate("wim", world.back));

        assertThat(state(world.back)).isEqualTo("done");
    }

    @Test
    void without_the_guard_in_odoo_a_blocked_delivery_becomes_done() {
        withoutGuards(() -> world.odoo("admin", world.blocked, "write", Map.of("vals", Map.of("state", "done"))));

        assertThat(state(world.blocked)).isEqualTo("done");
    }

    private void withoutGuards(Runnable attack) {
        story.odoo().faults().switchGuards(false);
        attack.run();
        story.odoo().faults().switchGuards(true);
    }

    private String state(DocumentRef document) {
        return story.odoo().record(document).path("state").asText();
    }

    @Test
    void many_cases_get_a_variable_in_one_batch() {
        var batch = runtime.setVariablesAsync(List.of(world.asking), Map.of("settled", RELEASED));

        assertThat(management.createBatchQuery().batchId(batch.getId()).count()).isOne();
        management.deleteBatch(batch.getId(), true);
    }
}
