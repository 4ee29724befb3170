package io.holdpoint.engine;

import org.camunda.bpm.engine.delegate.DelegateTask;

/**
 * Hears of every user task that somebody takes or gives back, that is completed, and that is taken away, in the same
 * transaction and whatever the model or a caller skips.
 */
public interface TaskChanged {

    void onChange(DelegateTask task);
}
