package io.holdpoint.breach;

import io.holdpoint.breach.Rounds.Round;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooException;
import io.holdpoint.odoo.Passage;
import io.holdpoint.odoo.SetupCheck;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Compares what passed its hold point in Odoo with what the record says was released. It leans on no guard: what
 * somebody did while a guard was switched off is found by its effect.
 */
@Component
class DetectiveRun {

    private static final Logger LOG = LoggerFactory.getLogger(DetectiveRun.class);

    /** An amount that is not higher than this much above the released one was rounded. */
    private static final double TOLERANCE = 0.005;

    /** Longer than Odoo can be away before a person has to say what became of a release. */
    private static final Duration PATIENCE = Duration.ofDays(2);

    private final List<HoldPoint> holdPoints;
    private final Rounds rounds;
    private final KnownPassages known;
    private final BreachFacts facts;
    private final Breaches breaches;
    private final Evidence evidence;
    private final Cases cases;
    private final ObjectProvider<SetupCheck> setup;
    private final Clock clock;
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    DetectiveRun(
            List<HoldPoint> holdPoints,
            Rounds rounds,
            KnownPassages known,
            BreachFacts facts,
            Breaches breaches,
            Evidence evidence,
            Cases cases,
            ObjectProvider<SetupCheck> setup,
            Clock clock) {
        this.holdPoints = holdPoints;
        this.rounds = rounds;
        this.known = known;
        this.facts = facts;
        this.breaches = breaches;
        this.evidence = evidence;
        this.cases = cases;
        this.setup = setup;
        this.clock = clock;
    }

    /**
     * Looks at each hold point that is due, and at the guards besides. What Odoo does not answer now is looked at again
     * soon, from the same moment on; how far was looked is kept only after all that was found is.
     *
     * @return how many breaches were found
     */
    int run() {
        var found = new AtomicInteger();
        var read = false;
        for (var holdPoint : holdPoints) {
            var round = rounds.begin(holdPoint.name());
            if (round.isPresent()) {
                read |= inspect(holdPoint, round.get(), found);
            }
        }
        if (read) {
            tellOfGuards();
        }
        return found.get();
    }

    /** Whether or not something passed: a guard that is off lets the next document pass. */
    private void tellOfGuards() {
        setup.stream()
                .flatMap(check -> check.problems().stream())
                .forEach(problem -> LOG.error("The detective run found the setup in Odoo wanting: {}", problem));
    }

    /** @return whether Odoo answered to the end */
    private boolean inspect(HoldPoint holdPoint, Round round, AtomicInteger found) {
        var from = round.from();
        var before = found.get();
        var settled = new AtomicBoolean(true);
        try {
            if (from == null) {
                holdPoint
                        .passages()
                        .past(page -> page.stream()
                                .filter(holdPoint::isPast)
                                .forEach(passage -> takeAsItStands(holdPoint, passage)));
            } else {
                holdPoint.passages().writtenSince(from, page -> {
                    var past = page.stream().filter(holdPoint::isPast).toList();
                    known.forget(
                            holdPoint.name(),
                            page.stream()
                                    .filter(passage -> !past.contains(passage))
                                    .map(Passage::document)
                                    .toList());
                    past.forEach(passage -> {
                        if (isUnderWay(holdPoint, passage)) {
                            settled.set(false);
                        } else if (judge(holdPoint, passage)) {
                            found.incrementAndGet();
                        }
                    });
                });
            }
        } catch (OdooException e) {
            rounds.postpone(round);
            // Said once, not every quarter of an hour: an app that is not installed stays that way.
            if (unreadable.add(holdPoint.name())) {
                LOG.warn(
                        "The detective run could not read {} and will look again: {}",
                        holdPoint.name(),
                        e.getMessage());
            }
            return false;
        }
        unreadable.remove(holdPoint.name());
        if (settled.get()) {
            rounds.done(round);
        } else {
            rounds.unsettled(round);
        }
        if (found.get() > before) {
            LOG.error(
                    "The detective run found {} passages at {} without a release.",
                    found.get() - before,
                    holdPoint.name());
        }
        return true;
    }

    /** What passed before the first look is nobody's breach. */
    private void takeAsItStands(HoldPoint holdPoint, Passage passage) {
        if (!isUnderWay(holdPoint, passage)) {
            finding(holdPoint, passage)
                    .ifPresent(finding -> known.add(holdPoint.name(), passage.document(), finding.key()));
        }
    }

    /**
     * Odoo carried out a release, and its answer may not be on record yet: too early to say. Whoever writes the mark by
     * hand gains this much time, and nothing else.
     */
    private boolean isUnderWay(HoldPoint holdPoint, Passage passage) {
        return passage.marked()
                && passage.writtenAt().isAfter(clock.instant().minus(PATIENCE))
                && cases.findOpen(holdPoint.workflow(), passage.about()).isPresent()
                && release(holdPoint, passage).isEmpty();
    }

    /** @return whether something was found that was not known */
    private boolean judge(HoldPoint holdPoint, Passage passage) {
        return finding(holdPoint, passage)
                .filter(finding -> !finding.isAmong(known.of(holdPoint.name(), passage.document())))
                .map(finding -> breaches.report(holdPoint, passage, finding, facts.of(holdPoint, passage, finding)))
                .orElse(false);
    }

    private Optional<Finding> finding(HoldPoint holdPoint, Passage passage) {
        if (passage.loss() != null) {
            return Optional.of(Finding.left(passage, passage.loss()));
        }
        if (!passage.marked()) {
            return Optional.of(Finding.unreleased(holdPoint, passage));
        }
        var release = release(holdPoint, passage);
        if (release.isEmpty() && !wasDoneByHand(holdPoint, passage.about())) {
            return Optional.of(Finding.unreleased(holdPoint, passage));
        }
        return release.flatMap(DetectiveRun::releasedAmount)
                .filter(amount -> passage.amount() > amount + TOLERANCE)
                .map(amount -> Finding.raised(passage, amount));
    }

    private Optional<Evidence.Entry> release(HoldPoint holdPoint, Passage passage) {
        return evidence.all(holdPoint.workflow(), passage.about(), Evidence.Kind.COMMAND).stream()
                .filter(command -> holdPoint.isRelease(passage, command))
                .reduce((earlier, later) -> later);
    }

    /** A person of operations said so, with the evidence, after Odoo could not be reached for hours. */
    private boolean wasDoneByHand(HoldPoint holdPoint, DocumentRef about) {
        return evidence.all(holdPoint.workflow(), about, Evidence.Kind.RECOVERY).stream()
                .anyMatch(line -> "doneByHand".equals(line.content().get("action")));
    }

    private static Optional<Double> releasedAmount(Evidence.Entry release) {
        return release.content().get("expected") instanceof Map<?, ?> expected
                        && expected.get("amount_total") instanceof Number amount
                ? Optional.of(amount.doubleValue())
                : Optional.empty();
    }
}
