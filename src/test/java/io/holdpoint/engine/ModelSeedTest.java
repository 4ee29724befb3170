package io.holdpoint.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.support.ResourcePatternResolver;

/** A restart is played by seeding again, with what another release would bring along. */
@RunningApplication
@ExtendWith(OutputCaptureExtension.class)
class ModelSeedTest {

    @LocalServerPort
    private int port;

    @Autowired
    private ModelSeed seed;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private DecisionService decisions;

    @Autowired
    private HistoryService history;

    @Autowired
    private CommandExecutor commands;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private ResourcePatternResolver classPath;

    @AfterEach
    void forget() {
        repository.createDeploymentQuery().list().stream()
                .filter(deployment -> repository.getDeploymentResourceNames(deployment.getId()).stream()
                        .anyMatch(name -> name.contains("try-")))
                .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
    }

    @Test
    void the_models_of_the_release_are_there_under_stable_names() {
        var release = repository
                .createDeploymentQuery()
                .deploymentSource(ModelSeed.SOURCE)
                .singleResult();

        assertThat(repository.getDeploymentResourceNames(release.getId()))
                .contains(
                        "processes/order-release.bpmn",
                        "processes/hold-resolution.bpmn",
                        "dmn/order-release.authority.dmn",
                        "forms/hold-resolution.decide.form");
    }

    @Test
    void a_restart_with_the_same_models_deploys_nothing() {
        var before = repository.createDeploymentQuery().count();

        seed.afterSingletonsInstantiated();

        assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
    }

    @Test
    void a_release_updates_what_changed_and_only_that() {
        seed.deploy(List.of(table("10"), process("first")));

        seed.deploy(List.of(table("20"), process("first")));

        assertThat(limit()).isEqualTo(20);
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("try-seed")
                        .count())
                .isOne();
    }

    @Test
    void a_table_that_its_owner_deployed_is_used_at_once_and_survives_the_next_release(CapturedOutput log) {
        seed.deploy(List.of(table("10"), process("first")));

        var deployed = Http.basic(port, "petra", "Holdpoint-1")
                .deployAsModeler("New limit", "try-limit.dmn", table("50").content());

        assertThat(deployed.status()).as(deployed.body()).isEqualTo(200);
        assertThat(limit()).isEqualTo(50);

        seed.deploy(List.of(table("20"), process("second")));

        assertThat(limit()).isEqualTo(50);
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("try-seed")
                        .latestVersion()
                        .singleResult()
                        .getVersion())
                .isEqualTo(2);
        assertThat(log)
                .containsPattern("dmn/try-limit.dmn is not deployed: version 2 of try-limit, deployed by petra on"
                        + " \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d \\(\"New limit\", Camunda Modeler\\), is newer");
    }

    @Test
    void force_returns_to_the_release_once() {
        seed.deploy(List.of(table("10")));
        Http.basic(port, "petra", "Holdpoint-1")
                .deployAsModeler("New limit", "try-limit.dmn", table("50").content());
        var forced = new ModelSeed(repository, history, commands, json, classPath, true);

        forced.deploy(List.of(table("10")));
        forced.deploy(List.of(table("10")));

        assertThat(limit()).isEqualTo(10);
        assertThat(repository
                        .createDecisionDefinitionQuery()
                        .decisionDefinitionKey("try-limit")
                        .latestVersion()
                        .singleResult()
                        .getVersion())
                .isEqualTo(3);
    }

    @Test
    void a_form_has_an_owner_too() {
        seed.deploy(List.of(form("Ours")));
        Http.basic(port, "petra", "Holdpoint-1")
                .deployAsModeler("New form", "try-form.form", form("Petra's").content());

        seed.deploy(List.of(form("Ours again")));

        assertThat(repository.createDeploymentQuery().deploymentSource(ModelSeed.SOURCE).list().stream()
                        .filter(deployment -> repository
                                .getDeploymentResourceNames(deployment.getId())
                                .contains("forms/try-form.form")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <scriptTask id="task" scriptFormat="javascript"><script>1</script></scriptTask>                  | "task" is a script task.
                    <serviceTask id="task" camunda:class="java.lang.String"/>                                         | "task" names a Java class.
                    <serviceTask id="task" camunda:type="shell"/>                                                     | "task" is a shell task.
                    <task id="task"><extensionElements><camunda:executionListener event="start"><camunda:script scriptFormat="juel">${1}</camunda:script></camunda:executionListener></extensionElements></task> | "task" contains a script.
                    <task id="task"><extensionElements><camunda:executionListener event="start" class="java.lang.String"/></extensionElements></task> | "task" names a Java class.
                    <serviceTask id="task" camunda:expression="${1}"><extensionElements><camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector></extensionElements></serviceTask> | "task" uses a connector.
                    """)
    void a_model_brings_no_code_of_its_own(String task, String finding) {
        var deployed = Http.basic(port, "petra", "Holdpoint-1")
                .deployAsModeler("Code", "try-code.bpmn", """
                        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="try">
                          <process id="try-code" isExecutable="true">
                            <startEvent id="start"/>
                            <sequenceFlow id="flow" sourceRef="start" targetRef="task"/>
                            %s
                          </process>
                        </definitions>""".formatted(task).getBytes(StandardCharsets.UTF_8));

        assertThat(deployed.status()).isEqualTo(400);
        assertThat(deployed.message())
                .contains(
                        finding
                                + " Models arrange the steps that Holdpoint offers and bring no code and no pages of their own.");
    }

    @Test
    void a_start_is_checked_while_its_caller_waits() {
        var deployed = Http.basic(port, "petra", "Holdpoint-1")
                .deployAsModeler("Later", "try-later.bpmn", """
                        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="try">
                          <process id="try-later" isExecutable="true">
                            <startEvent id="start" camunda:asyncBefore="true"/>
                          </process>
                        </definitions>""".getBytes(StandardCharsets.UTF_8));

        assertThat(deployed.status()).isEqualTo(400);
        assertThat(deployed.message()).contains("\"start\" is asynchronous before. Make it asynchronous after");
    }

    private int limit() {
        return decisions
                .evaluateDecisionTableByKey("try-limit", Map.of("amount", 1))
                .<Integer>getSingleEntry();
    }

    private static ModelSeed.Model table(String limit) {
        return model("dmn/try-limit.dmn", """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="try-limit-drd" name="Limit" namespace="try">
                  <decision id="try-limit" name="Limit">
                    <decisionTable id="table">
                      <input id="input"><inputExpression id="amount" typeRef="integer"><text>amount</text></inputExpression></input>
                      <output id="output" name="limit" typeRef="integer"/>
                      <rule id="rule_always"><inputEntry id="any"><text></text></inputEntry><outputEntry id="out"><text>%s</text></outputEntry></rule>
                    </decisionTable>
                  </decision>
                </definitions>""".formatted(limit));
    }

    private static ModelSeed.Model process(String name) {
        return model("processes/try-seed.bpmn", """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="try">
                  <process id="try-seed" name="%s" isExecutable="true"><startEvent id="start"/></process>
                </definitions>""".formatted(name));
    }

    private static ModelSeed.Model form(String label) {
        return model("forms/try-form.form", """
                {"id": "try-form", "type": "default", "schemaVersion": 16, "components": [{"type": "text", "id": "t", "text": "%s"}]}""".formatted(label));
    }

    private static ModelSeed.Model model(String name, String content) {
        return new ModelSeed.Model(name, content.getBytes(StandardCharsets.UTF_8));
    }
}
