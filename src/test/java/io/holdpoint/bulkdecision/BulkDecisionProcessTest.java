package io.holdpoint.bulkdecision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.ProcessTest;
import io.holdpoint.WorkflowStories;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.Spin;
import org.camunda.spin.json.SpinJsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Sam, the sales manager, or Ben in the same role, comes in on Monday morning and finds many small discounts. */
@ProcessTest
class BulkDecisionProcessTest extends WorkflowStories {

    private static final String DISCOUNTS = "order-release|DISCOUNT|blocking|Nordlicht Industriebedarf";
    private static final String REASON = "Spring offer, agreed with every customer.";

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private IdentityService identity;

    @Autowired
    private PlatformTransactionManager transactions;

    /** How often Odoo was told to release a document, by its case. */
    private final Map<String, Integer> releases = new HashMap<>();

    BulkDecisionProcessTest() {
        super("bulk-decision");
    }

    @AfterEach
    void nobodyIsAwayAnyMore() {
        List.of("hp_substitution_offer", "hp_substitution_claim", "hp_substitution")
                .forEach(table -> jdbc.sql("delete from " + table).update());
    }

    // Monday morning

    @Test
    void forty_holds_on_a_monday_morning() {
        inGroup("ben", "salesManager", () -> {
            var discounts = small(28);
            var dear = orders(4, this::dear);
            var own = orders(2, () -> requested(smallOrder(), "ben"));
            var taken = small(3);
            taken.forEach(order -> story.claim(task(order), "sam"));
            var ofOthers = orders(3, () -> requested(overLimit(), "anna"));
            assertThat(tasks.createTaskQuery()
                            .taskDefinitionKey("userTask_decideHold")
                            .count())
                    .isEqualTo(40);
            watchOdoo();

            var list = begin("ben");

            var offered = offered(list);
            assertThat(offered).hasSize(25).isSubsetOf(taskIds(discounts));
            assertThat(rows(list, "rules")).singleElement().satisfies(rule -> {
                assertThat(rule.prop("value").stringValue()).isEqualTo(DISCOUNTS);
                assertThat(rule.prop("label").stringValue())
                        .isEqualTo("Discount – order release, Nordlicht Industriebedarf: 25 documents");
            });
            assertThat(rows(list, "offered").get(0).prop("label").stringValue())
                    .contains("Elbe Metall")
                    .contains("750.00 EUR")
                    .contains("Order discount 25 %, limit 20 %");

            // While Ben reads, Sam takes one and decides another, and Anna changes two orders.
            var listed = discounts.stream()
                    .filter(order -> offered.contains(task(order).getId()))
                    .toList();
            var takenMeanwhile = listed.get(0);
            var decidedMeanwhile = listed.get(1);
            var moreDiscount = listed.get(2);
            var morePieces = listed.get(3);
            story.claim(task(takenMeanwhile), "sam");
            story.decide(task(decidedMeanwhile), "sam", "reject", "Not for this customer.");
            changeLine(moreDiscount, Map.of("discount", 28));
            changeLine(morePieces, Map.of("product_uom_qty", 30));

            choose(list, "ben", all(DISCOUNTS, "release"));

            var results = results();
            assertThat(results.getName()).isEqualTo("See results: 25 holds: 21 released, 1 refused, 2 changed, 1 gone");
            assertThat(results.getAssignee()).isEqualTo("ben");
            assertThat(story.variable(results, "results").toString())
                    .contains("Sam has taken this task")
                    .contains("It was rejected by somebody else meanwhile.")
                    .contains("changed after you saw it");
            var words = words(results);
            assertThat(words.subList(0, 4)).as("what still waits, and why").doesNotContain("");
            assertThat(words.subList(4, 25)).as("what was released").containsOnly("");
            var released = listed.subList(4, 25);
            assertThat(released).allSatisfy(order -> {
                assertThat(state(order)).isEqualTo("sale");
                assertThat(odoo.chatter(order))
                        .filteredOn(note -> note.contains("Discount released by Ben (Sales manager): " + REASON))
                        .hasSize(1);
                assertThat(story.evidence(caseOf(order), Kind.DECISION)).hasSize(1);
                assertThat(releases.get(caseOf(order))).isEqualTo(1);
            });
            assertThat(releases.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            released.stream().map(this::caseOf).toList());

            // The others wait as before.
            for (var order : List.of(takenMeanwhile, moreDiscount, morePieces)) {
                assertThat(state(order)).isEqualTo("draft");
                assertThat(story.evidence(caseOf(order), Kind.DECISION)).isEmpty();
                assertThat(task(order).getAssignee()).isNotEqualTo("ben");
            }
            assertThat(story.evidence(caseOf(takenMeanwhile), Kind.REFUSAL))
                    .singleElement()
                    .satisfies(line -> assertThat(line.actor()).isEqualTo("ben"));
            assertThat(togetherLines(takenMeanwhile)).isEmpty();
            for (var order : concat(dear, own, taken, ofOthers)) {
                assertThat(state(order)).isEqualTo("draft");
                assertThat(story.evidence().all(caseOf(order), Kind.DECISION, Kind.REFUSAL))
                        .isEmpty();
            }

            story.complete(results, "ben", Map.of());
            assertThat(bulks()).isZero();
            assertThat(offered(begin("ben"))).as("the rest, the next time").hasSize(5);
        });
    }

    @Test
    void the_case_of_each_document_says_that_it_was_decided_together_and_by_which_rule() {
        var orders = small(3);
        var list = begin("sam");

        choose(list, "sam", all(DISCOUNTS, "release"));

        assertThat(orders.stream().map(order -> {
                    var line = togetherLines(order).get(0);
                    assertThat(line)
                            .containsEntry("what", "decided together with others")
                            .containsEntry("of", 3)
                            .containsEntry("rule", "rule_priceAndDiscount")
                            .containsEntry("decision", "bulk-decision.limit v1")
                            .containsEntry("amountUpTo", 5000.0)
                            .containsEntry("bulk", list.getProcessInstanceId());
                    return line.get("number");
                }))
                .containsExactlyInAnyOrder(1, 2, 3);
        assertThat(jdbc.sql("select person || ' ' || answer || ' ' || reason from hp_bulk_decision where id = :id")
                        .param("id", list.getProcessInstanceId())
                        .query(String.class)
                        .single())
                .isEqualTo("sam release " + REASON);
    }

    @Test
    void those_that_are_left_out_wait_and_the_chosen_ones_are_rejected_with_the_reason() {
        var orders = small(3);
        var list = begin("sam");

        choose(list, "sam", some(DISCOUNTS, "reject", orders.subList(0, 2)));

        assertThat(results().getName()).isEqualTo("See results: 2 holds: 2 rejected");
        for (var order : orders.subList(0, 2)) {
            assertThat(story.outcome(caseOf(order))).isEqualTo("rejected");
            assertThat(odoo.order(order.id()).path("x_holdpoint_reason").asText())
                    .contains(REASON);
        }
        assertThat(story.isOpen(orders.get(2))).isTrue();
        assertThat(task(orders.get(2)).getAssignee()).isNull();
        assertThat(story.evidence(caseOf(orders.get(2)), Kind.DECISION)).isEmpty();
    }

    @Test
    void a_document_with_another_hold_goes_on_only_when_that_is_answered_too() {
        var order = requested(
                data.order(data.customer("Elbe Metall").creditLimit(500).add())
                        .line(pump(), 10, 25)
                        .add(),
                "anna");
        story.start(order);
        var list = begin("sam");

        choose(list, "sam", all(DISCOUNTS, "release"));

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.holdCodes(order)).containsExactly("OVER_LIMIT");
    }

    // What is offered

    @Test
    void nothing_is_offered_where_the_owner_has_set_the_table_to_nothing() throws IOException {
        small(2);
        var table = Files.readString(Path.of("dmn", "bulk-decision.limit.dmn"));

        deployed(
                table.replaceAll("<text>\\d+</text>", "<text>0</text>"),
                () -> assertThatThrownBy(() -> begin("sam"))
                        .hasMessageContaining("Nothing waits for you that may be decided together"));

        assertThat(offered(begin("sam"))).hasSize(2);
    }

    @Test
    void a_table_that_changes_while_the_list_is_open_counts_for_what_is_not_decided_yet() throws IOException {
        var orders = small(2);
        var list = begin("sam");
        var table = Files.readString(Path.of("dmn", "bulk-decision.limit.dmn"));

        deployed(
                table.replaceAll("<text>5000</text>", "<text>700</text>"),
                () -> choose(list, "sam", all(DISCOUNTS, "release")));

        assertThat(results().getName()).isEqualTo("See results: 2 holds: 2 refused");
        assertThat(orders).allSatisfy(order -> {
            assertThat(state(order)).isEqualTo("draft");
            assertThat(story.evidence(caseOf(order), Kind.REFUSAL))
                    .singleElement()
                    .satisfies(line -> assertThat(line.content().get("why").toString())
                            .contains("bulk-decision.limit does not let it be decided together"));
        });
    }

    @Test
    void forced_holds_and_those_of_two_approvals_are_never_offered_whatever_the_table_says() throws IOException {
        var order = requested(
                data.order(data.customer("Saale Stahl")
                                .creditLimit(100_000)
                                .trust("bad")
                                .add())
                        .line(pump(), 10)
                        .add(),
                "anna");
        story.start(order);
        var table = Files.readString(Path.of("dmn", "bulk-decision.limit.dmn"))
                .replace("\"OVER_LIMIT\"", "\"CREDIT_SUSPENDED\"")
                .replace("<text>\"blocking\"</text>", "<text></text>");

        deployed(table, () -> assertThatThrownBy(() -> begin("max")).hasMessageContaining("Nothing waits for you"));
    }

    @Test
    void whoever_deployed_the_table_does_not_release_by_it() throws IOException {
        var order = small(1).get(0);
        var table = Files.readString(Path.of("dmn", "bulk-decision.limit.dmn"));
        var deployment = new String[1];
        story.addToGroup("admin", "salesManager");
        try {
            story.as("admin", () -> deployment[0] = deploy(table));
            var list = begin("admin");
            choose(list, "admin", all(DISCOUNTS, "release"));

            assertThat(results().getName()).isEqualTo("See results: 1 hold: 1 refused");
            assertThat(story.variable(results(), "results").toString())
                    .contains("Administrator deployed the table bulk-decision.limit");
            assertThat(state(order)).isEqualTo("draft");
            assertThat(togetherLines(order)).as("undone with the answer").isEmpty();
        } finally {
            story.removeFromGroup("admin", "salesManager");
            repository.deleteDeployment(deployment[0], true);
        }
    }

    // In somebody's stead

    @Test
    void whoever_stands_in_decides_several_up_to_the_amount_of_the_substitution() {
        var cheap = small(2);
        var dearer = requested(data.order(customer()).line(pump(), 20, 25).add(), "anna");
        story.start(dearer);
        story.as(
                "sam",
                () -> runtime.startProcessInstanceByKey(
                        "substitution",
                        Map.of(
                                "substitute",
                                "ben",
                                "firstDay",
                                "2026-06-01",
                                "lastDay",
                                "2026-06-05",
                                "upToAmount",
                                1_000)));
        story.passes(Duration.ofSeconds(1));

        var list = begin("ben");
        assertThat(offered(list)).containsExactlyInAnyOrderElementsOf(taskIds(cheap));
        choose(list, "ben", all(DISCOUNTS, "release"));

        assertThat(results().getName()).isEqualTo("See results: 2 holds: 2 released");
        assertThat(cheap).allSatisfy(order -> {
            assertThat(state(order)).isEqualTo("sale");
            assertThat(odoo.chatter(order))
                    .anySatisfy(note -> assertThat(note).contains("Discount released by Ben for Sam (Sales manager)"));
        });
        assertThat(state(dearer)).isEqualTo("draft");
    }

    @Test
    void a_role_that_is_withdrawn_before_the_work_is_done_decides_nothing() {
        var order = small(1).get(0);
        var list = begin("sam");
        story.as("sam", () -> tasks.complete(list.getId(), all(DISCOUNTS, "release")));

        story.removeFromGroup("sam", "salesManager");
        try {
            story.work();
        } finally {
            story.addToGroup("sam", "salesManager");
        }

        assertThat(results().getName()).isEqualTo("See results: 1 hold: 1 refused");
        assertThat(story.variable(results(), "results").toString())
                .contains("Sam has no right to answer this hold any more");
        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.evidence(caseOf(order), Kind.REFUSAL)).hasSize(1);
        assertThat(identity.getCurrentAuthentication()).isNull();
    }

    // Crashes and failures

    @Test
    void a_node_that_dies_after_the_answer_and_before_the_job_is_done_decides_nothing_twice() {
        var order = small(1).get(0);
        watchOdoo();
        var list = begin("sam");
        story.as("sam", () -> tasks.complete(list.getId(), all(DISCOUNTS, "release")));
        var job = decidingJobs(list).get(0);

        assertThatThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    management.executeJob(job.getId());
                    throw new IllegalStateException("The node dies.");
                }))
                .hasMessage("The node dies.");

        assertThat(decidingJobs(list)).as("the job is to be done again").hasSize(1);
        assertThat(story.evidence(caseOf(order), Kind.DECISION)).hasSize(1);
        story.work();
        assertThat(results().getName()).isEqualTo("See results: 1 hold: 1 released");
        assertThat(story.evidence(caseOf(order), Kind.DECISION)).hasSize(1);
        assertThat(togetherLines(order)).hasSize(1);
        assertThat(state(order)).isEqualTo("sale");
        assertThat(releases).containsExactly(Map.entry(caseOf(order), 1));
    }

    @Test
    void one_that_cannot_be_worked_off_holds_up_no_other_and_is_decided_when_it_is_mended() {
        var orders = small(3);
        var broken = orders.get(1);
        var list = begin("sam");
        story.as("sam", () -> tasks.complete(list.getId(), all(DISCOUNTS, "release")));
        spoilFacts(broken, "FACTS", "SPOILT");

        for (var time = 0; time < 5; time++) {
            story.workWithFailures();
        }

        assertThat(state(orders.get(0))).isEqualTo("sale");
        assertThat(state(orders.get(2))).isEqualTo("sale");
        assertThat(state(broken)).isEqualTo("draft");
        assertThat(story.incidents(list.getProcessInstanceId())).hasSize(1);
        assertThat(story.evidence(caseOf(broken), Kind.DECISION)).isEmpty();

        spoilFacts(broken, "SPOILT", "FACTS");
        management.setJobRetries(
                story.incidents(list.getProcessInstanceId()).get(0).getId(), 1);
        story.work();
        assertThat(results().getName()).isEqualTo("See results: 3 holds: 3 released");
        assertThat(orders)
                .allSatisfy(order ->
                        assertThat(story.evidence(caseOf(order), Kind.DECISION)).hasSize(1));
    }

    // Nothing chosen

    @Test
    void whoever_changes_their_mind_closes_the_list_and_nothing_is_decided() {
        var order = small(1).get(0);
        var list = begin("sam");

        choose(list, "sam", Map.of("decision", "nothing"));

        assertThat(bulks()).isZero();
        assertThat(task(order).getAssignee()).isNull();
        assertThat(story.evidence(caseOf(order), Kind.DECISION)).isEmpty();
    }

    @Test
    void a_list_that_nobody_touches_goes_away() {
        var order = small(1).get(0);
        begin("sam");

        story.passes(Duration.ofHours(13));

        assertThat(bulks()).isZero();
        assertThat(story.evidence(caseOf(order), Kind.DECISION)).isEmpty();
    }

    // Refused

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    decision=return                                | decision: choose release, reject or nothing
                    reason=                                        | reason: say in your own words why
                    rule=                                          | rule: choose one
                    allListed=false                                | documents: choose at least one
                    allListed=false,documents={                    | documents: this is no list
                    allListed=false,documents=["elsewhere"]        | documents: one of them was not offered to you here
                    rule=order-release!OVER_LIMIT,documents=[ALL]  | documents: they are held by different rules
                    """)
    void what_is_entered_wrongly_is_refused_in_words_and_decides_nothing(String change, String words) {
        var order = small(1).get(0);
        var list = begin("sam");
        var entered = new HashMap<>(all(DISCOUNTS, "release"));
        for (var one : change.split(",")) {
            var parts = one.strip().split("=", 2);
            entered.put(
                    parts[0],
                    parts[1].replace('!', '|')
                            .replace("[ALL]", "[\"" + task(order).getId() + "\"]"));
        }

        assertThatThrownBy(() -> choose(list, "sam", entered)).hasMessageContaining(words);

        assertThat(state(order)).isEqualTo("draft");
        assertThat(task(order).getAssignee()).isNull();
        choose(list, "sam", all(DISCOUNTS, "release"));
        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void what_is_sent_along_changes_nothing() {
        var order = small(1).get(0);
        var dear = dear();
        var list = begin("sam");
        var entered = new HashMap<>(some(DISCOUNTS, "release", List.of(order)));
        entered.put("chosen", new ArrayList<>(List.of(task(dear).getId())));
        entered.put("offered", "[]");
        entered.put("person", "max");
        entered.put("anyChosen", false);

        choose(list, "sam", entered);

        assertThat(results().getAssignee()).isEqualTo("sam");
        assertThat(state(order)).isEqualTo("sale");
        assertThat(state(dear)).isEqualTo("draft");
        assertThat(story.evidence(caseOf(dear), Kind.DECISION)).isEmpty();
    }

    @Test
    void nobody_else_decides_by_a_list_that_was_offered_to_somebody() {
        var order = small(1).get(0);
        var list = begin("sam");

        assertThatThrownBy(() -> choose(list, "ben", all(DISCOUNTS, "release"))).hasMessageContaining("ben");
        assertThatThrownBy(() -> choose(list, "admin", all(DISCOUNTS, "release")))
                .hasMessageContaining("This was offered to sam");
        assertThatThrownBy(() -> tasks.complete(list.getId(), all(DISCOUNTS, "release")))
                .hasMessageContaining("completed by a person");

        assertThat(story.evidence(caseOf(order), Kind.DECISION)).isEmpty();
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void nobody_begins_with_something_of_their_own_or_without_being_a_person() {
        small(1);

        assertThatThrownBy(() -> story.as(
                        "sam", () -> runtime.startProcessInstanceByKey("bulk-decision", Map.of("chosen", "x"))))
                .hasMessageContaining("Nothing is entered to begin with");
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("bulk-decision"))
                .hasMessageContaining("person");
        assertThatThrownBy(() -> begin("audrey")).hasMessageContaining("CREATE");
        assertThat(bulks()).isZero();
    }

    // In words

    private Task begin(String person) {
        story.as(person, () -> runtime.startProcessInstanceByKey("bulk-decision"));
        return tasks.createTaskQuery()
                .taskDefinitionKey("userTask_chooseHolds")
                .taskAssignee(person)
                .singleResult();
    }

    private void choose(Task list, String person, Map<String, Object> entered) {
        story.complete(list, person, entered);
    }

    private static Map<String, Object> all(String rule, String decision) {
        return Map.of("rule", rule, "decision", decision, "reason", REASON, "allListed", true);
    }

    /** As the form sends it. */
    private Map<String, Object> some(String rule, String decision, List<DocumentRef> orders) {
        var documents = new ArrayList<String>();
        taskIds(orders).forEach(id -> documents.add("\"" + id + "\""));
        return Map.of(
                "rule", rule, "decision", decision, "reason", REASON, "documents", Spin.JSON(documents.toString()));
    }

    private Task results() {
        return tasks.createTaskQuery().taskDefinitionKey("userTask_seeResults").singleResult();
    }

    private List<SpinJsonNode> rows(Task task, String variable) {
        return List.copyOf(Spin.JSON(story.variable(task, variable).toString()).elements());
    }

    private List<String> offered(Task list) {
        return rows(list, "offered").stream()
                .map(row -> row.prop("value").stringValue())
                .toList();
    }

    private List<Job> decidingJobs(Task list) {
        // The first job makes one for each hold.
        management.createJobQuery().processInstanceId(list.getProcessInstanceId()).messages().list().stream()
                .filter(job -> !isDeciding(job))
                .forEach(job -> management.executeJob(job.getId()));
        var jobs = management
                .createJobQuery()
                .processInstanceId(list.getProcessInstanceId())
                .messages()
                .list();
        return jobs.stream().allMatch(this::isDeciding) ? jobs : decidingJobs(list);
    }

    private boolean isDeciding(Job job) {
        return runtime.createVariableInstanceQuery()
                        .executionIdIn(job.getExecutionId())
                        .variableName("chosenTask")
                        .count()
                > 0;
    }

    private long bulks() {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey("bulk-decision")
                .count();
    }

    private Task task(DocumentRef order) {
        return story.task(order, "DISCOUNT");
    }

    private List<String> taskIds(List<DocumentRef> orders) {
        return orders.stream().map(order -> task(order).getId()).toList();
    }

    private List<Map<String, Object>> togetherLines(DocumentRef order) {
        return story.evidence(caseOf(order), Kind.AUTHORITY).stream()
                .map(line -> line.content())
                .filter(content -> "decided together with others".equals(content.get("what")))
                .toList();
    }

    private String caseOf(DocumentRef order) {
        return jdbc.sql("select case_id from hp_case where document = :document order by opened_at desc")
                .param("document", order.toString())
                .query(String.class)
                .list()
                .get(0);
    }

    private String state(DocumentRef order) {
        return odoo.order(order.id()).path("state").asText();
    }

    private void watchOdoo() {
        odoo.faults().beforeCall(call -> {
            if (call.context().get("holdpoint") instanceof Map<?, ?> payload
                    && "release".equals(payload.get("operation"))) {
                releases.merge(String.valueOf(payload.get("key")).split(":")[0], 1, Integer::sum);
            }
        });
    }

    /** What is said of each result, from top to bottom. */
    private List<String> words(Task results) {
        return Spin.JSON(story.variable(results, "results").toString()).elements().stream()
                .map(row -> row.prop("words").stringValue())
                .toList();
    }

    private void changeLine(DocumentRef order, Map<String, Object> values) {
        odoo.changeLine(odoo.order(order.id()).path("order_line").get(0).asLong(), "anna", values);
        story.tell("order-release.orderChanged", order);
    }

    /** What cannot be read stands for whatever may be wrong with one document and no other. */
    private void spoilFacts(DocumentRef order, String from, String to) {
        jdbc.sql("update hp_evidence set kind = :to where case_id = :case and kind = :from")
                .param("to", to)
                .param("from", from)
                .param("case", caseOf(order))
                .update();
    }

    private void deployed(String table, Runnable step) {
        var deployment = deploy(table);
        try {
            step.run();
        } finally {
            repository.deleteDeployment(deployment, true);
        }
    }

    private String deploy(String table) {
        return repository
                .createDeployment()
                .name("By its owner")
                .addString("bulk-decision.limit.dmn", table)
                .deploy()
                .getId();
    }

    private void inGroup(String person, String group, Runnable step) {
        story.addToGroup(person, group);
        try {
            step.run();
        } finally {
            story.removeFromGroup(person, group);
        }
    }

    // Given

    private List<DocumentRef> small(int number) {
        return orders(number, () -> requested(smallOrder(), "anna"));
    }

    private DocumentRef dear() {
        return started(requested(data.order(customer()).line(pump(), 100, 25).add(), "anna"));
    }

    private List<DocumentRef> orders(int number, java.util.function.Supplier<DocumentRef> order) {
        return IntStream.range(0, number).mapToObj(i -> started(order.get())).toList();
    }

    private DocumentRef started(DocumentRef order) {
        if (!story.isOpen(order)) {
            story.start(order);
        }
        return order;
    }

    /** Ten pumps of 100 with 25 % discount, where 20 % pass. */
    private long smallOrder() {
        return data.order(customer()).line(pump(), 10, 25).add();
    }

    private long overLimit() {
        return data.order(data.customer("Elbe Metall").creditLimit(1_000).add())
                .line(pump(), 11)
                .add();
    }

    private long customer() {
        return data.customer("Elbe Metall").creditLimit(1_000_000).add();
    }

    private long pump() {
        return data.product("Pump").price(100).cost(50).stock(1000).add();
    }

    private DocumentRef requested(long order, String person) {
        odoo.requestRelease(order, person);
        return new DocumentRef("sale.order", order);
    }

    @SafeVarargs
    private static List<DocumentRef> concat(List<DocumentRef>... lists) {
        var all = new ArrayList<DocumentRef>();
        List.of(lists).forEach(all::addAll);
        return all;
    }
}
