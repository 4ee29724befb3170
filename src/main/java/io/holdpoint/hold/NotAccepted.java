package io.holdpoint.hold;

import org.camunda.bpm.engine.BadUserRequestException;

/** A person's answer that cannot be taken, with the remedy in words. */
public final class NotAccepted extends BadUserRequestException {

    public NotAccepted(String message) {
        super(message);
    }
}
