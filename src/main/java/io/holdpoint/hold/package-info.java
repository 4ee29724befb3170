/** Holds and their resolution: which checks failed, who may release them, who did, and whether that still stands. */
@NullMarked
package io.holdpoint.hold;

import org.jspecify.annotations.NullMarked;
