/** The application that wires the packages below it together. */
@NullMarked
package io.holdpoint;

import org.jspecify.annotations.NullMarked;
