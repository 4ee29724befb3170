package io.holdpoint.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import io.holdpoint.Story;
import io.holdpoint.engine.Http;
import io.holdpoint.intake.Intake;
import io.holdpoint.intake.OverHttp;
import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** People log in at a real provider of OpenID Connect, which starts after Holdpoint: it is not needed before. */
@OverHttp
@ActiveProfiles("oidc")
@TestPropertySource(
        properties = {
            "holdpoint.access.oidc.roles.creditControl=hp-credit",
            "holdpoint.access.oidc.roles.creditManager=hp-credit-head",
            "holdpoint.access.oidc.roles.auditor=hp-audit,hp-revision",
            "holdpoint.access.oidc.machines[0].subject=" + OidcProvider.MACHINE,
            "holdpoint.access.oidc.machines[0].name=metrics",
            "holdpoint.access.oidc.machines[0].roles=operations,odooTechnical"
        })
class OidcTest {

    private static final String API = "/camunda/api/engine/engine/default";
    private static final String TASKS = API + "/task?maxResults=50";
    private static final int PROVIDER_PORT = freePort();

    private static OidcProvider provider;

    @LocalServerPort
    private int port;

    @Autowired
    private IdentityService identities;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private Story story;

    @Autowired
    private Intake intake;

    private String credit = "";

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry properties) {
        properties.add("HOLDPOINT_OIDC_ISSUER", () -> OidcProvider.issuer(PROVIDER_PORT));
        properties.add("HOLDPOINT_OIDC_CLIENT_ID", () -> OidcProvider.CLIENT);
        properties.add("HOLDPOINT_OIDC_CLIENT_SECRET", () -> OidcProvider.CLIENT_SECRET);
    }

    @BeforeEach
    void open() {
        if (provider == null) {
            provider = OidcProvider.start(PROVIDER_PORT, port);
        }
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
        for (var person : List.of("carla.koch", "a.meier", "berta", "bella")) {
            identities.deleteUser(person);
        }
    }

    @AfterAll
    static void stop() {
        if (provider != null) {
            provider.stop();
            provider = null;
        }
    }

    // Logging in --------------------------------------------------------------------------------------------------

    @Test
    void a_person_comes_back_from_the_provider_to_tasklist_and_finds_the_tasks_of_the_own_role() {
        carla("hp-credit", "football");
        var browser = new Browser(port);

        var tasklist = browser.logIn("carla.koch");

        assertThat(tasklist.status()).isEqualTo(200);
        assertThat(tasklist.address()).hasPort(port).hasPath("/camunda/app/tasklist/default/");
        assertThat(tasklist.body()).contains("Camunda Tasklist");
        var me = browser.get("/camunda/api/admin/auth/user/default").json();
        assertThat(me.path("userId").asText()).isEqualTo("carla.koch");
        assertThat(me.path("authorizedApps"))
                .extracting(app -> app.asText())
                .containsExactlyInAnyOrder("tasklist", "welcome");
        assertThat(browser.get(TASKS).json())
                .extracting(task -> task.path("id").asText())
                .containsExactly(credit);
        assertThat(browser.post(API + "/task/" + credit + "/claim", "{\"userId\": \"carla.koch\"}")
                        .status())
                .isEqualTo(204);

        var account = identities.createUserQuery().userId("carla.koch").singleResult();
        assertThat(account.getFirstName()).isEqualTo("Carla Koch");
        assertThat(account.getEmail()).isEqualTo("carla@shop.example");
        assertThat(groups("carla.koch")).containsExactly("creditControl");
    }

    @Test
    void a_role_taken_away_at_the_provider_ends_with_the_next_login_and_its_tasks_with_it() {
        carla("hp-credit", "hp-audit");
        new Browser(port).logIn("carla.koch");
        assertThat(groups("carla.koch")).containsExactly("auditor", "creditControl");

        carla("hp-revision");
        var browser = new Browser(port);
        browser.logIn("/camunda/app/cockpit/default/", "carla.koch");

        assertThat(groups("carla.koch")).containsExactly("auditor");
        assertThat(browser.post(API + "/task/" + credit + "/claim", "{\"userId\": \"carla.koch\"}")
                        .status())
                .isEqualTo(403);
        assertThat(tasks.createTaskQuery().taskId(credit).singleResult().getAssignee())
                .isNull();
    }

    @Test
    void a_new_name_and_e_mail_come_with_the_next_login_even_over_an_open_session() {
        carla("hp-credit");
        var browser = new Browser(port);
        browser.logIn("carla.koch");
        var married = claims("carla.koch", "carla.engel@shop.example", "hp-credit");
        married.put("name", "Carla Engel");
        provider.knows("carla.koch", married);

        assertThat(browser.open("/oauth2/authorization/oidc").status()).isEqualTo(200);

        var account = identities.createUserQuery().userId("carla.koch").singleResult();
        assertThat(account.getFirstName()).isEqualTo("Carla Engel");
        assertThat(account.getEmail()).isEqualTo("carla.engel@shop.example");
    }

    @Test
    void whoever_has_lost_every_role_is_told_so_and_has_none_left() {
        carla("hp-credit");
        new Browser(port).logIn("carla.koch");

        carla("football");
        var browser = new Browser(port);
        var page = browser.logIn("carla.koch");

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body())
                .contains(
                        "None of your groups has a role in Holdpoint.",
                        "&quot;groups&quot; of your token names football")
                .contains("Ask whoever administers your logins");
        assertThat(groups("carla.koch")).isEmpty();
        assertThat(browser.get(TASKS).status()).isEqualTo(401);
    }

    @Test
    void a_stranger_to_holdpoint_is_refused_and_gets_no_account() {
        provider.knows("berta", claims("berta", "berta@shop.example", "<b>football</b>"));

        var page = new Browser(port).logIn("berta");

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("names &lt;b&gt;football&lt;/b&gt;").doesNotContain("<b>");
        assertThat(page.contentPolicy()).startsWith("default-src 'none'").doesNotContain("script");
        assertThat(identities.createUserQuery().userId("berta").count()).isZero();
    }

    @Test
    void without_an_e_mail_that_is_verified_nobody_comes_in() {
        provider.knows("berta", claims("berta", null, "hp-credit"));
        assertThat(new Browser(port).logIn("berta").body())
                .contains("The claim &quot;email&quot; is missing in your token.", "(scope email)");

        var unverified = claims("berta", "berta@shop.example", "hp-credit");
        unverified.put("email_verified", false);
        provider.knows("berta", unverified);
        assertThat(new Browser(port).logIn("berta").body())
                .contains("The e-mail berta@shop.example is not verified at the provider");

        assertThat(identities.createUserQuery().userId("berta").count()).isZero();
    }

    @Test
    void nobody_becomes_somebody_else_by_taking_their_login_at_the_provider() {
        carla("hp-credit");
        new Browser(port).logIn("carla.koch");

        provider.knows("berta", claims("carla.koch", "carla@shop.example", "hp-credit", "hp-audit"));
        assertThat(new Browser(port).logIn("berta").body())
                .contains("The login carla.koch belongs to somebody else in Holdpoint");
        provider.knows("berta", claims("dora", "berta@shop.example", "hp-credit"));
        assertThat(new Browser(port).logIn("berta").body())
                .contains("The login dora belongs to somebody else in Holdpoint");
        provider.knows("berta", claims("admin", "berta@shop.example", "hp-credit"));
        assertThat(new Browser(port).logIn("berta").body())
                .contains("&quot;admin&quot; is a user of Holdpoint itself.");

        assertThat(groups("carla.koch")).containsExactly("creditControl");
        assertThat(groups("dora")).containsExactly("financeDirector");
        assertThat(groups("admin")).containsExactly(Role.ADMINISTRATORS);
    }

    @Test
    void who_was_there_before_the_provider_keeps_the_login_and_loses_the_password() {
        var before = identities.newUser("bella");
        before.setEmail("Bella@Shop.example");
        before.setPassword("Quite-Strong-1");
        identities.saveUser(before);
        provider.knows("bella", claims("bella", "bella@shop.example", "hp-credit"));

        assertThat(new Browser(port).logIn("bella").status()).isEqualTo(200);

        assertThat(groups("bella")).containsExactly("creditControl");
        assertThat(identities.checkPassword("bella", "Quite-Strong-1")).isFalse();
    }

    // The door ----------------------------------------------------------------------------------------------------

    @Test
    void the_way_to_the_provider_is_protected_and_the_session_survives_the_way_back() {
        var browser = new Browser(port);

        var first = browser.look("/camunda/app/tasklist/default/");
        var second = browser.look("/oauth2/authorization/oidc");

        assertThat(first.statusCode()).isEqualTo(302);
        assertThat(second.headers().firstValue("Location").orElseThrow())
                .startsWith(OidcProvider.issuer(PROVIDER_PORT) + "/oauth2/authorize")
                .contains("state=", "nonce=", "code_challenge=", "code_challenge_method=S256");
        assertThat(first.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("JSESSIONID"))
                .singleElement()
                .asString()
                .contains("SameSite=Lax", "HttpOnly");
    }

    @Test
    void an_answer_that_nobody_asked_for_is_no_login() {
        var page = new Browser(port).open("/login/oauth2/code/oidc?code=stolen&state=guessed");

        assertThat(page.status()).isEqualTo(502);
        assertThat(page.body()).contains("The provider did not log you in (authorization_request_not_found).");
    }

    @Test
    void a_forged_request_is_refused_as_ever() {
        carla("hp-credit");
        var browser = new Browser(port);
        browser.logIn("carla.koch");

        var answer = browser.forged(API + "/task/" + credit + "/claim", "{\"userId\": \"carla.koch\"}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(tasks.createTaskQuery().taskId(credit).singleResult().getAssignee())
                .isNull();
    }

    @Test
    void passwords_open_no_door_but_odoos_own() {
        assertThat(Http.basic(port, "clara", FirstUsers.DEMO_PASSWORD)
                        .get("/engine-rest/task?maxResults=5")
                        .status())
                .isEqualTo(401);
        assertThat(Http.basic(port, "admin", FirstUsers.DEMO_PASSWORD)
                        .get("/api/attempts")
                        .status())
                .isEqualTo(401);
        assertThat(Http.anonymous(port)
                        .logIn("tasklist", "clara", FirstUsers.DEMO_PASSWORD)
                        .status())
                .isEqualTo(401);

        assertThat(Http.basic(port, "odoo", Intake.ODOO_PASSWORD)
                        .get("/engine-rest/process-definition/count")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoever_has_no_tasks_comes_from_the_bare_address_to_cockpit() {
        provider.knows("berta", claims("berta", "berta@shop.example", "hp-audit"));

        var page = new Browser(port).logIn("berta");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.address()).hasPort(port).hasPath("/camunda/app/cockpit/default/");
    }

    @Test
    void a_page_for_other_roles_says_so() {
        carla("hp-credit");
        var browser = new Browser(port);
        browser.logIn("carla.koch");

        var page = browser.open("/camunda/app/cockpit/default/");

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("This page is for other roles").doesNotContain("Whitelabel");
    }

    @Test
    void logging_out_ends_the_session_here_and_at_the_provider() {
        carla("hp-credit");
        var browser = new Browser(port);
        browser.logIn("carla.koch");
        var script = browser.open("/camunda/app/tasklist/scripts/config.js");
        assertThat(script.body()).contains("import shipped from './config.js?shipped'", "location.replace('/logout')");
        assertThat(browser.open("/camunda/app/tasklist/scripts/config.js?shipped")
                        .body())
                .contains("export default {");

        var page = browser.open("/logout");

        assertThat(page.address()).hasPort(port).hasPath("/logged-out");
        assertThat(page.body()).contains("You are logged out");
        assertThat(browser.get(TASKS).status()).isEqualTo(401);
        assertThat(browser.open("/").address()).hasPort(PROVIDER_PORT).hasPath("/login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void a_page_of_another_site_logs_nobody_out(String site) {
        carla("hp-credit");
        var browser = new Browser(port);
        browser.logIn("carla.koch");

        var page = browser.followFrom(site, "/logout");

        assertThat(page.address()).hasPort(port).hasPath("/camunda/app/tasklist/default/");
        assertThat(browser.get(TASKS).status()).isEqualTo(200);
        assertThat(browser.followFrom("same-origin", "/logout").address()).hasPath("/logged-out");
        assertThat(browser.get(TASKS).status()).isEqualTo(401);
    }

    @Test
    void a_session_that_lasted_a_day_asks_the_provider_again() {
        carla("hp-credit");
        var browser = new Browser(port);
        browser.logIn("carla.koch");

        ClockUtil.offset(Duration.ofHours(11).toMillis());

        assertThat(browser.get(TASKS).status()).isEqualTo(401);
        ClockUtil.reset();
        assertThat(browser.open("/camunda/app/tasklist/default/").address())
                .as("the provider still knows who it is")
                .hasPort(port)
                .hasPath("/camunda/app/tasklist/default/");
    }

    // Own pages ---------------------------------------------------------------------------------------------------

    @Test
    void an_auditor_opens_evidence_in_the_same_browser_and_changes_nothing_by_it() {
        carla("hp-audit");
        var browser = new Browser(port);
        browser.logIn("/camunda/app/cockpit/default/", "carla.koch");

        assertThat(browser.get("/api/attempts").status()).isEqualTo(200);
        assertThat(browser.get("/api/cases/sale.order,42").status()).isNotIn(401, 403);
        assertThat(browser.get("/api/events?state=quarantined").status()).isEqualTo(403);
        assertThat(browser.post("/api/events/1/replay", "").status()).isEqualTo(401);
        assertThat(browser.get("/engine-rest/task?maxResults=5").status()).isEqualTo(401);

        identities.deleteMembership("carla.koch", "auditor");
        assertThat(browser.get("/api/attempts").status()).isEqualTo(403);
    }

    // Four eyes ---------------------------------------------------------------------------------------------------

    @Test
    void four_eyes_recognises_an_own_request_by_the_e_mail_of_the_token() {
        var order = overLimitAndRequestedByAnna();
        story.start(order);
        var hold = story.task(order, "OVER_LIMIT").getId();
        var hers = claims("a.meier", "anna@nordlicht.example", "hp-credit-head");
        hers.put("name", "Anna Meier");
        provider.knows("a.meier", hers);
        carla("hp-credit-head");
        var anna = new Browser(port);
        anna.logIn("a.meier");
        var carla = new Browser(port);
        carla.logIn("carla.koch");

        var own = anna.post(API + "/task/" + hold + "/submit-form", release());
        assertThat(own.message()).contains("Four eyes: Anna Meier");
        assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("draft");

        var other = carla.post(API + "/task/" + hold + "/submit-form", release());
        assertThat(other.status()).as(other.body()).isEqualTo(204);
        story.work();
        assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("sale");
    }

    // Tokens ------------------------------------------------------------------------------------------------------

    @Test
    void a_person_calls_the_apis_with_a_token_and_the_roles_of_the_last_login() {
        carla("hp-credit");
        new Browser(port).logIn("carla.koch");
        var carla = Http.bearer(
                port,
                provider.token(token -> token.subject("carla.koch")
                        .claim("preferred_username", "carla.koch")
                        .claim("groups", List.of("hp-audit"))));

        assertThat(carla.get("/engine-rest/task?maxResults=50").json())
                .extracting(task -> task.path("id").asText())
                .containsExactly(credit);
        assertThat(carla.post("/engine-rest/task/" + credit + "/claim", "{\"userId\": \"carla.koch\"}")
                        .status())
                .isEqualTo(204);
        assertThat(carla.get("/api/attempts").status()).isEqualTo(403);
        assertThat(groups("carla.koch")).containsExactly("creditControl");
    }

    @Test
    void a_token_makes_no_account_and_lends_none() {
        carla("hp-credit");
        new Browser(port).logIn("carla.koch");
        var never = provider.token(token -> token.subject("berta")
                .claim("preferred_username", "berta")
                .claim("email", "berta@shop.example")
                .claim("groups", List.of("hp-credit")));
        var another = provider.token(token -> token.subject("berta").claim("preferred_username", "carla.koch"));

        for (var token : List.of(never, another)) {
            var answer = Http.bearer(port, token).get("/engine-rest/task?maxResults=50");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.message()).contains("Nobody is known by it. A person logs in to Tasklist once before");
        }
        assertThat(identities.createUserQuery().userId("berta").count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/process-definition/count", "/api/events?state=quarantined"})
    void a_token_that_is_expired_or_meant_for_others_or_signed_by_others_opens_nothing(String path)
            throws JOSEException {
        var good = provider.token(token -> token.subject(OidcProvider.MACHINE));
        assertThat(Http.bearer(port, good).get(path).status()).isEqualTo(200);

        var expired = provider.token(token ->
                token.subject(OidcProvider.MACHINE).expiresAt(Instant.now().minusSeconds(120)));
        var forOthers =
                provider.token(token -> token.subject(OidcProvider.MACHINE).audience(List.of("mail")));
        var idToken =
                provider.token(token -> token.subject(OidcProvider.MACHINE).audience(List.of(OidcProvider.CLIENT)));
        var ofOthers =
                provider.token(token -> token.subject(OidcProvider.MACHINE).issuer("http://localhost:1"));
        var foreign = new ImmutableJWKSet<com.nimbusds.jose.proc.SecurityContext>(
                new JWKSet(new RSAKeyGenerator(2048).keyID("foreign").generate()));
        var signedByOthers = provider.token(foreign, token -> token.subject(OidcProvider.MACHINE));
        for (var token : List.of(expired, forOthers, idToken, ofOthers, signedByOthers, "no-token")) {
            var answer = Http.bearer(port, token).get(path);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.message()).startsWith("The token is not accepted");
        }
    }

    @Test
    void a_machine_does_what_it_is_listed_for_and_decides_nothing() {
        var recovery = taskOf(TaskSamples.start(
                runtime,
                "try-recover",
                "sale.order,44",
                TaskSamples.recover(Date.from(Instant.now().plus(Duration.ofDays(1))))));
        var machine = Http.bearer(port, provider.token(token -> token.subject(OidcProvider.MACHINE)));

        // Tests run without the metrics themselves: 404 is past the door.
        assertThat(machine.get("/actuator/prometheus").status()).isNotIn(401, 403);
        assertThat(machine.get("/api/events?state=quarantined").status()).isEqualTo(200);
        assertThat(machine.get("/engine-rest/task?maxResults=50").json()).isEmpty();
        assertThat(machine.post("/engine-rest/task/" + recovery + "/complete", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(machine.get("/api/attempts").status()).isEqualTo(403);
    }

    @Test
    void what_brings_a_secret_of_its_own_needs_no_token() {
        var order = new DocumentRef("sale.order", story.odoo().data().goodOrder());

        assertThat(intake.hint(Intake.changed(order)).status()).isEqualTo(202);
        assertThat(intake.anonymous()
                        .post("/api/events", "{}", "Authorization", "Bearer " + Intake.EVENT_SECRET)
                        .status())
                .as("past the door, and not understood")
                .isNotIn(401, 403);
        assertThat(intake.anonymous()
                        .post("/api/events", "{}", "Authorization", "Bearer wrong")
                        .status())
                .isEqualTo(401);
        assertThat(Http.anonymous(port).get("/actuator/health").status()).isEqualTo(200);
        assertThat(Http.anonymous(port).get("/engine-rest/task").status()).isEqualTo(401);
    }

    private void carla(String... groups) {
        provider.knows("carla.koch", claims("carla.koch", "carla@shop.example", groups));
    }

    private static Map<String, Object> claims(String login, String mail, String... groups) {
        var claims = new HashMap<String, Object>();
        claims.put("preferred_username", login);
        claims.put("name", "Carla Koch");
        claims.put("groups", List.of(groups));
        if (mail != null) {
            claims.put("email", mail);
        }
        return claims;
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

    private String taskOf(String instance) {
        return tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
