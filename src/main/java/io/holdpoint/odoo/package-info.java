/** The only door to Odoo. Knows nothing of Camunda. */
@NullMarked
package io.holdpoint.odoo;

import org.jspecify.annotations.NullMarked;
