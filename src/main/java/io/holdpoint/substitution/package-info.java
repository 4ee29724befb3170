/** Absence: who stands in for whom, from when to when, in which workflows and up to which amount. */
@NullMarked
package io.holdpoint.substitution;

import org.jspecify.annotations.NullMarked;
