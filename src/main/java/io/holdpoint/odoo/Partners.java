package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Customers in Odoo. */
@Component
public final class Partners {

    private static final Specification PARTNER = new Specification()
            .values(
                    "credit",
                    "credit_to_invoice",
                    "credit_limit",
                    "use_partner_credit_limit",
                    "trust",
                    "x_holdpoint_limit_review")
            .related("property_payment_term_id", PaymentTerms.SPECIFICATION);
    private static final Specification COMPANY = new Specification().values("account_use_credit_limit");

    private final Odoo odoo;
    private final Clock clock;

    /** @param clock says what is overdue; in UTC */
    public Partners(Odoo odoo, Clock clock) {
        this.odoo = odoo;
        this.clock = clock;
    }

    /**
     * What a customer owes and may owe, as one company sees it: limits, trust and terms differ per company in Odoo.
     *
     * @param commercialPartnerId the customer company, which has the credit, not one of its contacts
     * @throws OdooContract when Odoo has no such partner or company
     */
    public CreditPosition credit(long commercialPartnerId, long companyId) {
        Map<String, Object> asCompany = Map.of("allowed_company_ids", List.of(companyId));
        var partner = only("res.partner", commercialPartnerId, PARTNER, asCompany);
        var company = only("res.company", companyId, COMPANY, asCompany);
        var overdue = overdue(commercialPartnerId, companyId);

        var limited = company.path("account_use_credit_limit").asBoolean()
                && partner.path("use_partner_credit_limit").asBoolean();
        return new CreditPosition(
                commercialPartnerId,
                Values.number(partner, "credit"),
                Values.number(partner, "credit_to_invoice"),
                limited ? Values.number(partner, "credit_limit") : null,
                Values.date(partner, "x_holdpoint_limit_review"),
                Values.text(partner, "trust") == null ? "normal" : Values.requiredText(partner, "trust"),
                Values.number(overdue, "amount_residual:sum"),
                Values.date(overdue, "date_maturity:min"),
                PaymentTerms.days(partner.path("property_payment_term_id")),
                lastOrder(commercialPartnerId, companyId));
    }

    private JsonNode only(String model, long id, Specification specification, Map<String, Object> context) {
        var found = odoo.webRead(model, List.of(id), specification.fields(), context);
        if (found.isEmpty()) {
            throw new OdooContract("Odoo has no " + model + " with id " + id + ".");
        }
        return found.get(0);
    }

    /** Instalments, not invoices: of an invoice with several due dates only what is due already counts. */
    private JsonNode overdue(long commercialPartnerId, long companyId) {
        var today = LocalDate.now(clock).toString();
        return odoo.sum(
                "account.move.line",
                List.of(
                        List.of("move_id.commercial_partner_id", "=", commercialPartnerId),
                        List.of("company_id", "=", companyId),
                        List.of("move_id.move_type", "=", "out_invoice"),
                        List.of("move_id.payment_state", "in", List.of("not_paid", "partial")),
                        List.of("parent_state", "=", "posted"),
                        List.of("account_id.account_type", "=", "asset_receivable"),
                        List.of("amount_residual", ">", 0),
                        List.of("date_maturity", "<", today)),
                List.of("amount_residual:sum", "date_maturity:min"));
    }

    private @Nullable LocalDate lastOrder(long commercialPartnerId, long companyId) {
        var domain = List.of(
                List.of("partner_id", "child_of", commercialPartnerId),
                List.of("company_id", "=", companyId),
                List.of("state", "=", "sale"));
        var orders = odoo.searchRead("sale.order", domain, List.of("date_order"), "date_order desc", 1);
        return orders.isEmpty() ? null : Values.date(orders.get(0), "date_order");
    }
}
