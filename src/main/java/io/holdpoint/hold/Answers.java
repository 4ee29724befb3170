package io.holdpoint.hold;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the answers to one hold amount to. */
final class Answers {

    static final String RELEASE = "release";
    static final String REJECT = "reject";
    static final String RETURN = "return";

    private Answers() {}

    /** One release per person, in order; whoever stands in and the person who is away are one. */
    static List<Holds.Decision> releases(List<Holds.Decision> decisions) {
        var counted = new ArrayList<Holds.Decision>();
        decisions.stream()
                .filter(decision -> decision.answer().equals(RELEASE))
                .filter(decision ->
                        counted.stream().noneMatch(other -> other.actor().isOneWith(decision.actor())))
                .forEach(counted::add);
        return List.copyOf(counted);
    }

    /** The rejection or return among the answers, if there is one. */
    static Optional<Holds.Decision> refusal(List<Holds.Decision> decisions) {
        return decisions.stream()
                .filter(decision -> !decision.answer().equals(RELEASE))
                .findFirst();
    }
}
