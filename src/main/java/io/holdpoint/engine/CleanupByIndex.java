package io.holdpoint.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSessionFactory;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandler;
import org.camunda.bpm.engine.impl.jobexecutor.historycleanup.HistoryCleanupJobHandler;
import org.camunda.bpm.engine.impl.jobexecutor.historycleanup.HistoryCleanupRemovalTime;
import org.springframework.stereotype.Component;

/**
 * History cleanup on PostgreSQL that finds by an index what is due. The profile {@code postgres} lets statements be
 * planned once for any value. Of a removal time PostgreSQL takes a third of all rows to be past then, and reads tables
 * from their beginning until it has enough: where nothing is due the whole history, at each look of the night.
 */
@Component
class CleanupByIndex extends AbstractProcessEnginePlugin {

    private static final String PLAN_FOR_THE_VALUES = "set local plan_cache_mode = force_custom_plan";

    @Override
    @SuppressWarnings("rawtypes") // As the engine has it.
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        var handlers = new ArrayList<JobHandler>();
        handlers.add(new CleanupJob());
        var others = configuration.getCustomJobHandlers();
        if (others != null) {
            handlers.addAll(others);
        }
        configuration.setCustomJobHandlers(handlers);
    }

    private static final class CleanupJob extends HistoryCleanupJobHandler {

        @Override
        protected HistoryCleanupRemovalTime getTimeBasedHandler() {
            return new Cleanup();
        }
    }

    private static final class Cleanup extends HistoryCleanupRemovalTime {

        /** What is to be deleted is only noted here; it happens at the end of this transaction. */
        @Override
        public void performCleanup() {
            if (Context.getProcessEngineConfiguration().getDatabaseType().equals(DbSqlSessionFactory.POSTGRES)) {
                planForTheValues();
            }
            super.performCleanup();
        }

        private static void planForTheValues() {
            var connection = Context.getCommandContext()
                    .getDbSqlSession()
                    .getSqlSession()
                    .getConnection();
            try (var statement = connection.createStatement()) {
                statement.execute(PLAN_FOR_THE_VALUES);
            } catch (SQLException e) {
                throw new IllegalStateException("History cleanup could not be planned.", e);
            }
        }
    }
}
