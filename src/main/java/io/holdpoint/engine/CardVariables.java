package io.holdpoint.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Copies what Tasklist shows on a card from the case to the task.
 *
 * <p>The people asked may read the variables of their task, and no others: reading the variables of cases would show
 * the warehouse every customer's credit. But Tasklist's list looks only at variables that it finds stored with the
 * task.
 */
@Component
public class CardVariables extends AbstractProcessEnginePlugin {

    /** The variables in the order of the card's columns. */
    public static final List<String> NAMES = List.of("amountText", "holdTitle", "partyName", "documentName");

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        var listeners = engine.getCustomPostBPMNParseListeners() == null
                ? new ArrayList<BpmnParseListener>()
                : new ArrayList<>(engine.getCustomPostBPMNParseListeners());
        listeners.add(new AbstractBpmnParseListener() {
            @Override
            public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
                ((UserTaskActivityBehavior) activity.getActivityBehavior())
                        .getTaskDefinition()
                        .addBuiltInTaskListener(
                                TaskListener.EVENTNAME_CREATE,
                                task -> NAMES.forEach(name -> {
                                    if (task.hasVariable(name) && !task.hasVariableLocal(name)) {
                                        task.setVariableLocal(name, task.getVariable(name));
                                    }
                                }));
            }
        });
        engine.setCustomPostBPMNParseListeners(listeners);
    }
}
