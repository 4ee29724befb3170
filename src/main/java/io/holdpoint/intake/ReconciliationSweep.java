package io.holdpoint.intake;

import io.holdpoint.evidence.Moments;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds what webhooks lost. Odoo sends each hint once, waits a second and forgets; so what changed is read again by
 * write date, with some overlap because Odoo commits later than it stamps, and goes through the same inbox.
 */
@Component
class ReconciliationSweep {

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationSweep.class);
    /** Before any Odoo; a moment that both databases and Odoo can take an overlap from. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final String SOURCE = Inbox.ODOO + "sweep";

    private final List<DocumentWorkflow> workflows;
    private final Inbox inbox;
    private final IntakeProperties properties;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    ReconciliationSweep(
            List<DocumentWorkflow> workflows, Inbox inbox, IntakeProperties properties, JdbcClient jdbc, Clock clock) {
        this.workflows = workflows;
        this.inbox = inbox;
        this.properties = properties;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param requested whether somebody asks for a case of it */
    private record Written(DocumentRef record, Instant at, boolean requested) {

        /**
         * A request is told apart from a change of the same second: with a clock that is ahead of Odoo's the second
         * looks over while it is not.
         */
        private String eventId() {
            return record + "@" + at + (requested ? "/requested" : "");
        }
    }

    /**
     * Looks once at all that changed, and returns how many changes were new to the inbox. What cannot be read now is
     * read the next time, from where the last reading ended; it keeps nothing else from being read.
     */
    int run() {
        int found = 0;
        for (var workflow : workflows) {
            for (var documents : workflow.documents().entrySet()) {
                found += sweep(
                        workflow,
                        documents.getKey(),
                        from -> documents.getValue().changedSince().apply(from).stream()
                                .map(standing ->
                                        new Written(standing.document(), standing.writtenAt(), standing.requested()))
                                .toList());
            }
            for (var related : workflow.related().entrySet()) {
                found += sweep(
                        workflow,
                        related.getKey(),
                        from -> related.getValue().changedSince().apply(from).stream()
                                .map(change -> new Written(change.record(), change.writtenAt(), false))
                                .toList());
            }
        }
        return found;
    }

    private int sweep(DocumentWorkflow workflow, String model, Function<Instant, List<Written>> changes) {
        var name = workflow.key() + "/" + model;
        var before = readTo(name);
        var from = before.map(moment -> moment.minus(properties.sweepOverlap()))
                .orElseGet(() -> beginning(workflow, model));
        List<Written> written;
        try {
            written = changes.apply(from);
            unreadable.remove(name);
        } catch (OdooException e) {
            // Said once, not every minute: an app that is not installed stays that way.
            if (unreadable.add(name)) {
                LOG.warn(
                        "The sweep could not read {} for {} and will look again: {}",
                        model,
                        workflow.key(),
                        e.getMessage());
            }
            return 0;
        }
        int found = 0;
        var latest = from;
        // Odoo tells write dates to the second: a change counts when its second is over, for until then another one may
        // come that looks the same.
        var over = clock.instant().minusSeconds(1);
        for (var change : written) {
            if (change.at().isAfter(over)) {
                continue;
            }
            var receipt = inbox.receive(
                    SOURCE,
                    change.eventId(),
                    workflow.key() + ".changed",
                    change.record().toString(),
                    workflow.key(),
                    "{}");
            found += receipt.known() ? 0 : 1;
            latest = change.at().isAfter(latest) ? change.at() : latest;
        }
        // The beginning is kept even when nothing was there yet: while Holdpoint is down, something may come.
        if (before.isEmpty() || latest.isAfter(from)) {
            readTo(name, latest);
        }
        return found;
    }

    /** Documents under control are read from the first one; what only concerns open cases, from a little while ago. */
    private Instant beginning(DocumentWorkflow workflow, String model) {
        return workflow.documents().containsKey(model) ? FIRST : clock.instant().minus(Duration.ofHours(1));
    }

    private Optional<Instant> readTo(String name) {
        return jdbc.sql("select read_to from hp_watermark where name = :name")
                .param("name", name)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private void readTo(String name, Instant moment) {
        var updated = jdbc.sql("update hp_watermark set read_to = :to where name = :name and read_to < :to")
                .param("to", Moments.sql(moment))
                .param("name", name)
                .update();
        if (updated == 0 && readTo(name).isEmpty()) {
            jdbc.sql("insert into hp_watermark (name, read_to) values (:name, :to)")
                    .param("name", name)
                    .param("to", Moments.sql(moment))
                    .update();
        }
    }
}
