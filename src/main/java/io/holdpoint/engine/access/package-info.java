/** Who may do what: roles, users, rights in the engine, the doors of the web server and what Tasklist shows first. */
@NullMarked
package io.holdpoint.engine.access;

import org.jspecify.annotations.NullMarked;
