package io.holdpoint.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldTest {

    private static final String CUSTOMER = "res.partner,14";

    @ParameterizedTest(name = "exposure {0} of {1}, now {2} of {3}: covered {4}")
    @CsvSource({
        "120, 100, 120, 100, true",
        "120, 100, 110, 100, true",
        "120, 100, 121, 100, false",
        "120, 100, 120, 110, true",
        "120, 100, 120,  90, false",
    })
    void a_release_above_a_limit_covers_what_is_no_higher_under_no_stricter_limit(
            double measured, double allowed, double nowMeasured, double nowAllowed, boolean covered) {
        assertThat(hold("OVER_LIMIT", measured, allowed)
                        .covers(finding("OVER_LIMIT", nowMeasured, nowAllowed), CUSTOMER))
                .isEqualTo(covered);
    }

    @ParameterizedTest(name = "margin {0} of {1}, now {2} of {3}: covered {4}")
    @CsvSource({
        "12, 15, 12, 15, true",
        "12, 15, 13, 15, true",
        "12, 15, 11, 15, false",
        "12, 15, 12, 14, true",
        "12, 15, 12, 18, false",
    })
    void a_release_below_a_limit_covers_what_is_no_lower_under_no_stricter_limit(
            double measured, double allowed, double nowMeasured, double nowAllowed, boolean covered) {
        assertThat(hold("MARGIN", measured, allowed).covers(finding("MARGIN", nowMeasured, nowAllowed), CUSTOMER))
                .isEqualTo(covered);
    }

    @Test
    void a_release_for_one_customer_covers_nothing_of_another() {
        assertThat(hold("OVER_LIMIT", 120, 100.0).covers(finding("OVER_LIMIT", 110, 100.0), "res.partner,15"))
                .isFalse();
    }

    @Test
    void without_a_limit_only_the_same_number_is_covered() {
        assertThat(hold("COMPANY_NOT_ALLOWED", 500, null).covers(finding("COMPANY_NOT_ALLOWED", 500, null), CUSTOMER))
                .isTrue();
        assertThat(hold("COMPANY_NOT_ALLOWED", 500, null).covers(finding("COMPANY_NOT_ALLOWED", 499, null), CUSTOMER))
                .isFalse();
        assertThat(hold("COMPANY_NOT_ALLOWED", 500, null).covers(finding("COMPANY_NOT_ALLOWED", 500, 1.0), CUSTOMER))
                .isFalse();
    }

    @ParameterizedTest(name = "late since {0}, released at {1} of {2} days; late since {3}, {4} of {5}: covered {6}")
    @CsvSource({
        "2026-05-01, 45, 30, 2026-05-01, 46, 30, true",
        "2026-05-01, 45, 30, 2026-05-01, 46, 40, true",
        "2026-05-01, 45, 30, 2026-05-01, 46, 20, false",
        "2026-05-01, 45, 30, 2026-05-05, 42, 30, true",
        "2026-05-01, 45, 30, 2026-04-30, 47, 30, false",
        "           , 45, 30, 2026-05-01, 46, 30, false",
    })
    void what_has_only_become_older_is_covered_and_what_was_late_before_is_not(
            @Nullable LocalDate since,
            double measured,
            double allowed,
            LocalDate nowSince,
            double nowMeasured,
            double nowAllowed,
            boolean covered) {
        var released = Hold.open("h", "c", late(since, measured, allowed), CUSTOMER, 1);

        assertThat(released.covers(late(nowSince, nowMeasured, nowAllowed), CUSTOMER))
                .isEqualTo(covered);
    }

    @Test
    void a_day_more_says_nothing_new_to_whoever_is_asked_already() {
        var since = LocalDate.of(2026, 5, 1);
        var asked = Hold.open("h", "c", late(since, 45, 30), CUSTOMER, 1);

        assertThat(asked.says(late(since, 46, 30), CUSTOMER)).isTrue();
        assertThat(asked.says(late(since.minusDays(1), 46, 30), CUSTOMER)).isFalse();
        assertThat(asked.says(late(since, 46, 20), CUSTOMER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"OVER_LIMIT, Over limit", "OVER_LIMIT_MAJOR, Over limit (major)", "MARGIN, Margin"})
    void a_code_reads_as_people_say_it(String code, String title) {
        assertThat(Hold.title(code)).isEqualTo(title);
    }

    private static Hold hold(String code, double measured, @Nullable Double allowed) {
        return Hold.open("h", "c", finding(code, measured, allowed), CUSTOMER, 1);
    }

    private static Finding finding(String code, double measured, @Nullable Double allowed) {
        return new Finding(
                code, "blocking", "", "exposure", measured, null, allowed, "table v1", "rule_one", List.of());
    }

    private static Finding late(@Nullable LocalDate since, double measured, double allowed) {
        return new Finding(
                "OVERDUE", "blocking", "", "overdueDays", measured, since, allowed, "table v1", "rule_one", List.of());
    }
}
