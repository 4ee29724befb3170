package io.holdpoint.engine;

/** A failure that trying again cannot mend: the job becomes an incident at once. The message names the remedy. */
public class Unretryable extends RuntimeException {

    public Unretryable(String message) {
        super(message);
    }

    public Unretryable(String message, Throwable cause) {
        super(message, cause);
    }
}
