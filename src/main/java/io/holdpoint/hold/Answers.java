package io.holdpoint.hold;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What the answers to one hold amount to. */
final class Answers {

    static final String RELEASE = "release";
    static final String REJECT = "reject";
    static final String RETURN = "return";

    private Answers() {}

    /** One release per person, in order. */
    static List<Holds.Decision> releases(List<Holds.Decision> decisions) {
        var byPerson = new LinkedHashMap<String, Holds.Decision>();
        decisions.stream()
                .filter(decision -> decision.answer().equals(RELEASE))
                .forEach(decision -> byPerson.putIfAbsent(decision.person(), decision));
        return List.copyOf(byPerson.values());
    }

    /** The rejection or return among the answers, if there is one. */
    static Optional<Holds.Decision> refusal(List<Holds.Decision> decisions) {
        return decisions.stream()
                .filter(decision -> !decision.answer().equals(RELEASE))
                .findFirst();
    }
}
