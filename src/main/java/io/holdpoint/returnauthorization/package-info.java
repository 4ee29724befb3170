/** Keeps goods from coming back without authorization, and from being credited more than once or beyond what came. */
@NullMarked
package io.holdpoint.returnauthorization;

import org.jspecify.annotations.NullMarked;
