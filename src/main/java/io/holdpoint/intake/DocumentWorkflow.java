package io.holdpoint.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.odoo.DocumentRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What intake has to know of a workflow. Each workflow provides one as a bean.
 *
 * @param key of the process, for example order-release
 * @param documents models of its documents, for example sale.order
 * @param changedMessage correlated to an open case when its document or its party changed
 * @param requestedMessage correlated to an open case when somebody asked again
 * @param related other models whose changes concern open cases, by model name
 * @param outside how the workflow takes requests from outside of Odoo; null when it takes none
 */
public record DocumentWorkflow(
        String key,
        Map<String, Documents> documents,
        String changedMessage,
        String requestedMessage,
        Map<String, Related> related,
        @Nullable OutsideRequests outside) {

    /**
     * Documents of one model.
     *
     * @param look how a document stands in Odoo now; empty when it is not there
     * @param changedSince documents under control that changed at or after a moment
     */
    public record Documents(
            Function<DocumentRef, Optional<Standing>> look, Function<Instant, List<Standing>> changedSince) {}

    /** How a document stands: when it was written last, and whether somebody asks for a case. */
    public record Standing(DocumentRef document, Instant writtenAt, boolean requested) {}

    /**
     * Records of another model that matter to open cases, as an invoice does through its customer and a receipt through
     * its order.
     *
     * @param concerns the documents and parties that one record concerns; none when it is gone
     * @param changedSince records that changed at or after a moment
     */
    public record Related(
            Function<DocumentRef, List<DocumentRef>> concerns, Function<Instant, List<RelatedChange>> changedSince) {}

    public record RelatedChange(DocumentRef record, Instant writtenAt) {}

    /**
     * A request that comes with the event itself: {@code <key>.requested} with {@code data}.
     *
     * @param check what is wrong with the data about a document, naming the field and the remedy; empty when the
     *     request can be taken
     */
    public record OutsideRequests(BiFunction<DocumentRef, JsonNode, Optional<String>> check) {}
}
