package io.holdpoint.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.batch.RestartProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceAsyncCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.ProcessInstanceModificationBatchCmd;
import org.camunda.bpm.engine.impl.cmd.ProcessInstanceModificationCmd;
import org.camunda.bpm.engine.impl.cmd.RestartProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Callers from outside start a workflow at its beginning, with a business key and nothing else, and never move a case
 * by hand. The engine's REST API would let whoever may start also start <em>behind</em> an approval. Only where a
 * {@link StartGuard} judges what was entered, and by whom, a process begins with more.
 *
 * <p>"From outside" is every call whose user the engine knows: both REST APIs and the web applications, administrators
 * included. Holdpoint's own calls have no user.
 */
@Component
class NoShortcuts extends AbstractProcessEnginePlugin {

    private static final Set<Class<?>> REFUSED = Set.of(
            StartProcessInstanceAtActivitiesCmd.class,
            ModifyProcessInstanceCmd.class,
            ModifyProcessInstanceAsyncCmd.class,
            ProcessInstanceModificationCmd.class,
            ProcessInstanceModificationBatchCmd.class,
            RestartProcessInstancesCmd.class,
            RestartProcessInstancesBatchCmd.class);

    private final ObjectProvider<StartGuard> guards;

    NoShortcuts(ObjectProvider<StartGuard> guards) {
        this.guards = guards;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setCustomPreCommandInterceptorsTxRequired(
                with(engine.getCustomPreCommandInterceptorsTxRequired(), new Refusal(engine)));
        engine.setCustomPreBPMNParseListeners(
                with(engine.getCustomPreBPMNParseListeners(), new StartListening(engine, guards)));
    }

    private static <T> List<T> with(@Nullable List<T> present, T added) {
        var all = present == null ? new ArrayList<T>() : new ArrayList<>(present);
        all.add(added);
        return all;
    }

    private static boolean fromOutside(IdentityService identities) {
        var caller = identities.getCurrentAuthentication();
        return caller != null && caller.getUserId() != null;
    }

    private static final class Refusal extends CommandInterceptor {

        private final ProcessEngineConfigurationImpl engine;

        Refusal(ProcessEngineConfigurationImpl engine) {
            this.engine = engine;
        }

        @Override
        public <T> T execute(Command<T> command) {
            // Within another command it is the engine or a delegate that acts, not the caller.
            if (REFUSED.contains(command.getClass())
                    && Context.getCommandContext() == null
                    && fromOutside(engine.getIdentityService())) {
                throw new AuthorizationException(
                        "Start instructions, modifications and restarts are not allowed: a case"
                                + " goes the way of its model.");
            }
            return next.execute(command);
        }
    }

    /** Listens as a built-in, which no caller can ask to skip, to every way in which a process can be started. */
    private static final class StartListening extends AbstractBpmnParseListener {

        private final ExecutionListener check;

        StartListening(ProcessEngineConfigurationImpl engine, ObjectProvider<StartGuard> guards) {
            this.check = execution -> {
                if (execution.getSuperExecution() != null) {
                    return;
                }
                var key = ((ExecutionEntity) execution).getProcessDefinition().getKey();
                var guard =
                        guards.stream().filter(one -> one.process().equals(key)).findFirst();
                if (guard.isPresent()) {
                    // A guard looks at tables and at people that whoever starts may not read.
                    Context.getCommandContext().runWithoutAuthorization(() -> {
                        guard.get().onStart(execution);
                        return null;
                    });
                } else if (fromOutside(engine.getIdentityService())) {
                    checkStart(execution);
                }
            };
        }

        @Override
        public void parseProcess(Element element, ProcessDefinitionEntity process) {
            process.addBuiltInListener(ExecutionListener.EVENTNAME_START, check);
        }

        private static void checkStart(DelegateExecution start) {
            var process = ((ExecutionEntity) start).getProcessDefinition();
            if (!process.isStartableInTasklist()) {
                throw new AuthorizationException("\"%s\" is a part of other workflows and is not started by itself."
                        .formatted(process.getKey()));
            }
            if (!start.getVariableNames().isEmpty()) {
                throw new AuthorizationException(
                        "Start \"%s\" with a business key only: Holdpoint reads the document itself."
                                        .formatted(process.getKey())
                                + " Not accepted: " + String.join(", ", start.getVariableNames()) + ".");
            }
        }
    }
}
