package io.holdpoint.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The promises that the schema itself keeps, whatever the code above it does. */
@Tag("database")
class DatabaseMigrationTest {

    private final TestDatabase database = TestDatabase.create();
    private final Flyway flyway =
            Flyway.configure().dataSource(database.dataSource()).load();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @BeforeEach
    void migrate() {
        flyway.migrate();
    }

    @Test
    void runs_on_the_database_that_was_asked_for() throws Exception {
        try (var connection = database.dataSource().getConnection()) {
            assertThat(connection.getMetaData().getDatabaseProductName())
                    .isEqualToIgnoringCase(
                            System.getProperty("holdpoint.test.database", "h2").equals("h2") ? "H2" : "PostgreSQL");
        }
    }

    @Test
    void migrates_once_and_validates() {
        assertThat(flyway.info().applied()).isNotEmpty();
        assertThat(flyway.info().pending()).isEmpty();
        assertThat(flyway.migrate().migrationsExecuted).isZero();
        flyway.validate();
    }

    @Test
    void keeps_one_open_case_per_workflow_and_document() {
        openCase("first", "order-release:sale.order,42");

        assertThatThrownBy(() -> openCase("second", "order-release:sale.order,42"))
                .isInstanceOf(DuplicateKeyException.class)
                .rootCause()
                .message()
                .containsIgnoringCase("hp_case_one_open");
    }

    @Test
    void keeps_any_number_of_closed_cases_of_one_document() {
        openCase("first", null);
        openCase("second", null);
        openCase("third", "order-release:sale.order,42");

        assertThat(jdbc.sql("select count(*) from hp_case where document = 'sale.order,42'")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void frees_the_key_when_the_case_is_closed() {
        openCase("first", "order-release:sale.order,42");

        jdbc.sql("update hp_case set open_key = null, closed_at = current_timestamp where case_id = 'first'")
                .update();

        openCase("second", "order-release:sale.order,42");
    }

    @Test
    void keeps_an_event_once_per_source() {
        receive("odoo", "sale.order,42@2026-03-02T09:00:00Z");
        receive("portal", "sale.order,42@2026-03-02T09:00:00Z");

        assertThatThrownBy(() -> receive("odoo", "sale.order,42@2026-03-02T09:00:00Z"))
                .isInstanceOf(DuplicateKeyException.class)
                .rootCause()
                .message()
                .containsIgnoringCase("hp_event_once");
    }

    @Test
    void keeps_no_decision_without_its_hold() {
        assertThatThrownBy(() -> jdbc.sql("""
                                insert into hp_decision (hold_id, case_id, step, answer, person, task_id, decided_at)
                                values ('nowhere', 'nowhere', 1, 'released', 'clara', 'task', current_timestamp)
                                """).update()).isInstanceOf(DataIntegrityViolationException.class);
    }

    private void openCase(String id, String openKey) {
        jdbc.sql("""
                        insert into hp_case (case_id, workflow, document, open_key, opened_at)
                        values (?, 'order-release', 'sale.order,42', ?, current_timestamp)
                        """).params(id, openKey).update();
    }

    private void receive(String source, String id) {
        jdbc.sql("""
                        insert into hp_event (source, event_id, type, body, state, received_at, next_attempt_at)
                        values (?, ?, 'requested', '{}', 'new', current_timestamp, current_timestamp)
                        """).params(source, id).update();
    }
}
