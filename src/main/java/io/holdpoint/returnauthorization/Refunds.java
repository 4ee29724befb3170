package io.holdpoint.returnauthorization;

import io.holdpoint.hold.CaseFacts;
import io.holdpoint.hold.Rulings;
import io.holdpoint.odoo.DocumentRef;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is kept of the price, as policy says. */
@Component
class Refunds {

    static final String FEE = ReturnAuthorizationProcess.KEY + ".fee";

    private final CaseFacts caseFacts;
    private final Rulings rulings;

    Refunds(CaseFacts caseFacts, Rulings rulings) {
        this.caseFacts = caseFacts;
        this.rulings = rulings;
    }

    /** Asks the table; a silent one keeps nothing. */
    double feePercent(String caseId, DocumentRef document, @Nullable String element) {
        return rulings.ask(
                        caseId,
                        document,
                        element,
                        FEE,
                        caseFacts.latest(caseId).orElseThrow().inputs())
                .map(answer -> answer.get("feePercent") instanceof Number number ? number.doubleValue() : 0.0)
                .orElse(0.0);
    }
}
