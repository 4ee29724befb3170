package io.holdpoint.odoo;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Customer invoices in Odoo. */
@Component
public final class Invoices {

    private final Odoo odoo;

    public Invoices(Odoo odoo) {
        this.odoo = odoo;
    }

    /**
     * Customer invoices and credit notes that were changed at or after this moment, oldest change first. As with
     * orders, ask with some overlap.
     */
    public List<InvoiceChange> changedSince(Instant from) {
        var domain = List.of(
                List.of("move_type", "in", List.of("out_invoice", "out_refund")),
                List.of("write_date", ">=", Values.write(from)),
                List.of("commercial_partner_id", "!=", false));
        var fields = List.of("commercial_partner_id", "write_date");
        return odoo.searchRead("account.move", domain, fields, "write_date, id", 0).stream()
                .map(invoice -> new InvoiceChange(
                        invoice.path("id").asLong(),
                        Values.requiredReference(invoice, "commercial_partner_id")
                                .id(),
                        Values.requiredInstant(invoice, "write_date")))
                .toList();
    }

    /** One invoice as it was changed last. A payment is a change. */
    public record InvoiceChange(long id, long commercialPartnerId, Instant writeDate) {}
}
