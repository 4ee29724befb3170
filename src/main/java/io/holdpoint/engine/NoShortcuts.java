package io.holdpoint.engine;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.batch.RestartProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.batch.history.DeleteHistoricBatchCmd;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.CorrelateAllMessageCmd;
import org.camunda.bpm.engine.impl.cmd.CorrelateMessageCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteDeploymentCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricTaskInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricVariableInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteHistoricVariableInstancesByProcessInstanceIdCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessDefinitionsByIdsCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessDefinitionsByKeyCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteTaskCommentCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteUserOperationLogEntryCmd;
import org.camunda.bpm.engine.impl.cmd.EvaluateStartConditionCmd;
import org.camunda.bpm.engine.impl.cmd.HandleExternalTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.HistoryCleanupCmd;
import org.camunda.bpm.engine.impl.cmd.MessageEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceAsyncCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.PatchExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.PatchTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.ProcessInstanceModificationBatchCmd;
import org.camunda.bpm.engine.impl.cmd.ProcessInstanceModificationCmd;
import org.camunda.bpm.engine.impl.cmd.RecalculateJobDuedateCmd;
import org.camunda.bpm.engine.impl.cmd.RemoveExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.RemoveTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.RestartProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.SetExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobDuedateCmd;
import org.camunda.bpm.engine.impl.cmd.SetTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SignalCmd;
import org.camunda.bpm.engine.impl.cmd.SignalEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.cmd.UpdateDecisionDefinitionHistoryTimeToLiveCmd;
import org.camunda.bpm.engine.impl.cmd.UpdateProcessDefinitionHistoryTimeToLiveCmd;
import org.camunda.bpm.engine.impl.cmd.batch.CorrelateAllMessageBatchCmd;
import org.camunda.bpm.engine.impl.cmd.batch.DeleteHistoricProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.cmd.batch.removaltime.SetRemovalTimeToHistoricBatchesCmd;
import org.camunda.bpm.engine.impl.cmd.batch.removaltime.SetRemovalTimeToHistoricDecisionInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.batch.removaltime.SetRemovalTimeToHistoricProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.batch.variables.SetVariablesToProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.dmn.cmd.DeleteHistoricDecisionInstanceByDefinitionIdCmd;
import org.camunda.bpm.engine.impl.dmn.cmd.DeleteHistoricDecisionInstanceByInstanceIdCmd;
import org.camunda.bpm.engine.impl.dmn.cmd.DeleteHistoricDecisionInstancesBatchCmd;
import org.camunda.bpm.engine.impl.dmn.cmd.DeleteHistoricDecisionInstancesBulkCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.migration.MigrateProcessInstanceCmd;
import org.camunda.bpm.engine.impl.migration.batch.MigrateProcessInstanceBatchCmd;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Callers from outside start a workflow at its beginning, with a business key and nothing else, never move a case by
 * hand, and take nothing off the record. The engine's REST API would let whoever may start also start <em>behind</em>
 * an approval, and an administrator set any variable. Only where a {@link StartGuard} judges what was entered, and by
 * whom, a process begins with more.
 *
 * <p>"From outside" is every call whose user the engine knows: both REST APIs and the web applications, administrators
 * included. Holdpoint's own calls have no user.
 */
@Component
class NoShortcuts extends AbstractProcessEnginePlugin {

    private static final String WAY =
            "Start instructions, modifications and restarts are not allowed: a case goes the" + " way of its model.";
    private static final String VERSION = "A case stays with the version of the model with which it began.";
    private static final String SIGNALS =
            "Messages, signals and errors are not sent by hand: Holdpoint sends them itself"
                    + " after it has looked at the document in Odoo. To have it look again, change the document or request it"
                    + " again there.";
    private static final String VARIABLES =
            "The variables of a case are written by Holdpoint alone. Whoever decides answers in the form of the task.";
    private static final String RECORD =
            "What is on record stays on record: it is deleted by nobody, and kept for as long"
                    + " as the settings say.";
    private static final String DEADLINES =
            "Deadlines come from the tables of policy and are not moved by hand. Have the table changed instead.";

    private static final Map<Class<?>, String> REFUSED = Map.ofEntries(
            entry(StartProcessInstanceAtActivitiesCmd.class, WAY),
            entry(ModifyProcessInstanceCmd.class, WAY),
            entry(ModifyProcessInstanceAsyncCmd.class, WAY),
            entry(ProcessInstanceModificationCmd.class, WAY),
            entry(ProcessInstanceModificationBatchCmd.class, WAY),
            entry(RestartProcessInstancesCmd.class, WAY),
            entry(RestartProcessInstancesBatchCmd.class, WAY),
            entry(MigrateProcessInstanceCmd.class, VERSION),
            entry(MigrateProcessInstanceBatchCmd.class, VERSION),
            entry(CorrelateMessageCmd.class, SIGNALS),
            entry(CorrelateAllMessageCmd.class, SIGNALS),
            entry(CorrelateAllMessageBatchCmd.class, SIGNALS),
            entry(MessageEventReceivedCmd.class, SIGNALS),
            entry(SignalEventReceivedCmd.class, SIGNALS),
            entry(SignalCmd.class, SIGNALS),
            entry(EvaluateStartConditionCmd.class, SIGNALS),
            entry(HandleTaskBpmnErrorCmd.class, SIGNALS),
            entry(HandleTaskEscalationCmd.class, SIGNALS),
            entry(HandleExternalTaskBpmnErrorCmd.class, SIGNALS),
            entry(SetTaskVariablesCmd.class, VARIABLES),
            entry(SetExecutionVariablesCmd.class, VARIABLES),
            entry(PatchTaskVariablesCmd.class, VARIABLES),
            entry(PatchExecutionVariablesCmd.class, VARIABLES),
            entry(RemoveTaskVariablesCmd.class, VARIABLES),
            entry(RemoveExecutionVariablesCmd.class, VARIABLES),
            entry(SetVariablesToProcessInstancesBatchCmd.class, VARIABLES),
            entry(ResolveTaskCmd.class, VARIABLES),
            entry(SetJobDuedateCmd.class, DEADLINES),
            entry(RecalculateJobDuedateCmd.class, DEADLINES),
            entry(DeleteHistoricProcessInstancesCmd.class, RECORD),
            entry(DeleteHistoricProcessInstancesBatchCmd.class, RECORD),
            entry(DeleteHistoricTaskInstanceCmd.class, RECORD),
            entry(DeleteHistoricVariableInstanceCmd.class, RECORD),
            entry(DeleteHistoricVariableInstancesByProcessInstanceIdCmd.class, RECORD),
            entry(DeleteHistoricDecisionInstanceByInstanceIdCmd.class, RECORD),
            entry(DeleteHistoricDecisionInstanceByDefinitionIdCmd.class, RECORD),
            entry(DeleteHistoricDecisionInstancesBulkCmd.class, RECORD),
            entry(DeleteHistoricDecisionInstancesBatchCmd.class, RECORD),
            entry(DeleteHistoricBatchCmd.class, RECORD),
            entry(DeleteUserOperationLogEntryCmd.class, RECORD),
            entry(DeleteTaskCommentCmd.class, RECORD),
            entry(SetRemovalTimeToHistoricProcessInstancesCmd.class, RECORD),
            entry(SetRemovalTimeToHistoricDecisionInstancesCmd.class, RECORD),
            entry(SetRemovalTimeToHistoricBatchesCmd.class, RECORD),
            entry(UpdateProcessDefinitionHistoryTimeToLiveCmd.class, RECORD),
            entry(UpdateDecisionDefinitionHistoryTimeToLiveCmd.class, RECORD),
            entry(HistoryCleanupCmd.class, RECORD),
            entry(DeleteDeploymentCmd.class, RECORD),
            entry(DeleteProcessDefinitionsByIdsCmd.class, RECORD),
            entry(DeleteProcessDefinitionsByKeyCmd.class, RECORD));

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
            var why = REFUSED.get(command.getClass());
            if (why != null && Context.getCommandContext() == null && fromOutside(engine.getIdentityService())) {
                throw new AuthorizationException(why);
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
