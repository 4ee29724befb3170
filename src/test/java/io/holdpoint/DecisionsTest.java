package io.holdpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.holdpoint.engine.access.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every table in dmn/ to its test list, to the conventions and to the vocabulary of the documentation. */
class DecisionsTest {

    private static final Path HOLD_REASONS = Path.of("docs", "hold-reasons.md");

    private static final String PASS = "NONE";
    /** No table answers it: it is what a table's silence leads to. */
    private static final String POLICY_SILENT = "POLICY_SILENT";

    static List<DecisionTable> tables() {
        return DecisionTable.all();
    }

    static List<DecisionTable> checks() {
        return tables().stream().filter(DecisionTable::isCheck).toList();
    }

    static List<DecisionTable> authorities() {
        return tables().stream()
                .filter(table -> table.id().endsWith(".authority"))
                .toList();
    }

    @TestFactory
    Stream<DynamicContainer> answers_each_case_by_the_rules_it_names() {
        return tables().stream()
                .map(table -> dynamicContainer(
                        table.id(),
                        table.cases().stream().map(given -> dynamicTest(given.name(), () -> answers(table, given)))));
    }

    private static void answers(DecisionTable table, DecisionTable.Case given) {
        var answer = table.answer(given.facts());

        var actual = new LinkedHashMap<String, String>();
        given.answer().keySet().forEach(output -> actual.put(output, answer.cell(output)));
        actual.put("rules", String.join(" | ", answer.rules()));
        var expected = new LinkedHashMap<>(given.answer());
        expected.put("rules", given.rules());
        assertThat(actual).as("%s on %s", table, given.facts()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void has_a_complete_test_list(DecisionTable table) {
        var cases = table.cases();

        assertThat(cases).extracting(DecisionTable.Case::name).doesNotHaveDuplicates();
        for (var given : cases) {
            assertThat(given.answer().keySet()).as("answer columns").containsExactlyElementsOf(table.outputs());
            assertThat(given.facts().keySet())
                    .as("columns of the facts that %s mentions", table)
                    .containsAll(factsMentioned(table));
        }
        var reached = cases.stream()
                .flatMap(given -> table.answer(given.facts()).rules().stream())
                .collect(Collectors.toSet());
        assertThat(table.rules())
                .extracting(rule -> rule.getId())
                .as("rules reached by a case")
                .allMatch(reached::contains);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void follows_the_conventions(DecisionTable table) {
        var check = new SoftAssertions();
        check.assertThat(table.decision().getId()).as("id = file").isEqualTo(table.id());
        check.assertThat(table.decision().getName()).as("name").isNotBlank();
        check.assertThat(table.decision().getDescription()).as("documentation").isNotNull();
        check.assertThat(table.decision().getCamundaHistoryTimeToLiveString())
                .as("history time to live, in days because the engine reads nothing else")
                .matches("P\\d+D");
        check.assertThat(table.table().getHitPolicy()).as("hit policy").isEqualTo(hitPolicy(table));
        check.assertThat(table.model()
                        .getModelElementsByType(org.camunda.bpm.model.dmn.instance.LiteralExpression.class))
                .as("expressions in another language than FEEL")
                .allMatch(expression -> expression.getExpressionLanguage() == null);
        check.assertThat(table.table().getInputs()).as("labels of inputs").allMatch(input -> input.getLabel() != null);
        check.assertThat(table.table().getOutputs()).as("labels of outputs").allMatch(out -> out.getLabel() != null);

        var conditions = new HashMap<List<String>, String>();
        for (var rule : table.rules()) {
            check.assertThat(rule.getId())
                    .as("id of a rule says why")
                    .matches("rule_[a-z][a-zA-Z0-9]*[a-z][a-zA-Z0-9]*");
            check.assertThat(rule.getDescription())
                    .as("sentence of %s", rule.getId())
                    .isNotNull();
            if (rule.getDescription() != null) {
                check.assertThat(rule.getDescription().getTextContent())
                        .as("sentence of %s", rule.getId())
                        .matches("[A-Z][^\n]{19,}[^.]\\.");
            }
            var condition = rule.getInputEntries().stream()
                    .map(entry -> entry.getTextContent().replaceAll("\\s", "").replaceAll("^-$", ""))
                    .toList();
            check.assertThat(conditions.put(condition, rule.getId()))
                    .as("rule with the condition of %s", rule.getId())
                    .isNull();
        }
        check.assertAll();
    }

    private static HitPolicy hitPolicy(DecisionTable table) {
        if (table.id().endsWith(".thresholds") || table.id().endsWith(".calendar")) {
            return HitPolicy.FIRST;
        }
        return table.isCheck()
                        || table.id().endsWith(".exemption")
                        || table.id().endsWith(".closing")
                        || table.id().endsWith(".points")
                ? HitPolicy.COLLECT
                : HitPolicy.UNIQUE;
    }

    @ParameterizedTest
    @MethodSource("tables")
    void looks_only_at_facts_and_thresholds_that_exist(DecisionTable table) {
        assertThat(DecisionTable.facts(table.workflow()))
                .containsKeys(factsMentioned(table).toArray(String[]::new));

        var thresholds = table.mentioned().stream()
                .filter(name -> name.startsWith("thresholds."))
                .map(name -> name.substring("thresholds.".length()))
                .toList();
        if (!thresholds.isEmpty()) {
            assertThat(DecisionTable.defaultThresholds(table.workflow()))
                    .containsKeys(thresholds.toArray(String[]::new));
        }
    }

    private static Set<String> factsMentioned(DecisionTable table) {
        return table.mentioned().stream()
                .filter(name -> !name.startsWith("thresholds."))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Test
    void uses_every_threshold() {
        for (var thresholds : tables().stream()
                .filter(table -> table.id().endsWith(".thresholds"))
                .toList()) {
            var used = tables().stream()
                    .filter(table -> table.workflow().equals(thresholds.workflow()))
                    .flatMap(table -> table.mentioned().stream())
                    .collect(Collectors.toSet());
            used.addAll(ProjectVocabulary.termsReadByCode());
            assertThat(thresholds.outputs()).allMatch(name -> used.contains("thresholds." + name));
        }
    }

    @Test
    void uses_the_hold_codes_of_the_documentation() {
        var inTables = new TreeMap<String, String>();
        for (var check : checks()) {
            check.answers("hold").stream()
                    .filter(code -> !code.equals(PASS))
                    .forEach(code -> inTables.merge(code, check.id(), (one, other) -> one + " and " + other));
        }
        inTables.put(POLICY_SILENT, "any check");

        assertThat(inTables).isEqualTo(new TreeMap<>(documented("Table")));
    }

    @Test
    void uses_the_severities_of_the_documentation() {
        var inTables = new TreeMap<String, Set<String>>();
        var measures = new TreeMap<String, Set<String>>();
        for (var check : checks()) {
            for (var rule : check.rules()) {
                var row = List.copyOf(rule.getOutputEntries());
                var code = unquoted(row.get(check.outputs().indexOf("hold")).getTextContent());
                var severity =
                        unquoted(row.get(check.outputs().indexOf("severity")).getTextContent());
                var measure =
                        unquoted(row.get(check.outputs().indexOf("measure")).getTextContent());
                assertThat(DecisionTable.facts(check.workflow()).get(measure))
                        .as("measure of %s, a fact that is a number", rule.getId())
                        .isIn("number", "whole number");
                if (code.equals(PASS)) {
                    assertThat(severity).as("severity of %s", rule.getId()).isEmpty();
                } else {
                    inTables.computeIfAbsent(code, ignored -> new TreeSet<>()).add(severity);
                    measures.computeIfAbsent(code, ignored -> new TreeSet<>()).add(measure);
                }
            }
        }

        inTables.forEach((code, severities) -> assertThat(severities)
                .as("severity of %s", code)
                .containsExactly(documented("Severity").get(code)));
        assertThat(inTables.values().stream().flatMap(Set::stream))
                .allMatch(severity -> Set.of("warning", "blocking", "forced").contains(severity));
        measures.forEach((code, facts) -> assertThat(facts)
                .as("facts that %s measures: a release covers numbers that are no worse, so there is one", code)
                .hasSize(1));
    }

    @Test
    void exempts_only_from_holds_that_exist_and_never_from_forced_ones() {
        for (var table :
                tables().stream().filter(any -> any.id().endsWith(".exemption")).toList()) {
            assertThat(table.answers("exempt").stream().flatMap(codes -> Stream.of(codes.split(", "))))
                    .isNotEmpty()
                    .allSatisfy(code -> assertThat(documented("Severity").get(code))
                            .as("severity of %s", code)
                            .isIn("warning", "blocking"));
        }
    }

    @ParameterizedTest
    @MethodSource("authorities")
    void gives_authority_to_groups_that_decide(DecisionTable authority) {
        assertThat(authority.answers("role").stream().flatMap(roles -> Stream.of(roles.split(", "))))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(Role.byId(id))
                        .as("role %s that decides", id)
                        .hasValueSatisfying(role -> assertThat(role.decides()).isTrue()));
        assertThat(authority.answers("whenOverdue")).containsExactlyInAnyOrder("escalate", "expire");
        for (var column : List.of("remindAfter", "decideWithin")) {
            assertThat(authority.answers(column))
                    .allSatisfy(text -> assertThatCode(() -> parse(text))
                            .as("ISO 8601 duration %s", text)
                            .doesNotThrowAnyException());
        }
    }

    private static void parse(String duration) {
        if (duration.contains("T")) {
            Duration.parse(duration);
        } else {
            Period.parse(duration);
        }
    }

    @ParameterizedTest
    @MethodSource("authorities")
    void gives_authority_for_every_hold_at_every_step_until_it_expires(DecisionTable authority) {
        var codes = new TreeSet<>(Set.of(POLICY_SILENT));
        checks().stream()
                .filter(check -> check.workflow().equals(authority.workflow()))
                .forEach(check -> codes.addAll(check.answers("hold")));
        codes.remove(PASS);

        for (var code : codes) {
            for (var amount : amountsAround(authority)) {
                var first = new ArrayList<String>();
                var steps = 1;
                for (var step = 1; step <= steps; step++) {
                    var overdue = "escalate";
                    for (var escalation = 0; overdue.equals("escalate"); escalation++) {
                        assertThat(escalation).as("escalations of %s", code).isLessThan(10);
                        var asked = new HashMap<String, Object>(
                                Map.of("hold", code, "step", step, "escalation", escalation));
                        authority.amount().ifPresent(name -> asked.put(name, amount));
                        asked.put("thresholds", DecisionTable.defaultThresholds(authority.workflow()));
                        var answer = authority.answer(asked);
                        assertThat(answer.rules())
                                .as("authority on %s of %s at step %s, escalation %s", code, amount, step, escalation)
                                .hasSize(1);
                        var row = answer.rows().get(0);
                        assertThat(row.keySet()).containsExactlyElementsOf(authority.outputs());
                        overdue = (String) row.get("whenOverdue");
                        var stated = ((Number) row.get("steps")).intValue();
                        assertThat(stated)
                                .as("approvals of %s, the same in all rows", code)
                                .isEqualTo(step == 1 && escalation == 0 ? stated : steps);
                        steps = stated;
                        if (escalation == 0) {
                            first.add(asked((String) row.get("role"), (Number) row.get("needed")));
                        }
                    }
                }
                if (amount == 0) {
                    assertThat(String.join(", then ", first))
                            .as("first asked about %s", code)
                            .isEqualTo(documented("First asked").get(code));
                }
            }
        }
    }

    private static String asked(String text, Number needed) {
        var roles = List.of(text.split(", "));
        if (needed == null || needed.intValue() == roles.size()) {
            return String.join(" and ", roles);
        }
        assertThat(needed.intValue()).as("needed of %s", roles).isBetween(1, roles.size());
        return needed + " of " + text;
    }

    static List<Arguments> followUps() {
        return FollowUpCalls.all().stream()
                .map(call -> Arguments.of(call.workflow(), call.step()))
                .toList();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("followUps")
    void names_somebody_for_each_follow_up_until_nobody_is_left_to_hand_it_to(String workflow, String step) {
        var table = DecisionTable.of(workflow + ".follow-up");
        var whenOverdue = "escalate";
        for (var escalation = 0; whenOverdue.equals("escalate"); escalation++) {
            assertThat(escalation).as("escalations of %s", step).isLessThan(10);
            var rows = table.answersTo(Map.of("step", step, "escalation", escalation));
            assertThat(rows)
                    .as("who does %s at escalation %s", step, escalation)
                    .isNotEmpty();
            for (var row : rows) {
                assertThat(row.keySet())
                        .startsWith("role", "remindAfter", "completeWithin", "whenOverdue")
                        .isSubsetOf("role", "remindAfter", "completeWithin", "whenOverdue", "countedIn");
                assertThat(row.getOrDefault("countedIn", "workingTime")).isIn("workingTime", "calendarTime");
            }
            whenOverdue = rows.stream().anyMatch(row -> "escalate".equals(row.get("whenOverdue")))
                    ? "escalate"
                    : String.valueOf(rows.get(0).get("whenOverdue"));
            assertThat(whenOverdue).isIn("escalate", "keep", "lapse");
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("followUps")
    void has_a_form_for_each_follow_up(String workflow, String step) {
        assertThat(Path.of("forms", workflow + "." + FollowUpCalls.kebabCase(step) + ".form"))
                .exists();
    }

    /** Below, at and above each amount at which the table changes its mind. */
    private static Set<Double> amountsAround(DecisionTable authority) {
        var amounts = new TreeSet<>(Set.of(0.0));
        authority
                .amount()
                .map(authority::numbersIn)
                .orElse(Set.of())
                .forEach(limit -> amounts.addAll(List.of(limit - 0.01, limit, limit + 0.01)));
        return amounts;
    }

    @ParameterizedTest
    @MethodSource("checks")
    void has_no_gap_and_passes_nothing_that_it_holds(DecisionTable check) {
        var values = new LinkedHashMap<String, List<Object>>();
        for (var given : check.cases()) {
            given.facts().forEach((name, value) -> {
                if (value != null) {
                    values.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
                }
            });
        }
        var random = new Random(42);

        for (var i = 0; i < 500; i++) {
            var facts = new HashMap<String, Object>();
            values.forEach((name, seen) -> facts.put(name, seen.get(random.nextInt(seen.size()))));
            var codes = check.answer(facts).rows().stream()
                    .map(row -> row.get("hold"))
                    .toList();
            assertThat(codes).as("answer to %s", facts).isNotEmpty().doesNotHaveDuplicates();
            if (codes.contains(PASS)) {
                assertThat(codes).as("answer to %s", facts).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void is_silent_where_facts_or_thresholds_are_missing(DecisionTable check) {
        var usesThresholds = check.mentioned().stream().anyMatch(name -> name.startsWith("thresholds."));
        for (var given : check.cases()) {
            var nothing = new HashMap<String, Object>();
            given.facts().keySet().forEach(name -> nothing.put(name, null));
            assertThat(check.answer(nothing).rules()).as("rules on no facts").isEmpty();
            assertThat(check.answer(Map.of()).rules()).as("rules on nothing").isEmpty();

            if (usesThresholds) {
                var without = new HashMap<>(given.facts());
                without.remove("thresholds");
                assertThat(check.answer(without).rows())
                        .as("answer to %s", without)
                        .noneMatch(row -> PASS.equals(row.get("hold")));
            }
        }
    }

    private static Map<String, String> documented(String column) {
        return Markdown.table(HOLD_REASONS, "Code").stream()
                .collect(Collectors.toMap(row -> row.get("Code"), row -> row.get(column)));
    }

    private static String unquoted(String text) {
        return text.strip().replaceAll("^\"|\"$", "");
    }
}
