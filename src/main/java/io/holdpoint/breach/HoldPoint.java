package io.holdpoint.breach;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.Passage;
import io.holdpoint.odoo.Passages;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A place in Odoo that no document passes without a release. Each workflow provides a bean for each of its own.
 *
 * @param workflow whose releases let documents pass, for example order-release
 * @param passages the documents there
 * @param step what passing it is called, for a sentence: "S00042 was confirmed"
 * @param covers whether this answer of Odoo to a command of release is about this document; the two are of the same
 *     case anyway
 * @param bound whether the record binds a document to this hold point that Odoo does not know there any more; it is
 *     asked of what Odoo lets pass
 */
public record HoldPoint(
        String workflow,
        Passages passages,
        String step,
        BiPredicate<Passage, Map<String, Object>> covers,
        Predicate<Passage> bound) {

    /** Where the document that is released is the one that passes. */
    public HoldPoint(String workflow, Passages passages, String step) {
        this(workflow, passages, step, (passage, answer) -> true);
    }

    public HoldPoint(
            String workflow, Passages passages, String step, BiPredicate<Passage, Map<String, Object>> covers) {
        this(workflow, passages, step, covers, passage -> false);
    }

    /** The same hold point, at which the record keeps documents, too. */
    public HoldPoint andWhere(Predicate<Passage> onRecord) {
        return new HoldPoint(workflow, passages, step, covers, onRecord);
    }

    boolean isPast(Passage passage) {
        return passage.passed() || bound.test(passage);
    }

    /** By which its documents and how far it was read are remembered. */
    String name() {
        return workflow + "/" + passages.model();
    }

    /** Whether this line of the record says that Odoo was told to let this document pass, and did. */
    boolean isRelease(Passage passage, Evidence.Entry command) {
        return "release".equals(command.content().get("operation"))
                && command.content().get("answer") instanceof Map<?, ?> answer
                && !"changed".equals(answer.get("status"))
                && covers.test(passage, result(answer));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> result(Map<?, ?> answer) {
        return answer.get("result") instanceof Map<?, ?> result ? (Map<String, Object>) result : Map.of();
    }
}
