package io.holdpoint.hold;

import java.util.List;
import java.util.Map;

/**
 * What people are shown of a document when they decide on it. Names and numbers for reading; nothing is decided on
 * them.
 *
 * @param documentName Odoo's number, for example S00042
 * @param documentUrl where the document is seen in Odoo
 * @param amountText with currency
 * @param amount in company currency
 * @param requestedByName who asked
 * @param lines the lines that matter, each a row of texts by column name
 */
public record Brief(
        String documentName,
        String documentUrl,
        String customerName,
        String amountText,
        double amount,
        String requestedByName,
        List<Map<String, String>> lines) {}
