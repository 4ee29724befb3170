package io.holdpoint.odoo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transfer to a customer with what came back of it and what is asked to come back.
 *
 * @param state of the transfer: draft, waiting, confirmed, assigned, done or cancel
 * @param outgoing whether it is a delivery to a customer, and not itself a return
 * @param doneAt when it went out; null while it has not
 * @param commercialPartner the company behind the address; null where the transfer names nobody
 * @param warehouse that receives what comes back; null where Odoo has none
 * @param requestsWrittenAt when the latest of the requests was written; null where there is none
 * @param rma the number of the latest authorization; empty when there was none
 */
public record Delivery(
        long id,
        String name,
        String state,
        boolean outgoing,
        @Nullable Instant doneAt,
        @Nullable Reference partner,
        @Nullable Reference commercialPartner,
        Reference company,
        @Nullable Reference warehouse,
        String companyCurrency,
        @Nullable Reference order,
        @Nullable Reference requester,
        Reference creator,
        @Nullable Reference salesperson,
        @Nullable String holdpointState,
        String rma,
        Instant writeDate,
        List<Line> lines,
        List<Request> requests,
        @Nullable Instant requestsWrittenAt,
        List<Return> returns,
        History history) {

    /**
     * One product that went out.
     *
     * @param delivered what went out; {@code returned} came back, {@code underWay} is authorized and not back yet
     * @param price for one unit after discount, without taxes, in the currency of the company
     * @param tags of the product
     */
    public record Line(
            long moveId,
            Reference product,
            String category,
            List<String> tags,
            double delivered,
            double returned,
            double underWay,
            double price,
            List<LotQuantity> lots) {

        /** What can still come back. */
        public double left() {
            return delivered - returned - underWay;
        }
    }

    /** @param returned came back, or is on its way */
    public record LotQuantity(Reference lot, double delivered, double returned) {

        /** What can still come back. */
        public double left() {
            return delivered - returned;
        }
    }

    /** @param reason as {@code odoo-setup} names them, for example changed_mind; empty when none was given */
    public record Request(
            @Nullable Reference product, @Nullable Reference lot, double quantity, String reason, boolean opened) {}

    /**
     * A transfer back.
     *
     * @param attachments how many files, such as photos, lie beside it
     */
    public record Return(
            long id,
            String name,
            String state,
            String rma,
            @Nullable Instant doneAt,
            int attachments,
            List<Moved> moved) {}

    /** @param moveId the move of the delivery that this comes back from */
    public record Moved(long moveId, Reference product, double quantity) {}

    /**
     * What is known of the customer in this company.
     *
     * @param deliveries done in the last twelve months; {@code returns} likewise
     * @param returnsLastWeek done in the last seven days
     * @param customerSinceDays since when the customer is known to Odoo
     */
    public record History(int deliveries, int returns, int returnsLastWeek, int customerSinceDays) {}

    public DocumentRef reference() {
        return new DocumentRef("stock.picking", id);
    }
}
