package io.holdpoint.odoo;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a customer owes and may owe, in the currency of the company, read with that company's eyes.
 *
 * @param receivable posted and open
 * @param toInvoice confirmed orders that are not invoiced yet
 * @param limit the credit limit; null when the customer has none or the company does not use limits
 * @param limitReview the day by which the limit is to be reviewed; null when none is set
 * @param trust good, normal or bad
 * @param overdue sum of open invoices past their due date
 * @param oldestDue due date of the oldest of them; null when none is overdue
 * @param paymentTermDays days until the last part is due under the customer's own payment term; 0 without one
 * @param lastOrder day of the last confirmed order; null when there was none
 */
public record CreditPosition(
        long partnerId,
        double receivable,
        double toInvoice,
        @Nullable Double limit,
        @Nullable LocalDate limitReview,
        String trust,
        double overdue,
        @Nullable LocalDate oldestDue,
        int paymentTermDays,
        @Nullable LocalDate lastOrder) {}
