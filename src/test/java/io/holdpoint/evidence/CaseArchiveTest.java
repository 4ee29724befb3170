package io.holdpoint.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.Story;
import io.holdpoint.intake.Intake;
import io.holdpoint.intake.OverHttp;
import io.holdpoint.odoo.DocumentRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is known of a document as a file to keep: it needs no Holdpoint to be read. */
@OverHttp
class CaseArchiveTest {

    private static final String STOCK = "order-release.stock";

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    @Autowired
    RepositoryService repository;

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    @Test
    void holds_the_cases_and_each_model_that_took_part_under_readable_names() throws IOException {
        var order = overLimit();
        story.start(order);

        var answer = intake.as("audrey").get("/api/cases/" + order + "/evidence");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/zip");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"evidence-sale.order-" + order.id() + ".zip\"");
        var files = unzip(answer.bytes());
        assertThat(files.keySet())
                .allMatch(name -> name.matches("case\\.json|(processes|dmn)/[a-z.-]+-v[0-9]+\\.(bpmn|dmn)"));
        assertThat(files.keySet().stream().map(name -> name.replaceAll("-v[0-9]+", "")))
                .containsExactlyInAnyOrder(
                        "case.json",
                        "processes/order-release.bpmn",
                        "processes/hold-resolution.bpmn",
                        "dmn/order-release.authority.dmn",
                        "dmn/order-release.credit.dmn",
                        "dmn/order-release.discount.dmn",
                        "dmn/order-release.document.dmn",
                        "dmn/order-release.exemption.dmn",
                        "dmn/order-release.margin.dmn",
                        "dmn/order-release.overdue.dmn",
                        "dmn/order-release.price.dmn",
                        "dmn/order-release.stock.dmn",
                        "dmn/order-release.thresholds.dmn");
        var told = intake.as("audrey").get("/api/cases/" + order).json();
        assertThat(json(files)).isEqualTo(told);
        var latest = latest(STOCK);
        assertThat(files.get(file(latest))).isEqualTo(xml(latest));
    }

    @Test
    void a_case_without_holds_asked_nobody_and_called_no_other_process() throws IOException {
        var good = story.odoo().data().goodOrder();
        story.odoo().requestRelease(good, "anna");
        var order = new DocumentRef("sale.order", good);
        story.start(order);

        var files = unzip(archive(order));

        assertThat(files.keySet())
                .noneMatch(name -> name.contains("hold-resolution"))
                .noneMatch(name -> name.contains("authority"))
                .anyMatch(name -> name.startsWith("processes/order-release-v"));
    }

    @Test
    void keeps_the_version_that_decided_when_a_newer_one_is_deployed() throws IOException {
        var before = overLimit();
        var caseBefore = story.start(before);
        var decided = latest(STOCK);
        var changed = xml(decided).replace("name=\"Order release: stock\"", "name=\"Order release: stock, stricter\"");
        assertThat(changed).isNotEqualTo(xml(decided));
        var deployment = repository
                .createDeployment()
                .addString("stricter.dmn", changed)
                .deploy()
                .getId();
        try {
            var newer = latest(STOCK);
            assertThat(newer.getVersion()).isEqualTo(decided.getVersion() + 1);
            var after = overLimit();
            story.start(after);

            var filesBefore = unzip(archive(before));
            var filesAfter = unzip(archive(after));

            assertThat(filesBefore.get(file(decided))).isEqualTo(xml(decided));
            assertThat(filesBefore).doesNotContainKey(file(newer));
            assertThat(filesAfter.get(file(newer))).isEqualTo(changed);
            assertThat(filesAfter).doesNotContainKey(file(decided));
            assertThat(json(filesBefore).path("cases").get(0).path("caseId").asText())
                    .isEqualTo(caseBefore);
        } finally {
            story.end();
            repository.deleteDeployment(deployment, true);
        }
    }

    @Test
    void says_so_when_a_version_has_been_deleted_meanwhile() throws IOException {
        var decided = latest(STOCK);
        var deployment = repository
                .createDeployment()
                .addString("shortlived.dmn", xml(decided).replace("Order release: stock", "Order release: short-lived"))
                .deploy()
                .getId();
        var shortLived = latest(STOCK);
        var order = overLimit();
        story.start(order);
        repository.deleteDeployment(deployment, true);

        var files = unzip(archive(order));

        assertThat(files.keySet()).noneMatch(name -> name.startsWith("dmn/" + STOCK));
        var models = json(files).path("cases").get(0).path("models");
        assertThat(models)
                .filteredOn(model -> model.path("key").asText().equals(STOCK))
                .singleElement()
                .satisfies(model -> {
                    assertThat(model.path("version").asInt()).isEqualTo(shortLived.getVersion());
                    assertThat(model.path("definition").asText()).isEqualTo(shortLived.getId());
                    assertThat(model.path("file").isNull()).isTrue();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "clara", "max", "petra"})
    void nobody_but_auditors_and_operations_gets_it(String person) {
        var order = overLimit();
        story.start(order);

        assertThat(intake.as(person).get("/api/cases/" + order + "/evidence").status())
                .isEqualTo(403);
        assertThat(intake.anonymous().get("/api/cases/" + order + "/evidence").status())
                .isEqualTo(401);
        assertThat(intake.as("ole").get("/api/cases/" + order + "/evidence").status())
                .isEqualTo(200);
    }

    @Test
    void what_there_is_nothing_of_is_a_problem_in_words() {
        var unknown = intake.as("audrey").get("/api/cases/sale.order,999999999/evidence", "Accept", "application/zip");
        var nonsense = intake.as("audrey").get("/api/cases/nonsense/evidence");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.detail()).isEqualTo("There never was a case about sale.order,999999999.");
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.type()).startsWith("application/problem+json");
    }

    private byte[] archive(DocumentRef order) {
        return intake.as("audrey").get("/api/cases/" + order + "/evidence").bytes();
    }

    private static Map<String, String> unzip(byte[] archive) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static JsonNode json(Map<String, String> files) throws IOException {
        return new ObjectMapper().readTree(files.get("case.json"));
    }

    private DecisionDefinition latest(String key) {
        return repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(key)
                .latestVersion()
                .singleResult();
    }

    private String xml(DecisionDefinition definition) throws IOException {
        try (var xml = repository.getDecisionModel(definition.getId())) {
            return new String(xml.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String file(DecisionDefinition definition) {
        return "dmn/" + definition.getKey() + "-v" + definition.getVersion() + ".dmn";
    }

    private DocumentRef overLimit() {
        var data = story.odoo().data();
        var customer = data.customer("Elbe Metall").creditLimit(10_000).add();
        var pump = data.product("Pump").price(100).cost(60).add();
        return new DocumentRef(
                "sale.order", data.order(customer).line(pump, 110).requested().add());
    }
}
