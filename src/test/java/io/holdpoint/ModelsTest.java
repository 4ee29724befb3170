package io.holdpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every process to the conventions, and to the code, tables and forms that it refers to.
 *
 * <p>Each finding is also provoked in a small model: a check that cannot fail protects nothing.
 */
class ModelsTest {

    private static final Vocabulary PROJECT = ProjectVocabulary.gather();

    private static final Pattern ELEMENT_ID = Pattern.compile(
            "(?:startEvent|endEvent|event(?!_id$)|userTask|serviceTask|businessRuleTask|sendTask|receiveTask|callActivity"
                    + "|subProcess|gateway|flow)_\\w+");

    private static final Path SAMPLE = Path.of("src", "test", "resources", "models", "sample-process.bpmn");
    private static final Vocabulary OF_SAMPLE = new Vocabulary(
            Set.of("readOrder", "sendAnswer"),
            Set.of("approved", "decideWithin"),
            Set.of("sales"),
            Set.of("sample-process.credit"),
            Set.of("sample-process.decide"),
            Set.of("sample-process", "hold-resolution"),
            Set.of("sample-process.orderChanged"));

    static List<Path> processes() {
        return ProjectVocabulary.files(Path.of("processes"), ".bpmn");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("processes")
    void follows_the_conventions(Path process) {
        assertThat(ModelFindings.of(
                        ProjectVocabulary.baseName(process, ".bpmn"), ProjectVocabulary.read(process), PROJECT))
                .as("expected of %s, but not so", process)
                .isEmpty();
    }

    @Test
    void code_names_only_elements_that_exist() {
        var elements = processes().stream()
                .flatMap(file ->
                        Bpmn.readModelFromFile(file.toFile()).getModelElementsByType(BaseElement.class).stream())
                .map(BaseElement::getId)
                .collect(Collectors.toSet());

        assertThat(PROJECT.names().stream()
                        .filter(name -> ELEMENT_ID.matcher(name).matches()))
                .as("element ids in code, which occur in a model")
                .allMatch(elements::contains);
    }

    @Test
    void every_step_is_used_by_a_model() {
        var models = processes().stream().map(ProjectVocabulary::read).collect(Collectors.joining());

        assertThat(PROJECT.delegates()).as("beans for the engine").allMatch(bean -> models.contains("${" + bean + "}"));
    }

    @Test
    void finds_nothing_in_a_model_as_it_should_be() {
        assertThat(findings(ProjectVocabulary.read(SAMPLE))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void finds(String finding, String right, String wrong) {
        var sample = ProjectVocabulary.read(SAMPLE);
        assertThat(sample).as("the sample holds what is to be spoilt").contains(right);

        assertThat(findings(sample.replace(right, wrong))).contains(finding);
    }

    private static List<String> findings(String xml) {
        return ModelFindings.of("sample-process", xml, OF_SAMPLE);
    }

    static List<Arguments> mistakes() {
        return List.of(
                mistake(
                        "sample-process holds one process, not 2",
                        "<bpmndi:BPMNDiagram",
                        "<bpmn:process id=\"another\" /><bpmndi:BPMNDiagram"),
                mistake(
                        "the key sample equals the name of the file",
                        "<bpmn:process id=\"sample-process\"",
                        "<bpmn:process id=\"sample\""),
                mistake("the process has a name", "name=\"Sample process\" ", ""),
                mistake(
                        "the process has a documentation",
                        "A process as it should be, for tests of the rules.",
                        "Short"),
                mistake("the process is executable", "isExecutable=\"true\"", "isExecutable=\"false\""),
                mistake(
                        "the process has a history time to live in days (the engine reads no other unit)",
                        "camunda:historyTimeToLive=\"P3650D\"",
                        "camunda:historyTimeToLive=\"P10Y\""),
                mistake(
                        "the id Activity_0wre3o5 is chosen: serviceTask_ and a phrase in camelCase",
                        "serviceTask_readOrder",
                        "Activity_0wre3o5"),
                mistake("the id flow_Yes_1 is chosen: flow_ and a phrase in camelCase", "flow_yes", "flow_Yes_1"),
                mistake(
                        "the id Message_1 is chosen: message_ and a phrase in camelCase",
                        "message_orderChanged",
                        "Message_1"),
                mistake("the id Error_1 is chosen: error_ and a phrase in camelCase", "error_rejected", "Error_1"),
                mistake("serviceTask_readOrder has a label", "name=\"Read order\" ", ""),
                mistake("endEvent_answered has a label", "name=\"Order answered\"", "name=\" \""),
                mistake(
                        "gateway_approved asks a question, with a question mark",
                        "name=\"Approved?\"",
                        "name=\"Check approval\""),
                mistake("gateway_approved has a default answer", " default=\"flow_no\"", ""),
                mistake("the answer flow_no has a label", "id=\"flow_no\" name=\"No\"", "id=\"flow_no\""),
                mistake("the answer flow_no has a condition", "default=\"flow_no\"", "default=\"flow_read\""),
                mistake("the default answer flow_yes has no condition", "default=\"flow_no\"", "default=\"flow_yes\""),
                mistake("gateway_approved: the condition of Yes affirms: ${!approved}", "${approved}", "${!approved}"),
                mistake(
                        "gateway_approved: the condition of No negates: ${approved}",
                        "id=\"flow_yes\" name=\"Yes\"",
                        "id=\"flow_yes\" name=\"No\""),
                mistake(
                        "gateway_approved: Yes and No ask the same: ${approved} and ${!decideWithin}",
                        "targetRef=\"userTask_decide\" />",
                        "targetRef=\"userTask_decide\"><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">"
                                + "${!decideWithin}</bpmn:conditionExpression></bpmn:sequenceFlow>"),
                mistake(
                        "userTask_decide says in its documentation what the person does",
                        "You decide whether the order may go on.",
                        ""),
                mistake(
                        "userTask_decide is asyncAfter, so that a click is never rolled back",
                        "camunda:asyncAfter=\"true\" ",
                        ""),
                mistake(
                        "userTask_decide names the group or person who is asked",
                        "camunda:candidateGroups=\"sales\"",
                        ""),
                mistake(
                        "userTask_decide asks a group that exists and decides: sails",
                        "camunda:candidateGroups=\"sales\"",
                        "camunda:candidateGroups=\"sails\""),
                mistake("userTask_decide has a form", "camunda:formRef=\"sample-process.decide\"", ""),
                mistake(
                        "userTask_decide has a form that exists: sample-process.guess",
                        "sample-process.decide",
                        "sample-process.guess"),
                mistake(
                        "userTask_decide takes the latest version of its form",
                        "camunda:formRefBinding=\"latest\"",
                        "camunda:formRefBinding=\"deployment\""),
                mistake(
                        "serviceTask_readOrder is asyncBefore: one remote step, one transaction",
                        "camunda:asyncBefore=\"true\" camunda:delegateExpression=\"${readOrder}\"",
                        "camunda:delegateExpression=\"${readOrder}\""),
                mistake(
                        "sendTask_sendAnswer is asyncBefore: one remote step, one transaction",
                        "camunda:asyncBefore=\"true\" camunda:delegateExpression=\"${sendAnswer}\"",
                        "camunda:delegateExpression=\"${sendAnswer}\""),
                mistake(
                        "businessRuleTask_checkCredit asks a table that exists: sample-process.debit",
                        "camunda:decisionRef=\"sample-process.credit\"",
                        "camunda:decisionRef=\"sample-process.debit\""),
                mistake(
                        "businessRuleTask_checkCredit asks the latest version of its table",
                        "camunda:decisionRefBinding=\"latest\"",
                        "camunda:decisionRefBinding=\"deployment\""),
                mistake(
                        "the process asks a table that exists: sample-process.debit",
                        "value=\"sample-process.credit\"",
                        "value=\"sample-process.credit, sample-process.debit\""),
                mistake(
                        "serviceTask_readOrder calls a bean by a delegate expression",
                        "camunda:delegateExpression=\"${readOrder}\"",
                        "camunda:delegateExpression=\"${orders.read(order)}\""),
                mistake(
                        "serviceTask_readOrder is named as its bean: sendAnswer",
                        "camunda:delegateExpression=\"${readOrder}\"",
                        "camunda:delegateExpression=\"${sendAnswer}\""),
                mistake(
                        "serviceTask_readOrder calls a bean that exists: ${readOrders}",
                        "camunda:delegateExpression=\"${readOrder}\"",
                        "camunda:delegateExpression=\"${readOrders}\""),
                mistake(
                        "serviceTask_readOrder names no Java class",
                        "camunda:delegateExpression=\"${readOrder}\"",
                        "camunda:class=\"io.holdpoint.ReadOrder\""),
                mistake(
                        "serviceTask_readOrder calls code by a delegate expression, not by an expression",
                        "camunda:delegateExpression=\"${readOrder}\"",
                        "camunda:expression=\"${approved}\""),
                mistake(
                        "flow_yes contains no script and no connector",
                        "xsi:type=\"bpmn:tFormalExpression\"",
                        "xsi:type=\"bpmn:tFormalExpression\" language=\"javascript\""),
                mistake(
                        "callActivity_resolveHold hands over chosen variables, not all",
                        "<camunda:in source=\"approved\" target=\"holdId\" />",
                        "<camunda:in variables=\"all\" />"),
                mistake(
                        "callActivity_resolveHold calls a process that exists: hold-dissolution",
                        "calledElement=\"hold-resolution\"",
                        "calledElement=\"hold-dissolution\""),
                mistake("message_orderChanged is used", "messageRef=\"message_orderChanged\"", ""),
                mistake(
                        "message_orderChanged is named by the process and what happened: orderChanged",
                        "name=\"sample-process.orderChanged\"",
                        "name=\"orderChanged\""),
                mistake(
                        "message_orderChanged has a name that code knows: sample-process.orderChangedTwice",
                        "name=\"sample-process.orderChanged\"",
                        "name=\"sample-process.orderChangedTwice\""),
                mistake("error_rejected has a name in words", "name=\"Order rejected\" errorCode", "errorCode"),
                mistake("error_rejected is named as its code: NO", "errorCode=\"rejected\"", "errorCode=\"NO\""),
                mistake("event_overdue has an ISO 8601 duration or a variable: 2 days", "P2D", "2 days"),
                mistake(
                        "event_overdue has one duration, date or cycle",
                        "<bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">P2D</bpmn:timeDuration>",
                        ""),
                mistake("flow_yes names a variable that somebody sets: aproved", "${approved}", "${aproved}"),
                mistake(
                        "userTask_decide names a variable that somebody sets: dueDay",
                        "camunda:dueDate=\"${decideWithin}\"",
                        "camunda:dueDate=\"${dueDay}\""),
                mistake(
                        "flow_yes decides on variables and calls nothing: approved.booleanvalue()",
                        "${approved}",
                        "${approved.booleanValue()}"),
                mistake("gateway_approved is drawn", "bpmnElement=\"gateway_approved\"", ""),
                mistake("flow_no is drawn", "bpmnElement=\"flow_no\"", ""));
    }

    private static Arguments mistake(String finding, String right, String wrong) {
        return Arguments.of(finding, right, wrong);
    }
}
