package io.holdpoint.bulkdecision;

import static java.util.Objects.requireNonNull;

import io.holdpoint.bulkdecision.BulkDecisions.Bulk;
import io.holdpoint.bulkdecision.BulkDecisions.Offer;
import io.holdpoint.bulkdecision.BulkDecisions.Result;
import io.holdpoint.engine.Apart;
import io.holdpoint.engine.access.Names;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.hold.OpenHolds;
import io.holdpoint.hold.OpenHolds.OpenHold;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Decides one of the chosen holds as the person would by hand. The answer and the note of it are written in one
 * transaction of their own: whoever tries again finds either both or neither.
 */
@Component
class DecideChosenHold implements JavaDelegate {

    private final BulkDecisions bulks;
    private final BulkLimit limits;
    private final OpenHolds openHolds;
    private final Names names;
    private final Apart apart;

    DecideChosenHold(BulkDecisions bulks, BulkLimit limits, OpenHolds openHolds, Names names, Apart apart) {
        this.bulks = bulks;
        this.limits = limits;
        this.openHolds = openHolds;
        this.names = names;
        this.apart = apart;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var bulk = bulks.find(execution.getProcessInstanceId())
                .orElseThrow(() -> new IllegalStateException("This instance is no bulk decision that was recorded."));
        var taskId = BulkDecisionProcess.CHOSEN_TASK.in(execution);
        try {
            undecided(bulk, taskId, offer -> decide(bulk, offer));
        } catch (NotAccepted e) {
            // What this answer had begun is undone, and that it was refused is on record.
            undecided(bulk, taskId, offer -> bulks.settle(offer, Result.REFUSED, requireNonNull(e.getMessage())));
        } catch (AuthorizationException e) {
            undecided(bulk, taskId, offer -> withoutRight(bulk, offer));
        }
    }

    /** In a transaction of its own, and not again where it was decided already. */
    private void undecided(Bulk bulk, String taskId, Consumer<Offer> step) {
        apart.inOwnTransaction(() -> bulks.lockChosen(bulk.id(), taskId)
                .filter(offer -> offer.result() == null)
                .ifPresent(step));
    }

    private void decide(Bulk bulk, Offer offer) {
        var now = openHolds.find(offer.taskId());
        if (now.isPresent() && offer.isSameQuestion(now.get())) {
            decide(bulk, offer, now.get());
        } else if (now.isPresent() || openHolds.hasChanged(offer.holdId(), offer.round())) {
            bulks.settle(
                    offer,
                    Result.CHANGED,
                    "The document or its numbers changed after you saw it. Look at it again and decide it by itself.");
        } else {
            bulks.settle(offer, Result.GONE, openHolds.whatBecameOf(offer.holdId()));
        }
    }

    private void decide(Bulk bulk, Offer offer, OpenHold hold) {
        var chosen = bulks.chosen(bulk.id()).size();
        var limit = limits.of(hold).filter(one -> one.covers(hold) && chosen <= one.atMost());
        if (limit.isEmpty()) {
            refuse(
                    bulk,
                    offer,
                    hold,
                    "The table bulk-decision.limit does not let it be decided together with others any more. Decide it"
                            + " by itself.");
            return;
        }
        var how = new LinkedHashMap<String, Object>();
        how.put("what", "decided together with others");
        how.put("bulk", bulk.id());
        how.put("number", requireNonNull(offer.place()));
        how.put("of", chosen);
        how.put("decision", limit.get().table());
        how.put("rule", limit.get().rule());
        how.put("amountUpTo", limit.get().upTo());
        how.put("atMost", limit.get().atMost());
        var answer = requireNonNull(bulk.answer());
        openHolds.answer(
                hold,
                bulk.person(),
                answer,
                requireNonNull(bulk.reason()),
                limit.get().definition(),
                how);
        if (answer.equals("release")) {
            bulks.settle(offer, Result.RELEASED, "Released.");
        } else {
            bulks.settle(offer, Result.REJECTED, "Rejected.");
        }
    }

    private void refuse(Bulk bulk, Offer offer, OpenHold hold, String why) {
        openHolds.refused(hold, bulk.person(), why);
        bulks.settle(offer, Result.REFUSED, why);
    }

    private void withoutRight(Bulk bulk, Offer offer) {
        openHolds
                .find(offer.taskId())
                .ifPresentOrElse(
                        hold -> refuse(
                                bulk,
                                offer,
                                hold,
                                names.person(bulk.person())
                                        + " has no right to answer this hold any more. Somebody of the group "
                                        + Names.group(hold.role()) + " has to."),
                        () -> bulks.settle(offer, Result.GONE, openHolds.whatBecameOf(offer.holdId())));
    }
}
