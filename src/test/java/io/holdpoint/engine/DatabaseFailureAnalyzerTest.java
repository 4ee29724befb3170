package io.holdpoint.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanCreationException;

class DatabaseFailureAnalyzerTest {

    private final DatabaseFailureAnalyzer analyzer = new DatabaseFailureAnalyzer();

    @ParameterizedTest
    @CsvSource({
        "08001, SPRING_DATASOURCE_URL",
        "28P01, SPRING_DATASOURCE_PASSWORD",
        "28000, SPRING_DATASOURCE_USERNAME",
        "3D000, Create the database",
        "90020, Stop the other Holdpoint"
    })
    void a_database_that_cannot_be_used_is_told_with_what_to_look_after(String state, String remedy) {
        var start = new BeanCreationException("flyway", new SQLException("Connection to db:5432 refused.", state));

        var told = analyzer.analyze(start);

        assertThat(told.getDescription()).isEqualTo("The database cannot be used: Connection to db:5432 refused.");
        assertThat(told.getAction()).contains(remedy);
    }

    @Test
    void what_is_wrong_with_a_statement_keeps_its_stack_trace() {
        assertThat(analyzer.analyze(new BeanCreationException("flyway", new SQLException("no such column", "42703"))))
                .isNull();
    }
}
