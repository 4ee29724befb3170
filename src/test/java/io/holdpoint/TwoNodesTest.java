package io.holdpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.database.TestDatabase;
import io.holdpoint.odoo.DocumentRef;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Two nodes on one database: what is deployed on one counts on the other at once. */
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesTest {

    private ConfigurableApplicationContext first;
    private ConfigurableApplicationContext second;
    private Story story;

    @BeforeAll
    void start() {
        var database = TestDatabase.create();
        first = node(database);
        second = node(database);
        story = new Story(second);
    }

    private static ConfigurableApplicationContext node(TestDatabase database) {
        return new SpringApplicationBuilder(HoldpointApplication.class)
                .run(
                        "--server.port=0",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--holdpoint.inspection.automatic=false",
                        "--holdpoint.intake.automatic=false",
                        "--holdpoint.demo.automatic=false",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password());
    }

    @AfterEach
    void end() {
        story.end();
    }

    @AfterAll
    void stop() {
        second.close();
        first.close();
    }

    @Test
    void the_second_node_deploys_nothing_again() {
        assertThat(second.getBean(RepositoryService.class)
                        .createProcessDefinitionQuery()
                        .list())
                .hasSizeGreaterThan(5)
                .extracting(ProcessDefinition::getVersion)
                .containsOnly(1);
    }

    @Test
    void a_model_that_is_deployed_on_one_node_serves_new_cases_on_the_other_and_open_ones_end_as_they_began() {
        var open = held();
        var openCase = story.start(open);
        assertThat(version(openCase)).isEqualTo(1);

        deployChangedModel();

        var later = held();
        var laterCase = story.start(later);
        assertThat(version(laterCase)).isEqualTo(2);

        story.decide(story.task(open, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");
        story.decide(story.task(later, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");

        assertThat(story.outcome(openCase)).isEqualTo("released");
        assertThat(version(openCase)).isEqualTo(1);
        assertThat(story.outcome(laterCase)).isEqualTo("released");
    }

    /** As an owner does, from Modeler, to the node that the proxy chose. */
    private void deployChangedModel() {
        var repository = first.getBean(RepositoryService.class);
        var newest = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("order-release")
                .latestVersion()
                .singleResult();
        var model = Bpmn.readModelFromStream(repository.getProcessModel(newest.getId()));
        model.getModelElementsByType(Process.class).iterator().next().setName("Order release, changed");
        repository
                .createDeployment()
                .addModelInstance("order-release.bpmn", model)
                .deploy();
    }

    private DocumentRef held() {
        var data = story.odoo().data();
        var customer = data.customer("Elbe Metall").creditLimit(1).add();
        var order = data.order(customer).line(data.product("Pump").add(), 10).add();
        story.odoo().requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }

    private int version(String caseId) {
        return second.getBean(HistoryService.class)
                .createHistoricProcessInstanceQuery()
                .processInstanceId(caseId)
                .singleResult()
                .getProcessDefinitionVersion();
    }
}
