package io.holdpoint.attack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.Story;
import io.holdpoint.engine.Http;
import io.holdpoint.intake.Intake;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.OdooCall;
import io.holdpoint.odoo.OdooException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is attacked: an order of Anna's that is over its limit and taken by Max, another one that nobody has taken, one
 * that Max has released in the first of two steps, and one that is through. Sam has a list of small discounts before
 * him, and a large one that is on no list. Anna is a credit manager besides, and Max a finance director, so that only
 * four eyes stand between them and a release.
 */
final class World {

    private static final String PASSWORD = "Holdpoint-1";

    private static final List<String> STATE = List.of(
            "select id_, assignee_, delegation_, due_date_, suspension_state_ from act_ru_task order by id_",
            "select id_, act_id_, suspension_state_ from act_ru_execution order by id_",
            "select id_, name_, text_, double_, long_ from act_ru_variable order by id_",
            "select id_, retries_, duedate_, suspension_state_ from act_ru_job order by id_",
            "select id_, task_id_, group_id_, user_id_ from act_ru_identitylink order by id_",
            "select id_ from act_ru_authorization order by id_",
            "select id_ from act_ru_filter order by id_",
            "select id_, suspension_state_ from act_re_procdef order by id_",
            "select id_, history_ttl_ from act_re_decision_def order by id_",
            "select id_ from act_re_deployment order by id_",
            "select id_, removal_time_ from act_hi_procinst order by id_",
            "select id_ from act_ru_batch order by id_",
            "select id_, first_, email_, pwd_ from act_id_user order by id_",
            "select user_id_, group_id_ from act_id_membership order by user_id_, group_id_",
            "select id, step, answer, person from hp_decision order by id",
            "select id, state, round from hp_hold order by id",
            "select case_id, open_key, outcome from hp_case order by case_id",
            "select id, state from hp_event order by id",
            "select id, answer from hp_bulk_decision order by id",
            "select bulk_id, task_id, place, result from hp_bulk_decision_hold order by bulk_id, task_id");

    private final Story story;
    private final Intake intake;
    private final JdbcClient jdbc;
    private final int port;
    private final List<DocumentRef> orders;
    private final Map<String, Http> logins = new HashMap<>();

    final DocumentRef taken;
    final DocumentRef through;
    final String takenTask;
    final String freeTask;
    final String secondStep;
    final String largeDiscount;
    final String list;
    final String listing;
    final String caseId;
    final String asking;
    final String timer;
    final String definition;
    final String askingDefinition;
    final String deployment;
    final String finished;

    World(ApplicationContext context) {
        story = context.getBean(Story.class);
        intake = context.getBean(Intake.class);
        jdbc = context.getBean(JdbcClient.class);
        port = context.getBean(Environment.class).getRequiredProperty("local.server.port", Integer.class);
        var runtime = context.getBean(RuntimeService.class);
        var tasks = context.getBean(TaskService.class);
        var repository = context.getBean(RepositoryService.class);
        var data = story.odoo().data();
        story.addToGroup("anna", "creditManager");
        story.addToGroup("max", "financeDirector");

        taken = requested(
                data.order(data.customer("Elbe Metall").creditLimit(1_000).add())
                        .line(pump(), 20)
                        .add());
        var free = requested(
                data.order(data.customer("Weser Werk").creditLimit(1_000).add())
                        .line(pump(), 20)
                        .add());
        var twoSteps = requested(data.order(data.customer("Saale Stahl")
                        .creditLimit(100_000)
                        .trust("bad")
                        .add())
                .line(pump(), 10)
                .add());
        through = requested(data.goodOrder());
        caseId = story.start(taken);
        story.start(free);
        story.start(twoSteps);
        finished = story.start(through);
        story.decide(story.task(twoSteps, "CREDIT_SUSPENDED"), "max", "release", "Paid this morning.");
        takenTask = story.task(taken, "OVER_LIMIT").getId();
        story.claim(story.task(taken, "OVER_LIMIT"), "max");
        freeTask = story.task(free, "OVER_LIMIT").getId();
        secondStep = story.task(twoSteps, "CREDIT_SUSPENDED").getId();
        var discounted = requested(discounted(10));
        var large = requested(discounted(100));
        story.start(discounted);
        story.start(large);
        largeDiscount = story.task(large, "DISCOUNT").getId();
        story.as("sam", () -> runtime.startProcessInstanceByKey("bulk-decision"));
        var choosing = tasks.createTaskQuery().taskAssignee("sam").singleResult();
        list = choosing.getId();
        listing = choosing.getProcessInstanceId();
        asking = tasks.createTaskQuery().taskId(takenTask).singleResult().getProcessInstanceId();
        timer = context.getBean(ManagementService.class)
                .createJobQuery()
                .processInstanceId(asking)
                .timers()
                .list()
                .get(0)
                .getId();
        definition = runtime.createProcessInstanceQuery()
                .processInstanceId(caseId)
                .singleResult()
                .getProcessDefinitionId();
        askingDefinition = runtime.createProcessInstanceQuery()
                .processInstanceId(asking)
                .singleResult()
                .getProcessDefinitionId();
        deployment = requireNonNull(repository.getProcessDefinition(definition).getDeploymentId());
        orders = List.of(taken, free, twoSteps, through, discounted, large);
    }

    void end() {
        story.removeFromGroup("anna", "creditManager");
        story.removeFromGroup("max", "financeDirector");
        story.end();
        intake.forget();
    }

    /** What came of an attempt: a status by HTTP, or 0 from Odoo, and the words that a person reads. */
    record Tried(int status, String words) {}

    Caller rest(String person) {
        return new Caller(
                person.equals("odoo")
                        ? Http.basic(port, "odoo", Intake.ODOO_PASSWORD)
                        : Http.basic(port, person, PASSWORD),
                "/engine-rest");
    }

    /** Logged in as a person does, with session and token against forged requests. */
    Caller webapp(String application, String person) {
        var browser = logins.computeIfAbsent(application + "/" + person, key -> {
            var fresh = Http.anonymous(port);
            var login = fresh.logIn(application, person, PASSWORD);
            if (login.status() != 200) {
                throw new AssertionError("No login to " + application + " as " + person + ": " + login);
            }
            return fresh;
        });
        return new Caller(browser, "/camunda/api/engine/engine/default");
    }

    Caller nobody() {
        return new Caller(Http.anonymous(port), "");
    }

    Caller holdpoint(String person) {
        return new Caller(Http.basic(port, person, PASSWORD), "");
    }

    Tried event(String body, String... headers) {
        var answer = intake.anonymous().post("/api/events", body, headers);
        return new Tried(answer.status(), answer.detail());
    }

    Tried odoo(String login, String method, Map<String, Object> arguments) {
        try {
            JsonNode answer = story.odoo()
                    .as(login)
                    .call(new OdooCall("sale.order", method, List.of(taken.id()), arguments, Map.of()));
            return new Tried(200, answer.toString());
        } catch (OdooException refused) {
            return new Tried(0, String.valueOf(refused.getMessage()));
        }
    }

    /** All that an attempt could change, in the engine, in our tables and in Odoo. */
    List<String> state() {
        var all = new ArrayList<String>();
        for (var query : STATE) {
            all.add(query + ": " + jdbc.sql(query).query().listOfRows());
        }
        orders.forEach(order -> all.add(story.odoo().order(order.id()).toString()));
        return all;
    }

    /** How many attempts are on record, at the doors and in cases. */
    long onRecord() {
        return jdbc.sql("select coalesce(sum(times), 0) from hp_refused_attempt")
                        .query(Long.class)
                        .single()
                + jdbc.sql("select count(*) from hp_evidence where kind = 'REFUSAL'")
                        .query(Long.class)
                        .single();
    }

    /** One caller at one door. */
    record Caller(Http http, String api) {

        Tried post(String path, String json) {
            return tried(http.post(api + path, json));
        }

        /** As a form on a page of another site sends it, with the password that the browser remembers. */
        Tried postFromAnotherSite(String path, String json) {
            return tried(http.forPage(
                    "POST", api + path, json, "Content-Type", "text/plain", "Origin", "https://elsewhere.example"));
        }

        Tried put(String path, String json) {
            return tried(http.put(api + path, json));
        }

        Tried delete(String path) {
            return tried(http.delete(api + path));
        }

        Tried deploy(String file, String content) {
            return tried(http.deployAsModeler("attack", file, content.getBytes(StandardCharsets.UTF_8)));
        }

        private static Tried tried(Http.Answer answer) {
            return new Tried(answer.status(), answer.body().isBlank() ? "" : answer.message());
        }
    }

    /** So many pumps with more discount than passes. */
    private long discounted(int pumps) {
        var data = story.odoo().data();
        return data.order(data.customer("Ilm Holz").creditLimit(1_000_000).add())
                .line(pump(), pumps, 25)
                .add();
    }

    private long pump() {
        return story.odoo()
                .data()
                .product("Pump")
                .price(100)
                .cost(50)
                .stock(1000)
                .add();
    }

    private DocumentRef requested(long order) {
        story.odoo().requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }
}
