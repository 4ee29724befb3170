package io.holdpoint.odoo;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is at one hold point in Odoo, read as it is, by what the technical user may read anyway: neither a guard nor
 * anything else that the setup made is asked to judge.
 */
public interface Passages {

    String model();

    /** Reads all that was written at or after this moment, past the hold point or not, page by page. */
    void writtenSince(Instant from, Consumer<List<Passage>> page);

    /** Reads all that may be past the hold point now, page by page. */
    void past(Consumer<List<Passage>> page);

    /** How this one stands; empty when Odoo has no such record (any more). */
    Optional<Passage> of(long id);
}
