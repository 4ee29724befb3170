package io.holdpoint.hold;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Who had which part in a case, for steps that one person may not do both of. */
@Component
public class Separation {

    private final Holds holds;
    private final CaseFacts caseFacts;
    private final FourEyes fourEyes;

    Separation(Holds holds, CaseFacts caseFacts, FourEyes fourEyes) {
        this.holds = holds;
        this.caseFacts = caseFacts;
        this.fourEyes = fourEyes;
    }

    public boolean hasRole(String person, String role) {
        return fourEyes.hasRole(person, role);
    }

    /** Whether a hold with this code was released in this case. */
    public boolean isReleased(String caseId, String code) {
        return holds.released(caseId, code).isPresent();
    }

    /** Whether four eyes keep this person from releasing a hold for which this role is asked. */
    public boolean mayNotRelease(String holdId, String person, String role) {
        var hold = holds.get(holdId);
        return barred(hold.caseId(), person).isPresent()
                || Answers.releases(holds.decisions(hold)).stream()
                        .anyMatch(decision -> decision.person().equals(person))
                || fourEyes.inAnotherRole(hold, person, role).isPresent();
    }

    /** All who released a hold of this case, whether or not their release still stands. */
    public Set<String> whoReleased(String caseId) {
        return holds.of(caseId).stream()
                .flatMap(hold -> Answers.releases(holds.decisions(hold)).stream())
                .map(Holds.Decision::person)
                .collect(Collectors.toSet());
    }

    /** Why this person's own document it is, in words; empty when it is not. */
    public Optional<String> barred(String caseId, String person) {
        return caseFacts
                .latest(caseId)
                .flatMap(facts -> fourEyes.barred(facts.barred(), person))
                .map(Facts.Barred::why);
    }
}
