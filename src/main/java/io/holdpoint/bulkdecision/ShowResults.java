package io.holdpoint.bulkdecision;

import static java.util.Objects.requireNonNull;

import io.holdpoint.bulkdecision.BulkDecisions.Offer;
import io.holdpoint.bulkdecision.BulkDecisions.Result;
import io.holdpoint.hold.FormRows;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Lays out for the person what became of each hold that was chosen, first of those that still wait. */
@Component
class ShowResults implements TaskListener {

    private final BulkDecisions bulks;
    private final FormRows rows;

    ShowResults(BulkDecisions bulks, FormRows rows) {
        this.bulks = bulks;
        this.rows = rows;
    }

    @Override
    public void notify(DelegateTask task) {
        var chosen = bulks.chosen(task.getProcessInstanceId());
        var summary = summary(chosen);
        BulkDecisionProcess.SUMMARY.set(task, summary);
        BulkDecisionProcess.RESULTS.set(
                task,
                rows.json(chosen.stream()
                        .sorted(Comparator.comparing(ShowResults::isDecided))
                        .map(ShowResults::row)
                        .toList()));
        task.setName("See results: " + summary);
    }

    /** What became of it says more than the result only where it was not decided. */
    private static Map<String, String> row(Offer offer) {
        return Map.of(
                "document",
                offer.shown(),
                "result",
                word(requireNonNull(offer.result())),
                "words",
                isDecided(offer) ? "" : requireNonNull(offer.words()));
    }

    private static boolean isDecided(Offer offer) {
        return offer.result() == Result.RELEASED || offer.result() == Result.REJECTED;
    }

    /** "12 holds: 10 released, 1 refused, 1 changed". */
    private static String summary(List<Offer> chosen) {
        var text = new StringBuilder(chosen.size() + (chosen.size() == 1 ? " hold: " : " holds: "));
        var separator = "";
        for (var result : Result.values()) {
            var count =
                    chosen.stream().filter(offer -> offer.result() == result).count();
            if (count > 0) {
                text.append(separator)
                        .append(count)
                        .append(' ')
                        .append(result.name().toLowerCase(Locale.ROOT));
                separator = ", ";
            }
        }
        return text.toString();
    }

    private static String word(Result result) {
        return StringUtils.capitalize(result.name().toLowerCase(Locale.ROOT));
    }
}
