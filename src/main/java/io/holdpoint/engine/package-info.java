/** What Camunda needs of us: typed variables, seeded models, retry policy, access, guards. */
@NullMarked
package io.holdpoint.engine;

import org.jspecify.annotations.NullMarked;
