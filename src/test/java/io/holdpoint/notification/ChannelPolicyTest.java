package io.holdpoint.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.engine.Unretryable;
import io.holdpoint.engine.calendar.WorkingTime;
import io.holdpoint.notification.OpenActivities.Whom;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a mail is due by what the table says. */
class ChannelPolicyTest {

    /** From Monday to Friday, 08:00 to 17:00; 1 June 2026 is a Monday. */
    private static final WorkingTime HOURS = new WorkingTime(
            "hours",
            ZoneOffset.UTC,
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            LocalTime.of(8, 0),
            LocalTime.of(17, 0),
            day -> false);

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
                    # what it shows,                          mail,   now,                  mailed before,        due
                    at once is soon and nights are no matter, now,    2026-06-01T22:00:00Z, 2026-06-01T21:59:00Z, 2026-06-01T22:15:00Z
                    a first digest comes soon,                digest, 2026-06-01T10:00:00Z, ,                     2026-06-01T10:15:00Z
                    what came overnight when work begins,     digest, 2026-06-01T22:00:00Z, ,                     2026-06-02T08:00:00Z
                    what came on Saturday on Monday,          digest, 2026-06-06T10:00:00Z, ,                     2026-06-08T08:00:00Z
                    the next digest four hours later,         digest, 2026-06-01T10:00:00Z, 2026-06-01T09:30:00Z, 2026-06-01T13:30:00Z
                    the evening counts no hours,              digest, 2026-06-01T16:00:00Z, 2026-06-01T15:00:00Z, 2026-06-02T10:00:00Z
                    a mail of yesterday is long ago,          digest, 2026-06-02T10:00:00Z, 2026-06-01T09:00:00Z, 2026-06-02T10:15:00Z
                    """)
    void a_mail_is_due(String shows, String mail, Instant now, @Nullable Instant before, Instant due) {
        assertThat(new ChannelPolicy.Answer(mail, "PT15M", "PT4H", true, Whom.PERSON).due(now, HOURS, before))
                .as(shows)
                .isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({"a while,PT4H,gather", "PT15M,often,every"})
    void what_cannot_be_read_is_named(String gather, String every, String column) {
        var now = Instant.parse("2026-06-01T10:00:00Z");
        var answer = new ChannelPolicy.Answer("digest", gather, every, true, Whom.PERSON);

        assertThatThrownBy(() -> answer.due(now, HOURS, now))
                .isInstanceOf(Unretryable.class)
                .hasMessageContaining("The column '" + column + "' of the table notification.channel")
                .hasMessageContaining("deploy the table");
    }
}
