package io.holdpoint.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.WorkflowStories;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.evidence.Moments;
import io.holdpoint.odoo.DocumentRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One hold and those who are asked about it: several at once, one after the other, their colleagues, and questions. */
@ProcessTest
class HoldResolutionProcessTest extends WorkflowStories {

    private static final String HOLD = "OVER_LIMIT";
    private static final String QUESTION = "userTask_answerQuestion";

    @Autowired
    RepositoryService repository;

    @Autowired
    JdbcClient jdbc;

    private final List<String> deployments = new ArrayList<>();
    private final List<Map.Entry<String, String>> lent = new ArrayList<>();

    HoldResolutionProcessTest() {
        super("hold-resolution");
    }

    @AfterEach
    void clear() {
        story.end();
        deployments.forEach(deployment -> repository.deleteDeployment(deployment, true));
        lent.forEach(one -> story.removeFromGroup(one.getKey(), one.getValue()));
        jdbc.sql("delete from hp_substitution_offer").update();
        jdbc.sql("delete from hp_substitution").update();
    }

    // Several at the same time

    @Test
    void two_of_three_release_in_any_order_and_the_third_task_goes() {
        policy(row(1, 0, "creditManager, salesManager, financeDirector", 2, 1, "expire"));
        for (var pair : List.of(List.of("max", "sam"), List.of("dora", "max"), List.of("sam", "dora"))) {
            var order = requested();
            var caseId = story.start(order);
            assertThat(roles(order)).containsExactlyInAnyOrder("creditManager", "salesManager", "financeDirector");
            assertThat(story.variable(story.tasks(order).get(0), "stepText"))
                    .isEqualTo("One approval by 2 of Credit manager, sales manager and finance director");

            release(order, pair.get(0));
            assertThat(state(order)).as("one of two is missing").isEqualTo("draft");
            assertThat(roles(order)).hasSize(2).doesNotContain(roleOf(pair.get(0)));
            release(order, pair.get(1));

            assertThat(state(order)).isEqualTo("sale");
            assertThat(story.tasks(order)).isEmpty();
            assertThat(story.outcome(caseId)).isEqualTo("released");
            assertThat(story.evidence(caseId, Kind.AUTHORITY))
                    .singleElement()
                    .satisfies(line -> assertThat(line.content())
                            .containsEntry("role", "creditManager, salesManager, financeDirector")
                            .containsEntry("needed", 2));
        }
    }

    @Test
    void two_of_the_same_role_are_two_people() {
        policy(row(1, 0, "creditManager, creditManager", null, 1, "expire"));
        lend("sam", "creditManager");
        var order = requested();
        story.start(order);
        assertThat(roles(order)).containsExactly("creditManager", "creditManager");

        release(order, "max");
        assertThatThrownBy(() -> release(order, "max")).hasMessageContaining("Max has released this hold already");
        assertThat(state(order)).isEqualTo("draft");
        story.decide(story.task(order, HOLD), "sam", "release", "Fine by me.");

        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void one_rejection_is_enough_and_nobody_else_is_asked_any_more() {
        policy(row(1, 0, "creditManager, financeDirector", null, 1, "expire"));
        var order = requested();
        var caseId = story.start(order);
        release(order, "max");

        story.decide(asked(order, "financeDirector"), "dora", "reject", "Not this quarter.");

        assertThat(story.tasks(order)).isEmpty();
        assertThat(story.outcome(caseId)).isEqualTo("rejected");
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void one_return_is_enough_too_and_what_was_asked_of_the_others_goes() {
        policy(row(1, 0, "creditManager, financeDirector", null, 1, "expire"));
        var order = requested();
        story.start(order);

        story.decide(asked(order, "creditManager"), "max", "return", "Ask for a down payment.");

        assertThat(story.tasks(order)).extracting(Task::getTaskDefinitionKey).containsExactly("userTask_correctOrder");
    }

    @Test
    void several_at_once_and_then_a_second_step() {
        policy(
                row(1, 0, "creditManager, salesManager", null, 2, "expire"),
                row(2, 0, "financeDirector", null, 2, "expire"));
        var order = requested();
        story.start(order);

        release(order, "sam");
        assertThat(roles(order)).containsExactly("creditManager");
        release(order, "max");
        assertThat(roles(order)).containsExactly("financeDirector");
        lend("max", "financeDirector");
        assertThatThrownBy(() -> story.decide(story.task(order, HOLD), "max", "release", "Again."))
                .hasMessageContaining("Max has approved an earlier step");
        release(order, "dora");

        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void when_one_of_two_is_late_the_next_authority_is_asked_anew() {
        policy(
                row(1, 0, "creditManager, financeDirector", null, 1, "escalate"),
                row(1, 1, "financeDirector", null, 1, "expire"));
        var order = requested();
        var caseId = story.start(order);
        release(order, "dora");

        story.passes(Duration.ofHours(25));

        assertThat(state(order)).as("lateness releases nothing").isEqualTo("draft");
        assertThat(roles(order)).containsExactly("financeDirector");
        release(order, "dora");
        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.evidence(caseId, Kind.AUTHORITY))
                .extracting(line -> line.content().get("what"))
                .containsExactly("determined", "escalated", "determined");
    }

    @Test
    void when_nobody_answers_at_the_last_level_the_hold_expires() {
        policy(row(1, 0, "creditManager, financeDirector", 1, 1, "expire"));
        var order = requested();
        var caseId = story.start(order);

        story.passes(Duration.ofHours(25));

        assertThat(story.tasks(order)).isEmpty();
        assertThat(story.outcome(caseId)).isEqualTo("expired");
    }

    @Test
    void an_answer_of_the_last_minute_counts_although_the_deadline_comes_before_it_is_worked_off() {
        policy(row(1, 0, "creditManager", null, 1, "expire"));
        var order = requested();
        var caseId = story.start(order);
        var task = story.task(order, HOLD).getId();
        story.as("max", () -> tasks.complete(task, Map.of("decision", "release", "reason", "Secured.")));

        story.ahead(Duration.ofHours(25));
        management.executeJob(management
                .createJobQuery()
                .activityId("event_decisionOverdue")
                .singleResult()
                .getId());
        story.work();

        assertThat(story.outcome(caseId)).isEqualTo("released");
        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void a_table_that_needs_more_than_it_asks_stops_in_words() {
        policy(row(1, 0, "creditManager, financeDirector", 3, 1, "expire"));
        var order = requested();
        runtime.startProcessInstanceByKey("order-release", order.toString());
        story.workWithFailures();

        assertThat(management.createJobQuery().noRetriesLeft().list())
                .singleElement()
                .satisfies(job -> assertThat(job.getExceptionMessage())
                        .contains("needed: order-release.authority asks creditManager, financeDirector")
                        .contains("a number from 1 to 2"));
    }

    @Test
    void who_stands_in_for_one_of_several_counts_as_one_person_with_them() {
        policy(row(1, 0, "creditManager, financeDirector", null, 1, "expire"));
        standsIn("sam", "max");
        lend("sam", "financeDirector");
        var order = requested();
        var caseId = story.start(order);

        story.decide(asked(order, "creditManager"), "sam", "release", "For max.");
        assertThatThrownBy(() -> story.decide(asked(order, "financeDirector"), "sam", "release", "And as such."))
                .hasMessageContaining("has released this hold already");
        lend("max", "financeDirector");
        assertThatThrownBy(() -> story.decide(asked(order, "financeDirector"), "max", "release", "Back already."))
                .hasMessageContaining("who counts as one person with Max");
        release(order, "dora");

        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.evidence(caseId, Kind.DECISION).get(0).content())
                .containsEntry("who", "sam for max (Credit manager)");
    }

    // The document changes meanwhile

    @Test
    void when_the_numbers_change_all_are_asked_anew_and_when_the_cause_is_gone_nobody_is() {
        policy(row(1, 0, "creditManager, financeDirector", null, 1, "expire"));
        var order = requested();
        story.start(order);
        release(order, "max");

        changeQuantity(order, 112);
        assertThat(roles(order)).containsExactlyInAnyOrder("creditManager", "financeDirector");
        release(order, "dora");
        assertThat(state(order)).as("the first answer was to other numbers").isEqualTo("draft");

        changeQuantity(order, 10);
        assertThat(story.tasks(order)).isEmpty();
        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void a_hold_that_is_asked_about_by_the_earlier_model_asks_its_roles_one_after_the_other() throws IOException {
        policy(row(1, 0, "creditManager, financeDirector", null, 1, "expire"));
        deployments.add(repository
                .createDeployment()
                .addString(
                        "hold-resolution.bpmn",
                        Files.readString(
                                Path.of("src", "test", "resources", "models", "hold-resolution.one-task.bpmn")))
                .deploy()
                .getId());
        var order = requested();
        story.start(order);

        assertThatThrownBy(() -> forward(story.task(order, HOLD), "dora", "max"))
                .hasMessageContaining("older than forwarding and asking");
        story.decide(story.task(order, HOLD), "dora", "release", "Secured.");
        assertThatThrownBy(() -> story.decide(story.task(order, HOLD), "dora", "release", "Again."))
                .as("only the role that is left is asked")
                .hasMessageContaining("'TASK_WORK'");
        assertThatThrownBy(() -> forward(story.task(order, HOLD), "max", "dora"))
                .hasMessageContaining("older than forwarding and asking");
        assertThat(state(order)).isEqualTo("draft");
        story.decide(story.task(order, HOLD), "max", "release", "Secured.");

        assertThat(state(order)).isEqualTo("sale");
    }

    // No way round

    @Test
    void a_decision_that_nobody_gave_releases_nothing() {
        policy(row(1, 0, "creditManager, financeDirector", null, 1, "expire"));
        var order = requested();
        var caseId = story.start(order);
        release(order, "max");
        var hold = jdbc.sql("select id, round from hp_hold where case_id = :case")
                .param("case", caseId)
                .query((row, number) -> Map.entry(row.getString("id"), row.getInt("round")))
                .single();
        jdbc.sql("""
                        insert into hp_decision (hold_id, case_id, round, step, answer, person, role, task_id, decided_at)
                        values (:hold, :case, :round, 1, 'release', 'dora', 'financeDirector', 'forged', :at)
                        """)
                .param("hold", hold.getKey())
                .param("case", caseId)
                .param("round", hold.getValue())
                .param("at", Moments.sql(Story.now()))
                .update();
        jdbc.sql("update hp_hold set state = 'RELEASED' where id = :id")
                .param("id", hold.getKey())
                .update();

        runtime.createProcessInstanceModification(caseId)
                .cancelAllForActivity("subProcess_resolveHolds")
                .startBeforeActivity("serviceTask_confirmOrder")
                .execute();
        story.workWithFailures();

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.incidents(caseId))
                .singleElement()
                .satisfies(job -> assertThat(job.getExceptionMessage())
                        .contains("released by dora as financeDirector, whom policy did not ask"));
    }

    @Test
    void half_of_those_who_are_needed_releases_nothing_either() {
        policy(row(1, 0, "creditManager, financeDirector", null, 1, "expire"));
        var order = requested();
        var caseId = story.start(order);
        release(order, "max");
        jdbc.sql("update hp_hold set state = 'RELEASED' where case_id = :case")
                .param("case", caseId)
                .update();

        runtime.createProcessInstanceModification(caseId)
                .cancelAllForActivity("subProcess_resolveHolds")
                .startBeforeActivity("serviceTask_confirmOrder")
                .execute();
        story.workWithFailures();

        assertThat(state(order)).isEqualTo("draft");
        assertThat(story.incidents(caseId))
                .singleElement()
                .satisfies(job -> assertThat(job.getExceptionMessage())
                        .contains("has not been released by everybody whom policy asks")
                        .contains("there are 1 releases"));
    }

    @Test
    void variables_sent_along_end_nothing_and_ask_nobody_else() {
        policy(row(1, 0, "creditManager, financeDirector", null, 1, "expire"));
        var order = requested();
        story.start(order);

        story.complete(
                asked(order, "creditManager"),
                "max",
                Map.of(
                        "decision",
                        "release",
                        "reason",
                        "Fine.",
                        "enough",
                        true,
                        "whatNow",
                        "forward",
                        "colleague",
                        "anna",
                        "role",
                        "financeDirector",
                        "settled",
                        "released"));

        assertThat(roles(order)).containsExactly("financeDirector");
        assertThat(state(order)).isEqualTo("draft");
    }

    // Forward

    @Test
    void a_task_is_forwarded_to_a_colleague_and_the_clock_goes_on() {
        policy(row(1, 0, "creditManager", null, 1, "expire"));
        lend("sam", "creditManager");
        var order = requested();
        var caseId = story.start(order);
        var first = story.task(order, HOLD);
        var reminder = timerDue("event_reminderDue");
        story.passes(Duration.ofHours(2));

        forward(first, "max", "sam");

        var second = story.task(order, HOLD);
        assertThat(second.getAssignee()).isEqualTo("sam");
        assertThat(second.getDueDate()).isEqualTo(first.getDueDate());
        assertThat(timerDue("event_reminderDue")).isEqualTo(reminder);
        assertThat(story.variable(second, "decision")).as("not preselected").isNull();
        assertThatThrownBy(() -> story.decide(second, "max", "release", "After all."))
                .hasMessageContaining("Sam has taken this task");
        assertThat(story.evidence(caseId, Kind.AUTHORITY).get(1).content())
                .containsEntry("what", "forwarded")
                .containsEntry("from", "max")
                .containsEntry("to", "sam")
                .containsEntry("reason", "They know the customer.");
        story.passes(Duration.ofHours(3));
        assertThat(story.task(order, HOLD).getPriority()).as("reminded").isEqualTo(90);

        // Back to the role, and on from there.
        forward(second, "sam", "");
        assertThat(story.task(order, HOLD).getAssignee()).isNull();
        assertThat(story.task(order, HOLD).getPriority()).isEqualTo(90);
        forward(story.task(order, HOLD), "sam", "max");
        assertThat(story.task(order, HOLD).getAssignee()).isEqualTo("max");
        story.decide(story.task(order, HOLD), "max", "release", "Secured.");
        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void nobody_forwards_to_themselves_to_a_stranger_or_to_somebody_involved() {
        policy(row(1, 0, "creditManager, financeDirector", null, 1, "expire"));
        lend("anna", "creditManager");
        lend("dora", "creditManager");
        var order = requested();
        var caseId = story.start(order);
        release(order, "dora");
        var task = asked(order, "creditManager");

        assertThatThrownBy(() -> forward(task, "max", "")).hasMessageContaining("forwardTo: choose the colleague");
        assertThatThrownBy(() -> forward(task, "max", "max")).hasMessageContaining("forwardTo: Max counts as you");
        assertThatThrownBy(() -> forward(task, "max", "sam"))
                .hasMessageContaining("forwardTo: This hold is answered by the group Credit manager, and Sam is not");
        assertThatThrownBy(() -> forward(task, "max", "anna")).hasMessageContaining("forwardTo: Four eyes: Anna");
        assertThatThrownBy(() -> forward(task, "max", "dora"))
                .hasMessageContaining("forwardTo: Four eyes: Dora has released this hold already");

        assertThat(asked(order, "creditManager").getAssignee()).isNull();
        assertThat(story.evidence(caseId, Kind.REFUSAL)).hasSize(5);
    }

    @Test
    void the_form_offers_by_name_those_who_may_decide() {
        policy(row(1, 0, "creditManager", null, 2, "expire"), row(2, 0, "creditManager", null, 2, "expire"));
        lend("anna", "creditManager");
        lend("clara", "creditManager");
        lend("dora", "creditManager");
        lend("sam", "creditManager");
        standsIn("ben", "clara");
        var order = requested();
        story.start(order);

        assertThat(colleagues(story.task(order, HOLD)))
                .as("anna asked for the release, and clara is away")
                .containsExactly(
                        "clara: Clara (away until Wed 1 Jul 2026, Ben stands in)",
                        "dora: Dora",
                        "max: Max",
                        "sam: Sam");
        forward(story.task(order, HOLD), "dora", "max");
        assertThat(colleagues(story.task(order, HOLD)))
                .as("whoever has it needs not choose themselves")
                .containsExactly("clara: Clara (away until Wed 1 Jul 2026, Ben stands in)", "dora: Dora", "sam: Sam");
        story.decide(story.task(order, HOLD), "max", "release", "Secured.");

        assertThat(colleagues(story.task(order, HOLD)))
                .as("max has released it")
                .containsExactly("clara: Clara (away until Wed 1 Jul 2026, Ben stands in)", "dora: Dora", "sam: Sam");
    }

    @Test
    void what_is_forwarded_to_somebody_who_is_away_goes_to_whoever_stands_in() {
        policy(row(1, 0, "creditManager", null, 1, "expire"));
        lend("clara", "creditManager");
        standsIn("dora", "clara");
        var order = requested();
        var caseId = story.start(order);

        forward(story.task(order, HOLD), "max", "clara");

        assertThat(story.task(order, HOLD).getAssignee()).isEqualTo("dora");
        assertThat(story.evidence(caseId, Kind.AUTHORITY).get(1).content())
                .containsEntry("to", "dora for clara")
                .containsEntry("inAbsenceOf", "clara");
        story.decide(story.task(order, HOLD), "dora", "release", "Secured.");
        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.evidence(caseId, Kind.DECISION).get(0).content())
                .containsEntry("who", "dora for clara (Credit manager)");
    }

    @Test
    void it_is_not_forwarded_where_whoever_stands_in_may_not_decide_is_away_too_or_forwards_it() {
        policy(row(1, 0, "creditManager", null, 1, "expire"));
        lend("clara", "creditManager");
        lend("sam", "creditManager");
        lend("dora", "creditManager");
        standsIn("anna", "clara");
        standsIn("max", "sam");
        standsIn("paul", "dora");
        standsIn("bea", "paul");
        standsIn("carl", "bea");
        var order = requested();
        var caseId = story.start(order);
        var task = story.task(order, HOLD);

        assertThat(colleagues(task))
                .as("of clara anna asked for the release, and dora's substitutes are away")
                .containsExactly("max: Max", "sam: Sam (away until Wed 1 Jul 2026, Max stands in)");
        assertThatThrownBy(() -> forward(task, "max", "clara"))
                .hasMessageContaining("forwardTo: Clara is away until Wed 1 Jul 2026, and Anna stands in. Four eyes:"
                        + " Anna, who counts as one person with Anna for Clara, asked for the release");
        assertThatThrownBy(() -> forward(task, "max", "sam"))
                .hasMessageContaining("forwardTo: Sam is away until Wed 1 Jul 2026, and you stand in");
        assertThatThrownBy(() -> forward(task, "max", "dora"))
                .hasMessageContaining("forwardTo: Dora is away until Wed 1 Jul 2026, and so is Paul, who stands in");

        assertThat(story.task(order, HOLD).getAssignee()).isNull();
        assertThat(story.evidence(caseId, Kind.REFUSAL)).hasSize(3);
    }

    @Test
    void where_the_form_has_no_list_the_login_is_entered_and_judged_as_well() {
        policy(row(1, 0, "creditManager", null, 1, "expire"));
        lend("sam", "creditManager");
        var order = requested();
        story.start(order);
        var task = story.task(order, HOLD);

        assertThatThrownBy(() -> story.complete(task, "max", Map.of("decision", "forward", "forwardToLogin", "wim")))
                .hasMessageContaining("forwardTo: This hold is answered by the group Credit manager, and Wim is not");
        story.complete(task, "max", Map.of("decision", "forward", "forwardToLogin", "sam"));

        assertThat(story.task(order, HOLD).getAssignee()).isEqualTo("sam");
    }

    // Ask for information

    @Test
    void a_question_is_answered_by_those_who_know_the_document_and_the_clock_goes_on() {
        policy(row(1, 0, "creditManager, financeDirector", null, 1, "expire"));
        var order = requested();
        var caseId = story.start(order);
        var due = asked(order, "creditManager").getDueDate();
        var overdue = timerDue("event_decisionOverdue");

        story.passes(Duration.ofHours(1));
        assertThatThrownBy(() -> ask(order, "max", " ")).hasMessageContaining("question:");
        ask(order, "max", "Is there a guarantee?");

        var question = story.taskOf(order, QUESTION);
        assertThat(story.candidateGroup(question)).isEqualTo("sales");
        assertThat(question.getName()).startsWith("Question about S").endsWith("Over limit");
        assertThat(story.variable(question, "questionText")).isEqualTo("Is there a guarantee?");
        assertThat(story.variable(question, "questionBy")).isEqualTo("Max (Credit manager)");
        assertThat(question.getDueDate()).isEqualTo(due);
        assertThatThrownBy(() -> story.complete(question, "anna", Map.of("answer", " ")))
                .hasMessageContaining("answer:");
        story.complete(question, "anna", Map.of("answer", "Yes, of the bank."));

        var again = asked(order, "creditManager");
        assertThat(again.getAssignee()).isNull();
        assertThat(again.getDueDate()).isEqualTo(due);
        assertThat(timerDue("event_decisionOverdue")).isEqualTo(overdue);
        ask(order, "max", "Until when?");
        story.complete(story.taskOf(order, QUESTION), "anna", Map.of("answer", "Until December."));

        for (var role : List.of("creditManager", "financeDirector")) {
            assertThat(story.variable(asked(order, role), "questions").toString())
                    .contains("Max (Credit manager), Mon 1 Jun 2026, 11:00 CEST")
                    .contains("Is there a guarantee?", "Yes, of the bank.", "Until when?", "Until December.");
        }
        release(order, "max");
        release(order, "dora");
        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.evidence(caseId, Kind.QUESTION))
                .extracting(line -> line.actor() + " " + line.content().get("what"))
                .containsExactly("max asked", "anna answered", "max asked", "anna answered");
    }

    @Test
    void a_question_is_asked_of_a_person_by_name_and_of_whoever_stands_in_for_them() {
        policy(row(1, 0, "creditManager", null, 1, "expire"));
        var order = requested();
        var caseId = story.start(order);
        assertThat(choices(story.task(order, HOLD), "askable"))
                .containsExactly(
                        "anna: Anna, who asked for the release of "
                                + story.variable(story.task(order, HOLD), "documentName")
                                + " and is the salesperson of "
                                + story.variable(story.task(order, HOLD), "documentName") + " and created "
                                + story.variable(story.task(order, HOLD), "documentName"),
                        "ben: Ben");

        ask(order, "max", "Is there a guarantee?", "anna");
        assertThat(story.taskOf(order, QUESTION).getAssignee()).isEqualTo("anna");
        assertThatThrownBy(() -> story.complete(story.taskOf(order, QUESTION), "ben", Map.of("answer", "I think so.")))
                .hasMessageContaining("Anna has taken this task");
        story.complete(story.taskOf(order, QUESTION), "anna", Map.of("answer", "Yes.", "colleague", "anna"));
        assertThat(story.task(order, HOLD).getAssignee())
                .as("whatever is sent along, it goes back to the role")
                .isNull();

        standsIn("ben", "anna");
        ask(order, "max", "Of which bank?", "anna");
        assertThat(story.taskOf(order, QUESTION).getAssignee()).isEqualTo("ben");
        story.complete(story.taskOf(order, QUESTION), "ben", Map.of("answer", "Of the Elbe bank."));
        ask(order, "max", "Until when?");
        assertThat(story.taskOf(order, QUESTION).getAssignee())
                .as("nobody was named")
                .isNull();

        assertThat(story.evidence(caseId, Kind.QUESTION))
                .filteredOn(line -> line.content().get("what").equals("asked"))
                .extracting(line -> line.content().get("whom"))
                .containsExactly("anna", "ben", null);
    }

    @Test
    void nobody_asks_a_stranger_or_themselves() {
        policy(row(1, 0, "creditManager", null, 1, "expire"));
        lend("max", "sales");
        var order = requested();
        var caseId = story.start(order);

        assertThatThrownBy(() -> ask(order, "max", "Is there a guarantee?", "wim"))
                .hasMessageContaining("askWhom: Questions about this document are answered by the group Sales, and Wim"
                        + " is not a member");
        assertThatThrownBy(() -> ask(order, "max", "Is there a guarantee?", "max"))
                .hasMessageContaining("askWhom: Max counts as you");

        assertThat(story.tasks(order)).extracting(Task::getTaskDefinitionKey).containsExactly("userTask_decideHold");
        assertThat(story.evidence(caseId, Kind.QUESTION)).isEmpty();
        assertThat(story.evidence(caseId, Kind.REFUSAL)).hasSize(2);
    }

    @Test
    void a_question_stops_no_clock_and_goes_with_it() {
        policy(row(1, 0, "creditManager", null, 1, "escalate"), row(1, 1, "financeDirector", null, 1, "expire"));
        var order = requested();
        story.start(order);
        ask(order, "max", "Is there a guarantee?");

        story.passes(Duration.ofHours(25));

        assertThat(story.tasks(order)).extracting(Task::getTaskDefinitionKey).containsExactly("userTask_decideHold");
        assertThat(roles(order)).containsExactly("financeDirector");
        assertThat(story.variable(story.task(order, HOLD), "questions").toString())
                .contains("Is there a guarantee?", "not answered yet");
    }

    @Test
    void when_the_document_changes_the_question_goes_and_the_hold_is_asked_anew() {
        policy(row(1, 0, "creditManager", null, 1, "expire"));
        var order = requested();
        story.start(order);
        ask(order, "max", "Is there a guarantee?");

        changeQuantity(order, 112);

        assertThat(story.tasks(order)).extracting(Task::getTaskDefinitionKey).containsExactly("userTask_decideHold");
        release(order, "max");
        assertThat(state(order)).isEqualTo("sale");
    }

    // Given

    /** 11,000 of 10,000. */
    private DocumentRef requested() {
        var order = data.order(data.customer("Elbe Metall").creditLimit(10_000).add())
                .line(data.product("Pump").price(100).cost(50).stock(1000).add(), 110)
                .add();
        odoo.requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }

    private static String row(int step, int escalation, String roles, Integer needed, int steps, String whenOverdue) {
        var id = "s" + step + "e" + escalation;
        return """
                <rule id="rule_%1$s"><description>An owner asks %4$s.</description>
                  <inputEntry id="a%1$s"><text>%2$s</text></inputEntry>
                  <inputEntry id="b%1$s"><text>%3$s</text></inputEntry>
                  <outputEntry id="c%1$s"><text>"%4$s"</text></outputEntry>
                  <outputEntry id="d%1$s"><text>%5$s</text></outputEntry>
                  <outputEntry id="e%1$s"><text>%6$s</text></outputEntry>
                  <outputEntry id="f%1$s"><text>"PT4H"</text></outputEntry>
                  <outputEntry id="g%1$s"><text>"P1D"</text></outputEntry>
                  <outputEntry id="h%1$s"><text>"%7$s"</text></outputEntry>
                </rule>""".formatted(id, step, escalation, roles, needed == null ? "" : needed, steps, whenOverdue);
    }

    /** Deploys an owner's own table of authority for the length of the story. */
    private void policy(String... rows) {
        var table = """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
                    xmlns:camunda="http://camunda.org/schema/1.0/dmn" namespace="http://camunda.org/schema/1.0/dmn">
                  <decision id="order-release.authority" name="Authority" camunda:historyTimeToLive="P3653D">
                    <decisionTable id="t" hitPolicy="UNIQUE">
                      <input id="i1"><inputExpression id="x1" typeRef="integer"><text>step</text></inputExpression></input>
                      <input id="i2"><inputExpression id="x2" typeRef="integer"><text>escalation</text></inputExpression></input>
                      <output id="o1" name="role" typeRef="string"/>
                      <output id="o2" name="needed" typeRef="integer"/>
                      <output id="o3" name="steps" typeRef="integer"/>
                      <output id="o4" name="remindAfter" typeRef="string"/>
                      <output id="o5" name="decideWithin" typeRef="string"/>
                      <output id="o6" name="whenOverdue" typeRef="string"/>
                      %s
                    </decisionTable>
                  </decision>
                </definitions>""".formatted(String.join("\n", rows));
        deployments.add(repository
                .createDeployment()
                .name("By its owner")
                .addString("order-release.authority.dmn", table)
                .deploy()
                .getId());
    }

    private void lend(String person, String group) {
        story.addToGroup(person, group);
        lent.add(Map.entry(person, group));
    }

    private void standsIn(String substitute, String person) {
        jdbc.sql("""
                        insert into hp_substitution (id, person, substitute, begins_at, ends_at, named_by, named_at)
                        values (:id, :person, :substitute, :from, :until, :person, :from)
                        """)
                .param("id", "sub-" + person)
                .param("person", person)
                .param("substitute", substitute)
                .param("from", Moments.sql(Story.BEGIN.minus(1, ChronoUnit.DAYS)))
                .param("until", Moments.sql(Story.BEGIN.plus(30, ChronoUnit.DAYS)))
                .update();
    }

    // What people do

    private static final Map<String, String> ROLES =
            Map.of("max", "creditManager", "sam", "salesManager", "dora", "financeDirector");

    private static String roleOf(String person) {
        return ROLES.get(person);
    }

    private void release(DocumentRef order, String person) {
        story.decide(asked(order, roleOf(person)), person, "release", "Secured.");
    }

    private void forward(Task task, String person, String colleague) {
        var entered = new HashMap<String, Object>();
        entered.put("decision", "forward");
        entered.put("forwardTo", colleague);
        entered.put("reason", "They know the customer.");
        story.complete(task, person, entered);
    }

    private void ask(DocumentRef order, String person, String question) {
        story.complete(asked(order, roleOf(person)), person, Map.of("decision", "ask", "question", question));
    }

    private void ask(DocumentRef order, String person, String question, String whom) {
        story.complete(
                asked(order, roleOf(person)), person, Map.of("decision", "ask", "question", question, "askWhom", whom));
    }

    private void changeQuantity(DocumentRef order, double quantity) {
        odoo.changeLine(
                odoo.order(order.id()).path("order_line").get(0).asLong(), "anna", Map.of("product_uom_qty", quantity));
        runtime.createMessageCorrelation("order-release.orderChanged")
                .processInstanceBusinessKey(order.toString())
                .correlate();
        story.work();
    }

    // What is so

    private List<String> colleagues(Task task) {
        return choices(task, "colleagues");
    }

    /** What a list of the form offers: the value and what people read. */
    private List<String> choices(Task task, String list) {
        var choices = new ArrayList<String>();
        ((org.camunda.spin.json.SpinJsonNode) story.variable(task, list))
                .elements()
                .forEach(choice -> choices.add(choice.prop("value").stringValue() + ": "
                        + choice.prop("label").stringValue()));
        return choices;
    }

    private Task asked(DocumentRef order, String role) {
        return story.tasks(order).stream()
                .filter(task -> task.getTaskDefinitionKey().equals("userTask_decideHold") && role.equals(group(task)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody of " + role + " is asked about " + order));
    }

    private List<String> roles(DocumentRef order) {
        return story.tasks(order).stream().map(this::group).toList();
    }

    private String group(Task task) {
        return tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(org.camunda.bpm.engine.task.IdentityLink::getGroupId)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private String state(DocumentRef order) {
        return odoo.order(order.id()).path("state").asText();
    }

    private Instant timerDue(String event) {
        return management
                .createJobQuery()
                .activityId(event)
                .singleResult()
                .getDuedate()
                .toInstant();
    }
}
