package io.holdpoint.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The nightly cleanup of a history of which nothing, or little, is due. */
@ProcessTest
class CleanupByIndexTest {

    private static final int ROWS = 20_000;

    @Autowired
    Story story;

    @Autowired
    HistoryService history;

    @Autowired
    ManagementService management;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void atNight() {
        story.goTo(LocalDate.of(2026, 6, 1)
                .atTime(LocalTime.of(1, 30))
                .atZone(ZoneId.systemDefault())
                .toInstant());
    }

    @AfterEach
    void end() {
        jdbc.sql("delete from act_hi_detail where name_ = 'kept'").update();
        story.end();
    }

    @Test
    void what_is_due_is_removed_and_the_rest_stays() {
        jdbc.sql(
                        "insert into act_hi_detail (id_, type_, name_, time_, removal_time_) values"
                                + " ('due', 'VariableUpdate', 'kept', timestamp '2026-01-01 00:00:00', timestamp '2026-05-31 00:00:00'),"
                                + " ('not due', 'VariableUpdate', 'kept', timestamp '2026-01-01 00:00:00', timestamp '2026-06-02 00:00:00')")
                .update();

        cleanUp();

        assertThat(jdbc.sql("select id_ from act_hi_detail where name_ = 'kept'")
                        .query(String.class)
                        .list())
                .containsExactly("not due");
    }

    @Test
    @EnabledIfSystemProperty(named = "holdpoint.test.database", matches = "postgres")
    void a_history_of_which_nothing_is_due_is_not_read() {
        jdbc.sql("insert into act_hi_detail (id_, type_, name_, time_, removal_time_)"
                        + " select 'kept ' || n, 'VariableUpdate', 'kept', timestamp '2026-01-01 00:00:00', timestamp '2036-01-01 00:00:00'"
                        + " from generate_series(1, :rows) n")
                .param("rows", ROWS)
                .update();
        jdbc.sql("analyze act_hi_detail").update();
        var looks = looksByIndex();
        var readings = readings();

        cleanUp();

        // PostgreSQL counts up to ten seconds later.
        await().atMost(Duration.ofSeconds(30)).until(() -> looksByIndex() > looks);
        assertThat(readings()).as("the table was read as a whole").isEqualTo(readings);
    }

    private void cleanUp() {
        var job = history.findHistoryCleanupJobs().stream().findFirst().orElseGet(() -> history.cleanUpHistoryAsync());
        management.executeJob(job.getId());
    }

    private long looksByIndex() {
        return jdbc.sql("select idx_scan from pg_stat_user_indexes where indexrelname = 'act_idx_hi_detail_rm_time'")
                .query(Long.class)
                .single();
    }

    private long readings() {
        return jdbc.sql("select seq_scan from pg_stat_user_tables where relname = 'act_hi_detail'")
                .query(Long.class)
                .single();
    }
}
