package io.holdpoint.engine;

import org.camunda.bpm.engine.delegate.DelegateTask;

/** A user task is about to be there; said in the transaction that opens it, in which its name may still change. */
public record TaskOpened(DelegateTask task) {}
