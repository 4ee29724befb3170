package io.holdpoint.hold;

import io.holdpoint.engine.access.Names;
import io.holdpoint.substitution.Actor;
import io.holdpoint.substitution.StandIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
    private final Names names;
    private final IdentityService identity;

    FourEyes(
            Holds holds,
            Approvals approvals,
            CaseFacts caseFacts,
            PolicyOwners owners,
            StandIns standIns,
            Names names,
            @Lazy IdentityService identity) {
        this.holds = holds;
        this.approvals = approvals;
        this.caseFacts = caseFacts;
        this.owners = owners;
        this.standIns = standIns;
        this.names = names;
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
            throw new NotAccepted("This hold is answered by the group " + Names.group(role) + ", and "
                    + names.person(person)
                    + " is not a member of it and stands in for no member of it, for this document and at this"
                    + " moment.");
        }
        if (!answer.equals(Answers.RELEASE)) {
            return actors.get(0);
        }
        var refusal = refusals(hold, role);
        var refusals = new ArrayList<String>();
        for (var actor : actors) {
            var why = refusal.apply(actor);
            if (why.isEmpty()) {
                return actor;
            }
            refusals.add(why.get());
        }
        throw new NotAccepted("Four eyes: " + refusals.get(0));
    }

    /**
     * Why somebody who has the role, or acts for somebody who has it, may not release the hold; empty when they may.
     * What is on record about the hold is read once for all who are judged.
     */
    Function<Actor, Optional<String>> refusals(Hold hold, String role) {
        var known = new OnRecord(
                hold, role, caseFacts.get(hold.caseId()).barred(), approvals.of(hold), releasesElsewhere(hold));
        return actor -> refusal(known, actor);
    }

    /** @param elsewhere the releases of the other holds of the document */
    private record OnRecord(
            Hold hold,
            String role,
            List<Facts.Barred> barred,
            Approvals.Standing standing,
            List<Holds.Decision> elsewhere) {}

    private Optional<String> refusal(OnRecord known, Actor actor) {
        return unknown(actor)
                .or(() -> own(known, actor))
                .or(() -> already(known, actor))
                .or(() -> inAnotherRole(known.elsewhere(), actor, known.role())
                        .map(other -> subject(other.actor(), actor) + " has released another hold of this document as "
                                + Words.of(other.role())
                                + ". Where policy asks several roles, several people answer."))
                .or(() -> ownTable(known.hold(), actor)
                        .map(owner -> subject(Actor.inOwnRight(owner.person()), actor) + " " + owner.why()
                                + ", and cannot release it. Someone else of the group " + Names.group(known.role())
                                + " has to."));
    }

    /** Without an address nobody can say whose requests are this person's own. */
    private Optional<String> unknown(Actor actor) {
        return actor.people().stream()
                .filter(person -> email(person).isBlank())
                .findFirst()
                .map(person -> names.person(person) + " has no e-mail address here, and own requests are recognised by"
                        + " it. An administrator has to enter it first.");
    }

    private Optional<String> own(OnRecord known, Actor actor) {
        return barred(known.barred(), actor)
                .map(barred -> subject(Actor.inOwnRight(barred.person()), actor) + " " + barred.why()
                        + " and cannot release it. Someone else of the group " + Names.group(known.role())
                        + " has to.");
    }

    private Optional<String> already(OnRecord known, Actor actor) {
        var standing = known.standing();
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
    private String subject(Actor earlier, Actor now) {
        var name = earlier.text(names::person);
        return earlier.equals(now) ? name : name + ", who counts as one person with " + now.text(names::person) + ",";
    }

    /** The decision, if any, by which the same person released another hold of the same case in another role. */
    Optional<Holds.Decision> inAnotherRole(Hold hold, Actor actor, String role) {
        return inAnotherRole(releasesElsewhere(hold), actor, role);
    }

    private static Optional<Holds.Decision> inAnotherRole(List<Holds.Decision> elsewhere, Actor actor, String role) {
        return elsewhere.stream()
                .filter(decision ->
                        decision.actor().isOneWith(actor) && !decision.role().equals(role))
                .findFirst();
    }

    private List<Holds.Decision> releasesElsewhere(Hold hold) {
        return holds.of(hold.caseId()).stream()
                .filter(other ->
                        other.state() == Hold.State.RELEASED && !other.id().equals(hold.id()))
                .flatMap(other -> Answers.releases(holds.decisions(other)).stream())
                .toList();
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
