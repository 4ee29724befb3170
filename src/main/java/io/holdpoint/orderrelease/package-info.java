/**
 * Order release: a sales order is confirmed in Odoo only when credit, price, margin and stock allow it or people with
 * authority released it.
 */
@NullMarked
package io.holdpoint.orderrelease;

import org.jspecify.annotations.NullMarked;
