package io.holdpoint.evidence;

import io.holdpoint.odoo.DocumentRef;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The register of cases. A unique column, not a check, keeps one open case per workflow and document, whichever way it
 * was started.
 */
@Component
public class Cases {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate elsewhere;

    Cases(JdbcClient jdbc, Clock clock, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.elsewhere = new TransactionTemplate(transactions);
        this.elsewhere.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * What a case is about.
     *
     * @param amount of the document as it was read last, in the currency of its company; null when it was not read yet
     */
    public record Matter(
            String caseId,
            DocumentRef document,
            String workflow,
            @Nullable Double amount) {}

    /** What a case is about; empty when there is no such case. */
    public Optional<Matter> about(String caseId) {
        return jdbc.sql("select case_id, document, workflow, amount from hp_case where case_id = :case")
                .param("case", caseId)
                .query((row, number) -> new Matter(
                        row.getString("case_id"),
                        DocumentRef.parse(row.getString("document")),
                        row.getString("workflow"),
                        row.getObject("amount", Double.class)))
                .optional();
    }

    /**
     * Registers a case; fails when one is open for this workflow and document.
     *
     * @throws CaseAlreadyOpen naming the open case
     */
    public void open(String caseId, String workflow, DocumentRef document, @Nullable String person) {
        var already = findOpen(workflow, document);
        if (already.isPresent()) {
            throw new CaseAlreadyOpen(workflow, document, already.get());
        }
        try {
            jdbc.sql("""
                            insert into hp_case (case_id, workflow, document, open_key, opened_at, opened_by)
                            values (:case, :workflow, :document, :key, :now, :person)
                            """)
                    .param("case", caseId)
                    .param("workflow", workflow)
                    .param("document", document.toString())
                    .param("key", openKey(workflow, document))
                    .param("now", Moments.sql(clock.instant()))
                    .param("person", person)
                    .update();
        } catch (DuplicateKeyException e) {
            // Somebody else opened it between the look and the insert; the constraint decided. This transaction is
            // lost, so another one looks which case it is.
            var winner = elsewhere.execute(status -> findOpen(workflow, document));
            throw new CaseAlreadyOpen(
                    workflow,
                    document,
                    Optional.ofNullable(winner).flatMap(open -> open).orElse("opened and closed at the same moment"),
                    e);
        }
    }

    /** Makes steps of one case that run at the same time come one after the other, until the transaction ends. */
    public void lock(String caseId) {
        jdbc.sql("select case_id from hp_case where case_id = :case for update")
                .param("case", caseId)
                .query(String.class)
                .optional();
    }

    /** Closes a case; a second call changes nothing. */
    public void close(String caseId, String outcome) {
        jdbc.sql("""
                        update hp_case set open_key = null, closed_at = :now, outcome = :outcome
                        where case_id = :case and closed_at is null
                        """)
                .param("case", caseId)
                .param("outcome", outcome)
                .param("now", Moments.sql(clock.instant()))
                .update();
    }

    /**
     * Keeps whose matters decide the case, so that a change there finds it, and of how much it is about.
     *
     * @param amount in the currency of the document's company; zero where the document has none
     */
    public void concerns(String caseId, DocumentRef party, double amount) {
        jdbc.sql("update hp_case set party = :party, amount = :amount where case_id = :case")
                .param("case", caseId)
                .param("party", party.toString())
                .param("amount", amount)
                .update();
    }

    /** The open case of this workflow for this document. */
    public Optional<String> findOpen(String workflow, DocumentRef document) {
        return jdbc.sql("select case_id from hp_case where open_key = :key")
                .param("key", openKey(workflow, document))
                .query(String.class)
                .optional();
    }

    /** The workflow of a case; empty when there is no such case. */
    public Optional<String> workflowOf(String caseId) {
        return jdbc.sql("select workflow from hp_case where case_id = :case")
                .param("case", caseId)
                .query(String.class)
                .optional();
    }

    /** Whether there ever was a case of this workflow for this document. */
    public boolean exist(String workflow, DocumentRef document) {
        return jdbc.sql("select count(*) from hp_case where document = :document and workflow = :workflow")
                        .param("document", document.toString())
                        .param("workflow", workflow)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether the latest case of this workflow for this document is open, or ended in one of these ways. */
    public boolean latestIsOpenOr(Set<String> outcomes, String workflow, DocumentRef document) {
        return jdbc
                .sql("""
                        select coalesce(outcome, '') from hp_case
                        where document = :document and workflow = :workflow order by opened_at desc
                        """)
                .param("document", document.toString())
                .param("workflow", workflow)
                .query(String.class)
                .list()
                .stream()
                .findFirst()
                .filter(outcome -> outcome.isEmpty() || outcomes.contains(outcome))
                .isPresent();
    }

    /** The open cases of this workflow that are decided by the matters of this party. */
    public List<DocumentRef> openOf(String workflow, DocumentRef party) {
        return jdbc
                .sql("""
                        select document from hp_case
                        where party = :party and workflow = :workflow and open_key is not null order by opened_at
                        """)
                .param("party", party.toString())
                .param("workflow", workflow)
                .query(String.class)
                .list()
                .stream()
                .map(DocumentRef::parse)
                .toList();
    }

    private static String openKey(String workflow, DocumentRef document) {
        return workflow + "|" + document;
    }
}
