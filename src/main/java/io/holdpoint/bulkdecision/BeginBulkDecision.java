package io.holdpoint.bulkdecision;

import static io.holdpoint.bulkdecision.BulkDecisionProcess.OFFERED;
import static io.holdpoint.bulkdecision.BulkDecisionProcess.PERSON;
import static io.holdpoint.bulkdecision.BulkDecisionProcess.RULE;
import static io.holdpoint.bulkdecision.BulkDecisionProcess.RULES;

import io.holdpoint.bulkdecision.BulkLimit.Limit;
import io.holdpoint.engine.StartGuard;
import io.holdpoint.hold.Claim;
import io.holdpoint.hold.FormRows;
import io.holdpoint.hold.NotAccepted;
import io.holdpoint.hold.OpenHolds;
import io.holdpoint.hold.OpenHolds.OpenHold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Offers a person, rule by rule, the holds that this person may release now and that policy lets be decided at once.
 */
@Component
class BeginBulkDecision implements StartGuard {

    /** Whoever has more waiting decides the most urgent first and begins again. */
    private static final int MOST_LOOKED_AT = 500;

    private final OpenHolds openHolds;
    private final BulkLimit limits;
    private final BulkDecisions bulks;
    private final Claim claim;
    private final FormRows rows;

    BeginBulkDecision(OpenHolds openHolds, BulkLimit limits, BulkDecisions bulks, Claim claim, FormRows rows) {
        this.openHolds = openHolds;
        this.limits = limits;
        this.bulks = bulks;
        this.claim = claim;
        this.rows = rows;
    }

    @Override
    public String process() {
        return BulkDecisionProcess.KEY;
    }

    @Override
    public void onStart(DelegateExecution start) {
        var person = claim.person();
        if (!start.getVariableNames().isEmpty()) {
            throw new NotAccepted("Nothing is entered to begin with; Holdpoint looks itself what waits for you. Not"
                    + " accepted: " + String.join(", ", start.getVariableNames()) + ".");
        }
        var offers = offers(person);
        if (offers.isEmpty()) {
            throw new NotAccepted("Nothing waits for you that may be decided together with others. Your tasks are in"
                    + " the list \"My role\", one by one; what may be decided together says the table"
                    + " bulk-decision.limit.");
        }
        keep(start, person, offers);
    }

    /** @param holds no more than may be decided at once */
    private record Group(int atMost, List<OpenHold> holds) {}

    private Map<String, Group> offers(String person) {
        var known = new HashMap<String, Optional<Limit>>();
        var offers = new LinkedHashMap<String, Group>();
        for (var hold : openHolds.waitingFor(person, MOST_LOOKED_AT)) {
            var rule = BulkDecisions.rule(hold);
            var limit = known.computeIfAbsent(rule + hold.alone(), key -> limits.of(hold));
            if (limit.filter(one -> one.covers(hold)).isEmpty()) {
                continue;
            }
            var group = offers.getOrDefault(rule, new Group(limit.get().atMost(), new ArrayList<>()));
            if (group.holds().size() < group.atMost() && openHolds.mayRelease(hold, person)) {
                group.holds().add(hold);
                offers.put(rule, group);
            }
        }
        return offers;
    }

    private void keep(DelegateExecution start, String person, Map<String, Group> offers) {
        var id = start.getProcessInstanceId();
        bulks.begin(id, person);
        var rules = new ArrayList<Map<String, String>>();
        var documents = new ArrayList<Map<String, String>>();
        offers.forEach((rule, group) -> {
            rules.add(Map.of(
                    "value",
                    rule,
                    "label",
                    label(group.holds().get(0), group.holds().size())));
            for (var hold : group.holds()) {
                documents.add(Map.of("value", hold.taskId(), "label", hold.shown(), "asks", rule));
                bulks.offer(id, documents.size(), hold, group.atMost());
            }
        });
        PERSON.set(start, person);
        RULES.set(start, rows.json(rules));
        OFFERED.set(start, rows.json(documents));
        if (offers.size() == 1) {
            RULE.set(start, offers.keySet().iterator().next());
        }
        start.setProcessBusinessKey("bulk decision of " + person);
    }

    private static String label(OpenHold hold, int documents) {
        return hold.title() + " – " + hold.workflow().replace('-', ' ')
                + (hold.company().isEmpty() ? "" : ", " + hold.company()) + ": " + documents
                + (documents == 1 ? " document" : " documents");
    }
}
