package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Customer invoices in Odoo. */
@Component
public final class Invoices {

    private static final List<String> CHANGE = List.of("commercial_partner_id", "write_date");

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
        return odoo.searchRead("account.move", domain, CHANGE, "write_date, id", 0).stream()
                .map(Invoices::change)
                .toList();
    }

    /** How this journal entry stands now; empty when it is gone or has no partner. */
    public Optional<InvoiceChange> change(long id) {
        return odoo.read("account.move", List.of(id), CHANGE).stream()
                .filter(move -> Values.reference(move, "commercial_partner_id") != null)
                .findFirst()
                .map(Invoices::change);
    }

    private static InvoiceChange change(JsonNode invoice) {
        return new InvoiceChange(
                invoice.path("id").asLong(),
                Values.requiredReference(invoice, "commercial_partner_id").id(),
                Values.requiredInstant(invoice, "write_date"));
    }

    /** One invoice as it was changed last. A payment is a change. */
    public record InvoiceChange(long id, long commercialPartnerId, Instant writeDate) {}
}
