package io.holdpoint.engine;

import java.time.Instant;
import java.util.Date;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;

/** Moments that a table of policy gives as a duration. */
public final class Deadline {

    private Deadline() {}

    /**
     * @param duration ISO 8601, for example P1D or PT8H, with the meaning that the engine's timers give it
     * @param name of the table's column, for the error
     * @throws IllegalStateException naming the column when it is no duration
     */
    public static Date after(Instant moment, String duration, String name) {
        try {
            var end = Date.from(moment);
            DatatypeFactory.newInstance().newDuration(duration).addTo(end);
            return end;
        } catch (DatatypeConfigurationException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    name + ": '" + duration + "' is no ISO 8601 duration; write for example P1D or PT8H.", e);
        }
    }
}
