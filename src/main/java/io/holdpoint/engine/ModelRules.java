package io.holdpoint.engine;

import static org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.BpmnParseException;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * What a BPMN model may not contain, whoever deploys it: anything that brings code of its own, or that evades the
 * checks of a start. Process owners arrange the steps that Holdpoint offers; new steps come with a release, where they
 * are reviewed and tested.
 */
@Component
class ModelRules extends AbstractProcessEnginePlugin {

    private static final String WHY =
            " Models arrange the steps that Holdpoint offers and bring no code and no pages of their own.";

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        var listeners = engine.getCustomPreBPMNParseListeners() == null
                ? new ArrayList<BpmnParseListener>()
                : new ArrayList<>(engine.getCustomPreBPMNParseListeners());
        listeners.add(new AbstractBpmnParseListener() {
            @Override
            public void parseRootElement(Element root, List<ProcessDefinitionEntity> processes) {
                check(root, "the model");
            }
        });
        engine.setCustomPreBPMNParseListeners(listeners);
    }

    /** @param owner the nearest element with an id, by which the person finds the place in Modeler */
    private static void check(Element element, String owner) {
        var id = element.attribute("id");
        var here = id == null ? owner : "\"" + id + "\"";
        switch (element.getTagName()) {
            case "scriptTask" -> refuse(element, here + " is a script task.");
            case "script" -> refuse(element, here + " contains a script.");
            case "connector" -> refuse(element, here + " uses a connector.");
            case "conditionExpression" -> {
                if (element.attribute("language") != null
                        || element.attributeNS(CAMUNDA_BPMN_EXTENSIONS_NS, "resource") != null) {
                    refuse(element, "The condition of " + here + " is a script.");
                }
            }
            case "process" -> checkStart(element);
            default -> {}
        }
        // On Camunda's own elements, for example listeners, the attribute has no prefix.
        if (element.attributeNS(CAMUNDA_BPMN_EXTENSIONS_NS, "class") != null || element.attribute("class") != null) {
            refuse(element, here + " names a Java class.");
        }
        // A page of its own runs its scripts in the browser of whoever opens the task.
        var page = element.attributeNS(CAMUNDA_BPMN_EXTENSIONS_NS, "formKey");
        if (page != null) {
            refuse(element, here + " brings a page of its own.");
        }
        var type = element.attributeNS(CAMUNDA_BPMN_EXTENSIONS_NS, "type");
        if (element.getTagName().endsWith("Task") && type != null && !type.equals("external")) {
            refuse(element, here + " is a " + type + " task.");
        }
        for (var child : element.elements()) {
            check(child, here);
        }
    }

    /**
     * The engine would run the listeners of an asynchronous start in a job: the caller would have its answer before
     * anybody had looked whether the start is allowed and the document has no other open case.
     */
    private static void checkStart(Element process) {
        for (var start : process.elements("startEvent")) {
            if ("true".equals(start.attributeNS(CAMUNDA_BPMN_EXTENSIONS_NS, "asyncBefore"))
                    || "true".equals(start.attributeNS(CAMUNDA_BPMN_EXTENSIONS_NS, "async"))) {
                throw new BpmnParseException(
                        "\"%s\" is asynchronous before. Make it asynchronous after: a start is checked while its caller waits."
                                .formatted(start.attribute("id")),
                        start);
            }
        }
    }

    private static void refuse(Element element, String finding) {
        throw new BpmnParseException(finding + WHY, element);
    }
}
