package io.holdpoint;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Notes which sequence flows were taken, so that a test can say which never were. */
public final class FlowCoverage extends AbstractProcessEnginePlugin {

    private final Map<String, Set<String>> all = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> taken = new ConcurrentHashMap<>();

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        var listeners = configuration.getCustomPostBPMNParseListeners() == null
                ? new ArrayList<org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener>()
                : new ArrayList<>(configuration.getCustomPostBPMNParseListeners());
        listeners.add(new AbstractBpmnParseListener() {
            @Override
            public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl flow) {
                var process = ((ProcessDefinitionEntity) scope.getProcessDefinition()).getKey();
                of(all, process).add(flow.getId());
                flow.addListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener)
                        execution -> of(taken, process).add(flow.getId()));
            }
        });
        configuration.setCustomPostBPMNParseListeners(listeners);
    }

    /** The flows of a process that no story has taken. */
    public Set<String> neverTaken(String process) {
        var never = new TreeSet<>(of(all, process));
        never.removeAll(of(taken, process));
        return never;
    }

    private static Set<String> of(Map<String, Set<String>> flows, String process) {
        return flows.computeIfAbsent(process, key -> ConcurrentHashMap.newKeySet());
    }
}
