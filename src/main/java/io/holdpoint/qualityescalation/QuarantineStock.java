package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.DEFECT_KEY;
import static io.holdpoint.qualityescalation.QualityEscalationProcess.DISPOSITION;

import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.OdooStep;
import io.holdpoint.hold.PolicyRecord;
import io.holdpoint.hold.Separation;
import io.holdpoint.odoo.DocumentRef;
import java.util.LinkedHashMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * The first act: what is there of the affected stock is moved out of reach. Stock of a company that Holdpoint was not
 * set up for is touched only after somebody has agreed.
 */
@Component
class QuarantineStock implements JavaDelegate {

    private final CaseFacts caseFacts;
    private final DefectFacts defectFacts;
    private final DefectReport defectReport;
    private final CaseProgress progress;
    private final PolicyRecord policy;
    private final Separation separation;
    private final OdooStep odoo;

    QuarantineStock(
            CaseFacts caseFacts,
            DefectFacts defectFacts,
            DefectReport defectReport,
            CaseProgress progress,
            PolicyRecord policy,
            Separation separation,
            OdooStep odoo) {
        this.caseFacts = caseFacts;
        this.defectFacts = defectFacts;
        this.defectReport = defectReport;
        this.progress = progress;
        this.policy = policy;
        this.separation = separation;
        this.odoo = odoo;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var found = odoo.call(execution, () -> defectReport.find(document, caseId))
                .orElseThrow(() -> new IllegalStateException(document + " was deleted while it was being read."));
        var report = found.report();
        var reported = found.reported();
        DEFECT_KEY.set(execution, DefectFacts.defectKey(report, reported));
        if (DISPOSITION.find(execution).isEmpty()) {
            DISPOSITION.set(execution, QualityEscalationProcess.NONE);
        }
        var mayTouch = caseFacts.latest(caseId).map(Facts::inputs).stream()
                        .anyMatch(inputs -> Boolean.TRUE.equals(inputs.get("companyAllowed")))
                || separation.isReleased(caseId, "LOT_OTHER_COMPANY");
        // What people have decided on is not kept apart a second time.
        if (!mayTouch || progress.disposed(caseId)) {
            return;
        }
        var arguments = new LinkedHashMap<String, Object>();
        arguments.put("quantity", reported.quantity());
        arguments.put("company", report.company().id());
        arguments.put("defect", reported.defect());
        arguments.put("severity", reported.severity());
        arguments.put("description", reported.description());
        odoo.effect(
                execution,
                new OdooStep.Change("quarantine")
                        // Whenever policy is asked anew: stock may have turned up since.
                        .part(String.valueOf(policy.nextRound(caseId)))
                        .reason(reported.defect() + ", " + reported.severity())
                        .note("Defect reported: " + reported.defect() + ", " + reported.severity()
                                + ". What is there of the stock is in quarantine now.")
                        .arguments(arguments));
        // Policy judges what is in quarantine, not what was to come there.
        var now = odoo.call(execution, () -> defectFacts.read(caseId, document));
        now.facts().ifPresent(facts -> caseFacts.record(caseId, document, execution.getCurrentActivityId(), facts));
    }
}
