package io.holdpoint.hold;

import io.holdpoint.engine.access.Names;
import io.holdpoint.substitution.Actor;
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
    private final Names names;

    Separation(Holds holds, CaseFacts caseFacts, FourEyes fourEyes, Names names) {
        this.holds = holds;
        this.caseFacts = caseFacts;
        this.fourEyes = fourEyes;
        this.names = names;
    }

    /** Whether a hold with this code was released in this case. */
    public boolean isReleased(String caseId, String code) {
        return holds.released(caseId, code).isPresent();
    }

    /** Whether four eyes keep this person, in their own right, from releasing a hold for which this role is asked. */
    public boolean mayNotRelease(String holdId, String person, String role) {
        var hold = holds.get(holdId);
        var actor = Actor.inOwnRight(person);
        return barred(hold.caseId(), actor).isPresent()
                || Answers.releases(holds.decisions(hold)).stream()
                        .anyMatch(decision -> decision.actor().isOneWith(actor))
                || fourEyes.inAnotherRole(hold, actor, role).isPresent();
    }

    /**
     * All who released a hold of this case, or in whose stead somebody did, whether or not the release still stands.
     */
    public Set<String> whoReleased(String caseId) {
        return holds.of(caseId).stream()
                .flatMap(hold -> Answers.releases(holds.decisions(hold)).stream())
                .flatMap(decision -> decision.actor().people().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Whose own document it is among the people who act as one, and why, as in "Max asked for the release"; empty when
     * it is nobody's.
     */
    public Optional<String> barred(String caseId, Actor actor) {
        return caseFacts
                .latest(caseId)
                .flatMap(facts -> fourEyes.barred(facts.barred(), actor))
                .map(own -> names.person(own.person()) + " " + own.why());
    }
}
