package io.holdpoint.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.engine.Unretryable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a day of work is, told with an office in Berlin that is open from 8 to 17 and knows Bavaria's holidays. */
class WorkingTimeTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
    private static final Set<DayOfWeek> MONDAY_TO_FRIDAY = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Predicate<LocalDate> NONE = day -> false;

    private final WorkingTime office = new WorkingTime(
            "office",
            BERLIN,
            MONDAY_TO_FRIDAY,
            LocalTime.of(8, 0),
            LocalTime.of(17, 0),
            Holidays.of("de-by").or(LocalDate.parse("2026-12-24")::equals));

    private final WorkingTime aroundTheClock = new WorkingTime(
            "around the clock", BERLIN, EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, NONE);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a day leads to the same hour of the next one,           2026-06-01T10:00, P1D,     2026-06-02T10:00",
        "over a weekend,                                         2026-06-12T10:00, P1D,     2026-06-15T10:00",
        "over Corpus Christi which is free in Bavaria,           2026-06-03T10:00, P1D,     2026-06-05T10:00",
        "over a closing day and Christmas,                       2026-12-23T10:00, P1D,     2026-12-28T10:00",
        "hours of one day,                                       2026-06-01T10:00, PT4H,    2026-06-01T14:00",
        "hours that end with the day end then,                   2026-06-01T10:00, PT7H,    2026-06-01T17:00",
        "hours that are left go on in the morning,               2026-06-01T15:30, PT4H,    2026-06-02T10:30",
        "hours over a weekend,                                   2026-06-12T16:00, PT2H,    2026-06-15T09:00",
        "more hours than a day has,                              2026-06-08T08:00, PT20H,   2026-06-10T10:00",
        "minutes,                                                2026-06-01T16:45, PT30M,   2026-06-02T08:15",
        "days and then hours,                                    2026-06-08T16:00, P1DT2H,  2026-06-10T09:00",
        "a week has as many days as people work,                 2026-06-08T10:00, P1W,     2026-06-15T10:00",
        "fourteen days are almost three weeks,                   2026-06-08T10:00, P14D,    2026-06-26T10:00",
        "before it opens,                                        2026-06-01T03:00, PT1H,    2026-06-01T09:00",
        "after it has closed,                                    2026-06-01T20:00, PT1H,    2026-06-02T09:00",
        "a day that begins after it has closed,                  2026-06-01T20:00, P1D,     2026-06-03T08:00",
        "on a Sunday,                                            2026-06-07T12:00, P1D,     2026-06-09T08:00",
        "at the very end of a day,                               2026-06-01T17:00, PT1H,    2026-06-02T09:00",
        "on a holiday,                                           2026-06-04T12:00, PT1H,    2026-06-05T09:00",
        "nothing is at once,                                     2026-06-01T10:00, PT0S,    2026-06-01T10:00",
        "nothing out of hours is when it opens,                  2026-06-06T10:00, P0D,     2026-06-08T08:00",
        "over a change of the clocks it is the same hour,        2026-10-23T10:00, P1D,     2026-10-26T10:00",
        "and as many hours of work,                              2026-03-27T16:00, PT2H,    2026-03-30T09:00"
    })
    void counts_what_people_work(String story, LocalDateTime from, String duration, LocalDateTime until) {
        assertThat(office.after(at(from, BERLIN), duration)).isEqualTo(at(until, BERLIN));
    }

    @Test
    void where_people_always_work_an_hour_is_an_hour_when_the_clocks_change() {
        // In the night of 25 October an hour comes twice, in that of 29 March one is missing.
        assertThat(aroundTheClock.after(at(LocalDateTime.parse("2026-10-24T20:00"), BERLIN), "PT12H"))
                .isEqualTo(at(LocalDateTime.parse("2026-10-25T07:00"), BERLIN));
        assertThat(aroundTheClock.after(at(LocalDateTime.parse("2026-03-28T20:00"), BERLIN), "PT12H"))
                .isEqualTo(at(LocalDateTime.parse("2026-03-29T09:00"), BERLIN));
        assertThat(aroundTheClock.after(at(LocalDateTime.parse("2026-03-28T02:30"), BERLIN), "P1D"))
                .as("the hour that there is not is the one after it")
                .isEqualTo(at(LocalDateTime.parse("2026-03-29T03:30"), BERLIN));
    }

    @Test
    void one_moment_is_early_in_one_place_and_late_in_another() {
        var there = new WorkingTime(
                "Chicago", CHICAGO, MONDAY_TO_FRIDAY, LocalTime.of(8, 0), LocalTime.of(17, 0), Holidays.of("us-il"));
        var moment = Instant.parse("2026-06-01T14:30:00Z");

        assertThat(office.after(moment, "PT2H")).isEqualTo(Instant.parse("2026-06-02T07:30:00Z"));
        assertThat(there.after(moment, "PT2H")).isEqualTo(Instant.parse("2026-06-01T16:30:00Z"));
        assertThat(office.text(moment)).isEqualTo("Mon 1 Jun 2026, 16:30 CEST");
        assertThat(there.text(moment)).isEqualTo("Mon 1 Jun 2026, 09:30 CDT");
        assertThat(there.dayOf(Instant.parse("2026-06-02T03:00:00Z"))).isEqualTo("2026-06-01");
    }

    @Test
    void a_holiday_that_falls_on_a_weekend_is_made_up_for_where_the_law_says_so() {
        var us = Holidays.of("us");

        assertThat(us.test(LocalDate.parse("2026-07-03")))
                .as("for Saturday the 4th")
                .isTrue();
        assertThat(us.test(LocalDate.parse("2026-07-06"))).isFalse();
        assertThat(us.test(LocalDate.parse("2021-12-31")))
                .as("for New Year's Day of the next year")
                .isTrue();
        assertThat(Holidays.of("de").test(LocalDate.parse("2026-06-04")))
                .as("not in all of Germany")
                .isFalse();
        assertThat(Holidays.of("de-by-ag").test(LocalDate.parse("2026-08-08")))
                .as("only in Augsburg")
                .isTrue();
        assertThat(Holidays.of("at").test(LocalDate.parse("2026-12-24")))
                .as("observed, not a holiday")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"xx,'holidays of ''xx'' are not known'", "de-xx,'no part ''xx'''", "'de-by-ag-x','no part ''x'''"})
    void a_calendar_of_holidays_that_does_not_exist_is_refused(String code, String why) {
        assertThatThrownBy(() -> Holidays.of(code))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_calendar_in_which_nobody_works_is_refused() {
        assertThatThrownBy(
                        () -> new WorkingTime("never", BERLIN, Set.of(), LocalTime.of(8, 0), LocalTime.of(17, 0), NONE))
                .hasMessageContaining("at least one working day");
        assertThatThrownBy(() -> new WorkingTime(
                        "night", BERLIN, MONDAY_TO_FRIDAY, LocalTime.of(22, 0), LocalTime.of(6, 0), NONE))
                .hasMessageContaining("not from 22:00 to 06:00");
        var closed = new WorkingTime(
                "closed", BERLIN, MONDAY_TO_FRIDAY, LocalTime.of(8, 0), LocalTime.of(17, 0), day -> true);
        assertThatThrownBy(() -> closed.after(Instant.EPOCH, "P1D")).hasMessageContaining("nobody works in the year");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "P", "PT", "P1DT", "1D", "P-1D", "-P1D", "P1M", "P1Y", "PT1.5H", "tomorrow", "P400D", "P99W"
            })
    void what_is_no_duration_of_work_names_column_and_remedy(String duration) {
        assertThatThrownBy(() -> Deadline.inWorkingTime(office, Instant.EPOCH, duration, "decideWithin"))
                .isInstanceOf(Unretryable.class)
                .hasMessageContaining("The column 'decideWithin' says '" + duration + "'")
                .hasMessageContaining("P1D or PT8H");
    }

    @Test
    void a_row_may_say_that_its_time_goes_on_over_the_weekend() {
        var friday = at(LocalDateTime.parse("2026-06-12T10:00"), BERLIN);

        assertThat(Deadline.after(office, friday, "P1D", "within", "calendarTime"))
                .isEqualTo("2026-06-13T08:00:00Z");
        assertThat(Deadline.after(office, friday, "P1D", "within", "workingTime"))
                .isEqualTo("2026-06-15T08:00:00Z");
        assertThat(Deadline.after(office, friday, "P1D", "within", null)).isEqualTo("2026-06-15T08:00:00Z");
        assertThatThrownBy(() -> Deadline.after(office, friday, "P1D", "within", "weekdays"))
                .isInstanceOf(Unretryable.class)
                .hasMessageContaining("The column 'countedIn' says 'weekdays'");
        assertThatThrownBy(() -> Deadline.byTheClock(friday, "soon", "period"))
                .isInstanceOf(Unretryable.class)
                .hasMessageContaining("The column 'period' says 'soon'");
    }

    private static Instant at(LocalDateTime time, ZoneId zone) {
        return time.atZone(zone).toInstant();
    }
}
