package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;

/** How long a payment term lets a customer wait with the last part. */
final class PaymentTerms {

    /** What {@link Odoo#webRead} has to ask of a field that holds a payment term. */
    static final Specification SPECIFICATION = new Specification()
            .values("display_name")
            .related("line_ids", new Specification().values("nb_days", "delay_type"));

    private PaymentTerms() {}

    /**
     * Days until the last part is due, at the longest: the end of a month counts as 30 days later, the end of the next
     * month as 60. 0 without a term.
     */
    static int days(JsonNode term) {
        int longest = 0;
        for (var line : term.path("line_ids")) {
            longest = Math.max(
                    longest,
                    line.path("nb_days").asInt() + extra(line.path("delay_type").asText()));
        }
        return longest;
    }

    private static int extra(String delayType) {
        return switch (delayType) {
            case "days_after_end_of_month", "days_end_of_month_on_the" -> 30;
            case "days_after_end_of_next_month" -> 60;
            default -> 0;
        };
    }
}
