package io.holdpoint.qualityescalation;

import io.holdpoint.followup.FollowUps;
import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.hold.PolicyRecord;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.QualityReports;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Moves the vendor on the supplier ladder where the table says so; Odoo shows the level at the vendor. */
@Component
class MoveSupplierLevel implements JavaDelegate {

    static final String OPERATION = "supplier_level";

    private final CaseFacts caseFacts;
    private final CaseProgress progress;
    private final FollowUps followUps;
    private final PolicyRecord policy;
    private final Rulings rulings;
    private final QualityReports reports;
    private final OdooStep odoo;
    private final ShowInOdoo show;

    MoveSupplierLevel(
            CaseFacts caseFacts,
            CaseProgress progress,
            FollowUps followUps,
            PolicyRecord policy,
            Rulings rulings,
            QualityReports reports,
            OdooStep odoo,
            ShowInOdoo show) {
        this.caseFacts = caseFacts;
        this.progress = progress;
        this.followUps = followUps;
        this.policy = policy;
        this.rulings = rulings;
        this.reports = reports;
        this.odoo = odoo;
        this.show = show;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        caseFacts
                .latest(caseId)
                .filter(facts -> facts.party().model().equals("res.partner"))
                .ifPresent(facts -> move(execution, facts));
    }

    private void move(DelegateExecution execution, Facts facts) {
        var caseId = execution.getProcessInstanceId();
        var vendor = facts.party().id();
        var occasion = occasion(caseId);
        // One move for each occasion, however often the case comes by here.
        var part = occasion + "-" + times(caseId, occasion);
        if (progress.moved(caseId, part)) {
            return;
        }
        int level = odoo.call(execution, () -> reports.supplierLevel(vendor));
        var values = new LinkedHashMap<String, Object>();
        values.put("occasion", occasion);
        values.put("supplierCaused", supplierCaused(caseId));
        values.put("late", isLate(caseId));
        values.put("supplierLevel", level);
        var inputs = new HashMap<String, Object>(facts.inputs());
        inputs.putAll(values);
        inputs.put(
                "thresholds",
                Map.of(
                        "deliveryPercent",
                        policy.term(caseId, "thresholds", "deliveryPercent").orElse(0)));
        rulings.ask(
                        caseId,
                        DocumentRef.parse(execution.getProcessBusinessKey()),
                        execution.getCurrentActivityId(),
                        QualityEscalationProcess.KEY + ".ladder",
                        inputs)
                .ifPresent(answer -> show.command(
                        execution,
                        new OdooStep.Change(OPERATION)
                                .part(part)
                                .reason(answer.get("action") + ". " + answer.get("sentence"))
                                .arguments(Map.of("vendor", vendor, "level", answer.get("level")))));
    }

    /** How often there was such an occasion in this case. */
    private long times(String caseId, String occasion) {
        if (occasion.equals("opened")) {
            return 0;
        }
        var step = occasion.equals("causesFound")
                ? QualityEscalationProcess.FIND_CAUSES
                : QualityEscalationProcess.CHECK_EFFECTIVENESS;
        return followUps.all(caseId).stream()
                .filter(done -> done.step().equals(step))
                .count();
    }

    private String occasion(String caseId) {
        var all = followUps.all(caseId);
        var last = all.isEmpty() ? "" : all.get(all.size() - 1).step();
        return switch (last) {
            case QualityEscalationProcess.FIND_CAUSES -> "causesFound";
            case QualityEscalationProcess.CHECK_EFFECTIVENESS ->
                String.valueOf(all.get(all.size() - 1).content().get("answer"));
            default -> "opened";
        };
    }

    private boolean supplierCaused(String caseId) {
        return followUps
                .latest(caseId, QualityEscalationProcess.FIND_CAUSES)
                .map(found -> Boolean.TRUE.equals(found.content().get("supplierCaused")))
                .orElse(false);
    }

    private boolean isLate(String caseId) {
        return followUps.wasLate(caseId, QualityEscalationProcess.FIND_CAUSES);
    }
}
