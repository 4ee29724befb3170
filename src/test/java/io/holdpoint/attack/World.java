package io.holdpoint.attack;

import static java.util.Objects.requireNonNull;

import io.holdpoint.Story;
import io.holdpoint.engine.Http;
import io.holdpoint.intake.Intake;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.odoo.Odoo;
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
 * him, and a large one that is on no list. In Odoo there are an urgent purchase, a return that nobody authorized, and a
 * delivery of what lies in quarantine. Anna is a credit manager besides, and Max a finance director, so that only four
 * eyes stand between them and a release.
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
    private final List<DocumentRef> documents;
    private final Map<String, Http> logins = new HashMap<>();

    final DocumentRef purchase;
    final DocumentRef back;
    final DocumentRef blocked;
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
        purchase = urgentPurchase();
        back = unauthorizedReturn();
        blocked = blockedDelivery();
        documents = List.of(taken, free, twoSteps, through, discounted, large, purchase, back, blocked);
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
        return odoo(login, taken, method, arguments);
    }

    Tried odoo(String login, DocumentRef document, String method, Map<String, Object> arguments) {
        return call(login, new OdooCall(document.model(), method, List.of(document.id()), arguments, Map.of()));
    }

    /** A person makes a document that is past its hold point from the first moment on. */
    Tried create(String login, DocumentRef like, Map<String, Object> values) {
        var made = new HashMap<>(values);
        var partner = story.odoo().record(like).path("partner_id");
        made.put("partner_id", partner.isArray() ? partner.get(0).asLong() : partner.asLong());
        return call(
                login, new OdooCall(like.model(), "create", List.of(), Map.of("vals_list", List.of(made)), Map.of()));
    }

    /** A person presses "Validate" on a transfer. */
    Tried validate(String login, DocumentRef transfer) {
        return call(
                login,
                new OdooCall(
                        transfer.model(),
                        "button_validate",
                        List.of(transfer.id()),
                        Map.of(),
                        Map.of("skip_sms", true, "skip_backorder", true)));
    }

    private Tried call(String login, OdooCall call) {
        try {
            return new Tried(200, story.odoo().as(login).call(call).toString());
        } catch (OdooException refused) {
            return new Tried(0, String.valueOf(refused.getMessage()));
        }
    }

    /** Odoo's own hint, with the right secret; sent again it is the same event. */
    int hint() {
        return intake.hint(Intake.changed(through, "2026-06-01 08:00:00.123456"))
                .status();
    }

    /** All that an attempt could change, in the engine, in our tables and in Odoo. */
    List<String> state() {
        var all = new ArrayList<String>();
        for (var query : STATE) {
            all.add(query + ": " + jdbc.sql(query).query().listOfRows());
        }
        documents.forEach(document -> all.add(story.odoo().record(document).toString()));
        all.add("orders: " + in("admin").searchRead("sale.order", List.of(), List.of("state"), "id", 0));
        all.add("purchases: " + in("admin").searchRead("purchase.order", List.of(), List.of("state"), "id", 0));
        return all;
    }

    /** How many attempts are on record at the doors. */
    long onRecord() {
        return jdbc.sql("select coalesce(sum(times), 0) from hp_refused_attempt")
                .query(Long.class)
                .single();
    }

    /** The words that were put on record last. */
    String lastWords() {
        return jdbc.sql("select why from hp_refused_attempt order by last_at desc, id desc fetch first 1 rows only")
                .query(String.class)
                .single();
    }

    /** What nobody may find in a log. */
    List<String> secrets() {
        return List.of(
                PASSWORD,
                Intake.ODOO_PASSWORD,
                Intake.WEBHOOK_SECRET,
                Intake.WEBHOOK_SECRET_BEFORE,
                Intake.EVENT_SECRET,
                "guessed-secret",
                "Some-Password-1",
                "Let-Me-In-1",
                java.util.Base64.getEncoder().encodeToString(("max:" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
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

    private DocumentRef urgentPurchase() {
        var data = story.odoo().data();
        var valve = data.product("Valve").add();
        return new DocumentRef(
                "purchase.order",
                data.purchase(data.vendor("Isar Pumpen").price(valve, 100).add())
                        .line(valve, 4)
                        .add());
    }

    /** Made by Odoo's own wizard for what was delivered, as people do. */
    private DocumentRef unauthorizedReturn() {
        var data = story.odoo().data();
        var delivery = data.delivery(data.order(data.customer("Elbe Metall").add())
                .line(pump(), 4)
                .delivered(3)
                .add());
        var odoo = in("wim");
        var wizard = odoo.create("stock.return.picking", List.of(Map.of("picking_id", delivery)))
                .get(0);
        var lines = odoo.read("stock.return.picking", List.of(wizard), List.of("product_return_moves"))
                .get(0)
                .path("product_return_moves");
        odoo.write("stock.return.picking.line", List.of(lines.get(0).asLong()), Map.of("quantity", 1));
        return new DocumentRef(
                "stock.picking",
                odoo.call("stock.return.picking", "action_create_returns", List.of(wizard), Map.of(), Map.of())
                        .path("res_id")
                        .asLong());
    }

    /** What it would deliver is of a lot that was reported as defective, and lies in quarantine. */
    private DocumentRef blockedDelivery() {
        var data = story.odoo().data();
        var bearing = data.product("Bearing").price(30).cost(12.5).stock(0).add();
        var lot = new DocumentRef("stock.lot", data.lot("L-" + System.nanoTime(), bearing, 8));
        var delivery = data.delivery(data.order(data.customer("Elbe Metall").add())
                .line(bearing, 4)
                .confirmed()
                .add());
        data.defectSeen(lot, "appearance", "minor", 0, "Scratches on all of them.");
        story.odoo().reportDefect(lot, "wim");
        story.start("quality-escalation", lot);
        return new DocumentRef("stock.picking", delivery);
    }

    private Odoo in(String login) {
        return new Odoo(story.odoo().as(login), null, 1);
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
