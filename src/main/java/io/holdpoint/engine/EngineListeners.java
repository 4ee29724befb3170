package io.holdpoint.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Ties our listeners into each deployed model as built-in ones, which neither start instructions nor modifications can
 * skip: cases are registered and closed, tasks are heard of, and completions are judged.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class EngineListeners extends AbstractProcessEnginePlugin {

    /** The process property that names the Odoo model of a workflow's document; a process without it opens no case. */
    static final String DOCUMENT_PROPERTY = "document";

    private static final List<String> CHANGES =
            List.of(TaskListener.EVENTNAME_ASSIGNMENT, TaskListener.EVENTNAME_COMPLETE, TaskListener.EVENTNAME_DELETE);

    private final DecisionTables.EvaluationListener evaluations;
    private final ObjectProvider<CaseLifecycle> lifecycle;
    private final ObjectProvider<TaskGuard> guards;
    private final ObjectProvider<TaskCreated> created;
    private final ObjectProvider<TaskChanged> changed;

    EngineListeners(
            DecisionTables.EvaluationListener evaluations,
            ObjectProvider<CaseLifecycle> lifecycle,
            ObjectProvider<TaskGuard> guards,
            ObjectProvider<TaskCreated> created,
            ObjectProvider<TaskChanged> changed) {
        this.evaluations = evaluations;
        this.lifecycle = lifecycle;
        this.guards = guards;
        this.created = created;
        this.changed = changed;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        var dmn = (DefaultDmnEngineConfiguration) DefaultDmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        dmn.getCustomPostDecisionTableEvaluationListeners().add(evaluations);
        dmn.setFeelEngineFactory(new FeelParsedOnce());
        configuration.setDmnEngineConfiguration(dmn);

        var listeners = configuration.getCustomPreBPMNParseListeners();
        if (listeners == null) {
            listeners = new ArrayList<>();
            configuration.setCustomPreBPMNParseListeners(listeners);
        }
        listeners.add(new Parsing());
    }

    private final class Parsing extends AbstractBpmnParseListener {

        @Override
        public void parseProcess(Element process, ProcessDefinitionEntity definition) {
            property(process, DOCUMENT_PROPERTY).forEach(model -> {
                definition.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                        execution -> lifecycle.getObject().started(execution, model));
                definition.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener)
                        execution -> lifecycle.getObject().ended(execution));
            });
        }

        @Override
        public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
            var processKey = ((ProcessDefinitionEntity) activity.getProcessDefinition()).getKey();
            if (activity.getActivityBehavior() instanceof UserTaskActivityBehavior behavior) {
                behavior.getTaskDefinition().addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, (TaskListener)
                        task -> judge(processKey, task));
                behavior.getTaskDefinition().addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, (TaskListener)
                        task -> created.forEach(one -> one.onCreate(task)));
                for (var event : CHANGES) {
                    behavior.getTaskDefinition().addBuiltInTaskListener(event, (TaskListener)
                            task -> changed.forEach(one -> one.onChange(task)));
                }
            }
        }

        private void judge(String processKey, DelegateTask task) {
            guards.stream()
                    .filter(guard -> guard.guards(processKey, task.getTaskDefinitionKey()))
                    .forEach(guard -> guard.onComplete(task));
        }

        private static List<String> property(Element process, String name) {
            var values = new ArrayList<String>();
            var extensions = process.element("extensionElements");
            if (extensions != null) {
                for (var properties : extensions.elements("properties")) {
                    for (var property : properties.elements("property")) {
                        if (name.equals(property.attribute("name"))) {
                            values.add(property.attribute("value"));
                        }
                    }
                }
            }
            return values;
        }
    }
}
