/**
 * The nightly detective run: documents that are past their hold point in Odoo while the record knows no release of
 * them, and what people make of it. It finds what happened while a guard was switched off.
 */
@NullMarked
package io.holdpoint.breach;

import org.jspecify.annotations.NullMarked;
