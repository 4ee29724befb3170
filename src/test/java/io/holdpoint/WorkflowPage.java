package io.holdpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/** The parts of a workflow's page that follow from its models, between markers such as {@code <!-- tasks -->}. */
final class WorkflowPage {

    private static final String END = "<!-- end -->";

    private WorkflowPage() {}

    static Path of(Path process) {
        return Path.of("docs", "workflows", ProjectVocabulary.baseName(process, ".bpmn") + ".md");
    }

    /** The page with its generated parts as the models have them now. */
    static String current(String page, Path process) {
        var model = Bpmn.readModelFromFile(process.toFile());
        var text = page;
        for (var part :
                parts(model, ProjectVocabulary.baseName(process, ".bpmn")).entrySet()) {
            var marker = "<!-- " + part.getKey() + " -->";
            text = Pattern.compile(Pattern.quote(marker) + "\n.*?" + Pattern.quote(END), Pattern.DOTALL)
                    .matcher(text)
                    .replaceAll(Matcher.quoteReplacement(marker + "\n" + part.getValue() + END));
        }
        return text;
    }

    /** The parts by marker; an empty one has no place on the page. */
    static Map<String, String> parts(BpmnModelInstance model, String workflow) {
        var tables = decisions(model, workflow);
        var parts = new LinkedHashMap<String, String>();
        parts.put("tasks", table("Task|Who|What to do", tasks(model)));
        parts.put("deadlines", table("When|After|What happens", deadlines(model)));
        parts.put(
                "decisions",
                table(
                        "Table|Question|Looks at|Rules",
                        tables.stream().map(WorkflowPage::decision).toList()));
        parts.put(
                "rules",
                table(
                        "Table|Rule|Sentence of policy",
                        tables.stream().flatMap(WorkflowPage::rules).toList()));
        parts.values().removeIf(String::isEmpty);
        return parts;
    }

    static List<DecisionTable> decisions(BpmnModelInstance model, String workflow) {
        var named = model.getModelElementsByType(CamundaProperty.class).stream()
                .filter(property -> property.getCamundaName().equals("decisions"))
                .flatMap(property ->
                        Arrays.stream(property.getCamundaValue().strip().split("[,\\s]+")));
        var others = ProjectVocabulary.files(DecisionTable.FOLDER, ".dmn").stream()
                .map(file -> ProjectVocabulary.baseName(file, ".dmn"))
                .filter(id -> id.startsWith(workflow + "."));
        return Stream.concat(named, others)
                .distinct()
                .filter(id -> ProjectVocabulary.files(DecisionTable.FOLDER, id + ".dmn")
                                .size()
                        == 1)
                .map(DecisionTable::of)
                .toList();
    }

    private static List<String> tasks(BpmnModelInstance model) {
        return model.getModelElementsByType(UserTask.class).stream()
                .map(task -> row(
                        task.getName(),
                        task.getCamundaCandidateGroupsList().isEmpty()
                                ? "whoever began"
                                : task.getCamundaCandidateGroupsList().stream()
                                        .map(group -> group.contains("{") ? "whom the table names" : "`" + group + "`")
                                        .collect(Collectors.joining(", ")),
                        documentation(task)))
                .toList();
    }

    private static List<String> deadlines(BpmnModelInstance model) {
        var rows = new ArrayList<String>();
        for (var timer : model.getModelElementsByType(TimerEventDefinition.class)) {
            var event = (CatchEvent) timer.getParentElement();
            var time = Stream.of(timer.getTimeDuration(), timer.getTimeDate(), timer.getTimeCycle())
                    .filter(given -> given != null)
                    .map(given -> given.getTextContent().strip())
                    .collect(Collectors.joining());
            var next = event.getOutgoing().stream()
                    .map(flow -> flow.getTarget().getName())
                    .collect(Collectors.joining(", "));
            var what = event instanceof BoundaryEvent boundary
                    ? boundary.getAttachedTo().getName()
                            + (boundary.cancelActivity() ? " ends: " : " stays open: ")
                            + next
                    : next;
            rows.add(row(event.getName(), time.contains("{") ? "as the table says" : "`" + time + "`", what));
        }
        return rows;
    }

    private static String decision(DecisionTable table) {
        return row(
                "[`" + table.id() + "`](../../dmn/" + table.id() + ".dmn), [cases](../../dmn/" + table.id()
                        + ".cases.csv)",
                table.decision().getDescription().getTextContent().strip(),
                table.table().getInputs().stream()
                        .map(input -> input.getLabel())
                        .collect(Collectors.joining(" · ")),
                String.valueOf(table.rules().size()));
    }

    private static Stream<String> rules(DecisionTable table) {
        return table.rules().stream()
                .map(rule -> row(
                        table.id().substring(table.workflow().length() + 1),
                        "`" + rule.getId() + "`",
                        rule.getDescription().getTextContent().strip()));
    }

    private static String documentation(BaseElement element) {
        return element.getDocumentations().stream()
                .map(text -> text.getTextContent().strip())
                .collect(Collectors.joining(" "));
    }

    private static String row(String... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell.replaceAll("\\s+", " ").replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String table(String headings, List<String> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        var columns = headings.split("\\|");
        return row(columns) + "|" + "---|".repeat(columns.length) + "\n" + String.join("", rows);
    }
}
