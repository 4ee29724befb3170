package io.holdpoint.engine;

import org.camunda.bpm.engine.delegate.DelegateTask;

/** Hears of every user task that is created, in the same transaction and whatever the model or a caller skips. */
public interface TaskCreated {

    void onCreate(DelegateTask task);
}
