package io.holdpoint.bulkdecision;

import static io.holdpoint.bulkdecision.BulkDecisionProcess.ALL_LISTED;
import static io.holdpoint.bulkdecision.BulkDecisionProcess.ANY_CHOSEN;
import static io.holdpoint.bulkdecision.BulkDecisionProcess.CHOSEN;
import static io.holdpoint.bulkdecision.BulkDecisionProcess.DECISION;
import static io.holdpoint.bulkdecision.BulkDecisionProcess.DOCUMENTS;
import static io.holdpoint.bulkdecision.BulkDecisionProcess.PERSON;
import static io.holdpoint.bulkdecision.BulkDecisionProcess.REASON;
import static io.holdpoint.bulkdecision.BulkDecisionProcess.RULE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.bulkdecision.BulkDecisions.Bulk;
import io.holdpoint.bulkdecision.BulkDecisions.Offer;
import io.holdpoint.engine.TaskGuard;
import io.holdpoint.evidence.RefusedAttempts;
import io.holdpoint.evidence.RefusedAttempts.Attempt;
import io.holdpoint.hold.Claim;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.hold.OpenHolds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Judges what was chosen, and by whom: only what was offered to this person, of one rule, and no more than may be
 * decided at once. Whether each of them counts is judged when it is decided.
 */
@Component
class ChooseHolds implements TaskGuard {

    private static final String NOTHING = "nothing";
    private static final Set<String> ANSWERS = Set.of("release", "reject");
    private static final int LONGEST_REASON = 2000;

    private static final TypeReference<List<String>> IDS = new TypeReference<>() {};

    private final BulkDecisions bulks;
    private final OpenHolds openHolds;
    private final Claim claim;
    private final RefusedAttempts attempts;
    private final TransactionTemplate outside;
    private final ObjectMapper json;

    ChooseHolds(
            BulkDecisions bulks,
            OpenHolds openHolds,
            Claim claim,
            RefusedAttempts attempts,
            PlatformTransactionManager transactions,
            ObjectMapper json) {
        this.bulks = bulks;
        this.openHolds = openHolds;
        this.claim = claim;
        this.attempts = attempts;
        this.outside = new TransactionTemplate(transactions);
        this.outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        this.json = json;
    }

    @Override
    public boolean guards(String processKey, String taskKey) {
        return processKey.equals(BulkDecisionProcess.KEY);
    }

    @Override
    public void onComplete(DelegateTask task) {
        var person = claim.person();
        var bulk = bulks.find(task.getProcessInstanceId())
                .orElseThrow(() -> new NotAccepted("This task offers nothing that is on record."));
        if (!bulk.person().equals(person)) {
            throw refused(
                    person,
                    "This was offered to " + bulk.person() + ", and nobody else decides on it. Begin a bulk decision"
                            + " of your own.",
                    null);
        }
        // Whatever was sent along, the next task is this person's.
        PERSON.set(task, person);
        if (task.getTaskDefinitionKey().equals(BulkDecisionProcess.CHOOSE_HOLDS)) {
            choose(task, bulk);
        }
    }

    private void choose(DelegateTask task, Bulk bulk) {
        var answer = text(task.getVariable(DECISION.name()));
        if (NOTHING.equals(answer)) {
            goOnWith(task, List.of());
            return;
        }
        if (answer == null || !ANSWERS.contains(answer)) {
            throw new NotAccepted(
                    "decision: choose release, reject or nothing. Whatever is to be returned, forwarded or"
                            + " asked is decided by itself.");
        }
        var chosen = chosen(task, bulk);
        var reason = text(task.getVariable(REASON.name()));
        if (reason == null) {
            throw new NotAccepted("reason: say in your own words why; it stands with each of the documents.");
        }
        if (reason.length() > LONGEST_REASON) {
            throw new NotAccepted("reason: use no more than " + LONGEST_REASON + " characters.");
        }
        bulks.choose(bulk.id(), answer, reason, chosen);
        goOnWith(task, chosen.stream().map(Offer::taskId).toList());
    }

    private static void goOnWith(DelegateTask task, List<String> chosen) {
        ANY_CHOSEN.set(task, !chosen.isEmpty());
        CHOSEN.set(task, new ArrayList<>(chosen));
    }

    private List<Offer> chosen(DelegateTask task, Bulk bulk) {
        var rule = text(task.getVariable(RULE.name()));
        if (rule == null) {
            throw new NotAccepted("rule: choose one; what is held for another reason is decided another time.");
        }
        var offers = bulks.offers(bulk.id());
        var ofRule = offers.stream().filter(offer -> offer.rule().equals(rule)).toList();
        if (isTrue(task.getVariable(ALL_LISTED.name())) && !ofRule.isEmpty()) {
            return ofRule;
        }
        var named = ids(task.getVariable(DOCUMENTS.name()));
        if (named.isEmpty()) {
            throw new NotAccepted("documents: choose at least one.");
        }
        for (var id : named) {
            if (offers.stream().noneMatch(offer -> offer.taskId().equals(id))) {
                throw refused(
                        bulk.person(),
                        "documents: one of them was not offered to you here, and none was decided. What may be decided"
                                + " together is what the list shows.",
                        id);
            }
        }
        var chosen =
                ofRule.stream().filter(offer -> named.contains(offer.taskId())).toList();
        if (chosen.size() < named.size()) {
            throw refused(
                    bulk.person(),
                    "documents: they are held by different rules. Choose those of one rule, and the others another"
                            + " time.",
                    null);
        }
        return chosen;
    }

    private Set<String> ids(@Nullable Object value) {
        if (value instanceof Collection<?> ids) {
            return new LinkedHashSet<>(ids.stream().map(String::valueOf).toList());
        }
        if (value == null || value.toString().isBlank()) {
            return Set.of();
        }
        try {
            var ids = json.readValue(value.toString(), IDS);
            return ids == null ? Set.of() : new LinkedHashSet<>(ids);
        } catch (JsonProcessingException e) {
            throw new NotAccepted("documents: this is no list of documents.");
        }
    }

    private static boolean isTrue(@Nullable Object value) {
        return value != null && value.toString().equals("true");
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }

    /** Puts the attempt on record, and with it the case that somebody wanted to have decided. */
    private NotAccepted refused(String person, String why, @Nullable String taskId) {
        var hold = taskId == null ? null : openHolds.find(taskId).orElse(null);
        outside.executeWithoutResult(status -> attempts.record(new Attempt(
                person,
                "choose holds for a bulk decision",
                why,
                400,
                hold == null ? null : hold.caseId(),
                hold == null ? null : hold.document().toString())));
        return new NotAccepted(why);
    }
}
