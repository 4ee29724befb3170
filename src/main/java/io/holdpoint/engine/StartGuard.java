package io.holdpoint.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/**
 * Judges the start of a process that people begin themselves, with what they entered into its start form. Such a
 * process may be started by everybody to whom tasks are given; every other one begins with a business key alone. It
 * cannot be passed by: the engine runs it however the process is started.
 */
public interface StartGuard {

    /** The key of the process. */
    String process();

    /**
     * Runs in the transaction of the start; an exception undoes it and its message reaches the person. What was entered
     * stands in the variables, together with whatever else a caller sent.
     */
    void onStart(DelegateExecution start);
}
