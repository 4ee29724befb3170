package io.holdpoint.hold;

import io.holdpoint.evidence.Moments;
import io.holdpoint.odoo.DocumentRef;
import java.time.Instant;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What our own record says of the holds of a party in other cases. */
@Component
public class PastHolds {

    private final JdbcClient jdbc;

    PastHolds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * In how many other cases a hold of one of these codes was released for this party.
     *
     * @param since when it was released at the earliest
     */
    public long released(
            String workflow, DocumentRef party, Collection<String> codes, Instant since, String exceptCase) {
        return jdbc.sql("""
                        select count(distinct hold.case_id) from hp_hold hold join hp_case hp on hp.case_id = hold.case_id
                        where hold.party = :party and hp.workflow = :workflow and hold.code in (:codes)
                        and hold.state = 'RELEASED' and hold.closed_at >= :since and hold.case_id <> :except
                        """)
                .param("party", party.toString())
                .param("workflow", workflow)
                .param("codes", codes)
                .param("since", Moments.sql(since))
                .param("except", exceptCase)
                .query(Long.class)
                .single();
    }
}
