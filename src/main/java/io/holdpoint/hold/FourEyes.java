package io.holdpoint.hold;

import io.holdpoint.substitution.Actor;
import io.holdpoint.substitution.StandIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Who may not answer: people who neither have the asked role nor stand in for somebody who has it, those whose own
 * document it is or who have no address by which that could be told, and whoever released this hold before, or another
 * hold of the document in another role, or deployed a table that was asked. Who stands in and who is away count as one
 * person. It holds for administrators too.
 */
@Component
class FourEyes {

    private final Holds holds;
    private final Approvals approvals;
    private final CaseFacts caseFacts;
    private final PolicyOwners owners;
    private final StandIns standIns;
    private final IdentityService identity;

    FourEyes(
            Holds holds,
            Approvals approvals,
            CaseFacts caseFacts,
            PolicyOwners owners,
            StandIns standIns,
            @Lazy IdentityService identity) {
        this.holds = holds;
        this.approvals = approvals;
        this.caseFacts = caseFacts;
        this.owners = owners;
        this.standIns = standIns;
        this.identity = identity;
    }

    /**
     * Who answers, and in whose stead: in their own right where they have the role.
     *
     * @throws NotAccepted when this person may not give this answer
     */
    Actor check(Hold hold, String role, String person, String answer) {
        var actors = standIns.inRole(person, Set.of(role), hold.caseId());
        if (actors.isEmpty()) {
            throw new NotAccepted("This hold is answered by the group " + role + ", and " + person
                    + " is not a member of it and stands in for no member of it, for this document and at this"
                    + " moment.");
        }
        if (!answer.equals(Answers.RELEASE)) {
            return actors.get(0);
        }
        var refusals = new ArrayList<String>();
        for (var actor : actors) {
            var refusal = refusal(hold, role, actor);
            if (refusal.isEmpty()) {
                return actor;
            }
            refusals.add(refusal.get());
        }
        throw new NotAccepted("Four eyes: " + refusals.get(0));
    }

    private Optional<String> refusal(Hold hold, String role, Actor actor) {
        return unknown(actor)
                .or(() -> own(hold, role, actor))
                .or(() -> already(hold, actor))
                .or(() -> inAnotherRole(hold, actor, role)
                        .map(other -> subject(other.actor(), actor) + " has released another hold of this document as "
                                + Words.of(other.role())
                                + ". Where policy asks several roles, several people answer."))
                .or(() -> ownTable(hold, actor)
                        .map(owner -> subject(Actor.inOwnRight(owner.person()), actor) + " " + owner.why()
                                + ", and cannot release it. Someone else of the group " + role + " has to."));
    }

    /** Without an address nobody can say whose requests are this person's own. */
    private Optional<String> unknown(Actor actor) {
        return actor.people().stream()
                .filter(person -> email(person).isBlank())
                .findFirst()
                .map(person -> person + " has no e-mail address here, and own requests are recognised by it. An"
                        + " administrator has to enter it first.");
    }

    private Optional<String> own(Hold hold, String role, Actor actor) {
        return barred(caseFacts.get(hold.caseId()).barred(), actor)
                .map(barred -> subject(Actor.inOwnRight(barred.person()), actor) + " " + barred.why()
                        + " and cannot release it. Someone else of the group " + role + " has to.");
    }

    private Optional<String> already(Hold hold, Actor actor) {
        var standing = approvals.of(hold);
        var step = standing.current().map(Authority.Mandate::step).orElse(1);
        return standing.counted().stream()
                .filter(earlier -> actor.isOneWith(earlier.actor()))
                .findFirst()
                .map(earlier -> subject(earlier.actor(), actor)
                        + (earlier.step() == step
                                ? " has released this hold already. Policy asks for different people."
                                : " has approved an earlier step of this hold. Someone else has to take this one."));
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
     * Whose own document it is, or whose own rule.
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

    /** A table that was asked about the document and that one of these people, who count as one, deployed. */
    Optional<Own> ownTable(Hold hold, Actor actor) {
        return actor.people().stream()
                .flatMap(person -> owners
                        .deployed(person, hold)
                        .map(table ->
                                new Own(person, "deployed the table " + table + ", by which this document is judged"))
                        .stream())
                .findFirst();
    }

    private Optional<Facts.Barred> barred(List<Facts.Barred> barred, String person) {
        var email = email(person);
        return barred.stream().filter(one -> one.is(person, email)).findFirst();
    }

    private String email(String person) {
        User user = identity.createUserQuery().userId(person).singleResult();
        return user == null || user.getEmail() == null ? "" : user.getEmail();
    }
}
