package io.holdpoint.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.ProcessTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@ProcessTest
class ModelExpressionsTest {

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private IdentityService identities;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ${execution.processEngineServices.identityService.createMembership('petra', 'camunda-admin')} | getProcessEngineServices of ExecutionEntity
                    ${execution.getProcessEngineServices()}                                                      | getProcessEngineServices of ExecutionEntity
                    ${execution.getProcessEngine()}                                                              | getProcessEngine of ExecutionEntity
                    ${execution.deleteCascade('x')}                                                              | deleteCascade of ExecutionEntity
                    ${''.getClass().forName('java.lang.Runtime')}                                                | getClass of String
                    ${''.class}                                                                                  | getClass of String
                    ${''['class']}                                                                               | getClass of String
                    ${identityService.createMembership('petra', 'camunda-admin')}                                | Cannot resolve identifier 'identityService'
                    ${environment}                                                                               | Cannot resolve identifier 'environment'
                    ${systemProperties}                                                                          | Cannot resolve identifier 'systemProperties'
                    """)
    void a_model_reaches_nothing_but_its_case(String expression, String refusal) {
        assertThatThrownBy(() -> evaluate(expression)).hasStackTraceContaining(refusal);

        assertThat(identities
                        .createUserQuery()
                        .memberOfGroup("camunda-admin")
                        .userId("petra")
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ${amount > 10 && !list.isEmpty()} | true
                    ${list.get(0).toUpperCase()}      | A
                    ${list[0]}                        | a
                    ${map.key}                        | value
                    ${execution.processBusinessKey}   | sale.order,42
                    ${execution.getVariable('name')}  | Nordwind
                    """)
    void a_model_reckons_with_what_it_has(String expression, String value) {
        assertThat(evaluate(expression)).hasToString(value);
    }

    @Test
    void a_step_of_holdpoint_can_be_named() {
        assertThat(evaluate("${checkPolicy != null}")).isEqualTo(true);
    }

    private Object evaluate(String expression) {
        var model = Bpmn.createExecutableProcess("try-expression")
                .startEvent()
                .serviceTask("task")
                .camundaExpression(expression)
                .camundaResultVariable("result")
                .userTask()
                .done();
        var deployment = repository
                .createDeployment()
                .addModelInstance("try-expression.bpmn", model)
                .deploy();
        try {
            var instance = runtime.startProcessInstanceByKey(
                    "try-expression",
                    "sale.order,42",
                    Map.of(
                            "amount",
                            12,
                            "name",
                            "Nordwind",
                            "list",
                            new ArrayList<>(List.of("a")),
                            "map",
                            new HashMap<>(Map.of("key", "value"))));
            return runtime.getVariable(instance.getId(), "result");
        } finally {
            repository.deleteDeployment(deployment.getId(), true);
        }
    }
}
