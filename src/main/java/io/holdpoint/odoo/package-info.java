/**
 * The only door to Odoo. Knows nothing of Camunda.
 *
 * <p>What the running application asks of an Odoo, and what every {@link io.holdpoint.odoo.OdooTransport} must
 * therefore answer: {@code read}, {@code search_read}, {@code web_read} (values of related records in one call),
 * {@code fields_get}, {@code formatted_read_group}, and {@code ir.actions.server.run} of the actions that
 * {@code odoo-setup} creates, found by their external ids in {@code ir.model.data}: one command for each workflow, such
 * as {@code __holdpoint__.order_release_command}, changes its documents; {@code __holdpoint__.sale_order_figures} and
 * {@code __holdpoint__.return_figures} answer with what policy needs to know of them; {@code __holdpoint__.status} with
 * the state of the setup.
 */
@NullMarked
package io.holdpoint.odoo;

import org.jspecify.annotations.NullMarked;
