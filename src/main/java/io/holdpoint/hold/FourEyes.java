package io.holdpoint.hold;

import io.holdpoint.substitution.Actor;
import io.holdpoint.substitution.StandIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Who may not answer: people who neither have the asked role nor stand in for somebody who has it, those whose own
 * document it is, and whoever approved an earlier step, or another hold of the document in another role. Who stands in
 * and who is away count as one person. It holds for administrators too.
 */
@Component
class FourEyes {

    private final Holds holds;
    private final CaseFacts caseFacts;
    private final StandIns standIns;
    private final IdentityService identity;

    FourEyes(Holds holds, CaseFacts caseFacts, StandIns standIns, @Lazy IdentityService identity) {
        this.holds = holds;
        this.caseFacts = caseFacts;
        this.standIns = standIns;
        this.identity = identity;
    }

    /**
     * Who answers, and in whose stead: in their own right where they have the role.
     *
     * @throws NotAccepted when this person may not give this answer
     */
    Actor check(Hold hold, Authority.Mandate mandate, String person, String answer) {
        var actors = standIns.inRole(person, Set.of(mandate.role()), hold.caseId());
        if (actors.isEmpty()) {
            throw new NotAccepted("This hold is answered by the group " + mandate.role() + ", and " + person
                    + " is not a member of it and stands in for no member of it, for this document and at this"
                    + " moment.");
        }
        if (!answer.equals(Answers.RELEASE)) {
            return actors.get(0);
        }
        var refusals = new ArrayList<String>();
        for (var actor : actors) {
            var refusal = refusal(hold, mandate, actor);
            if (refusal.isEmpty()) {
                return actor;
            }
            refusals.add(refusal.get());
        }
        throw new NotAccepted("Four eyes: " + refusals.get(0));
    }

    private Optional<String> refusal(Hold hold, Authority.Mandate mandate, Actor actor) {
        return own(hold, mandate, actor)
                .or(() -> earlierStep(hold, actor))
                .or(() -> inAnotherRole(hold, actor, mandate.role())
                        .map(other -> subject(other.actor(), actor) + " has released another hold of this document as "
                                + Words.of(other.role())
                                + ". Where policy asks several roles, several people answer."));
    }

    private Optional<String> own(Hold hold, Authority.Mandate mandate, Actor actor) {
        return barred(caseFacts.get(hold.caseId()).barred(), actor)
                .map(barred -> subject(Actor.inOwnRight(barred.person()), actor) + " " + barred.why()
                        + " and cannot release it. Someone else of the group " + mandate.role() + " has to.");
    }

    private Optional<String> earlierStep(Hold hold, Actor actor) {
        return Answers.releases(holds.decisions(hold)).stream()
                .map(Holds.Decision::actor)
                .filter(actor::isOneWith)
                .findFirst()
                .map(earlier -> subject(earlier, actor)
                        + " has approved an earlier step of this hold. Someone else has to take this one.");
    }

    /** Who is in the way of whoever wants to answer now. */
    private static String subject(Actor earlier, Actor now) {
        return earlier.equals(now)
                ? earlier.text()
                : earlier.text() + ", who counts as one person with " + now.text() + ",";
    }

    /** The decision, if any, by which the same person released another hold of the same case in another role. */
    Optional<Holds.Decision> inAnotherRole(Hold hold, Actor actor, String role) {
        return holds.of(hold.caseId()).stream()
                .filter(other ->
                        other.state() == Hold.State.RELEASED && !other.id().equals(hold.id()))
                .flatMap(other -> Answers.releases(holds.decisions(other)).stream())
                .filter(decision ->
                        decision.actor().isOneWith(actor) && !decision.role().equals(role))
                .findFirst();
    }

    /**
     * Whose own document it is.
     *
     * @param why in words, for the person who is refused
     */
    record Own(String person, String why) {}

    /** Whether one of these people, who count as one, may not release the document, and why. */
    Optional<Own> barred(List<Facts.Barred> barred, Actor actor) {
        return actor.people().stream()
                .flatMap(person -> barred(barred, person).map(one -> new Own(person, one.why())).stream())
                .findFirst();
    }

    private Optional<Facts.Barred> barred(List<Facts.Barred> barred, String person) {
        var email = email(person);
        return barred.stream().filter(one -> one.is(person, email)).findFirst();
    }

    private @Nullable String email(String person) {
        User user = identity.createUserQuery().userId(person).singleResult();
        return user == null ? null : user.getEmail();
    }
}
