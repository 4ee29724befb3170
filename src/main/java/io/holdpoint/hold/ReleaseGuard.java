package io.holdpoint.hold;

import io.holdpoint.engine.Unretryable;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.substitution.Actor;
import io.holdpoint.substitution.StandIns;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The guard at the effect. Just before a document is released it is judged once more, from the record alone, whether
 * everybody whose authority policy asked for has given it. However the case got here, by modification, by start
 * instructions or by variables somebody set, without that it goes no further.
 */
@Component
public class ReleaseGuard {

    private final Holds holds;
    private final Approvals approvals;
    private final PolicyRecord policy;
    private final FourEyes fourEyes;
    private final StandIns standIns;
    private final Answered answered;
    private final Evidence evidence;

    ReleaseGuard(
            Holds holds,
            Approvals approvals,
            PolicyRecord policy,
            FourEyes fourEyes,
            StandIns standIns,
            Answered answered,
            Evidence evidence) {
        this.holds = holds;
        this.approvals = approvals;
        this.policy = policy;
        this.fourEyes = fourEyes;
        this.standIns = standIns;
        this.answered = answered;
        this.evidence = evidence;
    }

    /**
     * Lets the case pass and puts in words on whose decisions it does.
     *
     * @param now the facts as they are in Odoo at this moment
     * @throws ReleaseForbidden naming what is missing; the attempt stays on record
     */
    public String verify(String caseId, DocumentRef document, String element, Facts now) {
        try {
            var findings = policy.findings(caseId)
                    .orElseThrow(() -> new ReleaseForbidden("Policy was never asked about this document."));
            findings.forEach(finding -> verify(caseId, finding, now));
            return answered.releases(caseId);
        } catch (ReleaseForbidden e) {
            evidence.recordRefusal(
                    caseId, document, element, Evidence.SYSTEM, Map.of("why", String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private void verify(String caseId, Finding finding, Facts now) {
        var hold = holds.released(caseId, finding.code())
                .filter(released -> released.covers(finding, now.party().toString()))
                .orElseThrow(() -> new ReleaseForbidden(
                        "The hold " + finding.code() + " was not released by anybody with authority."));
        var standing = approvals.of(hold);
        if (standing.current().isEmpty()) {
            throw new ReleaseForbidden("Nobody was asked about the hold " + finding.code() + ".");
        }
        standing.releases().forEach(decision -> verify(hold, decision, standing, now));
        if (!standing.isReleased()) {
            throw new ReleaseForbidden("The hold " + finding.code() + " has not been released by everybody whom policy"
                    + " asks: at step " + standing.step() + " of " + standing.steps() + " there are "
                    + standing.released(standing.step()) + " releases by different people"
                    + standing.at(standing.step())
                            .map(mandate -> ", and " + mandate.needed() + " of " + mandate.role() + " are needed")
                            .orElse("")
                    + ".");
        }
    }

    private void verify(Hold hold, Holds.Decision decision, Approvals.Standing standing, Facts now) {
        var actor = decision.actor();
        var released = "The hold " + hold.code() + " was released by " + actor.text();
        if (!standing.wasAsked(decision)) {
            throw new ReleaseForbidden(released + " as " + decision.role() + ", whom policy did not ask.");
        }
        if (!standIns.couldAct(
                actor, hold.caseId(), decision.amount(), decision.decidedAt().toInstant())) {
            throw new ReleaseForbidden(
                    released + ", and no substitution for this document was in force at that moment.");
        }
        fourEyes.inAnotherRole(hold, actor, decision.role()).ifPresent(other -> {
            throw new ReleaseForbidden(released + " as " + decision.role() + ", who released another one as "
                    + other.role() + same(other.actor(), actor) + ".");
        });
        fourEyes.ownTable(hold, actor).ifPresent(owner -> {
            throw new ReleaseForbidden(
                    released + ", who " + owner.why() + same(Actor.inOwnRight(owner.person()), actor) + ".");
        });
        fourEyes.barred(now.barred(), actor).ifPresent(barred -> {
            throw new ReleaseForbidden(
                    released + ", who " + barred.why() + same(Actor.inOwnRight(barred.person()), actor) + ".");
        });
    }

    private static String same(Actor other, Actor actor) {
        return other.equals(actor) ? "" : " (" + other.text() + " counts as the same person)";
    }

    /** A release without the authority that policy asks for. */
    static final class ReleaseForbidden extends Unretryable {

        ReleaseForbidden(String message) {
            super("Release forbidden. " + message
                    + " The case stands still; operations looks how it got here and cancels or moves it back.");
        }
    }
}
