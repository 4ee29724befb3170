package wrong.urgentpurchase;

import wrong.orderrelease.ConfirmOrder;

/** Closes a circle between two workflows. */
public record WatchPromisedDate(ConfirmOrder ofAnotherWorkflow) {}
