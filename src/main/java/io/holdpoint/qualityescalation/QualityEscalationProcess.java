package io.holdpoint.qualityescalation;

import io.holdpoint.engine.ProcessVariable;
import java.util.Date;
import java.util.List;

/** The names this package, its forms and processes/quality-escalation.bpmn have in common. */
final class QualityEscalationProcess {

    static final String KEY = "quality-escalation";
    static final List<String> MODELS = List.of("stock.lot", "stock.picking", "product.product");

    static final String DOCUMENT_CHANGED = "quality-escalation.documentChanged";
    static final String REPORTED_AGAIN = "quality-escalation.reportedAgain";
    /** Where a case waits whether the defect comes back. */
    static final String WATCHING = "event_recurred";

    /** No disposition was proposed yet. */
    static final String NONE = "none";

    static final String CONTAIN_DEFECT = "containDefect";
    static final String INSPECT_STOCK = "inspectStock";
    static final String REWORK_STOCK = "reworkStock";
    static final String FIND_CAUSES = "findCauses";
    static final String CORRECT_CAUSE = "correctCause";
    static final String VERIFY_CORRECTION = "verifyCorrection";
    static final String CHECK_EFFECTIVENESS = "checkEffectiveness";

    static final String EFFECTIVE = "effective";
    static final String IN_PLACE = "inPlace";

    /** Product, vendor and defect: cases with the same are about the same defect. */
    static final ProcessVariable<String> DEFECT_KEY = ProcessVariable.of("defectKey", String.class);

    static final ProcessVariable<String> DISPOSITION = ProcessVariable.of("disposition", String.class);
    static final ProcessVariable<Boolean> CONTAIN = ProcessVariable.of("contain", Boolean.class);
    /** What comes next for the stock: inspect, rework, dispose or nothing. */
    static final ProcessVariable<String> STOCK_DECISION = ProcessVariable.of("stockDecision", String.class);
    /** What comes next for the causes: causes, watch or nothing. */
    static final ProcessVariable<String> WORK_LEFT = ProcessVariable.of("workLeft", String.class);

    /** Whether the document of a watched case was reported again itself. */
    static final ProcessVariable<Boolean> REPORTED_ANEW = ProcessVariable.of("reportedAnew", Boolean.class);

    static final ProcessVariable<Date> CHECK_EFFECT_AT = ProcessVariable.of("checkEffectAt", Date.class);
    static final ProcessVariable<String> VERIFICATION = ProcessVariable.of("verification", String.class);
    static final ProcessVariable<String> EFFECTIVENESS = ProcessVariable.of("effectiveness", String.class);

    // what forms show
    static final ProcessVariable<String> DEFECT_TEXT = ProcessVariable.of("defectText", String.class);
    static final ProcessVariable<String> DESCRIPTION_TEXT = ProcessVariable.of("descriptionText", String.class);
    static final ProcessVariable<String> STOCK_TEXT = ProcessVariable.of("stockText", String.class);

    // what forms ask for
    static final ProcessVariable<String> CONTAINMENT = ProcessVariable.of("containment", String.class);
    static final ProcessVariable<Boolean> CUSTOMERS_TOLD = ProcessVariable.of("customersTold", Boolean.class);
    static final ProcessVariable<String> INSPECTION = ProcessVariable.of("inspection", String.class);
    static final ProcessVariable<String> CONFORMITY = ProcessVariable.of("conformity", String.class);
    static final ProcessVariable<Boolean> SAFETY_RELEVANT = ProcessVariable.of("safetyRelevant", Boolean.class);
    static final ProcessVariable<Boolean> FUNCTIONAL_IMPACT = ProcessVariable.of("functionalImpact", Boolean.class);
    static final ProcessVariable<Boolean> CUSTOMER_SPEC = ProcessVariable.of("customerSpec", Boolean.class);
    static final ProcessVariable<Double> REWORK_PERCENT = ProcessVariable.of("reworkPercent", Double.class);
    static final ProcessVariable<Boolean> SUPPLIER_CAUSED = ProcessVariable.of("supplierCaused", Boolean.class);
    static final ProcessVariable<String> REWORK = ProcessVariable.of("rework", String.class);
    static final ProcessVariable<String> OCCURRENCE_CAUSE = ProcessVariable.of("occurrenceCause", String.class);
    static final ProcessVariable<String> ESCAPE_CAUSE = ProcessVariable.of("escapeCause", String.class);
    static final ProcessVariable<String> ACTION_KIND = ProcessVariable.of("actionKind", String.class);
    static final ProcessVariable<String> CORRECTIVE_ACTION = ProcessVariable.of("correctiveAction", String.class);
    static final ProcessVariable<String> PROOF = ProcessVariable.of("proof", String.class);
    static final ProcessVariable<Double> LOTS_CHECKED = ProcessVariable.of("lotsChecked", Double.class);

    private QualityEscalationProcess() {}
}
