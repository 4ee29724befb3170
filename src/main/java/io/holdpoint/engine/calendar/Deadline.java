package io.holdpoint.engine.calendar;

import io.holdpoint.engine.Unretryable;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import org.jspecify.annotations.Nullable;

/** Moments that a table of policy gives as a duration. */
public final class Deadline {

    /** The column in which a row may say how its durations are counted; without it they are working time. */
    public static final String COUNTED_IN = "countedIn";

    private static final String WORKING_TIME = "workingTime";
    private static final String CALENDAR_TIME = "calendarTime";

    private Deadline() {}

    /**
     * For what people are asked to do.
     *
     * @param column in which the duration stands, for the error
     * @param countedIn what the row says in {@link #COUNTED_IN}: workingTime or calendarTime; null for the first
     * @throws Unretryable naming the column that cannot be read
     */
    public static Date after(
            WorkingTime calendar, Instant moment, String duration, String column, @Nullable Object countedIn) {
        var how = countedIn == null || countedIn.toString().isBlank() ? WORKING_TIME : countedIn.toString();
        return switch (how) {
            case WORKING_TIME -> inWorkingTime(calendar, moment, duration, column);
            case CALENDAR_TIME -> byTheClock(moment, duration, column);
            default ->
                throw new Unretryable("The column '" + COUNTED_IN + "' says '" + how + "'. Write \"" + WORKING_TIME
                        + "\" or \"" + CALENDAR_TIME
                        + "\", deploy the table, then raise the retries of this step in Cockpit.");
        };
    }

    /**
     * For what people have to do: reminders, approvals, follow-ups.
     *
     * @param duration ISO 8601, for example P1D or PT8H, counted as {@link WorkingTime#after} says
     * @param column of the table, for the error
     * @throws Unretryable naming the column when it is no duration of work
     */
    public static Date inWorkingTime(WorkingTime calendar, Instant moment, String duration, String column) {
        try {
            return Date.from(calendar.after(moment, duration));
        } catch (IllegalArgumentException e) {
            throw unreadable(column, duration, e);
        }
    }

    /**
     * For what goes on whether people work or not: a defect that may come back, a claim that lapses.
     *
     * @param duration ISO 8601, for example P90D, with the meaning that the engine's timers give it
     * @param column of the table, for the error
     * @throws Unretryable naming the column when it is no duration
     */
    public static Date byTheClock(Instant moment, String duration, String column) {
        try {
            var end = Date.from(moment);
            DatatypeFactory.newInstance().newDuration(duration).addTo(end);
            return end;
        } catch (DatatypeConfigurationException | IllegalArgumentException e) {
            throw unreadable(column, duration, e);
        }
    }

    /** How long it is until then by the clock, as a timer reads it that knows only durations. */
    public static String untilThen(Instant from, Date then) {
        return Duration.between(from, then.toInstant()).toString();
    }

    private static Unretryable unreadable(String column, String duration, Exception cause) {
        return new Unretryable(
                "The column '" + column + "' says '" + duration + "' (" + cause.getMessage() + "). Write an ISO 8601"
                        + " duration, for example P1D or PT8H, deploy the table, then raise the retries of this step in"
                        + " Cockpit.",
                cause);
    }
}
