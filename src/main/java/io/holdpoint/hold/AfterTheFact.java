package io.holdpoint.hold;

import io.holdpoint.odoo.DocumentRef;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What people say of a document that went on before they were asked, in words. Where they do not agree, nothing can be
 * taken back any more: that, who said so and why, is all that is left to keep.
 */
@Component
public class AfterTheFact {

    private final Holds holds;
    private final Authority authority;
    private final Answered answered;

    AfterTheFact(Holds holds, Authority authority, Answered answered) {
        this.holds = holds;
        this.authority = authority;
        this.answered = answered;
    }

    /** Which holds are open and who is asked about each; empty when everybody has answered. */
    public String unanswered(String caseId) {
        return holds.open(caseId).stream()
                .map(hold -> hold.title()
                        + authority
                                .current(hold)
                                .map(mandate -> " (" + mandate.text() + ")")
                                .orElse(""))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Takes back what is still asked, and says who refused and why, or who was asked and did not answer. */
    public String refused(String caseId, DocumentRef document) {
        var refusals = answered.refusals(caseId);
        var words = refusals.isEmpty() ? "Nobody answered in time: " + unanswered(caseId) + "." : refusals;
        holds.closeOpen(
                caseId,
                document,
                refusals.isEmpty() ? Hold.State.EXPIRED : Hold.State.WITHDRAWN,
                refusals.isEmpty() ? "nobody decided in time" : "another hold was not released");
        return words;
    }
}
