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
        var looser = Files.readString(Path.of("dmn", "order-release.thresholds.dmn"))
                .replace("<text>80</text>", "<text>79</text>");
        var deployed = Http.basic(port, "petra", "Holdpoint-1")
                .deployAsModeler(
                        "looser",
                        "order-release.thresholds.dmn",
                        looser.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(deployed.status()).as(deployed.body()).isEqualTo(200);
        var order = overLimit();
        var caseId = story.start(order);

        assertThatThrownBy(() -> story.decide(story.task(order, "OVER_LIMIT"), "petra", "release", "My own rule."))
                .hasMessageContaining("Four eyes: petra deployed the table order-release.thresholds");

        assertThat(story.evidence(caseId, Kind.REFUSAL))
                .singleElement()
                .satisfies(line -> assertThat(line.actor()).isEqualTo("petra"));
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", "Secured by a guarantee.");
        assertThat(story.outcome(caseId)).isEqualTo("released");
    }

    @Test
    void with_tables_of_others_the_same_person_approves() {
        var order = overLimit();
        var caseId = story.start(order);

        story.decide(story.task(order, "OVER_LIMIT"), "petra", "release", "Secured by a guarantee.");

        assertThat(story.outcome(caseId)).isEqualTo("released");
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
