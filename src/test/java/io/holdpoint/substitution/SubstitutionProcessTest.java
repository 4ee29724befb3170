package io.holdpoint.substitution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.ProcessTest;
import io.holdpoint.WorkflowStories;
import io.holdpoint.evidence.Evidence.Kind;
import io.holdpoint.odoo.DocumentRef;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Max, the credit manager, is away; Clara of credit control stands in for him, and Dora leads him. */
@ProcessTest
class SubstitutionProcessTest extends WorkflowStories {

    /** Stories begin on this day, a Monday, at ten in the morning in Berlin. */
    private static final String TODAY = "2026-06-01";

    private static final String FRIDAY = "2026-06-05";
    private static final Instant END_OF_TODAY = Instant.parse("2026-06-01T22:00:00Z");

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private AuthorizationService authorizations;

    @Autowired
    private Offers offers;

    SubstitutionProcessTest() {
        super("substitution");
    }

    @AfterEach
    void nobodyIsAwayAnyMore() {
        List.of("hp_substitution_offer", "hp_substitution_claim", "hp_substitution")
                .forEach(table -> jdbc.sql("delete from " + table).update());
    }

    // Tasks follow and come back

    @Test
    void open_tasks_are_offered_to_the_substitute_whose_answer_counts_and_is_on_record_as_that() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        assertThat(offered(order)).isEmpty();

        name("max", "clara", TODAY, FRIDAY);

        assertThat(offered(order)).containsExactly("clara");
        assertThat(groups(task(order)))
                .as("the others of the role are asked too")
                .containsExactly("creditManager");
        assertThat(mayWork("clara", task(order))).isTrue();
        story.decide(task(order), "clara", "release", "Secured by a guarantee.");

        assertThat(state(order)).isEqualTo("sale");
        assertThat(story.outcome(caseId)).isEqualTo("released");
        assertThat(odoo.chatter(order))
                .anySatisfy(note -> assertThat(note)
                        .contains("Over limit released by Clara for Max (Credit manager): Secured by a guarantee."));
        assertThat(story.evidence(caseId, Kind.DECISION)).singleElement().satisfies(line -> {
            assertThat(line.actor()).isEqualTo("clara");
            assertThat(line.content())
                    .containsEntry("onBehalfOf", List.of("max"))
                    .containsEntry("who", "clara for max (Credit manager)");
        });
        assertThat(substitutionLines(caseId)).containsExactly("handed over");
        assertThat(story.evidence(caseId, Kind.SUBSTITUTION).get(0).content())
                .containsEntry("substitute", "clara")
                .containsEntry("inSteadOf", List.of("max"))
                .containsEntry("namedBy", "max")
                .containsEntry("until", "2026-06-05T22:00:00Z");
    }

    @Test
    void what_is_still_open_after_the_last_day_comes_back_and_the_substitute_decides_nothing_any_more() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        var substitution = name("max", "clara", TODAY, TODAY);
        assertThat(timerDue("event_lastDayOver")).isEqualTo(END_OF_TODAY);
        assertThat(mayWork("clara", task(order))).isTrue();

        story.passesUntil(END_OF_TODAY.minusSeconds(60));
        assertThat(offered(order)).containsExactly("clara");
        story.passesUntil(END_OF_TODAY.plusSeconds(60));

        assertThat(offered(order)).isEmpty();
        assertThat(mayWork("clara", task(order))).isFalse();
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(substitution)
                        .count())
                .isZero();
        assertThat(substitutionLines(caseId)).containsExactly("handed over", "brought back");
        assertThatThrownBy(() -> story.decide(task(order), "clara", "release", "Late."))
                .hasMessageContaining("clara");
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void an_expired_substitution_decides_nothing_even_while_the_task_is_still_offered() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        name("max", "clara", TODAY, TODAY);

        // The timer has not gone off yet, and the task is open in the browser.
        story.goTo(END_OF_TODAY);
        assertThat(offered(order)).containsExactly("clara");
        assertThatThrownBy(() -> story.decide(task(order), "clara", "release", "Just in time."))
                .hasMessageContaining("Clara is not a member of it and stands in for no member of it");

        assertThat(story.evidence(caseId, Kind.REFUSAL))
                .singleElement()
                .satisfies(line -> assertThat(line.actor()).isEqualTo("clara"));
        story.goTo(END_OF_TODAY.minusSeconds(1));
        story.decide(task(order), "clara", "release", "Just in time.");
        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void nothing_is_handed_over_before_the_first_day() {
        var order = requested(suspended());
        story.start(order);

        name("max", "clara", "2026-06-02", FRIDAY);

        assertThat(timerDue("event_firstDayBegins")).isEqualTo(END_OF_TODAY);
        assertThat(timerDue("event_lastDayOver")).isEqualTo(Instant.parse("2026-06-05T22:00:00Z"));
        assertThat(offered(order)).isEmpty();
        assertThatThrownBy(() -> story.decide(task(order), "clara", "reject", "Too early."))
                .hasMessageContaining("clara");
        story.passesUntil(END_OF_TODAY.plusSeconds(1));
        assertThat(offered(order)).containsExactly("clara");
    }

    @Test
    void what_arises_meanwhile_is_offered_when_it_arises() {
        name("max", "clara", TODAY, FRIDAY);

        var order = requested(overLimitAndDiscounted());
        var caseId = story.start(order);

        assertThat(users(story.task(order, "OVER_LIMIT"))).containsExactly("clara");
        assertThat(users(story.task(order, "DISCOUNT"))).as("of another role").isEmpty();
        assertThat(substitutionLines(caseId)).containsExactly("offered");
    }

    @Test
    void what_the_absent_person_had_taken_is_free_meanwhile_and_theirs_again_afterwards() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        story.claim(task(order), "max");

        name("max", "clara", TODAY, TODAY);
        assertThat(task(order).getAssignee()).isNull();
        assertThat(offered(order)).containsExactly("clara");

        story.passesUntil(END_OF_TODAY.plusSeconds(60));
        assertThat(task(order).getAssignee()).isEqualTo("max");
        assertThat(substitutionLines(caseId))
                .containsExactly("handed over", "claim given back", "brought back", "claim returned");
    }

    @Test
    void what_the_substitute_has_taken_and_not_answered_comes_back_too() {
        var order = requested(overLimit());
        story.start(order);
        story.claim(task(order), "max");
        name("max", "clara", TODAY, TODAY);
        story.claim(task(order), "clara");

        story.passesUntil(END_OF_TODAY.plusSeconds(60));

        assertThat(task(order).getAssignee()).isEqualTo("max");
        assertThat(mayWork("clara", task(order))).isFalse();
    }

    @Test
    void what_a_colleague_has_taken_meanwhile_stays_theirs() {
        inGroup("paul", "creditManager", () -> {
            var order = requested(overLimit());
            story.start(order);
            story.claim(task(order), "max");
            name("max", "clara", TODAY, TODAY);
            story.claim(task(order), "paul");

            story.passesUntil(END_OF_TODAY.plusSeconds(60));

            assertThat(task(order).getAssignee()).isEqualTo("paul");
        });
    }

    @Test
    void whoever_is_back_early_ends_it_and_it_is_over_at_once() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        var substitution = name("max", "clara", TODAY, FRIDAY);
        var end = endTask(substitution);
        assertThat(end.getName())
                .isEqualTo("End substitution early? Clara stands in for Max, Mon 1 Jun 2026 to Fri 5 Jun 2026");
        assertThat(users(end)).containsExactly("max");
        assertThat(groups(end)).containsExactly("financeDirector");
        story.ahead(Duration.ofHours(1));

        assertThatThrownBy(() -> story.complete(end, "clara", Map.of())).hasMessageContaining("clara");
        // What is sent along names another one; that changes nothing.
        story.as("max", () -> tasks.complete(end.getId(), Map.of("absent", "sam")));
        assertThatThrownBy(() -> story.decide(task(order), "clara", "release", "Still here."))
                .hasMessageContaining("stands in for no member");
        story.work();

        assertThat(offered(order)).isEmpty();
        assertThat(story.evidence(caseId, Kind.SUBSTITUTION))
                .last()
                .satisfies(line -> assertThat(line.content())
                        .containsEntry("what", "brought back")
                        .containsEntry("endedBy", "max"));
        assertThat(jdbc.sql("select ended_by from hp_substitution where id = :id")
                        .param("id", substitution)
                        .query(String.class)
                        .single())
                .isEqualTo("max");
    }

    @Test
    void neither_the_substitute_nor_a_stranger_ends_it_but_the_lead_does() {
        var end = endTask(name("max", "clara", TODAY, FRIDAY));

        for (var person : List.of("clara", "sam")) {
            assertThatThrownBy(() -> story.complete(end, person, Map.of())).hasMessageContaining(person);
        }
        story.complete(end, "dora", Map.of());

        assertThat(jdbc.sql("select ended_by from hp_substitution")
                        .query(String.class)
                        .single())
                .isEqualTo("dora");
    }

    @Test
    void handing_over_twice_changes_nothing() {
        var order = requested(overLimit());
        var caseId = story.start(order);
        name("max", "clara", TODAY, FRIDAY);

        offers.align(io.holdpoint.Story.now());

        assertThat(offered(order)).containsExactly("clara");
        assertThat(substitutionLines(caseId)).containsExactly("handed over");
    }

    // By workflow and up to an amount

    @Test
    void above_the_amount_nothing_is_offered_and_nothing_counts() {
        var dear = requested(overLimit());
        var cheap = requested(slightlyLess());
        story.start(dear);
        story.start(cheap);

        name("max", "clara", TODAY, FRIDAY, Map.of("upToAmount", 10_900));

        assertThat(offered(dear)).isEmpty();
        assertThat(offered(cheap)).containsExactly("clara");
        assertThatThrownBy(() -> story.decide(task(dear), "clara", "release", "Hm."))
                .hasMessageContaining("clara");
        story.decide(task(cheap), "clara", "release", "Secured.");
        assertThat(state(cheap)).isEqualTo("sale");
        assertThat(state(dear)).isEqualTo("draft");
    }

    @Test
    void other_workflows_are_not_handed_over() {
        var order = requested(overLimit());
        story.start(order);

        name("max", "clara", TODAY, FRIDAY, Map.of("workflows", "[\"urgent-purchase\", \"return-authorization\"]"));

        assertThat(offered(order)).isEmpty();
        var later = requested(overLimit());
        story.start(later);
        assertThat(offered(later)).isEmpty();
        name("max", "clara", TODAY, FRIDAY, Map.of("workflows", List.of("order-release")));
        assertThat(offered(order)).containsExactly("clara");
    }

    // Chains

    @Test
    void a_chain_is_followed_once_and_not_further() {
        inGroup("ben", "creditControl", () -> {
            var order = requested(overLimit());
            var caseId = story.start(order);
            name("max", "clara", TODAY, FRIDAY);
            name("clara", "dora", TODAY, FRIDAY);
            name("dora", "ben", TODAY, FRIDAY);

            assertThat(offered(order)).containsExactlyInAnyOrder("clara", "dora");
            assertThatThrownBy(() -> story.decide(task(order), "ben", "reject", "No."))
                    .hasMessageContaining("ben");
            story.decide(task(order), "dora", "release", "Secured.");

            assertThat(state(order)).isEqualTo("sale");
            assertThat(story.evidence(caseId, Kind.DECISION))
                    .singleElement()
                    .satisfies(line -> assertThat(line.content())
                            .containsEntry("onBehalfOf", List.of("max", "clara"))
                            .containsEntry("who", "dora for clara for max (Credit manager)"));
        });
    }

    @Test
    void a_chain_ends_when_its_middle_is_back() {
        var order = requested(overLimit());
        story.start(order);
        name("max", "clara", TODAY, FRIDAY);
        var second = name("clara", "dora", TODAY, FRIDAY);
        assertThat(offered(order)).containsExactlyInAnyOrder("clara", "dora");

        story.complete(endTask(second), "clara", Map.of());

        assertThat(offered(order)).containsExactly("clara");
    }

    @Test
    void loops_are_refused_also_through_others() {
        name("max", "clara", TODAY, FRIDAY);
        assertThatThrownBy(() -> name("clara", "max", FRIDAY, "2026-06-08"))
                .hasMessageContaining("substitute: that would be a loop, clara → max → clara");
        name("clara", "dora", TODAY, FRIDAY);
        assertThatThrownBy(() -> name("dora", "max", FRIDAY, "2026-06-08"))
                .hasMessageContaining("dora → max → clara → dora");

        assertThat(name("dora", "max", "2026-06-06", "2026-06-08"))
                .as("when nobody else is away any more it is none")
                .isNotNull();
    }

    // Four eyes counts the chain as one person

    @Test
    void what_the_absent_person_may_not_release_the_substitute_may_not_either() {
        // Anna sells, so whoever stands in for her has to be eligible for sales too.
        inGroup(
                "anna",
                "creditManager",
                () -> inGroup("clara", "sales", () -> {
                    var order = requested(overLimit());
                    var caseId = story.start(order);
                    name("admin", "clara", TODAY, FRIDAY, Map.of("forWhom", "anna"));

                    assertThatThrownBy(() -> story.decide(task(order), "clara", "release", "Anna says so."))
                            .hasMessageContaining("Four eyes: Anna, who counts as one person with Clara for Anna,")
                            .hasMessageContaining("asked for the release");
                    assertThat(state(order)).isEqualTo("draft");

                    forge(caseId, "OVER_LIMIT", 1, "clara", "anna", "creditManager");
                    assertThat(refusedByGuard(caseId))
                            .contains("was released by clara for anna, who asked for the release")
                            .contains("anna counts as the same person");
                    assertThat(state(order)).isEqualTo("draft");
                }));
    }

    @Test
    void nobody_releases_their_own_document_as_a_substitute() {
        inGroup("anna", "creditControl", () -> {
            var order = requested(overLimit());
            var caseId = story.start(order);
            name("max", "anna", TODAY, FRIDAY);

            assertThatThrownBy(() -> story.decide(task(order), "anna", "release", "Max would."))
                    .hasMessageContaining("Four eyes: Anna, who counts as one person with Anna for Max,")
                    .hasMessageContaining("asked for the release");

            forge(caseId, "OVER_LIMIT", 1, "anna", "max", "creditManager");
            assertThat(refusedByGuard(caseId)).contains("was released by anna for max, who asked for the release");
            assertThat(state(order)).isEqualTo("draft");
        });
    }

    @Test
    void whoever_released_the_first_step_does_not_release_the_second_as_a_substitute() {
        var order = requested(suspended());
        var caseId = story.start(order);
        name("dora", "max", TODAY, FRIDAY);
        story.decide(task(order), "max", "release", "Paid this morning.");
        assertThat(offered(order)).containsExactly("max");

        assertThatThrownBy(() -> story.decide(task(order), "max", "release", "Dora agrees."))
                .hasMessageContaining("Four eyes: Max, who counts as one person with Max for Dora,")
                .hasMessageContaining("has approved an earlier step");

        forge(caseId, "CREDIT_SUSPENDED", 2, "max", "dora", "financeDirector");
        assertThat(refusedByGuard(caseId)).contains("at step 2 of 2 there are 0 releases by different people");
        assertThat(state(order)).isEqualTo("draft");
    }

    @Test
    void for_whom_a_substitute_released_the_first_step_does_not_release_the_second() {
        inGroup("max", "financeDirector", () -> {
            var order = requested(suspended());
            var caseId = story.start(order);
            name("max", "clara", TODAY, FRIDAY);
            story.decide(task(order), "clara", "release", "Paid this morning.");

            assertThatThrownBy(() -> story.decide(task(order), "max", "release", "I agree with myself."))
                    .hasMessageContaining("Four eyes: Clara for Max, who counts as one person with Max,")
                    .hasMessageContaining("has approved an earlier step");

            forge(caseId, "CREDIT_SUSPENDED", 2, "max", null, "financeDirector");
            assertThat(refusedByGuard(caseId)).contains("at step 2 of 2 there are 0 releases by different people");
        });
    }

    @Test
    void two_people_of_whom_one_stands_in_for_a_third_release_two_steps() {
        var order = requested(suspended());
        story.start(order);
        name("max", "clara", TODAY, FRIDAY);

        story.decide(task(order), "clara", "release", "Paid this morning.");
        story.decide(task(order), "dora", "release", "Agreed.");

        assertThat(state(order)).isEqualTo("sale");
    }

    @Test
    void one_substitute_of_two_people_does_not_release_the_holds_of_both() {
        inGroup("clara", "sales", () -> {
            var order = requested(overLimitAndDiscounted());
            var caseId = story.start(order);
            name("max", "clara", TODAY, FRIDAY);
            name("sam", "clara", TODAY, FRIDAY);
            story.decide(story.task(order, "OVER_LIMIT"), "clara", "release", "Secured.");

            assertThatThrownBy(() -> story.decide(story.task(order, "DISCOUNT"), "clara", "release", "Opening order."))
                    .hasMessageContaining("Four eyes: Clara for Max, who counts as one person with Clara for Sam,")
                    .hasMessageContaining("another hold of this document as Credit manager");

            forge(caseId, "DISCOUNT", 1, "clara", "sam", "salesManager");
            assertThat(refusedByGuard(caseId))
                    .contains("who released another one as")
                    .contains("counts as the same person");
            assertThat(state(order)).isEqualTo("draft");
        });
    }

    @Test
    void the_guard_lets_a_release_by_a_substitute_pass_only_when_the_record_of_substitutions_does() {
        name("max", "clara", TODAY, FRIDAY);
        var good = requested(overLimit());
        var goodCase = story.start(good);
        forge(goodCase, "OVER_LIMIT", 1, "clara", "max", "creditManager");
        moveToRelease(goodCase);
        assertThat(state(good)).as("as it should be").isEqualTo("sale");

        var nobody = story.start(requested(overLimit()));
        forge(nobody, "OVER_LIMIT", 1, "dora", "max", "creditManager");
        assertThat(refusedByGuard(nobody))
                .contains("dora for max, and no substitution for this document was in force at that moment");

        story.as("max", () -> tasks.complete(endTask(null).getId()));
        story.work().ahead(Duration.ofMinutes(2));
        var late = story.start(requested(overLimit()));
        forge(late, "OVER_LIMIT", 1, "clara", "max", "creditManager");
        assertThat(refusedByGuard(late)).contains("no substitution for this document was in force at that moment");
    }

    @Test
    void the_guard_looks_at_the_amount_and_the_workflow_of_the_substitution() {
        name("max", "clara", TODAY, FRIDAY, Map.of("upToAmount", 10_900));
        var dear = story.start(requested(overLimit()));
        forge(dear, "OVER_LIMIT", 1, "clara", "max", "creditManager");
        assertThat(refusedByGuard(dear)).contains("no substitution for this document was in force");
        var cheap = requested(slightlyLess());
        var cheapCase = story.start(cheap);
        forge(cheapCase, "OVER_LIMIT", 1, "clara", "max", "creditManager");
        moveToRelease(cheapCase);
        assertThat(state(cheap)).isEqualTo("sale");
    }

    // Tasks that mend a case

    @Test
    void a_correction_is_handed_over_too_and_not_taken_after_the_end() {
        var order = requested(overLimit());
        var other = requested(overLimit());
        var caseId = story.start(order);
        story.start(other);
        story.decide(task(order), "max", "return", "Split it.");
        story.decide(task(other), "max", "return", "Split it.");
        name("anna", "rita", TODAY, TODAY);
        var correction = story.taskOf(order, "userTask_correctOrder");
        assertThat(users(correction)).containsExactly("rita");

        story.complete(correction, "rita", Map.of("action", "withdraw", "reason", "Not wanted."));
        assertThat(story.evidence(caseId, Kind.RECOVERY)).singleElement().satisfies(line -> {
            assertThat(line.actor()).isEqualTo("rita");
            assertThat(line.content()).containsEntry("onBehalfOf", List.of("anna"));
        });

        story.goTo(END_OF_TODAY);
        assertThatThrownBy(() -> story.complete(
                        story.taskOf(other, "userTask_correctOrder"),
                        "rita",
                        Map.of("action", "withdraw", "reason", "Not wanted.")))
                .hasMessageContaining("The substitution by which rita was asked is over");
    }

    // Who may name whom

    @Test
    void the_lead_and_the_leads_of_leads_and_administrators_name_a_substitute_for_somebody() {
        assertThat(name("dora", "max", TODAY, FRIDAY, Map.of("forWhom", "clara")))
                .as("the finance director leads the credit manager, who leads credit control")
                .isNotNull();
        assertThat(name("admin", "anna", TODAY, FRIDAY, Map.of("forWhom", "sam")))
                .as("nobody leads the sales manager")
                .isNotNull();
    }

    @Test
    void nobody_else_does() {
        assertThatThrownBy(() -> name("sam", "clara", TODAY, FRIDAY, Map.of("forWhom", "max")))
                .hasMessageContaining("forWhom: max is not led by you");
        assertThatThrownBy(() -> name("clara", "clara", TODAY, FRIDAY, Map.of("forWhom", "max")))
                .hasMessageContaining("forWhom: max is not led by you");
        inGroup(
                "max",
                "salesManager",
                () -> assertThatThrownBy(() -> name("dora", "clara", TODAY, FRIDAY, Map.of("forWhom", "max")))
                        .as("who leads one of two roles does not hand over the other one")
                        .hasMessageContaining("forWhom: max is not led by you"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    clara   | 2026-06-03 | 2026-06-02 | lastDay: 2026-06-02 is before the first day, 2026-06-03
                    clara   | 2026-05-31 | 2026-06-02 | firstDay: 2026-05-31 is past; a substitution begins today, 2026-06-01, or later
                    clara   | 2026-05-01 | 2026-05-02 | firstDay: 2026-05-01 is past
                    clara   | tomorrow   | 2026-06-02 | firstDay: 'tomorrow' is no day; write it as 2026-06-01
                    clara   | 2026-06-01 |            | lastDay: choose a day
                            | 2026-06-01 | 2026-06-02 | substitute: enter the user id of whoever stands in
                    max     | 2026-06-01 | 2026-06-02 | substitute: max cannot stand in for max; name somebody else
                    nemo    | 2026-06-01 | 2026-06-02 | substitute: nobody has the user id 'nemo'
                    anna    | 2026-06-01 | 2026-06-02 | substitute: by policy anna may not stand in for the role Credit manager
                    petra   | 2026-06-01 | 2026-06-02 | substitute: by policy petra may not stand in for the role Credit manager
                    audrey  | 2026-06-01 | 2026-06-02 | substitute: by policy audrey may not stand in for the role Credit manager
                    admin   | 2026-06-01 | 2026-06-02 | substitute: by policy admin may not stand in for the role Credit manager
                    """)
    void what_makes_no_sense_is_refused_in_words(String substitute, String first, String last, String words) {
        assertThatThrownBy(() -> name("max", substitute, first, last)).hasMessageContaining(words);

        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("substitution")
                        .count())
                .isZero();
        assertThat(jdbc.sql("select count(*) from hp_substitution")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whoever_audits_besides_stands_in_for_nobody() {
        inGroup(
                "clara",
                "auditor",
                () -> assertThatThrownBy(() -> name("max", "clara", TODAY, FRIDAY))
                        .hasMessageContaining("by policy clara may not stand in"));
    }

    @Test
    void two_substitutes_for_the_same_time_and_workflow_are_refused() {
        name("max", "clara", TODAY, FRIDAY, Map.of("workflows", "[\"order-release\"]"));

        assertThatThrownBy(() -> name("max", "dora", FRIDAY, "2026-06-10"))
                .hasMessageContaining("clara already stands in for max during this time");
        assertThat(name("max", "dora", FRIDAY, "2026-06-10", Map.of("workflows", "[\"urgent-purchase\"]")))
                .isNotNull();
        assertThat(name("max", "dora", "2026-06-11", "2026-06-12")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    upToAmount     | much               | upToAmount: 'much' is no amount above zero
                    upToAmount     | -5                 | upToAmount: '-5' is no amount above zero
                    workflows      | ["follow-up"]      | workflows: there is no workflow 'follow-up'
                    workflows      | ["substitution"]   | workflows: there is no workflow 'substitution'
                    workflows      | order-release      | workflows: 'order-release' is no list of workflows
                    forWhom        | nemo               | forWhom: nobody has the user id 'nemo'
                    substitutionId | 1                  | Not accepted: substitutionId
                    endsAt         | 2099-01-01         | Not accepted: endsAt
                    """)
    void fields_that_cannot_be_read_and_fields_that_are_none_are_refused(String field, String value, String words) {
        assertThatThrownBy(() -> name("max", "clara", TODAY, FRIDAY, Map.of(field, value)))
                .hasMessageContaining(words);
    }

    @Test
    void whoever_decides_nothing_names_nobody() {
        assertThatThrownBy(() -> name("petra", "clara", TODAY, FRIDAY))
                .hasMessageContaining("'petra' does not have 'CREATE' permission");
        assertThatThrownBy(() -> name("admin", "clara", TODAY, FRIDAY))
                .hasMessageContaining("admin has no role that decides");
    }

    // No way round

    @Test
    void nobody_names_a_substitute_without_being_logged_in() {
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("substitution", variables("clara", TODAY, FRIDAY)))
                .hasMessageContaining("A substitute is named by a person");
    }

    @Test
    void whoever_may_name_a_substitute_starts_nothing_else() {
        for (var workflow : List.of("order-release", "urgent-purchase", "return-authorization", "quality-escalation")) {
            assertThatThrownBy(
                            () -> story.as("max", () -> runtime.startProcessInstanceByKey(workflow, "sale.order,42")))
                    .as(workflow)
                    .hasMessageContaining("CREATE_INSTANCE");
        }
        for (var part : List.of("hold-resolution", "follow-up")) {
            assertThatThrownBy(() -> story.as("max", () -> runtime.startProcessInstanceByKey(part)))
                    .as(part)
                    .hasMessageContaining("CREATE_INSTANCE");
        }
        assertThatThrownBy(() -> story.as(
                        "max",
                        () -> runtime.createProcessInstanceByKey("substitution")
                                .startBeforeActivity("serviceTask_handTasksOver")
                                .setVariables(variables("clara", TODAY, FRIDAY))
                                .execute()))
                .hasMessageContaining("Start instructions");
    }

    // In words

    private String name(String person, String substitute, String first, String last) {
        return name(person, substitute, first, last, Map.of());
    }

    /** Names a substitute and lets what is due begin. */
    private String name(String person, String substitute, String first, String last, Map<String, Object> more) {
        var variables = variables(substitute, first, last);
        variables.putAll(more);
        var started = new String[1];
        story.as(
                person,
                () -> started[0] = runtime.startProcessInstanceByKey("substitution", variables)
                        .getId());
        story.passes(Duration.ofSeconds(1));
        return started[0];
    }

    private static Map<String, Object> variables(String substitute, String first, String last) {
        var variables = new HashMap<String, Object>();
        variables.put("substitute", substitute);
        variables.put("firstDay", first);
        variables.put("lastDay", last);
        return variables;
    }

    private Task endTask(String substitution) {
        var query = tasks.createTaskQuery().taskDefinitionKey("userTask_endSubstitutionEarly");
        return (substitution == null ? query : query.processInstanceId(substitution)).singleResult();
    }

    private Task task(DocumentRef order) {
        return story.taskOf(order, "userTask_decideHold");
    }

    private List<String> offered(DocumentRef order) {
        return users(task(order));
    }

    private List<String> users(Task task) {
        return tasks.getIdentityLinksForTask(task.getId()).stream()
                .filter(link -> "candidate".equals(link.getType()))
                .map(IdentityLink::getUserId)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<String> groups(Task task) {
        return tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .toList();
    }

    private boolean mayWork(String person, Task task) {
        return authorizations
                        .createAuthorizationQuery()
                        .userIdIn(person)
                        .resourceType(Resources.TASK)
                        .resourceId(task.getId())
                        .count()
                > 0;
    }

    private List<Object> substitutionLines(String caseId) {
        return story.evidence(caseId, Kind.SUBSTITUTION).stream()
                .map(line -> line.content().get("what"))
                .toList();
    }

    private void inGroup(String person, String group, Runnable step) {
        story.addToGroup(person, group);
        try {
            step.run();
        } finally {
            story.removeFromGroup(person, group);
        }
    }

    private Instant timerDue(String event) {
        return management
                .createJobQuery()
                .activityId(event)
                .singleResult()
                .getDuedate()
                .toInstant();
    }

    // Forged

    /** Writes a release into the record as if it had been taken, and closes its hold. */
    private void forge(String caseId, String code, int step, String person, String onBehalfOf, String role) {
        var task = "forged " + code + " " + person;
        var hold = jdbc.sql("select id from hp_hold where case_id = :case and code = :code and state = 'OPEN'")
                .param("case", caseId)
                .param("code", code)
                .query(String.class)
                .single();
        jdbc.sql("""
                        insert into hp_decision (hold_id, case_id, round, step, answer, reason, person, on_behalf_of, role,
                            task_id, decided_at, amount)
                        select hold.id, hold.case_id, hold.round, :step, 'release', 'Forged.', :person, :onBehalfOf, :role,
                            :task, :now, hp.amount
                        from hp_hold hold join hp_case hp on hp.case_id = hold.case_id where hold.id = :hold
                        """)
                .param("hold", hold)
                .param("step", step)
                .param("person", person)
                .param("onBehalfOf", onBehalfOf)
                .param("role", role)
                .param("task", task)
                .param("now", OffsetDateTime.ofInstant(io.holdpoint.Story.now(), ZoneOffset.UTC))
                .update();
        jdbc.sql("update hp_hold set state = 'RELEASED' where id = :hold")
                .param("hold", hold)
                .update();
        // Without its line of evidence an answer counts for nothing: whoever forges one forges both.
        story.evidence()
                .record(
                        caseId,
                        DocumentRef.parse(jdbc.sql("select document from hp_case where case_id = :case")
                                .param("case", caseId)
                                .query(String.class)
                                .single()),
                        Kind.DECISION,
                        null,
                        person,
                        Map.of("hold", hold, "code", code, "task", task, "answer", "release"));
    }

    private void moveToRelease(String caseId) {
        runtime.createProcessInstanceModification(caseId)
                .cancelAllForActivity("subProcess_resolveHolds")
                .startBeforeActivity("serviceTask_confirmOrder")
                .execute(true, true);
        story.workWithFailures();
    }

    /** Moves the case past its holds and says why it stands still there. */
    private String refusedByGuard(String caseId) {
        moveToRelease(caseId);
        assertThat(story.incidents(caseId)).hasSize(1);
        return story.incidents(caseId).get(0).getExceptionMessage();
    }

    // Given

    private long overLimit() {
        return ofPumps(110);
    }

    private long slightlyLess() {
        return ofPumps(109);
    }

    private long ofPumps(int pumps) {
        return data.order(data.customer("Elbe Metall").creditLimit(10_000).add())
                .line(pump(), pumps)
                .add();
    }

    private long overLimitAndDiscounted() {
        return data.order(data.customer("Elbe Metall").creditLimit(10_000).add())
                .line(pump(), 135, 22)
                .add();
    }

    private long suspended() {
        return data.order(data.customer("Saale Stahl")
                        .creditLimit(100_000)
                        .trust("bad")
                        .add())
                .line(pump(), 10)
                .add();
    }

    private long pump() {
        return data.product("Pump").price(100).cost(50).stock(1000).add();
    }

    private DocumentRef requested(long order) {
        odoo.requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }

    private String state(DocumentRef order) {
        return odoo.order(order.id()).path("state").asText();
    }
}
