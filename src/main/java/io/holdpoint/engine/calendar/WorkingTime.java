package io.holdpoint.engine.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hours in which people work, and moments counted in them: a day is a working day, an hour an hour in which it is
 * open. What begins outside of these hours begins when it opens next.
 *
 * @param name whose hours these are and where that stands, for the record
 * @param opens the hour of the wall clock at which a working day begins
 * @param closes the hour at which it ends; midnight is the end of the day
 * @param free days on which nobody works although it is one of the days of the week
 */
public record WorkingTime(
        String name, ZoneId zone, Set<DayOfWeek> days, LocalTime opens, LocalTime closes, Predicate<LocalDate> free) {

    /** Weeks, days, hours, minutes and seconds: years and months of work mean nothing that people would agree on. */
    private static final Pattern DURATION = Pattern.compile(
            "P(?!$)(?:(\\d{1,3})W)?(?:(\\d{1,4})D)?(?:T(?=\\d)(?:(\\d{1,5})H)?(?:(\\d{1,6})M)?(?:(\\d{1,8})S)?)?");

    private static final int LONGEST_IN_DAYS = 366;

    /** A calendar in which nobody works for so long is a mistake. */
    private static final int LONGEST_BREAK_IN_DAYS = 366;

    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm zzz", Locale.ENGLISH);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);

    public WorkingTime {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a week needs at least one working day");
        }
        if (!closes.equals(LocalTime.MIDNIGHT) && !opens.isBefore(closes)) {
            throw new IllegalArgumentException(
                    "a working day ends after it begins and on the same day, not from " + opens + " to " + closes);
        }
    }

    public boolean isWorkingDay(LocalDate day) {
        return days.contains(day.getDayOfWeek()) && !free.test(day);
    }

    /** The first working day after this day. */
    public LocalDate workingDayAfter(LocalDate day) {
        var next = day.plusDays(1);
        for (var skipped = 0; !isWorkingDay(next); skipped++) {
            if (skipped > LONGEST_BREAK_IN_DAYS) {
                throw new IllegalArgumentException("nobody works in the year after " + day);
            }
            next = next.plusDays(1);
        }
        return next;
    }

    /** The day that people's calendars show at this moment. */
    public LocalDate dayOf(Instant moment) {
        return moment.atZone(zone).toLocalDate();
    }

    /** This moment when people work then; otherwise the one at which they begin again. */
    public Instant next(Instant moment) {
        var day = dayOf(moment);
        if (isWorkingDay(day) && moment.isBefore(closing(day))) {
            return moment.isBefore(opening(day)) ? opening(day) : moment;
        }
        return opening(workingDayAfter(day));
    }

    /**
     * The moment that lies so much working time after another one. Days come before hours: a day leads to the same hour
     * of the next working day, a week to as many working days as a week has. What ends with the working day ends then,
     * not at the next opening.
     *
     * @param duration ISO 8601, for example P1D, PT8H or P1DT4H
     * @throws IllegalArgumentException when it is none, or longer than a year of working days
     */
    public Instant after(Instant moment, String duration) {
        var parts = DURATION.matcher(duration);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + duration
                    + "' is no duration of weeks, days, hours and minutes; write for example P1D or PT8H");
        }
        var workingDays = number(parts.group(1)) * days.size() + number(parts.group(2));
        var hours = Duration.ofHours(number(parts.group(3)))
                .plusMinutes(number(parts.group(4)))
                .plusSeconds(number(parts.group(5)));
        if (workingDays > LONGEST_IN_DAYS || hours.toDays() > LONGEST_IN_DAYS) {
            throw new IllegalArgumentException(
                    "'" + duration + "' is more than a year of working days; write a shorter duration");
        }
        return plusHours(plusDays(next(moment), workingDays), hours);
    }

    /** For people to read, in their own time and with its zone, for example "Mon 1 Jun 2026, 17:00 CEST". */
    public String text(Instant moment) {
        return TEXT.format(moment.atZone(zone));
    }

    /** The day of a moment for people to read, for example "Mon 1 Jun 2026". */
    public String dayText(Instant moment) {
        return DAY.format(moment.atZone(zone));
    }

    private Instant plusDays(Instant begun, long workingDays) {
        if (workingDays == 0) {
            return begun;
        }
        var start = begun.atZone(zone);
        var day = start.toLocalDate();
        for (var i = 0; i < workingDays; i++) {
            day = workingDayAfter(day);
        }
        return at(day, start.toLocalTime());
    }

    private Instant plusHours(Instant begun, Duration hours) {
        var left = hours;
        var now = next(begun);
        while (true) {
            var open = Duration.between(now, closing(dayOf(now)));
            if (left.compareTo(open) <= 0) {
                return now.plus(left);
            }
            left = left.minus(open);
            now = opening(workingDayAfter(dayOf(now)));
        }
    }

    private Instant opening(LocalDate day) {
        return at(day, opens);
    }

    private Instant closing(LocalDate day) {
        return closes.equals(LocalTime.MIDNIGHT) ? at(day.plusDays(1), closes) : at(day, closes);
    }

    /** An hour that a change of the clocks leaves out is the one after it; one that it repeats is the first of both. */
    private Instant at(LocalDate day, LocalTime hour) {
        return ZonedDateTime.of(day, hour, zone).toInstant();
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
