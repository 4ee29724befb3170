package io.holdpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;

/** Where the models give work to people. */
final class FollowUpCalls {

    private FollowUpCalls() {}

    record Call(String workflow, String step) {}

    static List<Call> all() {
        return ProjectVocabulary.files(Path.of("processes"), ".bpmn").stream()
                .flatMap(file ->
                        Bpmn.readModelFromFile(file.toFile()).getModelElementsByType(CallActivity.class).stream()
                                .filter(call -> "follow-up".equals(call.getCalledElement()))
                                .map(call -> new Call(ProjectVocabulary.baseName(file, ".bpmn"), step(call))))
                .distinct()
                .toList();
    }

    private static String step(CallActivity call) {
        return call.getExtensionElements().getElementsQuery().filterByType(CamundaIn.class).list().stream()
                .filter(in -> "step".equals(in.getCamundaTarget()))
                .map(CamundaIn::getCamundaSourceExpression)
                .findFirst()
                .orElseThrow(() -> new AssertionError(call.getId() + " says which step it calls follow-up for"));
    }

    static String kebabCase(String phrase) {
        return phrase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
