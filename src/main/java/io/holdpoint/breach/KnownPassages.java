package io.holdpoint.breach;

import io.holdpoint.evidence.Moments;
import io.holdpoint.odoo.DocumentRef;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What nobody has to be told of: documents that were past their hold point before Holdpoint looked for the first time,
 * and what was found and reported. It lasts until the document is seen before its hold point again.
 */
@Component
class KnownPassages {

    private final JdbcClient jdbc;
    private final Clock clock;

    KnownPassages(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Findings that are known of this document. */
    Set<String> of(String holdPoint, DocumentRef document) {
        return Set.copyOf(
                jdbc.sql("select finding from hp_known_passage where hold_point = :name and document = :document")
                        .param("name", holdPoint)
                        .param("document", document.toString())
                        .query(String.class)
                        .list());
    }

    /** @return whether it was not known yet */
    @Transactional
    public boolean add(String holdPoint, DocumentRef document, String finding) {
        if (of(holdPoint, document).contains(finding)) {
            return false;
        }
        jdbc.sql("""
                        insert into hp_known_passage (hold_point, document, finding, known_since)
                        values (:name, :document, :finding, :now)
                        """)
                .param("name", holdPoint)
                .param("document", document.toString())
                .param("finding", finding)
                .param("now", Moments.sql(clock.instant()))
                .update();
        return true;
    }

    /** Of documents that are before their hold point (again). */
    void forget(String holdPoint, List<DocumentRef> documents) {
        if (!documents.isEmpty()) {
            jdbc.sql("delete from hp_known_passage where hold_point = :name and document in (:documents)")
                    .param("name", holdPoint)
                    .param(
                            "documents",
                            documents.stream().map(DocumentRef::toString).collect(Collectors.toSet()))
                    .update();
        }
    }
}
