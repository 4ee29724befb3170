package io.holdpoint.intake;

import io.holdpoint.odoo.DocumentRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What intake has to know of a workflow. Each workflow provides one as a bean.
 *
 * @param key of the process, for example order-release
 * @param model of its documents, for example sale.order
 * @param changedMessage correlated to an open case when its document or its party changed
 * @param requestedMessage correlated to an open case when somebody asked again
 * @param look how a document stands in Odoo now; empty when it is not there
 * @param changedSince documents under control that changed at or after a moment
 * @param related other models whose changes concern open cases, by model name
 */
public record DocumentWorkflow(
        String key,
        String model,
        String changedMessage,
        String requestedMessage,
        Function<DocumentRef, Optional<Standing>> look,
        Function<Instant, List<Standing>> changedSince,
        Map<String, Related> related) {

    /** How a document stands: when it was written last, and whether somebody asks for a case. */
    public record Standing(DocumentRef document, Instant writtenAt, boolean requested) {}

    /**
     * Records of another model that matter to open cases through their party, as an invoice does through its customer.
     *
     * @param partyOf the party of one record; empty when it is gone or concerns nobody
     * @param changedSince records that changed at or after a moment
     */
    public record Related(
            Function<DocumentRef, Optional<DocumentRef>> partyOf,
            Function<Instant, List<RelatedChange>> changedSince) {}

    public record RelatedChange(DocumentRef record, Instant writtenAt) {}
}
