package io.holdpoint.qualityescalation;

import static io.holdpoint.qualityescalation.QualityEscalationProcess.DISPOSITION;

import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Facts;
import io.holdpoint.hold.Release;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Releases, scraps or returns in Odoo what is in quarantine, as two people have agreed, in one transaction there. */
@Component
class DisposeOfStock implements JavaDelegate {

    static final Map<String, String> WORDS = Map.of(
            "releaseToStock", "Released to stock",
            "useAsIs", "Used as it is",
            "concession", "Used with the customer's concession",
            "rework", "Reworked",
            "scrap", "Scrapped",
            "returnToVendor", "Returned to the vendor");

    private final Release release;
    private final CaseFacts caseFacts;
    private final CaseProgress progress;

    DisposeOfStock(Release release, CaseFacts caseFacts, CaseProgress progress) {
        this.release = release;
        this.caseFacts = caseFacts;
        this.progress = progress;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var facts = caseFacts.latest(execution.getProcessInstanceId());
        var disposition = facts.map(Facts::inputs)
                .map(inputs -> String.valueOf(inputs.get("disposition")))
                .orElse(QualityEscalationProcess.NONE);
        var arguments = new LinkedHashMap<String, Object>();
        arguments.put("disposition", disposition);
        arguments.put("words", WORDS.getOrDefault(disposition, disposition));
        facts.map(Facts::party)
                .filter(party -> party.model().equals("res.partner"))
                .ifPresent(party -> arguments.put("vendor", party.id()));
        var earlier = progress.timesDisposed(execution.getProcessInstanceId());
        release.carryOut(
                        execution,
                        "dispose",
                        earlier == 0 ? null : String.valueOf(earlier),
                        WORDS.getOrDefault(disposition, disposition) + ".",
                        arguments)
                .ifPresent(answer -> DISPOSITION.set(execution, QualityEscalationProcess.NONE));
    }
}
