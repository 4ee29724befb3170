package io.holdpoint.engine.access;

import static io.holdpoint.engine.access.TestDirectory.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.engine.Http;
import io.holdpoint.intake.Intake;
import io.holdpoint.intake.OverHttp;
import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** People come from a directory that really speaks LDAP and starts after Holdpoint: it is not needed before. */
@OverHttp
@ActiveProfiles("ldap")
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
        properties = {
            "holdpoint.access.ldap.base-dn=" + TestDirectory.BASE,
            "holdpoint.access.ldap.user-base=ou=people",
            "holdpoint.access.ldap.group-base=ou=groups",
            "holdpoint.access.ldap.bind-dn=" + TestDirectory.READER,
            "holdpoint.access.ldap.roles.creditControl=HP-Credit",
            "holdpoint.access.ldap.roles.creditManager=HP-Credit-Head,HP-Finance",
            "holdpoint.access.ldap.roles.financeDirector=HP-Finance",
            "holdpoint.access.ldap.roles.auditor=HP-Audit",
            "holdpoint.access.ldap.roles.camundaAdmin=HP-Admin"
        })
class LdapTest {

    private static final String API = "/camunda/api/engine/engine/default";
    private static final String TASKS = API + "/task?maxResults=50";
    private static final String AWAY = "The directory of people cannot be asked: it does not answer.";
    private static final int DIRECTORY_PORT = TestDirectory.freePort();

    @TempDir
    private static Path secrets;

    private static TestDirectory directory;

    @LocalServerPort
    private int port;

    @Autowired
    private IdentityService identities;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    @Autowired
    private TaskService tasks;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Story story;

    @Autowired
    private Intake intake;

    private String credit = "";

    @DynamicPropertySource
    static void directory(DynamicPropertyRegistry properties) throws IOException {
        readerPassword(TestDirectory.READER_PASSWORD);
        properties.add("holdpoint.access.ldap.url", () -> TestDirectory.url(DIRECTORY_PORT));
        properties.add("holdpoint.secrets-dir", secrets::toString);
    }

    @BeforeEach
    void open() throws IOException {
        if (directory == null) {
            directory = TestDirectory.start(DIRECTORY_PORT);
        }
        readerPassword(TestDirectory.READER_PASSWORD);
        directory.person("carla.koch", "Carla", "Koch", "carla@shop.example");
        directory.person("a.meier", "Anna", "Meier", "anna@nordlicht.example");
        directory.person("fritz", "Fritz", "Groß", "fritz@shop.example");
        directory.person("audrey", "Audrey", "Lang", "audrey@shop.example");
        directory.person("ada", "Ada", "Berg", "ada@shop.example");
        directory.person("otto", "Otto", "Nix", "otto@shop.example");
        directory.group("HP-Credit", "carla.koch");
        directory.group("HP-Credit-Head", "a.meier");
        directory.group("HP-Finance", "fritz");
        directory.group("HP-Audit", "audrey");
        directory.group("HP-Admin", "ada");
        directory.group("Football", "otto");
        TaskSamples.deploy(repository);
        credit = taskOf(TaskSamples.start(
                runtime,
                TaskSamples.DECIDE,
                "sale.order,42",
                TaskSamples.decide(Date.from(Instant.now().plus(Duration.ofDays(1))))));
        TaskSamples.start(
                runtime,
                "try-correct",
                "sale.order,43",
                TaskSamples.correct(Date.from(Instant.now().plus(Duration.ofDays(1)))));
    }

    @AfterEach
    void close() {
        story.end();
        intake.forget();
        directory.forget();
        List.of("hp_wrong_password", "hp_substitution_offer", "hp_substitution_claim", "hp_substitution")
                .forEach(table -> jdbc.sql("delete from " + table).update());
    }

    @AfterAll
    static void stop() {
        if (directory != null) {
            directory.stop();
            directory = null;
        }
    }

    // Logging in --------------------------------------------------------------------------------------------------

    @Test
    void a_person_logs_in_to_tasklist_with_the_password_of_the_directory_and_finds_the_tasks_of_the_own_role() {
        var carla = Http.anonymous(port);

        assertThat(carla.logIn("tasklist", "carla.koch", PASSWORD).status()).isEqualTo(200);

        assertThat(carla.get("/camunda/api/admin/auth/user/default").json().path("authorizedApps"))
                .extracting(app -> app.asText())
                .containsExactlyInAnyOrder("tasklist", "welcome");
        assertThat(carla.get(TASKS).json())
                .extracting(task -> task.path("id").asText())
                .containsExactly(credit);
        assertThat(carla.get(API + "/task?candidateUser=carla.koch&maxResults=5")
                        .json())
                .as("by the groups that the engine asks for itself")
                .extracting(task -> task.path("id").asText())
                .containsExactly(credit);
        assertThat(carla.post(API + "/task/" + credit + "/claim", "{\"userId\": \"carla.koch\"}")
                        .status())
                .isEqualTo(204);
        var account = identities.createUserQuery().userId("carla.koch").singleResult();
        assertThat(account.getFirstName()).isEqualTo("Carla");
        assertThat(account.getLastName()).isEqualTo("Koch");
        assertThat(account.getEmail()).isEqualTo("carla@shop.example");
    }

    @Test
    void roles_are_what_the_groups_of_the_directory_give_and_nothing_else() {
        assertThat(groups("carla.koch")).containsExactly("creditControl");
        assertThat(groups("fritz")).containsExactly("creditManager", "financeDirector");
        assertThat(groups("otto")).isEmpty();

        assertThat(members("creditManager")).containsExactly("a.meier", "fritz");
        assertThat(members("sales")).as("no group gives it").isEmpty();
        assertThat(members("HP-Credit"))
                .as("a name of the directory is no role")
                .isEmpty();
        assertThat(identities.createGroupQuery().groupId("sales").count()).isOne();
    }

    @Test
    void whoever_leaves_the_group_has_lost_the_tasks_within_a_minute() {
        var carla = Http.anonymous(port);
        carla.logIn("tasklist", "carla.koch", PASSWORD);

        directory.leave("HP-Credit", "carla.koch");
        ClockUtil.offset(Duration.ofMinutes(1).plusSeconds(1).toMillis());

        assertThat(carla.get(TASKS).json()).isEmpty();
        assertThat(carla.post(API + "/task/" + credit + "/claim", "{\"userId\": \"carla.koch\"}")
                        .status())
                .isEqualTo(403);
        assertThat(tasks.createTaskQuery().taskId(credit).singleResult().getAssignee())
                .isNull();
        assertThat(Http.anonymous(port)
                        .logIn("tasklist", "carla.koch", PASSWORD)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoever_is_deleted_in_the_directory_is_logged_out_within_a_minute() {
        var carla = Http.anonymous(port);
        carla.logIn("tasklist", "carla.koch", PASSWORD);

        directory.delete("carla.koch");
        ClockUtil.offset(Duration.ofMinutes(1).plusSeconds(1).toMillis());

        assertThat(carla.get(TASKS).status()).isEqualTo(401);
        assertThat(members("creditControl")).as("the group still names her").isEmpty();
    }

    @Test
    void a_person_of_the_directory_without_a_role_comes_in_nowhere() {
        assertThat(Http.anonymous(port).logIn("tasklist", "otto", PASSWORD).status())
                .isEqualTo(403);
        var otto = Http.basic(port, "otto", PASSWORD);
        assertThat(otto.get("/engine-rest/task?maxResults=5").json()).isEmpty();
        assertThat(otto.get("/api/attempts").status()).isEqualTo(403);
    }

    @Test
    void an_auditor_calls_the_apis_by_http_basic() {
        var audrey = Http.basic(port, "audrey", PASSWORD);

        assertThat(audrey.get("/api/attempts").status()).isEqualTo(200);
        assertThat(audrey.get("/engine-rest/task?maxResults=5").json()).hasSize(2);
        assertThat(audrey.get("/actuator/prometheus").status()).isEqualTo(403);
    }

    // Passwords ---------------------------------------------------------------------------------------------------

    @Test
    void a_wrong_password_opens_no_door() {
        assertThat(page("carla.koch", "Wrong-1").status()).isEqualTo(401);
        waits(Duration.ofSeconds(4));
        assertThat(rest("carla.koch", "Wrong-1").status()).isEqualTo(401);
        waits(Duration.ofSeconds(7));
        assertThat(rest("carla.koch", PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void without_a_password_nobody_logs_in_although_the_directory_would_say_yes() {
        for (var login : List.of("carla.koch", "ada", "odoo")) {
            assertThat(page(login, "").status()).as(login).isEqualTo(401);
            assertThat(rest(login, "").status()).as(login).isEqualTo(401);
            assertThat(identities.checkPassword(login, "")).as(login).isFalse();
            assertThat(identities.checkPassword(login, null)).as(login).isFalse();
        }

        assertThat(directory.bindsWithoutPassword())
                .as("what would have been a yes")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "carla*",
                "*)(uid=*",
                "carla.koch)(objectClass=*",
                "carla.koch)(|(uid=*)",
                "carla.koch\\00",
                "Carla.Koch",
                "carla.koch ",
                "ｃarla.koch",
                "cn=holdpoint,dc=shop,dc=example"
            })
    void a_login_is_one_person_in_exactly_one_spelling(String login) {
        assertThat(page(login, PASSWORD).status()).isEqualTo(401);
        assertThat(rest(login, PASSWORD).status()).isEqualTo(401);

        assertThat(identities.createUserQuery().userId(login).count()).isZero();
        assertThat(identities.createUserQuery().userIdIn(login, "nobody").count())
                .isZero();
        assertThat(groups(login)).isEmpty();
    }

    @Test
    void what_is_searched_for_cannot_change_the_question() {
        var ada = Http.basic(port, "ada", PASSWORD);

        for (var search : List.of("firstNameLike", "firstName", "lastName", "email", "emailLike", "id")) {
            assertThat(ada.get("/engine-rest/user?maxResults=5&" + search + "=Car*)(uid%3D*")
                            .json())
                    .as(search)
                    .isEmpty();
        }
        assertThat(ada.get("/engine-rest/user?maxResults=5&memberOfGroup=*)(cn%3D*")
                        .json())
                .isEmpty();
        assertThat(ada.get("/engine-rest/user?maxResults=5&firstNameLike=Car%25")
                        .json())
                .extracting(user -> user.path("id").asText())
                .containsExactly("carla.koch");
    }

    @Test
    void the_tenth_wrong_password_locks_until_an_administrator_opens() {
        for (var guess = 1; guess <= 5; guess++) {
            assertThat(rest("carla.koch", "Wrong-" + guess).status()).isEqualTo(401);
            assertThat(rest("carla.koch", PASSWORD).status())
                    .as("for a moment it answers nobody")
                    .isEqualTo(401);
            waits(Duration.ofMinutes(2));
            assertThat(page("carla.koch", "Wrong-" + guess).status()).isEqualTo(401);
            waits(Duration.ofMinutes(2));
        }
        waits(Duration.ofDays(30));
        assertThat(rest("carla.koch", PASSWORD).status()).isEqualTo(401);
        assertThat(page("carla.koch", PASSWORD).status()).isEqualTo(401);
        assertThat(words(page("carla.koch", PASSWORD)))
                .as("which tells a guesser nothing")
                .isEqualTo(words(page("nobody", PASSWORD)));

        assertThat(Http.basic(port, "audrey", PASSWORD)
                        .post("/api/logins/carla.koch/unlock", "")
                        .status())
                .isEqualTo(403);
        assertThat(rest("carla.koch", PASSWORD).status()).isEqualTo(401);
        assertThat(Http.basic(port, "ada", PASSWORD)
                        .post("/api/logins/carla.koch/unlock", "")
                        .status())
                .isEqualTo(204);
        assertThat(rest("carla.koch", PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void nine_wrong_passwords_do_not_lock_and_the_right_one_begins_anew() {
        for (var round = 1; round <= 2; round++) {
            for (var guess = 1; guess <= 9; guess++) {
                rest("carla.koch", "Wrong-" + guess);
                waits(Duration.ofMinutes(2));
            }
            assertThat(rest("carla.koch", PASSWORD).status()).isEqualTo(200);
        }
    }

    // Holdpoint's own ---------------------------------------------------------------------------------------------

    @Test
    void odoo_comes_with_its_own_password_and_only_starts() {
        var odoo = Http.basic(port, "odoo", Intake.ODOO_PASSWORD);

        assertThat(odoo.get("/engine-rest/process-definition/count").status()).isEqualTo(200);
        assertThat(odoo.get("/engine-rest/task?maxResults=5").json()).isEmpty();
        assertThat(odoo.get("/api/attempts").status()).isEqualTo(403);
        assertThat(page("odoo", Intake.ODOO_PASSWORD).status()).isEqualTo(401);

        assertThat(rest("odoo", "Wrong-1").status()).isEqualTo(401);
        assertThat(rest("odoo", Intake.ODOO_PASSWORD).status())
                .as("guesses are counted here as well")
                .isEqualTo(401);
    }

    @Test
    void nobody_becomes_holdpoints_own_user_by_taking_its_name_in_the_directory() {
        directory.person("odoo", "Otto", "Doppel", "odoo@shop.example");
        directory.person("Admin", "Adam", "Doppel", "admin@shop.example");
        directory.join("HP-Admin", "odoo");
        directory.join("HP-Admin", "Admin");

        assertThat(rest("odoo", PASSWORD).status()).isEqualTo(401);
        assertThat(rest("Admin", PASSWORD).status()).isEqualTo(401);
        assertThat(groups("odoo")).containsExactly("odooTechnical");
        assertThat(groups("Admin")).isEmpty();
        assertThat(members(Role.ADMINISTRATORS)).containsExactly("ada");
    }

    @Test
    void users_of_the_demonstration_do_not_exist() {
        assertThat(rest("clara", FirstUsers.DEMO_PASSWORD).status()).isEqualTo(401);
        assertThat(rest("admin", FirstUsers.DEMO_PASSWORD).status()).isEqualTo(401);
    }

    // Read-only ---------------------------------------------------------------------------------------------------

    @Test
    void people_and_groups_are_only_read_in_admin(CapturedOutput output) {
        var ada = Http.anonymous(port);
        assertThat(ada.logIn("admin", "ada", PASSWORD).status()).isEqualTo(200);

        assertThat(ada.get(API + "/user?sortBy=userId&sortOrder=desc&firstResult=0&maxResults=2")
                        .json())
                .extracting(user -> user.path("id").asText())
                .containsExactly("otto", "fritz");
        assertThat(ada.get(API + "/user/count").json().path("count").asInt()).isEqualTo(6);
        assertThat(ada.get(API + "/user?maxResults=5&memberOfGroup=creditManager&sortBy=lastName&sortOrder=asc")
                        .json())
                .extracting(user -> user.path("id").asText())
                .containsExactly("fritz", "a.meier");
        assertThat(ada.get(API + "/group?maxResults=50&sortBy=name&sortOrder=desc")
                        .json())
                .extracting(group -> group.path("id").asText())
                .startsWith("warehouse")
                .contains("creditControl", Role.ADMINISTRATORS);
        assertThat(ada.get(API + "/group?maxResults=5&nameLike=Credit%25").json())
                .extracting(group -> group.path("id").asText())
                .containsExactly("creditControl", "creditManager");
        assertThat(ada.get(API + "/group?maxResults=5&member=fritz").json()).hasSize(2);
        var options = ada.forPage("OPTIONS", API + "/user", "", "Accept", "application/json");
        assertThat(options.body()).contains("\"rel\":\"list\"");
        assertThat(options.body()).doesNotContain("create");

        for (var refused : List.of(
                ada.post(API + "/user/create", "{\"profile\": {\"id\": \"eve\"}, \"credentials\": {}}"),
                ada.put(API + "/user/carla.koch/profile", "{\"id\": \"carla.koch\", \"email\": \"eve@x.example\"}"),
                ada.put(API + "/user/carla.koch/credentials", "{\"password\": \"Another-Strong-1\"}"),
                ada.delete(API + "/user/carla.koch"),
                ada.post(API + "/user/carla.koch/unlock", ""),
                ada.post(API + "/group/create", "{\"id\": \"eves\"}"),
                ada.put(API + "/group/creditControl/members/otto", ""),
                ada.delete(API + "/group/creditControl/members/carla.koch"))) {
            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
            assertThat(refused.message()).contains("read-only");
        }
        assertThat(groups("carla.koch")).containsExactly("creditControl");
        assertThat(output.getAll()).doesNotContain("\tat org.camunda", PASSWORD);
    }

    // Four eyes and substitution ----------------------------------------------------------------------------------

    @Test
    void four_eyes_recognises_an_own_request_by_the_e_mail_of_the_directory() {
        var order = overLimitAndRequestedByAnna();
        story.start(order);
        var hold = story.task(order, "OVER_LIMIT").getId();
        var anna = Http.anonymous(port);
        anna.logIn("tasklist", "a.meier", PASSWORD);
        var fritz = Http.anonymous(port);
        fritz.logIn("tasklist", "fritz", PASSWORD);

        var own = anna.post(API + "/task/" + hold + "/submit-form", release());
        assertThat(own.message()).contains("Four eyes: Anna Meier");
        assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("draft");

        var other = fritz.post(API + "/task/" + hold + "/submit-form", release());
        assertThat(other.status()).as(other.body()).isEqualTo(204);
        story.work();
        assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("sale");
    }

    @Test
    void whoever_has_no_address_in_the_directory_releases_nothing() {
        directory.person("ohne.post", "Olga", "Ohne", null);
        directory.join("HP-Credit-Head", "ohne.post");
        var order = overLimitAndRequestedByAnna();
        story.start(order);
        var olga = Http.anonymous(port);
        olga.logIn("tasklist", "ohne.post", PASSWORD);

        var answer = olga.post(API + "/task/" + story.task(order, "OVER_LIMIT").getId() + "/submit-form", release());

        assertThat(answer.message()).contains("Olga Ohne has no e-mail address here");
        assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("draft");
    }

    @Test
    void a_substitute_stands_in_for_somebody_of_the_directory() {
        story.begin();
        var order = overLimitAndRequestedByAnna();
        story.start(order);
        story.as(
                "fritz",
                () -> runtime.startProcessInstanceByKey(
                        "substitution",
                        Map.of("substitute", "carla.koch", "firstDay", "2026-06-01", "lastDay", "2026-06-01")));
        story.passes(Duration.ofSeconds(1));
        var carla = Http.anonymous(port);
        carla.logIn("tasklist", "carla.koch", PASSWORD);

        var answer = carla.post(API + "/task/" + story.task(order, "OVER_LIMIT").getId() + "/submit-form", release());

        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        story.work();
        assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("sale");
    }

    // The directory is away ---------------------------------------------------------------------------------------

    @Test
    void while_the_directory_is_away_people_are_told_so_at_every_door() {
        var carla = Http.anonymous(port);
        carla.logIn("tasklist", "carla.koch", PASSWORD);

        directory.away();
        try {
            assertThat(carla.get(TASKS).json()).as("for up to a minute").hasSize(1);
            waits(Duration.ofSeconds(61));

            var known = carla.get(TASKS);
            assertThat(known.status()).isEqualTo(503);
            assertThat(known.message()).startsWith(AWAY);
            var byBasic = rest("carla.koch", PASSWORD);
            assertThat(byBasic.status()).isEqualTo(503);
            assertThat(byBasic.message()).startsWith(AWAY);
            var login = page("carla.koch", PASSWORD);
            assertThat(login.status()).isEqualTo(500);
            assertThat(login.message()).startsWith(AWAY).doesNotContain("javax", "localhost");
            assertThat(rest("odoo", Intake.ODOO_PASSWORD).status())
                    .as("Odoo goes on")
                    .isEqualTo(200);
            assertThat(Http.anonymous(port).get("/actuator/health/liveness").status())
                    .isEqualTo(200);
        } finally {
            directory.back();
        }

        assertThat(carla.get(TASKS).json()).as("still logged in").hasSize(1);
        assertThat(rest("carla.koch", PASSWORD).status())
                .as("an outage is no wrong password")
                .isEqualTo(200);
    }

    @Test
    void while_the_directory_is_away_steps_wait_and_go_on_by_themselves(CapturedOutput output) {
        var order = overLimitAndRequestedByAnna();
        var caseId = story.start(order);
        var hold = story.task(order, "OVER_LIMIT").getId();
        story.as("fritz", () -> tasks.complete(hold, Map.of("decision", "release", "reason", "Paid today.")));

        var before = output.getAll().length();
        directory.away();
        try {
            for (var tries = 0; tries < 5; tries++) {
                story.workWithFailures();
            }
            assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("draft");
            assertThat(story.incidents(caseId)).isEmpty();
            assertThat(management.createJobQuery().messages().withException().list())
                    .singleElement()
                    .satisfies(job -> {
                        assertThat(job.getRetries()).isEqualTo(3);
                        assertThat(job.getExceptionMessage()).contains(AWAY);
                    });
        } finally {
            directory.back();
        }

        story.passes(Duration.ofMinutes(1));
        assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("sale");
        assertThat(output.getAll().substring(before))
                .containsOnlyOnce("cannot be asked: it does not answer. Nobody can log in")
                .contains("answers again")
                .doesNotContain(TestDirectory.READER_PASSWORD, PASSWORD);
    }

    @Test
    void a_wrong_password_of_the_reading_account_is_said_and_never_shown(CapturedOutput output) throws IOException {
        readerPassword("mistyped-Zz9");

        var login = page("carla.koch", PASSWORD);

        assertThat(login.message())
                .contains("it refuses HOLDPOINT_ACCESS_LDAP_BIND_DN (" + TestDirectory.READER + ") or its password")
                .doesNotContain("mistyped-Zz9");
        assertThat(output.getAll())
                .contains("refuses HOLDPOINT_ACCESS_LDAP_BIND_DN")
                .doesNotContain("mistyped-Zz9", PASSWORD);

        readerPassword(TestDirectory.READER_PASSWORD);
        assertThat(rest("carla.koch", PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void the_password_of_the_reading_account_is_replaced_without_a_restart() throws IOException {
        Files.writeString(secrets.resolve("ldap-bind-password-before"), TestDirectory.READER_PASSWORD);
        try {
            readerPassword("the-new-one-that-the-directory-has-not-heard-of");

            assertThat(rest("carla.koch", PASSWORD).status()).isEqualTo(200);
        } finally {
            Files.delete(secrets.resolve("ldap-bind-password-before"));
        }
    }

    private Http.Answer rest(String user, String password) {
        return Http.basic(port, user, password).get("/engine-rest/process-definition/count");
    }

    private Http.Answer page(String user, String password) {
        return Http.anonymous(port).logIn("tasklist", user, password);
    }

    private static String words(Http.Answer answer) {
        return answer.body().replaceFirst("\"timestamp\":\"[^\"]*\"", "");
    }

    private static void waits(Duration time) {
        ClockUtil.offset(ClockUtil.getCurrentTime().getTime() - System.currentTimeMillis() + time.toMillis());
    }

    private static String release() {
        return "{\"variables\": {\"decision\": {\"value\": \"release\"}, \"reason\": {\"value\": \"Paid today.\"}}}";
    }

    private DocumentRef overLimitAndRequestedByAnna() {
        var data = story.odoo().data();
        var pump = data.product("Pump").price(100).cost(50).stock(1000).add();
        var order = data.order(data.customer("Elbe Metall").creditLimit(1_000).add())
                .line(pump, 20)
                .add();
        story.odoo().requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }

    private List<String> groups(String person) {
        return identities.createGroupQuery().groupMember(person).orderByGroupId().asc().list().stream()
                .map(Group::getId)
                .toList();
    }

    private List<String> members(String role) {
        return identities.createUserQuery().memberOfGroup(role).orderByUserId().asc().list().stream()
                .map(User::getId)
                .toList();
    }

    private String taskOf(String instance) {
        return tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    private static void readerPassword(String password) throws IOException {
        Files.writeString(secrets.resolve("ldap-bind-password"), password);
    }
}
