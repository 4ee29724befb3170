package io.holdpoint.engine;

import org.camunda.bpm.engine.delegate.DelegateTask;

/**
 * Judges the completion of a user task. It cannot be passed by: the engine runs it even where listeners are skipped.
 */
public interface TaskGuard {

    boolean guards(String processKey, String taskKey);

    /** Runs in the transaction of the completion; an exception undoes it and its message reaches the person. */
    void onComplete(DelegateTask task);
}
