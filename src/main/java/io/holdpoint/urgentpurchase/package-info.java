/**
 * Urgent purchase: an urgent purchase order is confirmed in Odoo only when policy lets it pass or people with authority
 * agreed; then its promised date is watched until the goods are there.
 */
@NullMarked
package io.holdpoint.urgentpurchase;

import org.jspecify.annotations.NullMarked;
