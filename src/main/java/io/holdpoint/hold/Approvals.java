package io.holdpoint.hold;

import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.hold.Authority.Mandate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * How far a hold has got with those whom policy asks: judged from the record alone, and everywhere the same, when
 * people are asked, when they answer, when the hold is settled and when its document is released.
 */
@Component
class Approvals {

    private final Holds holds;
    private final Evidence evidence;

    Approvals(Holds holds, Evidence evidence) {
        this.holds = holds;
        this.evidence = evidence;
    }

    /** The hold as it stands now, of answers to other numbers nothing counts. */
    Standing of(Hold hold) {
        var mandates = new ArrayList<Mandate>();
        var askedBy = new HashMap<String, Mandate>();
        for (var line : evidence.all(hold.caseId(), Kind.AUTHORITY, Kind.DECISION)) {
            var content = line.content();
            if (!hold.id().equals(content.get("hold"))) {
                continue;
            }
            if (line.kind() == Kind.DECISION) {
                // The task belongs to whoever was asked last: nobody else is asked while it is open.
                if (!mandates.isEmpty()) {
                    askedBy.put(String.valueOf(content.get("task")), mandates.get(mandates.size() - 1));
                }
            } else if (Integer.valueOf(hold.round()).equals(content.get("round"))) {
                Authority.mandate(content).ifPresent(mandates::add);
            }
        }
        return new Standing(mandates, askedBy, holds.decisions(hold));
    }

    /** Who was asked about a hold, who answered, and what of it counts. */
    static final class Standing {

        /** Who was asked last at each step: what was said before the step was handed up counts no more. */
        private final Map<Integer, Mandate> latest = new LinkedHashMap<>();

        private final Map<String, Mandate> askedBy;
        private final List<Mandate> mandates;
        private final List<Holds.Decision> decisions;
        private final List<Holds.Decision> counted = new ArrayList<>();

        private Standing(List<Mandate> mandates, Map<String, Mandate> askedBy, List<Holds.Decision> decisions) {
            this.mandates = List.copyOf(mandates);
            this.askedBy = Map.copyOf(askedBy);
            this.decisions = List.copyOf(decisions);
            mandates.forEach(mandate -> latest.put(mandate.step(), mandate));
            decisions.stream().filter(this::counts).forEach(counted::add);
        }

        /** Each role as often as it was asked, and each person once; who stands in and who is away are one. */
        private boolean counts(Holds.Decision decision) {
            var mandate = latest.get(decision.step());
            return decision.answer().equals(Answers.RELEASE)
                    && mandate != null
                    && wasAsked(decision)
                    && askedBy(decision)
                            .filter(by -> by.escalation() == mandate.escalation())
                            .isPresent()
                    && remaining(mandate).contains(decision.role())
                    && counted.stream().noneMatch(other -> other.actor().isOneWith(decision.actor()));
        }

        private Optional<Mandate> askedBy(Holds.Decision decision) {
            return Optional.ofNullable(askedBy.get(decision.taskId()));
        }

        /** Whether policy asked this role at this step, and the answer itself stands in the evidence. */
        boolean wasAsked(Holds.Decision decision) {
            return askedBy(decision)
                    .filter(by -> by.step() == decision.step() && by.roles().contains(decision.role()))
                    .isPresent();
        }

        /** The roles that were asked and have not released yet, each as often as it is still asked. */
        List<String> remaining(Mandate mandate) {
            var remaining = new ArrayList<>(mandate.roles());
            counted.stream()
                    .filter(decision -> decision.step() == mandate.step())
                    .forEach(decision -> remaining.remove(decision.role()));
            return List.copyOf(remaining);
        }

        /** Who is asked now; empty before anybody was. */
        Optional<Mandate> current() {
            return mandates.isEmpty() ? Optional.empty() : Optional.of(mandates.get(mandates.size() - 1));
        }

        /** The releases that count, oldest first. */
        List<Holds.Decision> counted() {
            return List.copyOf(counted);
        }

        /** All releases, those that count no more among them. */
        List<Holds.Decision> releases() {
            return decisions.stream()
                    .filter(decision -> decision.answer().equals(Answers.RELEASE))
                    .toList();
        }

        Optional<Holds.Decision> refusal() {
            return Answers.refusal(decisions);
        }

        /** The first step that not enough people have released. */
        int step() {
            var step = 1;
            while (isReleased(step)) {
                step++;
            }
            return step;
        }

        /** Who was asked last at a step; empty where nobody was. */
        Optional<Mandate> at(int step) {
            return Optional.ofNullable(latest.get(step));
        }

        /** Whether as many as are needed at this step have released. */
        boolean isReleased(int step) {
            var mandate = latest.get(step);
            return mandate != null && released(step) >= mandate.needed();
        }

        long released(int step) {
            return counted.stream().filter(decision -> decision.step() == step).count();
        }

        /** How many steps policy asks for. */
        int steps() {
            return mandates.stream().mapToInt(Mandate::steps).max().orElse(0);
        }

        /** Whether every step that policy asks for has its releases. */
        boolean isReleased() {
            return !mandates.isEmpty() && step() > steps();
        }

        /** Whether those who are asked now have nothing left to say. */
        boolean isAnswered() {
            return refusal().isPresent()
                    || current().filter(mandate -> isReleased(mandate.step())).isPresent();
        }
    }
}
