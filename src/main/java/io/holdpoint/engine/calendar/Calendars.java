package io.holdpoint.engine.calendar;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the calendar by which people work on a case. */
@FunctionalInterface
public interface Calendars {

    /**
     * @param facts of the case; {@code company} and {@code warehouse} name whose calendar it is, and where they are
     *     missing, the calendar for everybody counts
     * @throws io.holdpoint.engine.Unretryable when no row of the table fits, or one cannot be read
     */
    WorkingTime of(Map<String, ? extends @Nullable Object> facts);
}
