package io.holdpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.engine.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps the pages in step with models and code.
 *
 * <p>{@code ./mvnw test -Dtest=DocsTest -Ddocs=write} writes the generated parts anew; the words around them are
 * people's.
 */
class DocsTest {

    private static final Path CONVENTIONS = Path.of("docs", "conventions.md");
    private static final Pattern FACT = Pattern.compile("values\\.put\\(\\s*\"(\\w+)\"");
    /** What the authority table is asked about besides the facts of the document. */
    private static final Set<String> OF_A_HOLD = Set.of("hold", "step", "escalation");

    static List<Path> processes() {
        return ProjectVocabulary.files(Path.of("processes"), ".bpmn");
    }

    static List<Path> processesWithPolicy() {
        return processes().stream()
                .filter(process -> !tables(process).isEmpty())
                .toList();
    }

    private static List<DecisionTable> tables(Path process) {
        return WorkflowPage.decisions(
                Bpmn.readModelFromFile(process.toFile()), ProjectVocabulary.baseName(process, ".bpmn"));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("processes")
    void each_process_has_a_page_that_shows_it_as_it_is(Path process) throws IOException {
        var page = WorkflowPage.of(process);
        assertThat(page).exists();
        var text = Files.readString(page);

        var current = WorkflowPage.current(text, process);

        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(page, current);
        } else {
            assertThat(text)
                    .as("generated parts of %s; -Ddocs=write brings them up to date", page)
                    .isEqualTo(current);
        }
        assertThat(WorkflowPage.parts(
                                Bpmn.readModelFromFile(process.toFile()), ProjectVocabulary.baseName(process, ".bpmn"))
                        .keySet())
                .as("generated parts that have their place on %s", page)
                .allMatch(part -> text.contains("<!-- " + part + " -->\n"));
    }

    @Test
    void notices_a_page_that_is_behind_its_model() {
        var sample = Path.of("src", "test", "resources", "models", "sample-process.bpmn");
        var page = "Before\n<!-- tasks -->\n| Task |\n| Something else |\n<!-- end -->\nAfter\n";

        var current = WorkflowPage.current(page, sample);

        assertThat(current).isEqualTo("""
                        Before
                        <!-- tasks -->
                        | Task | Who | What to do |
                        |---|---|---|
                        | Decide | `sales` | You decide whether the order may go on. |
                        <!-- end -->
                        After
                        """);
        assertThat(WorkflowPage.current(current, sample)).isEqualTo(current);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("processesWithPolicy")
    void each_rule_says_where_its_values_come_from(Path process) {
        var documented = Markdown.table(WorkflowPage.of(process), "Table and rules").stream()
                .flatMap(row -> {
                    var tableAndRules = row.get("Table and rules").split(":\\s*");
                    assertThat(row.get("Grade")).as("grade of %s", row).isIn("V", "P", "R", "S", "D");
                    assertThat(row.get("Source")).as("source of %s", row).isNotBlank();
                    return Arrays.stream(tableAndRules[1].split(",\\s*")).map(rule -> tableAndRules[0] + ": " + rule);
                })
                .toList();
        var rules = tables(process).stream()
                .flatMap(table -> table.rules().stream()
                        .map(rule -> table.id().substring(table.workflow().length() + 1) + ": " + rule.getId()))
                .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(rules);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("processesWithPolicy")
    void lists_the_facts_that_code_reads(Path process) throws IOException {
        var workflow = ProjectVocabulary.baseName(process, ".bpmn");
        var code = new TreeSet<String>();
        try (var files = Files.list(Path.of("src", "main", "java", "io", "holdpoint", workflow.replace("-", "")))) {
            files.forEach(file ->
                    FACT.matcher(ProjectVocabulary.read(file)).results().forEach(fact -> code.add(fact.group(1))));
        }

        var page = new TreeSet<>(DecisionTable.facts(workflow).keySet());
        page.removeAll(OF_A_HOLD);
        assertThat(page).isEqualTo(code);
    }

    @Test
    void lists_the_groups_that_exist() {
        var groups =
                Arrays.stream(Role.values()).collect(Collectors.toMap(Role::id, role -> role.decides() ? "yes" : "no"));

        assertThat(Markdown.table(CONVENTIONS, "Group").stream()
                        .collect(Collectors.toMap(row -> row.get("Group"), row -> row.get("Decides"))))
                .isEqualTo(Map.copyOf(groups));
    }
}
