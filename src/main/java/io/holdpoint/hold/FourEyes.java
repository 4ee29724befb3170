package io.holdpoint.hold;

import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Who may not answer: people without the asked role, those whose own document it is, and whoever approved an earlier
 * step, another hold of the document in another role, or deployed a table that was asked. It holds for administrators
 * too.
 */
@Component
class FourEyes {

    private final Holds holds;
    private final CaseFacts caseFacts;
    private final PolicyOwners owners;
    private final IdentityService identity;

    FourEyes(Holds holds, CaseFacts caseFacts, PolicyOwners owners, @Lazy IdentityService identity) {
        this.holds = holds;
        this.caseFacts = caseFacts;
        this.owners = owners;
        this.identity = identity;
    }

    void check(Hold hold, Authority.Mandate mandate, String person, String answer) {
        if (!hasRole(person, mandate.role())) {
            throw new NotAccepted("This hold is answered by the group " + mandate.role() + ", and " + person
                    + " is not a member of it.");
        }
        if (!answer.equals(Answers.RELEASE)) {
            return;
        }
        barred(caseFacts.get(hold.caseId()).barred(), person).ifPresent(barred -> {
            throw new NotAccepted("Four eyes: " + person + " " + barred.why()
                    + " and cannot release it. Someone else of the group " + mandate.role() + " has to.");
        });
        if (Answers.releases(holds.decisions(hold)).stream()
                .anyMatch(decision -> decision.person().equals(person))) {
            throw new NotAccepted("Four eyes: " + person
                    + " has approved an earlier step of this hold. Someone else has to take this one.");
        }
        inAnotherRole(hold, person, mandate.role()).ifPresent(role -> {
            throw new NotAccepted("Four eyes: " + person + " has released another hold of this document as "
                    + Words.of(role) + ". Where policy asks several roles, several people answer.");
        });
        ownTable(hold, person).ifPresent(table -> {
            throw new NotAccepted("Four eyes: " + person + " deployed the table " + table
                    + ", which was asked about this document. Someone else of the group " + mandate.role()
                    + " has to answer.");
        });
    }

    /** The other role, if any, in which this person released another hold of the same case. */
    Optional<String> inAnotherRole(Hold hold, String person, String role) {
        return holds.of(hold.caseId()).stream()
                .filter(other ->
                        other.state() == Hold.State.RELEASED && !other.id().equals(hold.id()))
                .flatMap(other -> Answers.releases(holds.decisions(other)).stream())
                .filter(decision ->
                        decision.person().equals(person) && !decision.role().equals(role))
                .map(Holds.Decision::role)
                .findFirst();
    }

    /** A table that was asked about the document and that this person deployed. */
    Optional<String> ownTable(Hold hold, String person) {
        return owners.deployed(person, hold);
    }

    /** Whether this person is among those who may not release the document, and why. */
    Optional<Facts.Barred> barred(List<Facts.Barred> barred, String person) {
        var email = email(person);
        return barred.stream().filter(one -> one.is(person, email)).findFirst();
    }

    boolean hasRole(String person, String role) {
        return identity.createGroupQuery().groupMember(person).groupId(role).count() > 0;
    }

    private @Nullable String email(String person) {
        User user = identity.createUserQuery().userId(person).singleResult();
        return user == null ? null : user.getEmail();
    }
}
