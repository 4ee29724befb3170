package io.holdpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.engine.Http;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.intake.OverHttp;
import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * What people called a customer, a product, a colleague or a reason stays text, all the way through. Mails are looked
 * at with the other mails, pages in a browser by src/test/browser/markup.mjs.
 */
@OverHttp
class MarkupTest {

    private static final String MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    private static final String AS_TEXT = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;";
    private static final String API = "/camunda/api/engine/engine/default";

    @Autowired
    Story story;

    @Autowired
    IdentityService identities;

    @LocalServerPort
    int port;

    private DocumentRef order;
    private String caseId;

    @BeforeEach
    void callEverythingSo() {
        callMax(MARKUP);
        var data = story.odoo().data();
        var pump = data.product(MARKUP).price(100).cost(50).stock(1000).add();
        var id = data.order(data.customer(MARKUP).creditLimit(1_000).add())
                .line(pump, 20)
                .add();
        story.odoo().requestRelease(id, "anna");
        order = new DocumentRef("sale.order", id);
        caseId = story.start(order);
    }

    @AfterEach
    void end() {
        callMax("Max");
        story.end();
    }

    @Test
    void in_the_form_it_is_a_value_beside_the_form_and_no_part_of_it() {
        var max = as("max");
        var task = story.task(order, "OVER_LIMIT").getId();

        var form = max.get("/engine-rest/task/" + task + "/deployed-form");
        var values = max.get("/engine-rest/task/" + task + "/form-variables");

        assertThat(form.status()).isEqualTo(200);
        assertThat(form.body()).contains("{{partyName}}").doesNotContain("alert(1)");
        assertIsData(values);
        assertThat(values.json().at("/partyName/value").asText()).isEqualTo(MARKUP);
    }

    @Test
    void in_tasklist_and_cockpit_it_is_data() {
        var task = story.task(order, "OVER_LIMIT").getId();
        var max = loggedIn("tasklist", "max");
        var ole = loggedIn("cockpit", "ole");

        var ownTask = max.get(API + "/task/" + task);
        var own = max.get(API + "/user/max/profile");
        var variables = ole.get(API + "/variable-instance?variableName=partyName&maxResults=50");

        assertIsData(ownTask);
        assertThat(ownTask.json().path("name").asText()).contains(MARKUP);
        assertIsData(own);
        assertThat(own.json().path("firstName").asText()).isEqualTo(MARKUP);
        assertIsData(variables);
        assertThat(variables.json())
                .extracting(variable -> variable.path("value").asText())
                .contains(MARKUP);
    }

    @Test
    void in_the_evidence_it_is_data_and_a_file_to_save() {
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", MARKUP);
        var audrey = as("audrey");

        var told = audrey.get("/api/cases/" + order);
        var archive = audrey.get("/api/cases/" + order + "/evidence");

        assertIsData(told);
        assertThat(texts(told.json())).contains(MARKUP);
        assertThat(archive.type()).isEqualTo("application/zip");
        assertThat(archive.headers().get("content-disposition"))
                .singleElement()
                .asString()
                .startsWith("attachment");
        assertThat(archive.headers().get("x-content-type-options")).containsExactly("nosniff");
        assertThat(story.evidence(caseId, Kind.DECISION))
                .singleElement()
                .satisfies(decision -> assertThat(decision.content()).containsEntry("reason", MARKUP));
    }

    @Test
    void in_the_notes_and_pages_of_odoo_it_is_text() {
        story.decide(story.task(order, "OVER_LIMIT"), "max", "release", MARKUP);

        assertThat(story.odoo().chatter(order)).anyMatch(note -> note.contains(MARKUP));
        for (var path : new String[] {"/demo/odoo", "/demo/odoo/sale.order/" + order.id()}) {
            var page = Http.anonymous(port).get(path);

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains(AS_TEXT).doesNotContain("<script", "<img");
        }
    }

    @Test
    void a_refusal_repeats_it_as_data_too() {
        var answer = as("max")
                .post(
                        "/engine-rest/task/" + story.task(order, "OVER_LIMIT").getId() + "/submit-form",
                        "{\"variables\": {\"decision\": {\"value\": \"%s\"}, \"reason\": {\"value\": \"x\"}}}"
                                .formatted(MARKUP));

        assertThat(answer.status()).isEqualTo(400);
        assertIsData(answer);
    }

    private static void assertIsData(Http.Answer answer) {
        assertThat(answer.type()).matches("application/(problem\\+)?json.*");
        assertThat(answer.headers().get("x-content-type-options")).containsExactly("nosniff");
    }

    private static List<String> texts(JsonNode json) {
        var all = new ArrayList<String>();
        if (json.isTextual()) {
            all.add(json.asText());
        }
        json.forEach(child -> all.addAll(texts(child)));
        return all;
    }

    private void callMax(String name) {
        var max = identities.createUserQuery().userId("max").singleResult();
        max.setFirstName(name);
        identities.saveUser(max);
    }

    private Http as(String person) {
        return Http.basic(port, person, "Holdpoint-1");
    }

    private Http loggedIn(String application, String person) {
        var browser = Http.anonymous(port);
        assertThat(browser.logIn(application, person, "Holdpoint-1").status()).isEqualTo(200);
        return browser;
    }
}
