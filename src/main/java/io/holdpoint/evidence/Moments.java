package io.holdpoint.evidence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Moments as both databases store them: UTC, microseconds. */
public final class Moments {

    private Moments() {}

    public static OffsetDateTime sql(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
