package io.holdpoint.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.evidence.CaseAlreadyOpen;
import io.holdpoint.evidence.CaseRequests;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooException;
import io.holdpoint.odoo.OdooIsBack;
import io.holdpoint.odoo.OdooUnavailable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works off the inbox. Odoo is asked first, outside of any transaction; then one transaction opens the case, or tells
 * the open one, and marks the event done.
 */
@Component
class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** An event that fails this often for reasons of its own is put into quarantine; Odoo being away does not count. */
    private static final int PATIENCE = 10;

    /** How often it is looked for a document that is not in Odoo, over a quarter of a minute. */
    private static final int LOOKS = 5;

    private final Inbox inbox;
    private final List<DocumentWorkflow> workflows;
    private final Cases cases;
    private final Evidence evidence;
    private final RuntimeService runtime;
    private final TransactionTemplate transaction;
    private final ObjectMapper json;
    private final AtomicBoolean odooIsBack = new AtomicBoolean();

    Dispatcher(
            Inbox inbox,
            List<DocumentWorkflow> workflows,
            Cases cases,
            Evidence evidence,
            RuntimeService runtime,
            TransactionTemplate transaction,
            ObjectMapper json) {
        this.inbox = inbox;
        this.workflows = workflows;
        this.cases = cases;
        this.evidence = evidence;
        this.runtime = runtime;
        this.transaction = transaction;
        this.json = json;
    }

    /** Whether any workflow is about records of this model, or watches them. */
    boolean knows(String model) {
        return workflows.stream()
                .anyMatch(workflow -> workflow.documents().containsKey(model)
                        || workflow.related().containsKey(model));
    }

    Optional<DocumentWorkflow> workflow(String key) {
        return workflows.stream().filter(workflow -> workflow.key().equals(key)).findFirst();
    }

    /**
     * Only noted: whoever called Odoo is in a transaction of their own, to which the events that wait do not belong.
     */
    @EventListener(OdooIsBack.class)
    void odooIsBack() {
        odooIsBack.set(true);
    }

    /** Works off all events that are due, one after the other, and returns how many. */
    int drain() {
        int worked = 0;
        for (var event = next(); event.isPresent(); event = next()) {
            work(event.get());
            worked++;
        }
        return worked;
    }

    private Optional<Inbox.Event> next() {
        if (odooIsBack.compareAndSet(true, false)) {
            try {
                inbox.odooIsBack();
            } catch (RuntimeException e) {
                odooIsBack.set(true);
                throw e;
            }
        }
        return inbox.claim();
    }

    private void work(Inbox.Event event) {
        try {
            process(event);
        } catch (OdooUnavailable e) {
            inbox.untilOdooIsBack(event, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (e.getCause() instanceof CaseAlreadyOpen || e instanceof OptimisticLockingException) {
                // Somebody else opened or moved the case at the same moment; the next attempt finds it as it is then.
                inbox.later(event, wait(event), String.valueOf(e.getMessage()));
                return;
            }
            LOG.warn("Event {} of {} failed: {}", event.id(), event.source(), e.toString());
            if (event.attempts() + 1 >= PATIENCE) {
                inbox.quarantine(event, "Failed " + PATIENCE + " times, last: " + e.getMessage());
            } else {
                inbox.later(event, wait(event), String.valueOf(e.getMessage()));
            }
        }
    }

    private static Duration wait(Inbox.Event event) {
        var doubled = Inbox.SHORTEST_WAIT.multipliedBy(1L << Math.min(event.attempts(), 10));
        return doubled.compareTo(Inbox.LONGEST_WAIT) > 0 ? Inbox.LONGEST_WAIT : doubled;
    }

    /**
     * What an event came to in one workflow.
     *
     * @param gone whether the document is not in Odoo, and nothing is known of it here either
     */
    private record Result(String answer, @Nullable String caseId, boolean gone) {}

    private void process(Inbox.Event event) {
        var record = DocumentRef.parse(java.util.Objects.requireNonNull(event.document()));
        var works = workflows.stream()
                .filter(workflow -> event.workflow() == null || event.workflow().equals(workflow.key()))
                .flatMap(workflow -> prepare(event, workflow, record).stream())
                .toList();
        transaction.executeWithoutResult(status -> {
            var results = works.stream().map(Supplier::get).toList();
            if (results.isEmpty()) {
                inbox.quarantine(event, "No workflow is about records of " + record.model() + " any more.");
            } else if (results.stream().allMatch(Result::gone)) {
                gone(event, record);
            } else if (!inbox.done(event, answer(results), caseId(results))) {
                // Another node took too long, lost its lease and finished all the same: this one's work is not needed.
                status.setRollbackOnly();
            }
        });
    }

    /**
     * Asks Odoo now, and gives what is left to do in the transaction; empty when the event is not about this workflow.
     */
    private Optional<Supplier<Result>> prepare(Inbox.Event event, DocumentWorkflow workflow, DocumentRef record) {
        var documents = workflow.documents().get(record.model());
        if (documents != null) {
            var standing = look(documents, record);
            // A record may stand for another one, as a return does for its delivery.
            var document = standing.map(DocumentWorkflow.Standing::document).orElse(record);
            return Optional.of(() -> document(event, workflow, document, standing));
        }
        var related = workflow.related().get(record.model());
        if (related == null) {
            return Optional.empty();
        }
        var concerned = related.concerns().apply(record);
        return Optional.of(() -> related(event, workflow, concerned));
    }

    private Result document(
            Inbox.Event event,
            DocumentWorkflow workflow,
            DocumentRef document,
            Optional<DocumentWorkflow.Standing> standing) {
        var data = outsideRequest(event, workflow);
        var requested = standing.isPresent() && data.isPresent()
                || standing.map(DocumentWorkflow.Standing::requested).orElse(false);
        var open = cases.findOpen(workflow.key(), document);
        if (open.isPresent()) {
            var told = tell(event, workflow, document, open.get(), requested, data);
            return new Result(
                    told ? "told the open case" : "the open case looks at Odoo by itself before it goes on",
                    open.get(),
                    false);
        }
        if (requested) {
            var instance = runtime.startProcessInstanceByKey(workflow.key(), document.toString());
            record(event, document, instance.getId(), data);
            return new Result("opened a case", instance.getId(), false);
        }
        if (standing.isEmpty() && !cases.exist(workflow.key(), document)) {
            return new Result(document + " does not exist in Odoo", null, true);
        }
        return new Result("nothing to do: nobody asks for a release of " + document, null, false);
    }

    /** Whoever tells of a document may be faster than Odoo's commit: an Odoo before 19 tells before it. */
    private void gone(Inbox.Event event, DocumentRef document) {
        var why = document + " does not exist in Odoo. Check the id and replay the event.";
        if (event.attempts() + 1 >= LOOKS) {
            inbox.quarantine(event, why);
        } else {
            inbox.later(event, wait(event), why);
        }
    }

    private Result related(Inbox.Event event, DocumentWorkflow workflow, List<DocumentRef> concerned) {
        var documents = concerned.stream()
                .flatMap(one -> workflow.documents().containsKey(one.model())
                        ? Stream.of(one)
                        : cases.openOf(workflow.key(), one).stream())
                .distinct()
                .toList();
        var told = 0;
        for (var document : documents) {
            var open = cases.findOpen(workflow.key(), document);
            if (open.isPresent() && tell(event, workflow, document, open.get(), false, Optional.empty())) {
                told++;
            }
        }
        return new Result("told %d of %d open cases".formatted(told, documents.size()), null, false);
    }

    private static String answer(List<Result> results) {
        return results.stream().map(Result::answer).collect(Collectors.joining("; "));
    }

    private static @Nullable String caseId(List<Result> results) {
        return results.stream()
                .map(Result::caseId)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** A case that is not waiting for the message looks at Odoo by itself before it goes on; it misses nothing. */
    private boolean tell(
            Inbox.Event event,
            DocumentWorkflow workflow,
            DocumentRef document,
            String caseId,
            boolean requested,
            Optional<JsonNode> data) {
        var told = requested ? correlate(workflow.requestedMessage(), caseId) : 0;
        if (told == 0) {
            told = correlate(workflow.changedMessage(), caseId);
        }
        if (told > 0) {
            record(event, document, caseId, data);
        }
        return told > 0;
    }

    private int correlate(String message, String caseId) {
        return runtime.createMessageCorrelation(message)
                .processInstanceId(caseId)
                .correlateAllWithResult()
                .size();
    }

    private void record(Inbox.Event event, DocumentRef document, String caseId, Optional<JsonNode> data) {
        var content = new LinkedHashMap<String, Object>();
        content.put("event", event.eventId());
        content.put("type", event.type());
        content.put("receivedAt", event.receivedAt().toString());
        data.ifPresent(request -> content.put(CaseRequests.DATA, request));
        evidence.record(caseId, document, Evidence.Kind.EVENT, null, event.source(), content);
    }

    /** What is asked for, when the event itself is the request. It was checked when it came in. */
    private Optional<JsonNode> outsideRequest(Inbox.Event event, DocumentWorkflow workflow) {
        if (workflow.outside() == null || !event.type().equals(workflow.key() + ".requested")) {
            return Optional.empty();
        }
        try {
            var data = json.readTree(event.body()).path("data");
            return data.isObject() ? Optional.of(data) : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The body of event " + event.id() + " is no JSON.", e);
        }
    }

    private static Optional<DocumentWorkflow.Standing> look(
            DocumentWorkflow.Documents documents, DocumentRef document) {
        try {
            return documents.look().apply(document);
        } catch (OdooUnavailable e) {
            throw e;
        } catch (OdooException e) {
            throw new IllegalStateException(
                    "Odoo did not let Holdpoint look at " + document + ": " + e.getMessage(), e);
        }
    }
}
