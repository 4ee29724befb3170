package io.holdpoint.hold;

import io.holdpoint.engine.access.Names;
import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.substitution.Actor;
import io.holdpoint.substitution.StandIns;
import io.holdpoint.substitution.StandIns.Stead;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * To whom a task may be given by name, and who gets it: where that person is away, whoever stands in. The lists are for
 * forms and as old as the task; what was chosen is judged anew when it is chosen.
 */
@Component
class Colleagues {

    /** In a longer list nobody finds anybody. */
    private static final int MANY = 100;

    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final FourEyes fourEyes;
    private final CaseFacts caseFacts;
    private final StandIns standIns;
    private final Names names;
    private final Calendars calendars;
    private final IdentityService identity;

    Colleagues(
            FourEyes fourEyes,
            CaseFacts caseFacts,
            StandIns standIns,
            Names names,
            Calendars calendars,
            @Lazy IdentityService identity) {
        this.fourEyes = fourEyes;
        this.caseFacts = caseFacts;
        this.standIns = standIns;
        this.names = names;
        this.calendars = calendars;
        this.identity = identity;
    }

    /**
     * The choices of a form: members of the role who may release the hold, or for whom somebody may who stands in.
     *
     * @param except who has the task; null when nobody has
     */
    List<Map<String, String>> whoMayRelease(Hold hold, String role, @Nullable String except) {
        var refusals = fourEyes.refusals(hold, role);
        return choices(
                hold,
                role,
                (member, actor) ->
                        !member.getId().equals(except) && refusals.apply(actor).isEmpty(),
                member -> "");
    }

    /** The choices of a form: members of the role that knows the document, each with what they have to do with it. */
    List<Map<String, String>> whoMayBeAsked(Hold hold, String role) {
        var involved = caseFacts.get(hold.caseId()).barred();
        return choices(
                hold,
                role,
                (member, actor) -> true,
                member -> involved.stream()
                        .filter(one -> one.is(member.getId(), member.getEmail() == null ? "" : member.getEmail()))
                        .findFirst()
                        .map(one -> ", who " + one.why())
                        .orElse(""));
    }

    private List<Map<String, String>> choices(
            Hold hold, String role, BiPredicate<User, Actor> accepted, Function<User, String> addition) {
        var members = identity.createUserQuery().memberOfGroup(role).listPage(0, MANY);
        var ids = members.stream().map(User::getId).collect(Collectors.toSet());
        var absences = standIns.absences(hold.caseId());
        return members.stream()
                .flatMap(member -> reached(member.getId(), absences).stream()
                        .map(actor -> ids.contains(actor.person()) ? Actor.inOwnRight(actor.person()) : actor)
                        .filter(actor -> accepted.test(member, actor))
                        .limit(1)
                        .map(actor -> Map.of(
                                "value",
                                member.getId(),
                                "label",
                                Names.person(member)
                                        + addition.apply(member)
                                        + absence(absences.get(member.getId()), actor))))
                .sorted(Comparator.comparing(choice -> String.valueOf(choice.get("label"))))
                .toList();
    }

    private String absence(@Nullable List<Stead> away, Actor actor) {
        return away == null
                ? ""
                : " (away until " + lastDay(away) + ", " + names.person(actor.person()) + " stands in)";
    }

    /** Those who get what this person is given, the first who may: the person, or whoever is there in the stead. */
    private static List<Actor> reached(String person, Map<String, List<Stead>> absences) {
        return absences.containsKey(person)
                ? absences.get(person).stream()
                        .filter(stead -> !absences.containsKey(stead.substitute()))
                        .map(Stead::actor)
                        .toList()
                : List.of(Actor.inOwnRight(person));
    }

    /**
     * Who gets a hold that is forwarded to this person.
     *
     * @param by who forwards it
     * @throws NotAccepted when neither the person nor whoever stands in may release it
     */
    Actor forwarded(Hold hold, String role, Actor by, String person) {
        return given(hold, role, by, person, one -> fourEyes.check(hold, role, one, Answers.RELEASE));
    }

    /**
     * Who gets a question that this person is asked.
     *
     * @param by who asks
     * @throws NotAccepted when the person does not have the role that knows the document
     */
    Actor asked(Hold hold, String role, Actor by, String person) {
        return given(
                hold,
                role,
                by,
                person,
                one -> standIns.inRole(one, Set.of(role), hold.caseId()).stream()
                        .findFirst()
                        .orElseThrow(() -> new NotAccepted("Questions about this document are answered by the group "
                                + Names.group(role) + ", and " + names.person(one) + " is not a member of it.")));
    }

    private Actor given(Hold hold, String role, Actor by, String person, Function<String, Actor> judge) {
        if (by.people().contains(person)) {
            throw new NotAccepted(names.person(person) + " counts as you. Name somebody else.");
        }
        var absences = standIns.absences(hold.caseId());
        var away = absences.get(person);
        if (away == null || standIns.inRole(person, Set.of(role), hold.caseId()).isEmpty()) {
            return judge.apply(person);
        }
        var why = "";
        for (var one : reached(person, absences)) {
            if (by.people().contains(one.person())) {
                throw new NotAccepted(names.person(person) + " is away until " + lastDay(away)
                        + ", and you stand in. Name somebody else.");
            }
            try {
                return judge.apply(one.person());
            } catch (NotAccepted e) {
                why = why.isEmpty() ? " " + e.getMessage() : why;
            }
        }
        var substitute = names.person(away.get(0).substitute());
        throw new NotAccepted(names.person(person) + " is away until " + lastDay(away) + ", and "
                + (why.isEmpty()
                        ? "so is " + substitute + ", who stands in. Name somebody else."
                        : substitute + " stands in." + why));
    }

    /** The last whole day of an absence; days are those of the calendar for everybody, as where it was named. */
    private String lastDay(List<Stead> away) {
        return calendars.of(Map.of()).dayText(away.get(0).until().minus(MOMENT));
    }
}
