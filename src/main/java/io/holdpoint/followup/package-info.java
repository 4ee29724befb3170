/** Work that a workflow gives to a role, with a deadline, a reminder and a next authority; who did it is on record. */
@NullMarked
package io.holdpoint.followup;

import org.jspecify.annotations.NullMarked;
