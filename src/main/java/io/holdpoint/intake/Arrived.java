package io.holdpoint.intake;

/** Something new lies in the inbox. */
record Arrived() {}
