package io.holdpoint.hold;

import io.holdpoint.engine.Unretryable;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import java.util.HashSet;
import java.util.List;
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
    private final Authority authority;
    private final PolicyRecord policy;
    private final FourEyes fourEyes;
    private final Answered answered;
    private final Evidence evidence;

    ReleaseGuard(
            Holds holds,
            Authority authority,
            PolicyRecord policy,
            FourEyes fourEyes,
            Answered answered,
            Evidence evidence) {
        this.holds = holds;
        this.authority = authority;
        this.policy = policy;
        this.fourEyes = fourEyes;
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
        var mandates = authority.mandates(hold);
        var needed = mandates.stream()
                .mapToInt(Authority.Mandate::steps)
                .max()
                .orElseThrow(() -> new ReleaseForbidden("Nobody was asked about the hold " + finding.code() + "."));
        var people = new HashSet<String>();
        for (var decision : Answers.releases(holds.decisions(hold))) {
            verify(hold, decision, mandates, now);
            people.add(decision.person());
        }
        if (people.size() < needed) {
            throw new ReleaseForbidden("The hold " + finding.code() + " needs " + needed
                    + " releases by different people and has " + people.size() + ".");
        }
    }

    private void verify(Hold hold, Holds.Decision decision, List<Authority.Mandate> mandates, Facts now) {
        var asked = mandates.stream()
                .anyMatch(mandate ->
                        mandate.step() == decision.step() && mandate.role().equals(decision.role()));
        if (!asked) {
            throw new ReleaseForbidden("The hold " + hold.code() + " was released by " + decision.person() + " as "
                    + decision.role() + ", whom policy did not ask.");
        }
        fourEyes.inAnotherRole(hold, decision.person(), decision.role()).ifPresent(role -> {
            throw new ReleaseForbidden("The hold " + hold.code() + " was released by " + decision.person() + " as "
                    + decision.role() + ", who released another one as " + role + ".");
        });
        fourEyes.ownTable(hold, decision.person()).ifPresent(table -> {
            throw new ReleaseForbidden("The hold " + hold.code() + " was released by " + decision.person()
                    + ", who deployed the table " + table + " that was asked.");
        });
        fourEyes.barred(now.barred(), decision.person()).ifPresent(barred -> {
            throw new ReleaseForbidden("The hold " + hold.code() + " was released by " + decision.person() + ", who "
                    + barred.why() + ".");
        });
    }

    /** A release without the authority that policy asks for. */
    static final class ReleaseForbidden extends Unretryable {

        ReleaseForbidden(String message) {
            super("Release forbidden. " + message
                    + " The case stands still; operations looks how it got here and cancels or moves it back.");
        }
    }
}
