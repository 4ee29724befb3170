package io.holdpoint.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.ProcessTest;
import io.holdpoint.engine.Unretryable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Calendars as a process owner changes them: by deploying a table, and by nothing else. */
@ProcessTest
class WorkingCalendarsTest {

    private static final Map<String, Object> ANYBODY = Map.of();

    @Autowired
    Calendars calendars;

    @Autowired
    RepositoryService repository;

    @Autowired
    HistoryService history;

    private final List<String> deployments = new ArrayList<>();

    @AfterEach
    void end() {
        deployments.forEach(deployment -> repository.deleteDeployment(deployment, true));
    }

    @Test
    void each_company_and_warehouse_has_its_own_hours() {
        var morning = Instant.parse("2026-06-06T05:00:00Z");

        assertThat(calendars.of(ANYBODY).next(morning)).as("a Saturday").isEqualTo("2026-06-08T06:00:00Z");
        assertThat(calendars.of(Map.of("company", "My Company (Chicago)")).next(morning))
                .isEqualTo("2026-06-08T13:00:00Z");
        assertThat(calendars
                        .of(Map.of("company", "Nordlicht Service", "warehouse", "Nordlicht Service"))
                        .next(morning))
                .isEqualTo(morning);
        assertThat(calendars.of(Map.of("company", "Nordlicht Service")).next(morning))
                .isEqualTo("2026-06-08T06:00:00Z");
    }

    @Test
    void closing_days_come_every_year_or_once_and_only_where_they_belong() {
        var office = calendars.of(Map.of("company", "Nordlicht Industriebedarf"));
        var warehouse = calendars.of(Map.of("company", "Nordlicht Service", "warehouse", "Nordlicht Service"));

        assertThat(List.of("2026-12-24", "2027-12-24", "2026-12-31", "2026-12-25"))
                .noneMatch(day -> office.isWorkingDay(LocalDate.parse(day)));
        assertThat(office.isWorkingDay(LocalDate.parse("2027-01-04"))).isTrue();
        assertThat(List.of("2027-01-04", "2027-01-05")).noneMatch(day -> warehouse.isWorkingDay(LocalDate.parse(day)));
        assertThat(warehouse.isWorkingDay(LocalDate.parse("2027-01-06"))).isTrue();
        assertThat(warehouse.isWorkingDay(LocalDate.parse("2026-12-24"))).isTrue();
    }

    @Test
    void a_new_table_counts_at_once_and_is_asked_once() throws IOException {
        var before = calendars.of(ANYBODY);
        assertThat(calendars.of(ANYBODY)).isSameAs(before);

        deploy("working-time.calendar", "\"Mon-Fri\"", "\"Mon, Wed-Thu, SATURDAY\"");

        var after = calendars.of(ANYBODY);
        assertThat(List.of("2026-06-08", "2026-06-10", "2026-06-11", "2026-06-13"))
                .allMatch(day -> after.isWorkingDay(LocalDate.parse(day)));
        assertThat(List.of("2026-06-09", "2026-06-12", "2026-06-14"))
                .noneMatch(day -> after.isWorkingDay(LocalDate.parse(day)));
        assertThat(after.name()).startsWith("working-time.calendar v").endsWith(", rule_everyCompany");
        assertThat(after.name()).isNotEqualTo(before.name());
        var asked = history.createHistoricDecisionInstanceQuery()
                .decisionDefinitionKey("working-time.calendar")
                .count();
        calendars.of(ANYBODY);
        assertThat(history.createHistoricDecisionInstanceQuery()
                        .decisionDefinitionKey("working-time.calendar")
                        .count())
                .isEqualTo(asked);
    }

    @Test
    void people_who_work_around_the_clock_close_at_24() throws IOException {
        deploy("working-time.calendar", "\"08:00\"", "\"00:00\"", "\"17:00\"", "\"24:00\"");

        assertThat(calendars.of(ANYBODY).after(Instant.parse("2026-06-05T21:00:00Z"), "PT2H"))
                .as("an hour on Friday night, one on Monday morning")
                .isEqualTo("2026-06-07T23:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "calendar, Europe/Berlin, Europe/Munich, timeZone, Write Europe/Berlin",
        "calendar, Europe/Berlin, '', timeZone, Write Europe/Berlin",
        "calendar, Mon-Fri, Mon-Fra, workingDays, 'Fra'' is no day of the week'",
        "calendar, Mon-Fri, M, workingDays, 'M'' is no day of the week'",
        "calendar, Mon-Fri, '', workingDays, is no day of the week",
        "calendar, Mon-Fri, Mon-Wed-Fri, workingDays, neither a day nor a range",
        "calendar, 08:00, 8, opens, Write 08:00",
        "calendar, 17:00, 07:00, closes, it closes before it opens",
        "calendar, 17:00, 25:00, closes, Write 17:00",
        "calendar, de, xx, holidays, are not known",
        "closing, '--12-24, --12-31', 24.12., closed, Write 2026-12-24",
        "closing, '--12-24, --12-31', 2026-12-31/2026-12-24, closed, it ends before it begins",
        "closing, '--12-24, --12-31', 1900-01-01/2100-01-01, workingDays, nobody works"
    })
    void a_value_that_cannot_be_read_names_column_and_remedy(
            String table, String right, String wrong, String column, String remedy) throws IOException {
        deploy("working-time." + table, '"' + right + '"', '"' + wrong + '"');

        assertThatThrownBy(() -> calendars.of(Map.of("company", "Nordlicht Industriebedarf")))
                .isInstanceOf(Unretryable.class)
                .hasMessageContaining("The column '" + column + "' of the table working-time.")
                .hasMessageContaining(remedy)
                .hasMessageContaining("deploy the table, then raise the retries");
    }

    @Test
    void no_holidays_are_said_and_not_left_out() throws IOException {
        deploy("working-time.calendar", "\"de\"", "\"\"");
        assertThat(calendars.of(ANYBODY).isWorkingDay(LocalDate.parse("2026-05-01")))
                .isTrue();

        deploy("working-time.calendar", "<text>\"de\"</text>", "<text />");
        assertThatThrownBy(() -> calendars.of(ANYBODY))
                .isInstanceOf(Unretryable.class)
                .hasMessageContaining("The column 'holidays' of the table working-time.calendar")
                .hasMessageContaining("is empty. Write de-by, or \"\" for none");
    }

    @Test
    void a_table_without_a_row_for_everybody_says_so_where_one_is_missing() throws IOException {
        deploy(
                "working-time.calendar",
                "<inputEntry id=\"in_everyCompany_company\">\n          <text />",
                "<inputEntry id=\"in_everyCompany_company\">\n          <text>\"Elbe Metall\"</text>");

        assertThat(calendars.of(Map.of("company", "Elbe Metall"))).isNotNull();
        assertThatThrownBy(() -> calendars.of(Map.of("company", "Harz Metall")))
                .isInstanceOf(Unretryable.class)
                .hasMessageContaining("has no row for the company 'Harz Metall'")
                .hasMessageContaining("Add a last row for everybody");
    }

    /** Deploys a delivered table with some of its words replaced, as a process owner does from Modeler. */
    private void deploy(String table, String... words) throws IOException {
        var text = Files.readString(Path.of("dmn", table + ".dmn"));
        for (var i = 0; i < words.length; i += 2) {
            assertThat(text).contains(words[i]);
            text = text.replace(words[i], words[i + 1]);
        }
        deployments.add(repository
                .createDeployment()
                .name("from Modeler")
                .addString(table + ".dmn", text)
                .deploy()
                .getId());
    }
}
