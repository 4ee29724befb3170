package io.holdpoint;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.demo.DemoData;
import io.holdpoint.demo.DemoOdoo;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.notification.Post;
import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.Spin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A week in May: forty holds on Monday, twelve of them decided at once, Max on leave, Paul ill, an order that is
 * changed twice, a purchase on which two of three agree, a request that nobody answers, and Ascension Day on Thursday.
 * Who got which mail when is one table at the end. How people enter what they decide is left open.
 */
abstract class WeekInTheLife {

    private static final String OVERDUE =
            "Aachen Ahlen Altena Amberg Ansbach Apolda Aue Auma Aurich Bamberg Bautzen Bernau";

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 5, 11);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("EEE d HH:mm", Locale.ENGLISH);

    /** More than happens in a week. */
    private static final int MANY = 1_000;

    private static final String MAILS = """
            Mon 11 07:35 max: 7 tasks wait for you
                Over limit: Celle, Coburg, Cottbus, Cuxhaven, Calw, Camburg
                Credit suspended: Emden
            Mon 11 08:00 bea: 2 tasks wait for you
                Stock short: Hagen, Halle
            Mon 11 08:00 carl: 5 tasks wait for you
                Stock short: Hagen, Halle
                Amount: Jade, Jagst, Jossa
            Mon 11 08:00 clara: 12 tasks wait for you
                Overdue: Aachen, Ahlen, Altena, Amberg, Ansbach, Apolda, Aue, Auma, Aurich, Bamberg, Bautzen, Bernau
            Mon 11 08:00 dora: 2 tasks wait for you
                Over limit (major): Gotha
                Amount exceptional: Press
            Mon 11 08:00 paul: 2 tasks wait for you
                Price variance: Iller
                Amount exceptional: Press
            Mon 11 08:00 quentin: 2 tasks wait for you
                Vendor not approved: Isar
                Amount exceptional: Press
            Mon 11 08:00 rita: 2 tasks wait for you
                Window missed: Kassel, Kiel
            Mon 11 08:00 sam: 10 tasks wait for you
                Discount: Dachau, Deggendorf, Demmin, Dessau, Detmold, Dinkelsbuehl, Gotha
                Margin: Fulda, Freital, Flensburg
            Mon 11 08:35 clara: 7 tasks of Max are yours until Tue 12 May 2026
                Tasks of Max are yours until Tue 12 May 2026: Celle, Coburg, Cottbus, Cuxhaven, Calw, Camburg, Emden
            Mon 11 08:50 dora: 2 tasks of Paul are yours until Wed 13 May 2026
                Tasks of Paul are yours until Wed 13 May 2026: Iller, Press
            Mon 11 11:05 dora: Release S00038? Credit suspended – Emden
                Credit suspended: Emden
            Mon 11 12:05 sam: Reminder: Release S00050? Discount – Dinkelsbuehl
                Still waiting: Dinkelsbuehl
            Mon 11 16:05 sam: Release S00058? Discount – Gotha
                Discount: Gotha
            Tue 12 08:05 dora: 2 tasks wait for you, 1 reminder, 1 escalated to you
                Still waiting: Gotha
                Escalated to you, because nobody answered in time: Dinkelsbuehl
            Tue 12 08:05 sam: S00050 was passed on: nobody answered in time
                Passed on: Dinkelsbuehl
            Tue 12 14:15 clara: Release S00068? Over limit – Oder
                Over limit: Oder
            Tue 12 16:15 dora: Release S00058? Over limit (major) – Gotha
                Over limit (major): Gotha
            Wed 13 08:00 max: Release S00068? Over limit – Oder
                Over limit: Oder
            Wed 13 08:05 dora: Reminder: Release S00050? Discount – Dinkelsbuehl
                Still waiting: Dinkelsbuehl
            Wed 13 09:05 max: Reminder: Release S00068? Over limit – Oder
                Still waiting: Oder
            Wed 13 16:15 max: Release S00070? Over limit – Ems
                Over limit: Ems
            Fri 15 08:00 clara: Release S00072? No credit limit – Havel
                No credit limit: Havel
            Fri 15 08:05 dora: S00050 expired: nobody decided in time and nothing was released
                Expired: Dinkelsbuehl
            Fri 15 11:05 max: Reminder: Release S00070? Over limit – Ems
                Still waiting: Ems
            """;

    private static final String OUTCOMES = """
            Aachen, Ahlen, Altena, Amberg, Ansbach, Apolda, Aue, Auma, Aurich, Bamberg, Bautzen, Bernau
                sale, released after hold, release
                OVERDUE: release by clara
            Celle, Coburg, Cottbus, Cuxhaven, Calw
                sale, released after hold, release
                OVER_LIMIT: release by clara for max (Credit manager)
            Camburg
                draft, rejected after hold, reject
                OVER_LIMIT: reject by clara for max (Credit manager)
            Emden
                sale, released after hold, release
                CREDIT_SUSPENDED: release by clara for max (Credit manager)
                CREDIT_SUSPENDED: release by dora
            Dachau, Deggendorf, Demmin, Dessau, Detmold
                sale, released after hold, release
                DISCOUNT: release by sam
            Dinkelsbuehl
                draft, rejected after hold, reject
            Fulda, Freital, Flensburg
                sale, released after hold, release
                MARGIN: release by sam
            Gotha
                sale, released after hold, hold, release
                DISCOUNT: release by sam
                DISCOUNT: release by sam
                OVER_LIMIT_MAJOR: release by dora
            Hagen, Halle
                sale, released after hold, release
                STOCK_SHORT: release by bea
            Iller
                purchase, released after hold, release
                PRICE_VARIANCE: release by dora for paul (Purchase manager)
            Isar
                purchase, released after hold, release
                VENDOR_NOT_APPROVED: release by quentin
            Jade, Jagst, Jossa
                purchase, released after hold, release
                AMOUNT: release by carl
            Press
                purchase, released after hold, release
                AMOUNT_EXCEPTIONAL: release by dora
                AMOUNT_EXCEPTIONAL: release by quentin
            Kassel
                done, released after hold, release
                WINDOW_MISSED: release by rita
            Kiel
                done, rejected after hold, reject
                WINDOW_MISSED: reject by rita
            Oder, Ems
                sale, released after hold, release
                OVER_LIMIT: release by max
            Havel
                sale, released after hold, release
                NO_CREDIT_LIMIT: release by clara
            """;

    private static final Post POST = new Post();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        POST.open(settings);
    }

    @AfterAll
    static void close() {
        POST.close();
    }

    @Autowired
    Story story;

    @Autowired
    ApplicationContext context;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    RepositoryService repository;

    @Autowired
    JdbcClient jdbc;

    private DemoOdoo odoo;
    private DemoData data;

    /** The documents of the week and their cases, by the customer or vendor. */
    private final Map<String, DocumentRef> documents = new LinkedHashMap<>();

    private final Map<String, String> cases = new LinkedHashMap<>();

    @BeforeEach
    void open() {
        odoo = story.odoo();
        data = odoo.data();
        at(MONDAY, "07:00");
        POST.begin(context);
    }

    @AfterEach
    void end() {
        story.end();
        List.of("hp_substitution_offer", "hp_substitution_claim", "hp_substitution")
                .forEach(table -> jdbc.sql("delete from " + table).update());
    }

    @Test
    void a_week_in_the_life() throws IOException {
        var twoOfThree = twoOfThreeAgreeToVeryLargePurchases();
        try {
            monday();
            tuesday();
            wednesday();
            thursday();
            friday();
            assertThat(mails()).isEqualTo(MAILS);
            assertThat(outcomes()).isEqualTo(OUTCOMES);
            everythingIsOnRecord();
            assertThat(tasks.createTaskQuery().list())
                    .as("nothing is left to be done")
                    .isEmpty();
            assertThat(runtime.createIncidentQuery().list()).isEmpty();
        } finally {
            repository.deleteDeployment(twoOfThree, true);
        }
    }

    private void monday() {
        fortyHolds();
        until("08:00");

        // Max has read his mail and goes on leave.
        until("08:30");
        substitute("max", Map.of("substitute", "clara", "firstDay", day(MONDAY), "lastDay", day(TUESDAY)));
        assertThat(offered("Celle", "OVER_LIMIT")).containsExactly("clara");
        // Paul is ill, and Dora, who leads him, takes on his work.
        until("08:45");
        substitute(
                "dora",
                Map.of("forWhom", "paul", "substitute", "dora", "firstDay", day(MONDAY), "lastDay", day(WEDNESDAY)));

        // Two of three agree on the press; Dora and the one for whom she stands in are one.
        until("09:00");
        release("Press", "AMOUNT_EXCEPTIONAL", "dora", "financeDirector");
        assertThatThrownBy(() -> release("Press", "AMOUNT_EXCEPTIONAL", "dora", "purchaseManager"))
                .hasMessageContaining("Four eyes: Dora, who counts as one person with Dora for Paul");
        assertThat(asks("Press")).containsExactlyInAnyOrder("purchaseManager", "qualityManager");
        until("09:30");
        release("Press", "AMOUNT_EXCEPTIONAL", "quentin", "qualityManager");
        assertThat(asks("Press")).as("Paul need not answer any more").isEmpty();
        assertThat(odooSays("Press", "state")).isEqualTo("purchase");

        until("10:00");
        names("Jade Jagst Jossa").forEach(name -> release(name, "AMOUNT", "carl"));
        release("Iller", "PRICE_VARIANCE", "dora");
        release("Isar", "VENDOR_NOT_APPROVED", "quentin");
        names("Hagen Halle").forEach(name -> release(name, "STOCK_SHORT", "bea"));
        release("Kassel", "WINDOW_MISSED", "rita");
        reject("Kiel", "WINDOW_MISSED", "rita", "Ten days too late.");
        names("Dachau Deggendorf Demmin Dessau Detmold").forEach(name -> release(name, "DISCOUNT", "sam"));
        names("Fulda Freital Flensburg").forEach(name -> release(name, "MARGIN", "sam"));
        release("Gotha", "DISCOUNT", "sam");

        // Clara decides twelve at once for herself, and one after the other for Max.
        until("10:30");
        decideTogether("clara", "See results: 12 holds: 12 released");
        until("11:00");
        names("Celle Coburg Cottbus Cuxhaven Calw").forEach(name -> release(name, "OVER_LIMIT", "clara"));
        reject("Camburg", "OVER_LIMIT", "clara", "No further credit before the audit.");
        release("Emden", "CREDIT_SUSPENDED", "clara");
        until("11:30");
        release("Emden", "CREDIT_SUSPENDED", "dora");

        // Anna gives Gotha more discount on a higher price: the sum stays, so only what Sam agreed to is asked again.
        until("15:00");
        var credit = task("Gotha", "OVER_LIMIT_MAJOR").getId();
        changeLine("Gotha", Map.of("price_unit", 104, "discount", 25));
        assertThat(task("Gotha", "OVER_LIMIT_MAJOR").getId()).isEqualTo(credit);
        assertThat(changes("Gotha", "DISCOUNT"))
                .contains("Pump: Discount: 22 % → 25 %")
                .noneMatch(change -> change.startsWith("Amount"));
        assertThat(story.variable(task("Gotha", "DISCOUNT"), "answeredBefore"))
                .isEqualTo("Sam (Sales manager): release – Agreed with Gotha.");
        assertThat(due("Gotha", "DISCOUNT")).isEqualTo("Tue 12 15:00");
        assertThat(holds("SUPERSEDED"))
                .as("what Sam agreed to first stays on record")
                .isOne();

        // The vendors have confirmed their dates.
        until("16:00");
        names("Press Jade Jagst Jossa Iller Isar").forEach(this::acknowledged);
    }

    private void tuesday() {
        // Nobody has answered Dinkelsbuehl for a working day.
        until(TUESDAY, "07:59");
        assertThat(asks("Dinkelsbuehl")).containsExactly("salesManager");
        until("08:00");
        assertThat(asks("Dinkelsbuehl")).containsExactly("financeDirector");
        assertThat(due("Dinkelsbuehl", "DISCOUNT"))
                .as("two working days, the holiday is none")
                .isEqualTo("Fri 15 08:00");

        until("09:00");
        release("Gotha", "DISCOUNT", "sam");

        until("14:00");
        overLimit("Oder", "ben");
        assertThat(offered("Oder", "OVER_LIMIT")).containsExactly("clara");
        assertThat(due("Oder", "OVER_LIMIT")).isEqualTo("Wed 13 14:00");

        // Now it is more pumps: the credit is asked about anew, and what Sam agreed to stands.
        until("16:00");
        changeLine("Gotha", Map.of("product_uom_qty", 420));
        assertThat(story.holdCodes(documents.get("Gotha"))).containsExactly("OVER_LIMIT_MAJOR");
        assertThat(changes("Gotha", "OVER_LIMIT_MAJOR"))
                .contains("Amount: 31,200.00 EUR → 32,760.00 EUR", "Pump: Quantity: 400 Units → 420 Units");
        assertThat(due("Gotha", "OVER_LIMIT_MAJOR")).isEqualTo("Fri 15 16:00");
    }

    private void wednesday() {
        // What Clara left comes back.
        until(WEDNESDAY, "00:00");
        assertThat(offered("Oder", "OVER_LIMIT")).isEmpty();
        assertThatThrownBy(() -> release("Oder", "OVER_LIMIT", "clara")).hasMessageContaining(notTheTaskOf("clara"));

        until("09:30");
        release("Oder", "OVER_LIMIT", "max");
        release("Gotha", "OVER_LIMIT_MAJOR", "dora");
        assertThat(odooSays("Gotha", "state")).isEqualTo("sale");

        until("16:00");
        overLimit("Ems", "ben");
        assertThat(due("Ems", "OVER_LIMIT"))
                .as("an hour of today, the rest on Friday")
                .isEqualTo("Fri 15 16:00");
    }

    private void thursday() {
        // Ascension Day: Ben works at home, nobody else does.
        until(THURSDAY, "10:00");
        withoutLimit("Havel", "ben");
        assertThat(due("Havel", "NO_CREDIT_LIMIT"))
                .as("Friday is its first day")
                .isEqualTo("Mon 18 08:00");
        assertThat(story.variable(task("Havel", "NO_CREDIT_LIMIT"), "decideByText"))
                .isEqualTo("Mon 18 May 2026, 08:00 CEST");
    }

    private void friday() {
        assertThat(POST.mails()).noneMatch(mail -> mail.at().atZone(BERLIN).getDayOfWeek() == THURSDAY);
        until(FRIDAY, "07:59");
        assertThat(asks("Dinkelsbuehl")).containsExactly("financeDirector");
        until("08:00");
        assertThat(asks("Dinkelsbuehl")).isEmpty();
        assertThat(story.outcome(cases.get("Dinkelsbuehl"))).isEqualTo("expired");
        assertThat(odooSays("Dinkelsbuehl", "state")).isEqualTo("draft");
        assertThat(odooSays("Dinkelsbuehl", "x_holdpoint_reason")).contains("nobody decided in time");

        until("09:00");
        release("Havel", "NO_CREDIT_LIMIT", "clara");
        until("11:30");
        release("Ems", "OVER_LIMIT", "max");
        until("17:00");
    }

    // Given

    /** Twenty-six orders of one hold each, one of two, ten purchases and returns. */
    private void fortyHolds() {
        until("07:30");
        names(OVERDUE).forEach(this::overdue);
        names("Celle Coburg Cottbus Cuxhaven Calw Camburg").forEach(name -> overLimit(name, "anna"));
        asked(
                "Emden",
                data.order(data.customer("Emden")
                                .creditLimit(100_000)
                                .trust("bad")
                                .add())
                        .line(pump(), 10)
                        .add(),
                "anna");
        names("Dachau Deggendorf Demmin Dessau Detmold Dinkelsbuehl").forEach(this::discounted);
        names("Fulda Freital Flensburg").forEach(this::ofThinMargin);
        asked(
                "Gotha",
                data.order(data.customer("Gotha").creditLimit(10_000).add())
                        .line(pump(), 400, 22)
                        .add(),
                "anna");
        names("Hagen Halle").forEach(this::shortOfStock);
        var pump = pump();
        purchase(
                "Iller",
                data.purchase(data.vendor("Iller").price(pump, 100, 30).add())
                        .line(pump, 2, 125)
                        .add(),
                "bea");
        purchase(
                "Isar",
                data.purchase(data.vendor("Isar")
                                .notApproved()
                                .price(pump, 100, 30)
                                .add())
                        .line(pump, 2)
                        .add(),
                "bea");
        names("Jade Jagst Jossa")
                .forEach(name -> purchase(
                        name,
                        data.purchase(data.vendor(name).price(pump, 100, 30).add())
                                .line(pump, 6)
                                .add(),
                        "bea"));
        purchase(
                "Press",
                data.purchase(data.vendor("Press").price(pump, 100, 30).add())
                        .line(pump, 300)
                        .by("carl")
                        .add(),
                "carl");
        names("Kassel Kiel").forEach(this::comesBackLate);
        assertThat(holds("OPEN")).isEqualTo(40);
    }

    private static Stream<String> names(String names) {
        return Stream.of(names.split(" "));
    }

    /** Of a customer who is 45 days late with 8,000. */
    private void overdue(String name) {
        var customer = data.customer(name).add();
        data.invoice(customer).amount(8_000).overdue(45).add();
        asked(name, data.order(customer).line(pump(), 10).add(), "anna");
    }

    /** 11,000 of 10,000. */
    private void overLimit(String name, String seller) {
        asked(
                name,
                data.order(data.customer(name).creditLimit(10_000).add())
                        .line(pump(), 110)
                        .by(seller)
                        .add(),
                seller);
    }

    /** 11,000 without a credit limit. */
    private void withoutLimit(String name, String seller) {
        var customer = data.customer(name).withoutCreditLimit().add();
        asked(name, data.order(customer).line(pump(), 110).by(seller).add(), seller);
    }

    private void discounted(String name) {
        asked(name, data.order(data.customer(name).add()).line(pump(), 10, 22).add(), "anna");
    }

    private void ofThinMargin(String name) {
        var valve = data.product("Valve").price(100).cost(88).add();
        asked(name, data.order(data.customer(name).add()).line(valve, 10).add(), "anna");
    }

    private void shortOfStock(String name) {
        var seal = data.product("Seal").stock(5).add();
        asked(name, data.order(data.customer(name).add()).line(seal, 10).add(), "anna");
    }

    private void comesBackLate(String name) {
        var product = pump();
        var order = data.order(data.customer(name).add())
                .line(product, 4)
                .delivered(40)
                .add();
        var delivery = new DocumentRef("stock.picking", data.delivery(order));
        data.comesBack(delivery.id(), product, 1, "changed_mind", false);
        odoo.requestReturn(delivery.id(), "ben");
        opened(name, "return-authorization", delivery);
    }

    private void asked(String name, long order, String seller) {
        odoo.requestRelease(order, seller);
        opened(name, "order-release", new DocumentRef("sale.order", order));
    }

    private void purchase(String name, long order, String buyer) {
        odoo.requestApproval(order, buyer);
        opened(name, "urgent-purchase", new DocumentRef("purchase.order", order));
    }

    private void opened(String name, String workflow, DocumentRef document) {
        documents.put(name, document);
        cases.put(name, story.start(workflow, document));
    }

    private long pump() {
        return data.product("Pump").price(100).cost(50).stock(1000).add();
    }

    /** Petra, who owns the policy, lets two of three be enough for a very large purchase. */
    private String twoOfThreeAgreeToVeryLargePurchases() throws IOException {
        var delivered = Files.readString(Path.of("dmn", "urgent-purchase.authority.dmn"));
        var changed = delivered
                .replaceAll(
                        "(<output id=\"output_steps\")",
                        "<output id=\"output_needed\" name=\"needed\" typeRef=\"integer\" />$1")
                .replaceAll(
                        "<outputEntry id=\"out_(\\w+)_steps\">",
                        "<outputEntry id=\"out_$1_needed\"><text /></outputEntry>$0")
                .replace("\"purchaseManager, financeDirector\"", "\"purchaseManager, financeDirector, qualityManager\"")
                .replaceAll("(out_exceptional(Afterwards)?_needed\">)<text />", "$1<text>2</text>");
        return repository
                .createDeployment()
                .name("By its owner")
                .addString("urgent-purchase.authority.dmn", changed)
                .deploy()
                .getId();
    }

    // What people do

    /** Starts a process with what is entered into its form. */
    abstract void start(String person, String process, Map<String, Object> entered);

    /** Completes a task with what is entered into its form; fails with the words in which that was refused. */
    abstract void complete(Task task, String person, Map<String, Object> entered);

    /** How somebody is refused whose task it is not. */
    abstract String notTheTaskOf(String person);

    /** As the form for several holds names what is overdue. */
    abstract String overdueRule();

    private void release(String name, String code, String person) {
        decide(task(name, code), person, "release", "Agreed with " + name + ".");
    }

    /** As one of several who are asked. */
    private void release(String name, String code, String person, String role) {
        decide(asked(name, code, role), person, "release", "Agreed with " + name + ".");
    }

    private void reject(String name, String code, String person, String reason) {
        decide(task(name, code), person, "reject", reason);
    }

    private void decide(Task task, String person, String answer, String reason) {
        var entered = new LinkedHashMap<String, Object>();
        entered.put("decision", answer);
        entered.put("reason", reason);
        complete(task, person, entered);
        story.work();
    }

    /** Releases all that is overdue, and has seen what came of each. */
    private void decideTogether(String person, String results) {
        start(person, "bulk-decision", Map.of());
        story.work();
        var entered = new LinkedHashMap<String, Object>();
        entered.put("decision", "release");
        entered.put("rule", overdueRule());
        entered.put("allListed", true);
        entered.put("reason", "Known to pay late.");
        complete(taskOf(person, "userTask_chooseHolds"), person, entered);
        story.work();
        var seen = taskOf(person, "userTask_seeResults");
        assertThat(seen.getName()).isEqualTo(results);
        complete(seen, person, Map.of());
        story.work();
    }

    private Task taskOf(String person, String element) {
        return tasks.createTaskQuery()
                .taskDefinitionKey(element)
                .taskAssignee(person)
                .singleResult();
    }

    private Task asked(String name, String code, String role) {
        return story.tasks(documents.get(name)).stream()
                .filter(task -> code.equals(story.variable(task, "holdCode"))
                        && roles(task).contains(role))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody of " + role + " is asked about " + name));
    }

    private List<String> roles(Task task) {
        return tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .toList();
    }

    private void substitute(String person, Map<String, Object> entered) {
        start(person, "substitution", entered);
        until(Story.now());
    }

    /** Anna changes the one line of an order, and Odoo tells of it. */
    private void changeLine(String name, Map<String, Object> values) {
        var order = documents.get(name);
        odoo.changeLine(odoo.order(order.id()).path("order_line").get(0).asLong(), "anna", values);
        story.tell("order-release.orderChanged", order);
    }

    /** The vendor has confirmed the date, and Odoo tells of it. */
    private void acknowledged(String name) {
        odoo.pressOnPurchase(documents.get(name).id(), "bea", "action_acknowledge");
        story.tell("urgent-purchase.purchaseChanged", documents.get(name));
    }

    // Who is asked what

    private Task task(String name, String code) {
        return story.task(documents.get(name), code);
    }

    private List<String> asks(String name) {
        return story.tasks(documents.get(name)).stream()
                .flatMap(task -> roles(task).stream())
                .toList();
    }

    private List<String> offered(String name, String code) {
        return tasks.getIdentityLinksForTask(task(name, code).getId()).stream()
                .map(IdentityLink::getUserId)
                .filter(Objects::nonNull)
                .toList();
    }

    private String due(String name, String code) {
        return MOMENT.format(task(name, code).getDueDate().toInstant().atZone(BERLIN));
    }

    /** What an approver sees of what is different, before and after. */
    private List<String> changes(String name, String code) {
        return Spin.JSON(story.variable(task(name, code), "changes").toString()).elements().stream()
                .map(change -> change.prop("what").stringValue() + ": "
                        + change.prop("earlier").stringValue() + " → "
                        + change.prop("current").stringValue())
                .toList();
    }

    private String odooSays(String name, String field) {
        return odoo.record(documents.get(name)).path(field).asText();
    }

    // Time

    private DayOfWeek today;

    private void at(DayOfWeek day, String time) {
        today = day;
        story.standAt(moment(day, time));
    }

    private void until(DayOfWeek day, String time) {
        today = day;
        until(moment(day, time));
    }

    private void until(String time) {
        until(today, time);
    }

    /** Lives until then: each timer goes off and each mail goes out at its own moment. */
    private void until(Instant moment) {
        for (var done = 0; ; done++) {
            assertThat(done).as("moments of one week").isLessThan(MANY);
            story.fire();
            POST.goOut();
            var next = Stream.of(story.nextTimer(), POST.next())
                    .flatMap(Optional::stream)
                    .min(Instant::compareTo)
                    .filter(due -> !due.isAfter(moment));
            if (next.isEmpty()) {
                break;
            }
            story.standAt(next.get().isAfter(Story.now()) ? next.get() : Story.now());
        }
        story.standAt(moment);
    }

    private static Instant moment(DayOfWeek day, String time) {
        return FIRST_DAY.with(day).atTime(LocalTime.parse(time)).atZone(BERLIN).toInstant();
    }

    private static String day(DayOfWeek day) {
        return FIRST_DAY.with(day).toString();
    }

    // What came of it

    private String mails() {
        return POST.mails().stream()
                .sorted(Comparator.comparing(Post.Mail::at).thenComparing(Post.Mail::to))
                .map(mail -> MOMENT.format(mail.at().atZone(BERLIN)) + " " + mail.to() + ": " + mail.subject() + "\n"
                        + mail.parties().entrySet().stream()
                                .map(told -> "    " + told.getKey() + ": " + String.join(", ", told.getValue()) + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    /** What Odoo shows and was told of each document, and who decided what of it in which order. */
    private String outcomes() {
        var outcomes = new LinkedHashMap<String, List<String>>();
        documents
                .keySet()
                .forEach(name -> outcomes.computeIfAbsent(outcome(name), same -> new ArrayList<>())
                        .add(name));
        return outcomes.entrySet().stream()
                .map(same -> String.join(", ", same.getValue()) + "\n" + same.getKey())
                .collect(Collectors.joining());
    }

    private void everythingIsOnRecord() {
        assertThat(cases).allSatisfy((name, caseId) -> {
            assertThat(story.evidence().of(caseId))
                    .as(name)
                    .extracting(Evidence.Entry::kind)
                    .contains(Kind.EVENT, Kind.FACTS, Kind.POLICY, Kind.HOLD, Kind.AUTHORITY, Kind.COMMAND);
            assertThat(story.evidence(caseId, Kind.POLICY))
                    .as("rules and versions for " + name)
                    .allSatisfy(line ->
                            assertThat(line.content().get("tables").toString()).contains("rule_", "version="));
            assertThat(story.evidence(caseId, Kind.DECISION))
                    .as("decisions on " + name)
                    .allSatisfy(line ->
                            assertThat(line.content()).containsKeys("hold", "answer", "role", "task", "reason"));
            assertThat(commands(caseId))
                    .as("Odoo was told the answer to " + name + " once")
                    .filteredOn(command -> !command.equals("hold"))
                    .hasSize(1);
        });
        assertThat(holds("OPEN")).isZero();
    }

    private long holds(String state) {
        return jdbc.sql("select count(*) from hp_hold where case_id in (:cases) and state = :state")
                .param("cases", List.copyOf(cases.values()))
                .param("state", state)
                .query(Long.class)
                .single();
    }

    /** What Odoo was told. */
    private List<String> commands(String caseId) {
        return story.evidence(caseId, Kind.COMMAND).stream()
                .map(line -> String.valueOf(line.content().get("operation")))
                .toList();
    }

    private String outcome(String name) {
        return "    %s, %s after %s\n%s"
                .formatted(
                        odooSays(name, "state"),
                        odooSays(name, "x_holdpoint_state"),
                        String.join(", ", commands(cases.get(name))),
                        story.evidence(cases.get(name), Kind.DECISION).stream()
                                .map(line -> "    %s: %s by %s\n"
                                        .formatted(
                                                line.content().get("code"),
                                                line.content().get("answer"),
                                                line.content().getOrDefault("who", line.actor())))
                                .collect(Collectors.joining()));
    }
}
