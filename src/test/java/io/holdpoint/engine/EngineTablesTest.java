package io.holdpoint.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.ProcessTest;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ProcessTest
class EngineTablesTest {

    @Autowired
    DataSource database;

    @Test
    void timers_that_are_due_are_found_by_an_index() throws SQLException {
        try (var connection = database.getConnection()) {
            var lowerCase = connection.getMetaData().storesLowerCaseIdentifiers();
            assertThat(indexedColumns(connection.getMetaData(), lowerCase ? "act_ru_job" : "ACT_RU_JOB"))
                    .contains("duedate_");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "holdpoint.test.database", matches = "postgres")
    void postgres_cleans_up_often_where_rows_live_for_seconds() {
        assertThat(JdbcClient.create(database)
                        .sql("select relname from pg_class where 'autovacuum_vacuum_threshold=1000' = any(reloptions)")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("act_ru_job", "act_ru_execution", "act_ru_variable");
    }

    private static List<String> indexedColumns(DatabaseMetaData metadata, String table) throws SQLException {
        var columns = new ArrayList<String>();
        try (var indexes = metadata.getIndexInfo(null, null, table, false, true)) {
            while (indexes.next()) {
                columns.add(String.valueOf(indexes.getString("COLUMN_NAME")).toLowerCase(Locale.ROOT));
            }
        }
        return columns;
    }
}
