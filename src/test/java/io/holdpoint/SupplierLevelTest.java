package io.holdpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.demo.DemoData;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.odoo.DocumentRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two workflows that know nothing of each other, and a vendor in Odoo whom both know. */
@ProcessTest
class SupplierLevelTest {

    @Autowired
    Story story;

    DemoOdoo odoo;
    DemoData data;
    long bearing;
    long vendor;

    @BeforeEach
    void begin() {
        odoo = story.odoo();
        data = odoo.data();
        bearing = data.product("Bearing").price(30).cost(12.5).stock(0).add();
        vendor = data.vendor("Kugel & Lager AG").price(bearing, 12.5).add();
    }

    @AfterEach
    void end() {
        story.end();
    }

    @Test
    void a_vendor_whom_quality_cases_put_on_level_three_puts_the_next_urgent_purchase_on_hold() {
        var before = purchase(vendor);
        assertThat(state(before)).as("a vendor like any other").isEqualTo("purchase");
        var first = critical("K-1");
        assertThat(level()).as("once can happen").isZero();
        critical("K-2");
        assertThat(level()).isEqualTo(3);

        var after = purchase(vendor);
        var elsewhere = purchase(data.vendor("Isar Lager").price(bearing, 13).add());

        assertThat(state(after)).isEqualTo("draft");
        assertThat(story.holdCodes(after)).containsExactly("VENDOR_LEVEL");
        var task = story.task(after, "VENDOR_LEVEL");
        assertThat(story.candidateGroup(task)).isEqualTo("qualityManager");
        assertThat(story.variable(task, "numbers").toString()).contains("3");
        assertThat(state(elsewhere)).as("another vendor").isEqualTo("purchase");
        assertThat(story.isOpen("quality-escalation", first)).isTrue();

        story.decide(task, "quentin", "release", "Sorted at the vendor's cost before it is shipped.");

        assertThat(state(after)).isEqualTo("purchase");
        assertThat(level()).as("a purchase moves nobody on the ladder").isEqualTo(3);
    }

    /** A critical defect of what the vendor sent, of which the quality manager has decided what stops. */
    private DocumentRef critical(String lot) {
        var receipt = new DocumentRef("stock.picking", data.receipt(vendor, bearing, lot, 8));
        data.defect(receipt, "safety", "critical", 0, "Cage breaks under load");
        story.start("quality-escalation", receipt);
        story.decide(story.task(receipt, "SAFETY_STOP"), "quentin", "release", "Line two stands, customers are told.");
        return receipt;
    }

    private DocumentRef purchase(long seller) {
        var order = new DocumentRef(
                "purchase.order", data.purchase(seller).line(bearing, 4).add());
        odoo.requestApproval(order.id(), "bea");
        story.start("urgent-purchase", order);
        return order;
    }

    private String state(DocumentRef order) {
        return odoo.record(order).path("state").asText();
    }

    private int level() {
        return odoo.record(new DocumentRef("res.partner", vendor))
                .path("x_holdpoint_supplier_level")
                .asInt();
    }
}
