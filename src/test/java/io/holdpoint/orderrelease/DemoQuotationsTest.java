package io.holdpoint.orderrelease;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.DeliveredPolicy;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
import io.holdpoint.odoo.Partners;
import io.holdpoint.odoo.SaleOrders;
import io.holdpoint.odoo.Users;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The quotations of the demonstration meet the policy that is delivered with it: each hold reason is there to be seen.
 */
class DemoQuotationsTest {

    /** What a demonstration cannot show: a company that was not set up, and a gap in the tables. */
    private static final Set<String> NOT_SHOWN = Set.of("COMPANY_NOT_ALLOWED", "POLICY_SILENT");

    private final DemoOdoo demo = DemoOdoo.seeded(Clock.systemUTC());
    private final Odoo odoo = new Odoo(demo, null, 8);
    private final OrderFacts orders = new OrderFacts(
            new SaleOrders(odoo),
            new Partners(odoo, Clock.systemUTC()),
            new Users(odoo),
            odoo,
            new OrderFacts.Settings(Set.of()),
            Clock.systemUTC());

    @Test
    void each_quotation_meets_the_holds_it_was_made_for_and_no_reason_is_missing() throws IOException {
        var met = new ArrayList<String>();
        var shown = new TreeSet<>(NOT_SHOWN);
        var policy = new DeliveredPolicy("order-release");
        for (var order : quotations()) {
            var holds = policy.holds(
                    orders.read("case", order).facts().orElseThrow().inputs());
            met.add((name(order) + ": " + String.join(" ", holds)).strip());
            shown.addAll(holds);
        }

        assertThat(met)
                .containsExactly(
                        "Hansa Maschinenbau GmbH:",
                        "Hansa Maschinenbau GmbH, Purchasing:",
                        "Elbtal Metallwerke KG:",
                        "Elbtal Metallwerke KG:",
                        "Havel Brauereitechnik GmbH:",
                        "Havel Brauereitechnik GmbH:",
                        "Müritz Bootsbau GmbH:",
                        "Boddenwerft Stralsund GmbH:",
                        "Hansa Maschinenbau GmbH:",
                        "Oderbruch Landhandel GmbH: CREDIT_SUSPENDED",
                        "Nordsee Schiffstechnik GmbH: OVERDUE",
                        "Kieler Antriebe AG: OVERDUE_MAJOR",
                        "Harzer Anlagenbau GmbH: LIMIT_WARNING",
                        "Oderland Fördertechnik GmbH: OVER_LIMIT",
                        "Rügen Hafenlogistik GmbH: OVER_LIMIT_MAJOR",
                        "Weserland Kunststoffe GmbH: LIMIT_EXPIRED",
                        "Elbtal Metallwerke KG: TERMS_CHANGED",
                        "Altmark Landtechnik eG: INACTIVE_CUSTOMER",
                        "Lausitz Energieservice GmbH: NO_CREDIT_LIMIT",
                        "Great Lakes Bearings Inc.: LIMIT_WARNING",
                        "Kieler Antriebe AG: DISCOUNT OVERDUE_MAJOR STOCK_SHORT",
                        "Hansa Maschinenbau GmbH: DISCOUNT",
                        "Havel Brauereitechnik GmbH: DISCOUNT_MAJOR",
                        "Hansa Maschinenbau GmbH: LINE_DISCOUNT",
                        "Hansa Maschinenbau GmbH: DISCOUNT_EXCEPTIONAL",
                        "Havel Brauereitechnik GmbH: MARGIN",
                        "Havel Brauereitechnik GmbH: MARGIN_MAJOR",
                        "Havel Brauereitechnik GmbH: BELOW_COST MARGIN_NEGATIVE",
                        "Hansa Maschinenbau GmbH: BELOW_COST",
                        "Hansa Maschinenbau GmbH: PRICE",
                        "Havel Brauereitechnik GmbH: COST_MISSING",
                        "Havel Brauereitechnik GmbH: STOCK_SHORT",
                        "Havel Brauereitechnik GmbH: NO_LINES");
        assertThat(shown).as("hold reasons to be seen").containsExactlyInAnyOrderElementsOf(policy.reasons());
    }

    private List<DocumentRef> quotations() {
        return odoo.searchRead("sale.order", List.of(List.of("state", "=", "draft")), List.of("name"), "id", 0).stream()
                .map(order -> new DocumentRef("sale.order", order.path("id").asLong()))
                .toList();
    }

    private String name(DocumentRef order) {
        return demo.order(order.id()).at("/partner_id/1").asText();
    }
}
