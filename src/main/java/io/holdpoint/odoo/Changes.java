package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Records of one model as they were changed last, in one cheap call. */
final class Changes<T> {

    private final Odoo odoo;
    private final String model;
    private final List<String> fields;
    private final List<?> condition;
    private final Function<JsonNode, T> change;

    /**
     * @param fields what is read of a record
     * @param condition which records are of interest, as a domain has it
     * @param change makes it of what was read
     */
    Changes(Odoo odoo, String model, List<String> fields, List<?> condition, Function<JsonNode, T> change) {
        this.odoo = odoo;
        this.model = model;
        this.fields = fields;
        this.condition = condition;
        this.change = change;
    }

    /**
     * Those of interest that were changed at or after this moment, oldest change first. Odoo stamps a change with the
     * start of its transaction, so a change can become visible minutes after its stamp: ask with some overlap.
     */
    List<T> since(Instant from) {
        var domain = List.of(condition, List.of("write_date", ">=", Values.write(from)));
        return odoo.searchRead(model, domain, fields, "write_date, id", 0).stream()
                .map(change)
                .toList();
    }

    /** How this record stands now, of interest or not; empty when Odoo has no such record (any more). */
    Optional<T> of(long id) {
        return odoo.read(model, List.of(id), fields).stream().findFirst().map(change);
    }
}
