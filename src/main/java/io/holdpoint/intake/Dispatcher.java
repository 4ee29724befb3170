package io.holdpoint.intake;

import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooException;
import io.holdpoint.odoo.OdooUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works off the inbox. Odoo is asked first, outside of any transaction; then one transaction opens the case, or tells
 * the open one, and marks the event done.
 */
@Component
class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** An event that fails this often for reasons of its own is put into quarantine; Odoo being away does not count. */
    private static final int PATIENCE = 10;

    private final Inbox inbox;
    private final List<DocumentWorkflow> workflows;
    private final Cases cases;
    private final Evidence evidence;
    private final RuntimeService runtime;
    private final TransactionTemplate transaction;

    Dispatcher(
            Inbox inbox,
            List<DocumentWorkflow> workflows,
            Cases cases,
            Evidence evidence,
            RuntimeService runtime,
            TransactionTemplate transaction) {
        this.inbox = inbox;
        this.workflows = workflows;
        this.cases = cases;
        this.evidence = evidence;
        this.runtime = runtime;
        this.transaction = transaction;
    }

    /** Whether any workflow is about records of this model, or watches them. */
    boolean knows(String model) {
        return workflows.stream()
                .anyMatch(workflow ->
                        workflow.model().equals(model) || workflow.related().containsKey(model));
    }

    Optional<DocumentWorkflow> workflow(String key) {
        return workflows.stream().filter(workflow -> workflow.key().equals(key)).findFirst();
    }

    /** Works off all events that are due, one after the other, and returns how many. */
    int drain() {
        int worked = 0;
        for (var event = inbox.claim(); event.isPresent(); event = inbox.claim()) {
            work(event.get());
            worked++;
        }
        return worked;
    }

    private void work(Inbox.Event event) {
        try {
            process(event);
        } catch (OdooUnavailable e) {
            inbox.later(event, wait(event), "Odoo is unavailable: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("Event {} of {} failed: {}", event.id(), event.source(), e.toString());
            if (event.attempts() + 1 >= PATIENCE) {
                inbox.quarantine(event, "Failed " + PATIENCE + " times, last: " + e.getMessage());
            } else {
                inbox.later(event, wait(event), String.valueOf(e.getMessage()));
            }
        }
    }

    private static Duration wait(Inbox.Event event) {
        var doubled = SHORTEST_WAIT.multipliedBy(1L << Math.min(event.attempts(), 10));
        return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }

    private void process(Inbox.Event event) {
        var record = DocumentRef.parse(java.util.Objects.requireNonNull(event.document()));
        for (var workflow : workflows) {
            if (event.workflow() != null && !event.workflow().equals(workflow.key())) {
                continue;
            }
            if (workflow.model().equals(record.model())) {
                document(event, workflow, record);
            } else if (workflow.related().containsKey(record.model())) {
                related(event, workflow, record);
            }
        }
    }

    private void document(Inbox.Event event, DocumentWorkflow workflow, DocumentRef document) {
        var standing = look(workflow, document);
        transaction.executeWithoutResult(status -> {
            var open = cases.findOpen(workflow.key(), document);
            if (open.isPresent()) {
                if (inbox.done(event, "told the open case", open.get())) {
                    tell(
                            event,
                            workflow,
                            document,
                            open.get(),
                            standing.map(DocumentWorkflow.Standing::requested).orElse(false));
                }
            } else if (standing.isEmpty()) {
                inbox.quarantine(event, document + " does not exist in Odoo. Check the id and replay the event.");
            } else if (!standing.get().requested()) {
                inbox.done(event, "nothing to do: nobody asks for a release of " + document, null);
            } else {
                open(event, workflow, document);
            }
        });
    }

    private void open(Inbox.Event event, DocumentWorkflow workflow, DocumentRef document) {
        var instance = runtime.startProcessInstanceByKey(workflow.key(), document.toString());
        if (!inbox.done(event, "opened a case", instance.getId())) {
            throw new IllegalStateException("Event " + event.id() + " was worked off by another node meanwhile.");
        }
        record(event, document, instance.getId());
    }

    private void related(Inbox.Event event, DocumentWorkflow workflow, DocumentRef record) {
        var related = java.util.Objects.requireNonNull(workflow.related().get(record.model()));
        var party = related.partyOf().apply(record);
        var documents = party.map(known -> cases.openOf(workflow.key(), known)).orElse(List.of());
        transaction.executeWithoutResult(status -> {
            if (!inbox.done(event, "told " + documents.size() + " open cases", null)) {
                return;
            }
            for (var document : documents) {
                cases.findOpen(workflow.key(), document)
                        .ifPresent(open -> tell(event, workflow, document, open, false));
            }
        });
    }

    /** A case that is not waiting for the message looks at Odoo by itself before it goes on; it misses nothing. */
    private void tell(
            Inbox.Event event, DocumentWorkflow workflow, DocumentRef document, String caseId, boolean requested) {
        var told = requested ? correlate(workflow.requestedMessage(), caseId) : 0;
        if (told == 0) {
            told = correlate(workflow.changedMessage(), caseId);
        }
        if (told > 0) {
            record(event, document, caseId);
        }
    }

    private int correlate(String message, String caseId) {
        return runtime.createMessageCorrelation(message)
                .processInstanceId(caseId)
                .correlateAllWithResult()
                .size();
    }

    private void record(Inbox.Event event, DocumentRef document, String caseId) {
        evidence.record(
                caseId,
                document,
                Evidence.Kind.EVENT,
                null,
                event.source(),
                Map.of(
                        "event",
                        event.eventId(),
                        "type",
                        event.type(),
                        "receivedAt",
                        event.receivedAt().toString()));
    }

    private static Optional<DocumentWorkflow.Standing> look(DocumentWorkflow workflow, DocumentRef document) {
        try {
            return workflow.look().apply(document);
        } catch (OdooUnavailable e) {
            throw e;
        } catch (OdooException e) {
            throw new IllegalStateException(
                    "Odoo did not let Holdpoint look at " + document + ": " + e.getMessage(), e);
        }
    }
}
