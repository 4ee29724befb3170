package io.holdpoint.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.engine.Http;
import io.holdpoint.engine.RunningApplication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may do what, tried over HTTP against the running application. */
@RunningApplication
class AccessTest {

    private static final String START = "/engine-rest/process-definition/key/try-start/start";

    @LocalServerPort
    private int port;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private ManagementService management;

    @Autowired
    private FilterService filters;

    @Autowired
    private JdbcClient jdbc;

    private String credit = "";
    private String correction = "";

    @BeforeEach
    void openTwoTasks() {
        TaskSamples.deploy(repository);
        deploy("try-start", true);
        deploy("try-part", false);
        credit =
                taskOf(TaskSamples.start(runtime, TaskSamples.DECIDE, "sale.order,42", TaskSamples.decide(tomorrow())));
        correction =
                taskOf(TaskSamples.start(runtime, "try-correct", "sale.order,43", TaskSamples.correct(tomorrow())));
    }

    @AfterEach
    void endAll() {
        ClockUtil.reset();
        jdbc.sql("delete from hp_substitution_offer").update();
        jdbc.sql("delete from hp_substitution").update();
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "end of test"));
    }

    // Anonymous ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/engine",
                "/engine-rest/engine/default/task",
                "/engine-rest/task",
                "/engine-rest/user",
                "/engine-rest/process-definition",
                "/engine-rest/openapi.json",
                "/api/cases/sale.order,42",
                "/api/cases/sale.order,42/evidence",
                "/api/events?state=quarantined",
                "/api/openapi.json",
                "/actuator",
                "/actuator/env",
                "/actuator/prometheus",
                "/camunda/api/engine/engine/default/task",
                "/h2-console",
                "/anything"
            })
    void nothing_is_open(String path) {
        var answer = anonymous().get(path);

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void a_refusal_is_a_problem_in_words() {
        var answer = anonymous().post("/engine-rest/deployment/create", "{}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.message()).isEqualTo("Give a user and password that may do this, by HTTP Basic.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"petra", "audrey"})
    void whoever_has_no_tasks_is_led_from_tasklist_to_cockpit(String person) {
        var browser = anonymous();
        browser.logIn("cockpit", person, FirstUsers.DEMO_PASSWORD);

        var answer = browser.forPage("GET", "/camunda/app/tasklist/default/", "", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).endsWith("/camunda/app/cockpit/default/");
    }

    @Test
    void whoever_may_not_see_a_page_is_told_so_in_words() {
        var browser = anonymous();
        browser.logIn("tasklist", "clara", FirstUsers.DEMO_PASSWORD);

        var answer = browser.forPage("GET", "/camunda/app/cockpit/default/", "", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("This page is for other roles");
    }

    @Test
    void nobody_becomes_administrator_through_the_setup_page() {
        var browser = anonymous();
        browser.get("/camunda/app/admin/default/");

        var answer = browser.post("/camunda/api/admin/setup/default/user/create", """
                {"profile": {"id": "intruder"}, "credentials": {"password": "Let-Me-In-1"}}""");

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void health_is_open_and_says_nothing_else() {
        var answer = anonymous().get("/actuator/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("UP");
        assertThat(answer.json().has("components")).isFalse();
    }

    @Test
    void the_bare_address_leads_to_tasklist() {
        var answer = anonymous().get("/");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).endsWith("/camunda/app/tasklist/default/");
    }

    @Test
    void a_wrong_password_locks_for_a_moment_at_every_door() {
        assertThat(Http.basic(port, "wim", "wrong")
                        .get("/engine-rest/task/count")
                        .status())
                .isEqualTo(401);
        assertThat(as("wim").get("/engine-rest/task/count").status()).isEqualTo(401);

        ClockUtil.offset(Duration.ofMinutes(2).toMillis());

        assertThat(as("wim").get("/engine-rest/task/count").status()).isEqualTo(200);
    }

    // People who decide -------------------------------------------------------------------------------------------

    @Test
    void an_approver_sees_the_tasks_of_the_own_role_and_no_others() {
        var seen = as("clara").get("/engine-rest/task?maxResults=50");

        assertThat(seen.json()).hasSize(1);
        assertThat(seen.json().get(0).path("id").asText()).isEqualTo(credit);
        assertThat(as("clara").get("/engine-rest/task/" + correction).status()).isEqualTo(404);
        assertThat(as("clara")
                        .get("/engine-rest/task/" + correction + "/form-variables")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void an_approver_claims_and_decides_and_the_answer_comes_back() {
        var clara = as("clara");
        assertThat(clara.post("/engine-rest/task/" + credit + "/claim", "{\"userId\": \"clara\"}")
                        .status())
                .isEqualTo(204);

        var answer = clara.post("/engine-rest/task/" + credit + "/submit-form", """
                {"variables": {"decision": {"value": "return"}, "reasonCode": {"value": "correctTerms"},
                 "reason": {"value": "30 days, not 60."}}}""");

        assertThat(answer.status()).isEqualTo(204);
        var after = tasks.createTaskQuery().taskDefinitionKey("userTask_after").singleResult();
        assertThat(tasks.getVariables(after.getId()))
                .containsEntry("decision", "return")
                .containsEntry("reasonCode", "correctTerms")
                .containsEntry("reason", "30 days, not 60.");
    }

    @Test
    void a_refused_answer_says_why() {
        var answer = as("anna").post("/engine-rest/task/" + correction + "/submit-form", """
                        {"variables": {"action": {"value": "withdraw"}, "reason": {"value": ""}}}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo("reason: say why, it is kept with the case.");
        assertThat(tasks.createTaskQuery().taskId(correction).count()).isOne();
    }

    @Test
    void an_approver_reads_the_numbers_of_the_own_task_only() {
        var clara = as("clara");
        var ownCase = caseOf(credit);

        assertThat(clara.get("/engine-rest/task/" + credit + "/form-variables")
                        .json()
                        .path("numbers")
                        .isMissingNode())
                .isFalse();
        assertThat(clara.get("/engine-rest/task/" + credit + "/deployed-form").status())
                .isEqualTo(200);
        assertThat(clara.get("/engine-rest/process-instance/" + ownCase + "/variables")
                        .status())
                .isEqualTo(403);
        assertThat(clara.get("/engine-rest/process-instance/" + caseOf(correction))
                        .status())
                .isEqualTo(404);
        assertThat(clara.get("/engine-rest/history/variable-instance?maxResults=50")
                        .json())
                .isEmpty();
        assertThat(clara.get("/engine-rest/variable-instance?maxResults=50&processInstanceIdIn=" + ownCase)
                        .json())
                .extracting(variable -> variable.path("name").asText())
                .containsExactlyInAnyOrder("amountText", "holdTitle", "partyName", "documentName");
    }

    @Test
    void an_approver_comments() {
        var answer =
                as("clara").post("/engine-rest/task/" + credit + "/comment/create", "{\"message\": \"Asked them.\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(as("clara")
                        .get("/engine-rest/history/task?taskId=" + credit + "&maxResults=5")
                        .json())
                .hasSize(1);
    }

    @Test
    void an_approver_goes_no_other_way() {
        var clara = as("clara");
        var own = "/engine-rest/task/" + credit;
        var ownCase = "/engine-rest/process-instance/" + caseOf(credit);

        assertThat(clara.post(own + "/assignee", "{\"userId\": \"max\"}").status())
                .isEqualTo(403);
        assertThat(clara.post(own + "/identity-links", "{\"groupId\": \"sales\", \"type\": \"candidate\"}")
                        .status())
                .isEqualTo(403);
        assertThat(clara.put(own + "/variables/amountText", "{\"value\": \"€ 1.00\"}")
                        .status())
                .isEqualTo(403);
        assertThat(clara.put(ownCase + "/variables/highValue", "{\"value\": false}")
                        .status())
                .isEqualTo(403);
        assertThat(clara.post(ownCase + "/modification", skipTo("userTask_after"))
                        .status())
                .isEqualTo(403);
        assertThat(clara.delete(ownCase).status()).isEqualTo(403);
        assertThat(clara.post(START, "{\"businessKey\": \"sale.order,9\"}").status())
                .isEqualTo(403);
        assertThat(clara.deployAsModeler("x", "x.bpmn", bpmn("x")).status()).isEqualTo(403);
        assertThat(clara.post(
                                "/engine-rest/filter/create",
                                "{\"name\": \"x\", \"resourceType\": \"Task\", \"query\": {}}")
                        .status())
                .isEqualTo(403);
        assertThat(clara.post("/engine-rest/task/" + correction + "/complete", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(clara.get("/engine-rest/user?maxResults=50").json())
                .extracting(user -> user.path("id").asText())
                .containsExactly("clara");
    }

    private static String definition(JsonNode definitions, String key) {
        for (var definition : definitions) {
            if (definition.path("key").asText().equals(key)) {
                return definition.path("id").asText();
            }
        }
        throw new AssertionError("No process " + key);
    }

    // Substitution ------------------------------------------------------------------------------------------------

    @Test
    void an_approver_names_a_substitute_in_tasklist_and_starts_nothing_else_there() {
        var clara = loggedIn("tasklist", "clara");
        var api = "/camunda/api/engine/engine/default";

        var startable = clara.get(api + "/process-definition?latestVersion=true&active=true&startableInTasklist=true"
                + "&startablePermissionCheck=true&maxResults=50");
        assertThat(startable.json())
                .extracting(definition -> definition.path("name").asText())
                .containsExactlyInAnyOrder("Decide several holds", "Name a substitute");
        var definition = definition(startable.json(), "substitution");
        assertThat(clara.get(api + "/process-definition/" + definition + "/deployed-start-form")
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo("substitution.name");

        var refused =
                clara.post(api + "/process-definition/" + definition + "/submit-form", substitute("max", "2026-01-01"));
        assertThat(refused.status())
                .as("as for every refusal by a listener in the web application")
                .isEqualTo(500);
        assertThat(refused.message()).contains("firstDay: 2026-01-01 is past");
        var named = clara.post(
                api + "/process-definition/" + definition + "/submit-form",
                substitute("max", LocalDate.now(ZoneId.of("Europe/Berlin")).toString()));
        assertThat(named.status()).isEqualTo(200);
        assertThat(jdbc.sql("select person from hp_substitution")
                        .query(String.class)
                        .list())
                .containsExactly("clara");
        assertThat(as("clara").get("/engine-rest/task?maxResults=50").json())
                .extracting(task -> task.path("taskDefinitionKey").asText())
                .containsExactlyInAnyOrder("userTask_try", "userTask_endSubstitutionEarly");
    }

    @Test
    void a_substitute_finds_the_task_in_the_list_of_the_own_role_until_it_is_taken_back() {
        var list = "/camunda/api/engine/engine/default/filter/" + filter("My role") + "/list?maxResults=50";
        assertThat(loggedIn("tasklist", "bea").get(list).json()).isEmpty();

        tasks.addCandidateUser(credit, "bea");

        assertThat(loggedIn("tasklist", "bea").get(list).json()).hasSize(1);
        assertThat(as("bea")
                        .post("/engine-rest/task/" + credit + "/claim", "{\"userId\": \"bea\"}")
                        .status())
                .isEqualTo(204);
        assertThat(loggedIn("tasklist", "bea").get(list).json()).hasSize(1);
    }

    @Test
    void nobody_else_names_a_substitute_and_nobody_sends_along_what_the_form_does_not_ask() {
        var start = "/engine-rest/process-definition/key/substitution/start";
        var today = LocalDate.now(ZoneId.of("Europe/Berlin")).toString();
        for (var user : List.of("petra", "audrey")) {
            assertThat(as(user).post(start, substitute("max", today)).status())
                    .as(user)
                    .isEqualTo(403);
        }
        assertThat(odoo().post(start, substitute("max", today)).message())
                .isEqualTo("forWhom: odoo has no role that decides, so there is nothing to hand over.");
        assertThat(as("clara")
                        .post(start, "{\"variables\": {\"absent\": {\"value\": \"max\"}}}")
                        .message())
                .isEqualTo("Only the fields of the form are accepted. Not accepted: absent.");
        assertThat(as("clara")
                        .post(
                                start,
                                "{\"startInstructions\": [{\"type\": \"startBeforeActivity\","
                                        + " \"activityId\": \"serviceTask_handTasksOver\"}]}")
                        .status())
                .isEqualTo(403);
        assertThat(as("clara")
                        .post(
                                "/engine-rest/process-definition/key/order-release/start",
                                "{\"businessKey\": \"sale.order,9\"}")
                        .status())
                .isEqualTo(403);
        assertThat(jdbc.sql("select count(*) from hp_substitution")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static String substitute(String substitute, String firstDay) {
        return """
                {"variables": {"substitute": {"value": "%s"}, "firstDay": {"value": "%s"}, "lastDay": {"value": "2099-01-31"},
                 "workflows": {"value": "[\\"order-release\\"]", "type": "Json"}, "upToAmount": {"value": 5000}}}""".formatted(substitute, firstDay);
    }

    private String filter(String name) {
        return filters.createFilterQuery().filterName(name).singleResult().getId();
    }

    // Operations, audit, policy -----------------------------------------------------------------------------------

    @Test
    void operations_see_everything_and_mend_but_do_not_decide() {
        var ole = as("ole");
        var instance =
                runtime.startProcessInstanceByKey("try-start", "sale.order,44").getId();
        var job = management
                .createJobQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
        management.setJobRetries(job, 0);

        assertThat(ole.put("/engine-rest/job/" + job + "/retries", "{\"retries\": 1}")
                        .status())
                .isEqualTo(204);
        assertThat(ole.put("/engine-rest/process-instance/" + instance + "/suspended", "{\"suspended\": true}")
                        .status())
                .isEqualTo(204);
        assertThat(ole.get("/engine-rest/process-instance/" + caseOf(credit) + "/variables")
                        .status())
                .isEqualTo(200);
        // Tests run without the metrics themselves: 404 is past the door.
        assertThat(ole.get("/actuator/prometheus").status()).isNotIn(401, 403);

        changesNothing(ole);
    }

    @Test
    void an_auditor_reads_everything_and_changes_nothing() {
        var audrey = as("audrey");
        var instance =
                runtime.startProcessInstanceByKey("try-start", "sale.order,45").getId();
        var job = management
                .createJobQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();

        assertThat(audrey.get("/engine-rest/task?maxResults=50").json()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(audrey.get("/engine-rest/process-instance/" + caseOf(credit) + "/variables")
                        .status())
                .isEqualTo(200);
        assertThat(audrey.get("/engine-rest/history/variable-instance?maxResults=50")
                        .json())
                .isNotEmpty();
        assertThat(audrey.get("/engine-rest/history/user-operation?maxResults=50")
                        .status())
                .isEqualTo(200);
        assertThat(audrey.get("/engine-rest/authorization?maxResults=500").json())
                .isNotEmpty();
        assertThat(audrey.get("/api/openapi.json").status()).isEqualTo(200);

        assertThat(audrey.put("/engine-rest/job/" + job + "/retries", "{\"retries\": 1}")
                        .status())
                .isEqualTo(403);
        assertThat(audrey.put("/engine-rest/process-instance/" + instance + "/suspended", "{\"suspended\": true}")
                        .status())
                .isEqualTo(403);
        assertThat(audrey.get("/actuator/prometheus").status()).isEqualTo(403);
        changesNothing(audrey);
    }

    @Test
    void the_policy_owner_reads_tables_and_decides_nothing() {
        var petra = as("petra");

        assertThat(petra.get("/engine-rest/process-definition/count")
                        .json()
                        .path("count")
                        .asInt())
                .isPositive();
        assertThat(petra.get("/engine-rest/task?maxResults=50").json()).isEmpty();
        assertThat(petra.post("/engine-rest/task/" + credit + "/claim", "{\"userId\": \"petra\"}")
                        .status())
                .isEqualTo(403);
        assertThat(petra.post("/engine-rest/task/" + credit + "/complete", "{}").status())
                .isEqualTo(403);
        assertThat(petra.get("/engine-rest/process-instance/" + caseOf(credit) + "/variables")
                        .status())
                .isEqualTo(403);
        assertThat(petra.post(START, "{\"businessKey\": \"sale.order,9\"}").status())
                .isEqualTo(403);
        var seeded = repository
                .createDeploymentQuery()
                .deploymentName("try-start")
                .singleResult()
                .getId();
        assertThat(petra.delete("/engine-rest/deployment/" + seeded).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clara", "petra", "anna", "wim"})
    void cases_and_events_are_for_operations_and_auditors(String user) {
        assertThat(as(user).get("/api/cases/sale.order,42").status()).isEqualTo(403);
        assertThat(as(user).get("/api/events?state=quarantined").status()).isEqualTo(403);
        assertThat(as(user).get("/actuator/prometheus").status()).isEqualTo(403);
        assertThat(as(user).get("/actuator/env").status()).isEqualTo(403);
    }

    @Test
    void auditors_read_cases_and_only_operations_read_events() {
        assertThat(as("audrey").get("/api/cases/sale.order,42").status()).isNotIn(401, 403);
        assertThat(as("ole").get("/api/cases/sale.order,42").status()).isNotIn(401, 403);
        assertThat(as("ole").get("/api/events?state=quarantined").status()).isNotIn(401, 403);
        assertThat(as("audrey").get("/api/events?state=quarantined").status()).isEqualTo(403);
        assertThat(as("audrey").post("/api/events/1/replay", "").status()).isEqualTo(403);
        assertThat(as("audrey").post("/api/cases/sale.order,42", "{}").status()).isEqualTo(403);
    }

    // Odoo --------------------------------------------------------------------------------------------------------

    @Test
    void odoo_starts_a_workflow_with_a_business_key() {
        var answer = odoo().post(START, "{\"businessKey\": \"sale.order,7\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("businessKey").asText()).isEqualTo("sale.order,7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"businessKey\": \"sale.order,8\", \"startInstructions\":"
                        + " [{\"type\": \"startAfterActivity\", \"activityId\": \"start\"}]}",
                "{\"businessKey\": \"sale.order,8\", \"skipCustomListeners\": true, \"startInstructions\":"
                        + " [{\"type\": \"startAfterActivity\", \"activityId\": \"start\"}]}",
                "{\"businessKey\": \"sale.order,8\", \"variables\": {\"approved\": {\"value\": true}}}"
            })
    void odoo_starts_in_no_other_way(String body) {
        var answer = odoo().post(START, body);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("try-start")
                        .count())
                .isZero();
    }

    @Test
    void a_start_refused_says_what_is_accepted() {
        assertThat(odoo().post(START, "{\"businessKey\": \"a,1\", \"variables\": {\"approved\": {\"value\": true}}}")
                        .message())
                .isEqualTo("Start \"try-start\" with a business key only: Holdpoint reads the document itself."
                        + " Not accepted: approved.");
        assertThat(odoo().post("/engine-rest/process-definition/key/try-part/start", "{\"businessKey\": \"a,1\"}")
                        .message())
                .isEqualTo("\"try-part\" is a part of other workflows and is not started by itself.");
    }

    @Test
    void odoo_submits_no_start_form_with_variables() {
        var answer = odoo().post(
                        "/engine-rest/process-definition/key/try-start/submit-form",
                        "{\"businessKey\": \"sale.order,8\", \"variables\": {\"approved\": {\"value\": true}}}");

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void odoo_does_nothing_else() {
        var odoo = odoo();

        assertThat(odoo.get("/engine-rest/task?maxResults=50").json()).isEmpty();
        assertThat(odoo.get("/engine-rest/process-instance?maxResults=50").json())
                .isEmpty();
        assertThat(odoo.get("/engine-rest/history/process-instance?maxResults=50")
                        .json())
                .isEmpty();
        assertThat(odoo.get("/api/cases/sale.order,42").status()).isEqualTo(403);
        assertThat(odoo.get("/actuator/prometheus").status()).isEqualTo(403);
        assertThat(anonymous()
                        .logIn("tasklist", "odoo", RunningApplication.ODOO_PASSWORD)
                        .status())
                .isEqualTo(403);
        changesNothing(odoo);
    }

    // The web applications mount the same API a second time --------------------------------------------------------

    @Test
    void the_web_application_keeps_the_same_rules() {
        var clara = loggedIn("tasklist", "clara");
        var api = "/camunda/api/engine/engine/default";

        assertThat(clara.get(api + "/task?maxResults=50").json()).hasSize(1);
        assertThat(clara.post(api + "/process-instance/" + caseOf(credit) + "/modification", skipTo("userTask_after"))
                        .status())
                .isEqualTo(403);
        assertThat(clara.post(api + "/process-definition/key/try-start/start", "{\"businessKey\": \"a,1\"}")
                        .status())
                .isEqualTo(403);
        assertThat(anonymous()
                        .logIn("cockpit", "clara", FirstUsers.DEMO_PASSWORD)
                        .status())
                .isEqualTo(403);
        assertThat(anonymous().logIn("admin", "ole", FirstUsers.DEMO_PASSWORD).status())
                .isEqualTo(403);
    }

    @Test
    void not_even_an_administrator_takes_a_shortcut() {
        var admin = loggedIn("cockpit", "admin");
        var api = "/camunda/api/engine/engine/default";

        var behind = admin.post(
                api + "/process-definition/key/try-start/start",
                "{\"businessKey\": \"a,1\", \"startInstructions\": [{\"type\": \"startAfterActivity\", \"activityId\": \"start\"}]}");
        var moved = admin.post(api + "/process-instance/" + caseOf(credit) + "/modification", skipTo("userTask_after"));

        assertThat(behind.status()).isEqualTo(403);
        assertThat(behind.message())
                .isEqualTo("Start instructions, modifications and restarts are not allowed: a case goes the way of its"
                        + " model.");
        assertThat(moved.status()).isEqualTo(403);
        assertThat(moved.message()).isEqualTo(behind.message());
        assertThat(tasks.createTaskQuery().taskId(credit).count()).isOne();
    }

    @Test
    void a_newcomer_finds_work_first() {
        var clara = loggedIn("tasklist", "clara");
        var filters = clara.get(
                "/camunda/api/engine/engine/default/filter?resourceType=Task&sortBy=name&sortOrder=asc&maxResults=50");

        assertThat(filters.json())
                .extracting(filter -> filter.path("name").asText())
                .containsExactlyInAnyOrder("My role", "Mine", "Overdue", "High value");
        for (var filter : filters.json()) {
            var list = clara.get("/camunda/api/engine/engine/default/filter/"
                    + filter.path("id").asText() + "/list?maxResults=50");
            var mine = filter.path("name").asText().matches("My role|High value") ? 1 : 0;
            assertThat(list.json()).as(filter.path("name").asText()).hasSize(mine);
        }
    }

    // ---------------------------------------------------------------------------------------------------------------

    private void changesNothing(Http caller) {
        var running = "/engine-rest/process-instance/" + caseOf(credit);
        assertThat(caller.post("/engine-rest/task/" + credit + "/complete", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(caller.post("/engine-rest/task/" + credit + "/claim", "{\"userId\": \"ole\"}")
                        .status())
                .isEqualTo(403);
        assertThat(caller.put(running + "/variables/highValue", "{\"value\": false}")
                        .status())
                .isEqualTo(403);
        assertThat(caller.delete(running).status()).isEqualTo(403);
        assertThat(caller.post(running + "/modification", skipTo("userTask_after"))
                        .status())
                .isEqualTo(403);
        assertThat(caller.deployAsModeler("x", "x.bpmn", bpmn("x")).status()).isEqualTo(403);
        assertThat(caller.post("/engine-rest/message", "{\"messageName\": \"order-release.orderChanged\"}")
                        .status())
                .isNotEqualTo(204);
        assertThat(caller.post(
                                "/engine-rest/user/create",
                                "{\"profile\": {\"id\": \"x\"}, \"credentials\": {\"password\": \"Some-Password-1\"}}")
                        .status())
                .isEqualTo(403);
        assertThat(caller.put("/engine-rest/group/camunda-admin/members/ole", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(caller.post(
                                "/engine-rest/authorization/create",
                                "{\"type\": 1, \"permissions\": [\"ALL\"], \"userId\": \"ole\", \"resourceType\": 7,"
                                        + " \"resourceId\": \"*\"}")
                        .status())
                .isEqualTo(403);
    }

    private static String skipTo(String activity) {
        return "{\"skipCustomListeners\": true, \"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"%s\"}]}"
                .formatted(activity);
    }

    private Http anonymous() {
        return Http.anonymous(port);
    }

    private Http as(String user) {
        return Http.basic(port, user, FirstUsers.DEMO_PASSWORD);
    }

    private Http odoo() {
        return Http.basic(port, "odoo", RunningApplication.ODOO_PASSWORD);
    }

    private Http loggedIn(String application, String user) {
        var browser = anonymous();
        assertThat(browser.logIn(application, user, FirstUsers.DEMO_PASSWORD).status())
                .isEqualTo(200);
        return browser;
    }

    private void deploy(String key, boolean startable) {
        if (repository.createDeploymentQuery().deploymentName(key).count() == 0) {
            var model = Bpmn.createExecutableProcess(key)
                    .camundaStartableInTasklist(startable)
                    .startEvent("start")
                    .camundaAsyncAfter()
                    .endEvent("end")
                    .done();
            repository
                    .createDeployment()
                    .name(key)
                    .addModelInstance(key + ".bpmn", model)
                    .deploy();
        }
    }

    private static byte[] bpmn(String key) {
        return Bpmn.convertToString(Bpmn.createExecutableProcess(key)
                        .startEvent()
                        .endEvent()
                        .done())
                .getBytes(StandardCharsets.UTF_8);
    }

    private String taskOf(String instance) {
        return tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    private String caseOf(String task) {
        return tasks.createTaskQuery().taskId(task).singleResult().getProcessInstanceId();
    }

    private static Date tomorrow() {
        return Date.from(Instant.now().plus(Duration.ofDays(1)));
    }
}
