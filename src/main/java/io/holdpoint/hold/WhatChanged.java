package io.holdpoint.hold;

import io.holdpoint.engine.access.Names;
import io.holdpoint.evidence.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What became different about a document since people last had to do with a hold: before and after, in the words in
 * which they were shown it.
 *
 * <p>Compared are the document as people see it and the numbers that the rule looked at, not all facts: what else
 * changed in the world made no difference to this hold.
 */
@Component
class WhatChanged {

    /** Says why a line stands first; it follows from the rest of the line. */
    private static final String REMARK = "Note";

    private final Holds holds;
    private final CaseFacts caseFacts;
    private final Evidence evidence;
    private final Names names;

    WhatChanged(Holds holds, CaseFacts caseFacts, Evidence evidence, Names names) {
        this.holds = holds;
        this.caseFacts = caseFacts;
        this.evidence = evidence;
        this.names = names;
    }

    /**
     * One difference.
     *
     * @param earlier empty where there was nothing
     * @param current empty where it is gone
     */
    record Change(String what, String earlier, String current) {

        private boolean isOne() {
            return !earlier.equals(current);
        }
    }

    /**
     * The differences between what was there when this hold was last decided on, or else opened, and now.
     *
     * @param looked what the rule looks at now
     */
    List<Change> since(Hold hold, Facts now, List<Finding.Looked> looked) {
        return whenLastConcerned(hold)
                .flatMap(moment -> caseFacts.at(hold.caseId(), moment))
                .map(before -> Stream.of(
                                document(before, now), lines(before, now), numbers(before, now, looked, hold.measure()))
                        .flatMap(List::stream)
                        .filter(Change::isOne)
                        .toList())
                .orElse(List.of());
    }

    /** Who answered this question before, when the document was another. */
    String answeredBefore(Hold hold) {
        return earlier(hold).stream()
                .flatMap(before -> holds.allDecisions(before).stream()
                        .filter(decision -> !before.id().equals(hold.id()) || decision.round() != hold.round()))
                .map(decision -> names.person(decision.person()) + " (" + Words.of(decision.role()) + "): "
                        + decision.answer() + (decision.reason() == null ? "" : " – " + decision.reason()))
                .collect(Collectors.joining("; "));
    }

    private Optional<Instant> whenLastConcerned(Hold hold) {
        return earlier(hold).stream()
                .flatMap(before -> holds.allDecisions(before).stream())
                .map(decision -> decision.decidedAt().toInstant())
                .max(Instant::compareTo)
                .or(() -> opened(hold));
    }

    private Optional<Instant> opened(Hold hold) {
        return evidence.all(hold.caseId(), Evidence.Kind.HOLD).stream()
                .filter(line -> hold.code().equals(line.content().get("code")))
                .map(Evidence.Entry::at)
                .findFirst();
    }

    /** The holds of this case for the same reason, this one among them. */
    private List<Hold> earlier(Hold hold) {
        return holds.of(hold.caseId()).stream()
                .filter(other -> other.code().equals(hold.code()))
                .toList();
    }

    private static List<Change> document(Facts before, Facts now) {
        var was = before.brief();
        var is = now.brief();
        return List.of(
                new Change(is.partyLabel(), was.partyName(), is.partyName()),
                new Change("Amount", was.amountText(), is.amountText()));
    }

    /** Line by line, under the name in its first column. */
    private static List<Change> lines(Facts before, Facts now) {
        var was = byName(before.brief().lines());
        var is = byName(now.brief().lines());
        var changes = new ArrayList<Change>();
        is.forEach((name, line) -> {
            var old = was.remove(name);
            if (old == null) {
                changes.add(new Change(name, "", summary(line)));
            } else {
                line.forEach((column, text) -> {
                    if (!column.equals(REMARK)) {
                        changes.add(new Change(name + ": " + column, old.getOrDefault(column, ""), text));
                    }
                });
            }
        });
        was.forEach((name, line) -> changes.add(new Change(name, summary(line), "")));
        return changes;
    }

    private static Map<String, Map<String, String>> byName(List<Map<String, String>> lines) {
        var byName = new LinkedHashMap<String, Map<String, String>>();
        for (var line : lines) {
            var cells = new LinkedHashMap<>(line);
            var column = cells.keySet().iterator().next();
            var title = Objects.requireNonNull(cells.remove(column));
            var name = title;
            for (int again = 2; byName.containsKey(name); again++) {
                name = title + " (" + again + ")";
            }
            byName.put(name, cells);
        }
        return byName;
    }

    private static String summary(Map<String, String> line) {
        return line.entrySet().stream()
                .filter(cell -> !cell.getKey().equals(REMARK))
                .map(Map.Entry::getValue)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** What the rule looked at, and what was measured where the table computes with that. */
    private static List<Change> numbers(Facts before, Facts now, List<Finding.Looked> looked, String measure) {
        var labels = new LinkedHashMap<String, String>();
        looked.forEach(input -> labels.putIfAbsent(input.name(), input.label()));
        labels.putIfAbsent(measure, Words.of(measure));
        return labels.entrySet().stream()
                .filter(label -> now.values().containsKey(label.getKey()))
                .map(label -> new Change(label.getValue(), before.text(label.getKey()), now.text(label.getKey())))
                .toList();
    }
}
