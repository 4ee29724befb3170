package io.holdpoint.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.springframework.stereotype.Component;

/**
 * What the engine's own tables lack for cases that wait for weeks: each of them has timers, and the engine looks for
 * those that are due several times a second. It belongs here and not into a migration because the engine creates its
 * tables after migrations ran.
 */
@Component
class EngineTables extends AbstractProcessEnginePlugin {

    /** Without it each look at 20,000 waiting timers reads all of them, 15 milliseconds instead of 0.1. */
    private static final String DUE_JOBS = "create index if not exists hp_job_due on act_ru_job (duedate_)";

    /**
     * Rows of these tables live for seconds. PostgreSQL cleans up after a fifth of a table has changed; until then each
     * look passes over what is dead.
     */
    private static final List<String> SHORT_LIVED = List.of("act_ru_job", "act_ru_execution", "act_ru_variable");

    private static final String CLEAN_OFTEN =
            "alter table %s set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)";

    /** @throws IllegalStateException when the user of the database may not do so */
    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        try (var connection =
                        engine.getProcessEngineConfiguration().getDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(DUE_JOBS);
            if (isPostgres(connection)) {
                for (var table : SHORT_LIVED) {
                    statement.execute(CLEAN_OFTEN.formatted(table));
                }
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The index hp_job_due could not be created. Let the user of the database own the engine's tables.",
                    e);
        }
    }

    private static boolean isPostgres(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }
}
