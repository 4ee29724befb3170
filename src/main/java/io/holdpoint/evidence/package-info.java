/** The append-only record of each case and its timeline. */
@NullMarked
package io.holdpoint.evidence;

import org.jspecify.annotations.NullMarked;
