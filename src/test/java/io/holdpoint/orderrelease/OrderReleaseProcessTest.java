package io.holdpoint.orderrelease;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.demo.DemoData;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.odoo.DocumentRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ProcessTest
class OrderReleaseProcessTest {

    @Autowired
    Story story;

    DemoOdoo odoo;
    DemoData data;

    @BeforeEach
    void begin() {
        odoo = story.odoo();
        data = odoo.data();
    }

    @AfterEach
    void end() {
        story.end();
    }

    @Test
    void an_order_that_passes_all_checks_is_confirmed_at_once() {
        var order = requested(data.goodOrder());

        var caseId = story.start(order);

        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.outcome(caseId)).isEqualTo("released");
        assertThat(story.isOpen(order)).isFalse();
        assertThat(story.passed(caseId))
                .contains("businessRuleTask_checkPolicy", "serviceTask_confirmOrder", "endEvent_orderReleased")
                .doesNotContain("serviceTask_showHolds", "subProcess_resolveHolds");
    }

    @Test
    void an_order_over_the_limit_waits_for_the_credit_manager() {
        var order = requested(overLimit());

        var caseId = story.start(order);

        assertThat(state(order)).isEqualTo("draft");
        var task = story.task(order, "OVER_LIMIT");
        assertThat(story.candidateGroup(task)).isEqualTo("creditManager");
        story.decide(task, "max", "release", "Secured by a guarantee.");
        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.outcome(caseId)).isEqualTo("released");
    }

    private long overLimit() {
        var customer = data.customer("Elbe Metall").creditLimit(10_000).add();
        var pump = data.product("Pump").price(100).cost(60).stock(1000).add();
        return data.order(customer).line(pump, 110).add();
    }

    private DocumentRef requested(long order) {
        odoo.requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }

    private String state(DocumentRef order) {
        return order(order).path("state").asText();
    }

    private JsonNode order(DocumentRef order) {
        return odoo.order(order.id());
    }
}
