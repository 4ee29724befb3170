package io.holdpoint.breach;

/** The names this package and processes/breach.bpmn have in common. */
final class BreachProcess {

    static final String KEY = "breach";
    static final String FOUND = "startEvent_breachFound";
    static final String CLEAR_UP = "clearUpBreach";

    private BreachProcess() {}
}
