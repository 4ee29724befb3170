package io.holdpoint.hold;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.VariableScope;

/**
 * What people are shown of a document when they decide on it. Names and numbers for reading; nothing is decided on
 * them.
 *
 * @param documentName Odoo's number, for example S00042
 * @param documentUrl where the document is seen in Odoo
 * @param partyLabel what the other side is, Customer or Vendor
 * @param partyName who the other side is
 * @param amountText with currency; empty where the document has no amount
 * @param amount in company currency
 * @param requestedByName who asked
 * @param lines the lines that matter, each a row of texts by the column's heading, in the order of the columns
 * @param notes what was said about the document, by heading, in order; empty as a rule
 */
public record Brief(
        String documentName,
        String documentUrl,
        String partyLabel,
        String partyName,
        String amountText,
        double amount,
        String requestedByName,
        List<Map<String, String>> lines,
        Map<String, String> notes) {

    public Brief {
        // Facts that were recorded before there were notes have none.
        notes = notes == null ? Map.of() : notes;
    }

    public Brief(
            String documentName,
            String documentUrl,
            String partyLabel,
            String partyName,
            String amountText,
            double amount,
            String requestedByName,
            List<Map<String, String>> lines) {
        this(documentName, documentUrl, partyLabel, partyName, amountText, amount, requestedByName, lines, Map.of());
    }

    /** Sets the variables that forms and cards show of every document. */
    public void show(VariableScope scope) {
        scope.setVariable("documentName", documentName);
        scope.setVariable("documentUrl", documentUrl);
        scope.setVariable("partyLabel", partyLabel);
        scope.setVariable("partyName", partyName);
        scope.setVariable("amountText", amountText);
        scope.setVariable("requestedByName", requestedByName);
    }
}
