/** What arrives from outside becomes exactly one case: inbox, webhooks, events, reconciliation sweep. */
@NullMarked
package io.holdpoint.intake;

import org.jspecify.annotations.NullMarked;
