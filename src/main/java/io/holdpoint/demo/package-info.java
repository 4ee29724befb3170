/**
 * An Odoo in memory that answers as the real one does in all that Holdpoint uses; the default when no Odoo is
 * configured.
 */
@NullMarked
package io.holdpoint.demo;

import org.jspecify.annotations.NullMarked;
