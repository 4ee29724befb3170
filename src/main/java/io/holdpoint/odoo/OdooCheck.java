package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Says in words what an Odoo lacks for Holdpoint to work with it. Reads only. */
final class OdooCheck {

    private final Odoo odoo;

    OdooCheck(Odoo odoo) {
        this.odoo = odoo;
    }

    /**
     * @param facts what was found
     * @param problems what has to be put right, each with its remedy; empty when Holdpoint can work
     */
    record Report(List<String> facts, List<String> problems) {}

    /** Never throws an {@link OdooException}; it becomes a problem of the report. */
    Report run() {
        var facts = new ArrayList<String>();
        var problems = new ArrayList<String>();
        try {
            facts.add("Odoo " + odoo.serverVersion() + ", spoken to as series "
                    + odoo.profile().series());
            odoo.call("res.users", "context_get", List.of(), Map.of(), Map.of());
            fields(problems);
            setup(facts, problems);
        } catch (OdooException failure) {
            problems.add(failure.getMessage());
        }
        return new Report(List.copyOf(facts), List.copyOf(problems));
    }

    private void fields(List<String> problems) {
        needed().forEach((model, fields) -> {
            JsonNode there;
            try {
                there = odoo.fieldsGet(model, List.of("type"));
            } catch (OdooContract missing) {
                problems.add("Model " + model + ": " + missing.getMessage());
                return;
            }
            var absent = new TreeSet<String>();
            fields.forEach(field -> {
                if (!there.has(field)) {
                    absent.add(field);
                }
            });
            if (!absent.isEmpty()) {
                problems.add("Model " + model + " has no " + String.join(", ", absent)
                        + ", or this user may not see them. Run odoo-setup as an administrator;"
                        + " it creates the fields called x_holdpoint_ and gives the technical user its rights.");
            }
            readable(model, problems);
        });
    }

    private void readable(String model, List<String> problems) {
        try {
            odoo.searchRead(model, List.of(List.of("id", "<", 0)), List.of("id"), "id", 1);
        } catch (OdooContract denied) {
            problems.add("Model " + model + ": " + denied.getMessage());
        }
    }

    private Map<String, List<String>> needed() {
        var needed = new LinkedHashMap<String, List<String>>();
        needed.put(
                "sale.order",
                List.of(
                        "name",
                        "state",
                        "amount_total",
                        "amount_untaxed",
                        "amount_undiscounted",
                        "currency_rate",
                        "amount_paid",
                        "commitment_date",
                        "partner_id",
                        "company_id",
                        "currency_id",
                        "payment_term_id",
                        "user_id",
                        "order_line",
                        "warehouse_id",
                        "x_holdpoint_state",
                        "x_holdpoint_reason",
                        "x_holdpoint_requested_by",
                        "x_holdpoint_requested_at"));
        needed.put(
                "sale.order.line",
                List.of(
                        "product_id",
                        "product_uom_qty",
                        odoo.profile().lineUnit(),
                        "price_unit",
                        "discount",
                        "price_reduce_taxexcl",
                        "price_subtotal",
                        "display_type"));
        needed.put(
                "res.partner",
                List.of(
                        "commercial_partner_id",
                        "credit",
                        "credit_to_invoice",
                        "credit_limit",
                        "use_partner_credit_limit",
                        "trust",
                        "property_payment_term_id",
                        "x_holdpoint_limit_review"));
        needed.put("res.company", List.of("currency_id", "account_use_credit_limit"));
        needed.put("res.users", List.of("login", "name", "email"));
        needed.put("account.payment.term.line", List.of("nb_days", "delay_type"));
        needed.put("account.move", List.of("move_type", "payment_state", "commercial_partner_id"));
        needed.put("account.move.line", List.of("amount_residual", "date_maturity", "parent_state", "account_id"));
        return needed;
    }

    private void setup(List<String> facts, List<String> problems) {
        var status = odoo.runAction("status");
        int version = status.path("version").asInt();
        facts.add("Setup version " + version);
        if (version < OdooSetup.VERSION) {
            problems.add("The setup in Odoo has version " + version + ", this Holdpoint needs " + OdooSetup.VERSION
                    + ". Run odoo-setup as an administrator.");
        }
        if (version > OdooSetup.VERSION) {
            problems.add("The setup in Odoo has version " + version + ", which is newer than this Holdpoint ("
                    + OdooSetup.VERSION + "). Use the newer Holdpoint.");
        }
        var present = texts(status.path("present"));
        for (var guard : OdooSetup.GUARDS) {
            if (!present.contains(guard) || !present.contains(guard + "_action")) {
                problems.add("The guard " + guard + " is missing, so orders can pass without release."
                        + " Run odoo-setup as an administrator.");
            }
        }
        for (var rule : texts(status.path("switched_off"))) {
            problems.add("The automation rule \"" + rule
                    + "\" is switched off in Odoo. Run odoo-setup as an administrator.");
        }
        for (var company : texts(status.path("companies_missing"))) {
            problems.add("The user has no access to the company " + company
                    + ". Run odoo-setup as an administrator, or add the company to the user.");
        }
        if (!present.contains("sale_order_changed")) {
            facts.add("No webhooks: Holdpoint sees changes when it looks through the orders, not at once.");
        }
        if (!texts(status.path("apps")).contains("sale_stock")) {
            facts.add("No stock on orders (app Inventory is not installed): free quantities count as 0.");
        }
        if (!status.path("technical").asBoolean()) {
            facts.add("This user is not Holdpoint's technical user: checked as an administrator.");
        }
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
