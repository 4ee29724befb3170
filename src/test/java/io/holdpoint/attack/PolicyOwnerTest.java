package io.holdpoint.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.Story;
import io.holdpoint.engine.Http;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.intake.OverHttp;
import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Petra owns policy and is, in a small company, credit manager as well. */
@OverHttp
class PolicyOwnerTest {

    @Autowired
    Story story;

    @Autowired
    RepositoryService repository;

    @LocalServerPort
    int port;

    @BeforeEach
    void giveHerTheRole() {
        story.addToGroup("petra", "creditManager");
    }

    @AfterEach
    void end() {
        story.removeFromGroup("petra", "creditManager");
        story.end();
        repository.createDeploymentQuery().deploymentName("looser").list().stream()
                .map(Deployment::getId)
                .forEach(id -> repository.deleteDeployment(id, true));
    }

    @Test
    void a_policy_owner_does_not_approve_what_the_own_table_asked() throws IOException {
        deployLooser();
        var order = overLimit();
        var caseId = story.start(order);

        assertThatThrownBy(() -> story.decide(story.task(order, "OVER_LIMIT"), "petra", "release", "My own rule."))
                .hasMessageContaining("Four eyes: Petra deployed the table order-release.thresholds");

        assertThat(story.evidence(caseId, Kind.REFUSAL))
                .singleElement()
                .satisfies(line -> assertThat(line.actor()).isEqualTo("petra"));
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");
        assertThat(story.outcome(caseId)).isEqualTo("released");
    }

    @Test
    void a_release_from_before_counts_no_longer_when_who_gave_it_deployed_the_table_meanwhile() throws IOException {
        var order = overLimitAndOverdue();
        var caseId = story.start(order);
        assertThat(story.holdCodes(order)).containsExactly("OVERDUE", "OVER_LIMIT");
        story.decide(story.task(order, "OVER_LIMIT"), "petra", "release", "Secured by a guarantee.");

        // Policy is asked again about a smaller order, by her own table now; her answer fits the numbers still.
        deployLooser();
        story.odoo().changeLine(line(order), "anna", Map.of("product_uom_qty", 19));
        story.tell("order-release.orderChanged", order);
        assertThat(story.holdCodes(order)).containsExactly("OVERDUE");
        var last = story.task(order, "OVERDUE");

        assertThatThrownBy(() -> story.decide(last, "clara", "release", "Paid this morning."))
                .hasMessageContaining("Release forbidden");

        assertThat(story.isOpen(order)).isTrue();
        assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("draft");
        assertThat(story.evidence(caseId, Kind.REFUSAL))
                .anySatisfy(line -> assertThat(String.valueOf(line.content().get("why")))
                        .contains("petra", "deployed the table order-release.thresholds"));
    }

    @Test
    void with_tables_of_others_the_same_person_approves() {
        var order = overLimit();
        var caseId = story.start(order);

        story.decide(story.task(order, "OVER_LIMIT"), "petra", "release", "Secured by a guarantee.");

        assertThat(story.outcome(caseId)).isEqualTo("released");
    }

    private void deployLooser() throws IOException {
        var looser = Files.readString(Path.of("dmn", "order-release.thresholds.dmn"))
                .replace("<text>80</text>", "<text>79</text>");
        var deployed = Http.basic(port, "petra", "Holdpoint-1")
                .deployAsModeler(
                        "looser",
                        "order-release.thresholds.dmn",
                        looser.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(deployed.status()).as(deployed.body()).isEqualTo(200);
    }

    private DocumentRef overLimitAndOverdue() {
        var data = story.odoo().data();
        var customer = data.customer("Elbe Metall").creditLimit(1_000).add();
        data.invoice(customer).amount(1_500).overdue(40).add();
        var order = data.order(customer)
                .line(data.product("Pump").price(100).cost(50).stock(1000).add(), 20)
                .add();
        story.odoo().requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }

    private long line(DocumentRef order) {
        return story.odoo().order(order.id()).path("order_line").get(0).asLong();
    }

    private DocumentRef overLimit() {
        var data = story.odoo().data();
        var order = data.order(data.customer("Elbe Metall").creditLimit(1_000).add())
                .line(data.product("Pump").price(100).cost(50).stock(1000).add(), 20)
                .add();
        story.odoo().requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }
}
