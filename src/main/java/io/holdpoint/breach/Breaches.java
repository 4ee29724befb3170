package io.holdpoint.breach;

import io.holdpoint.engine.access.Role;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import io.holdpoint.odoo.Passage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts what the detective run found on record and gives it to people, each once. */
@Component
class Breaches {

    private final KnownPassages known;
    private final Cases cases;
    private final CaseFacts caseFacts;
    private final Evidence evidence;
    private final RuntimeService runtime;

    Breaches(KnownPassages known, Cases cases, CaseFacts caseFacts, Evidence evidence, RuntimeService runtime) {
        this.known = known;
        this.cases = cases;
        this.caseFacts = caseFacts;
        this.evidence = evidence;
        this.runtime = runtime;
    }

    /**
     * Reports a finding, in one transaction with remembering it. What else is found about a document whose breach is
     * still being cleared up goes to the same case.
     *
     * @return whether it was new
     */
    @Transactional
    public boolean report(HoldPoint holdPoint, Passage passage, Finding finding, BreachFacts.Read read) {
        if (!known.add(holdPoint.name(), passage.document(), finding.key())) {
            return false;
        }
        var document = passage.document();
        var caseId = cases.findOpen(BreachProcess.KEY, document)
                .orElseGet(() -> runtime.startProcessInstanceByKey(BreachProcess.KEY, document.toString())
                        .getId());
        caseFacts.record(caseId, document, BreachProcess.FOUND, withEarlier(caseId, read.facts()));
        evidence.record(
                caseId,
                document,
                Evidence.Kind.BREACH,
                BreachProcess.FOUND,
                Evidence.SYSTEM,
                content(passage, finding, read));
        return true;
    }

    /** Whoever had a hand in one finding of a case does not clear up the others either. */
    private Facts withEarlier(String caseId, Facts facts) {
        var barred = new LinkedHashSet<>(facts.barred());
        caseFacts.latest(caseId).ifPresent(earlier -> barred.addAll(earlier.barred()));
        return new Facts(
                facts.values(), facts.currency(), facts.party(), List.copyOf(barred), facts.material(), facts.brief());
    }

    private static Map<String, Object> content(Passage passage, Finding finding, BreachFacts.Read read) {
        var content = new LinkedHashMap<String, Object>();
        content.put("what", finding.kind());
        content.put("why", (finding.words() + " " + read.who()).strip());
        content.put("role", Role.AUDITOR.id());
        content.put("about", passage.about().toString());
        content.put("passedBy", read.passedBy());
        if (read.passedAt() != null) {
            content.put("passedAt", read.passedAt().toString());
        }
        if (passage.loss() == null) {
            content.put("writtenBy", read.writtenBy());
            content.put("writtenAt", passage.writtenAt().toString());
        } else {
            content.put("quantity", passage.loss().quantity());
            content.put("place", passage.loss().place());
        }
        if (!read.guards().isEmpty()) {
            content.put("guards", read.guards());
        }
        return content;
    }
}
