package io.holdpoint.demo;

/** How a document stands with Holdpoint, as {@code odoo-setup} has it. */
final class HoldpointStates {

    static final String[] ALL = {"requested", "held", "released", "rejected", "returned", "withdrawn"};

    private HoldpointStates() {}
}
