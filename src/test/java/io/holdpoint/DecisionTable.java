package io.holdpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.jspecify.annotations.Nullable;

/** A decision table from dmn/, the facts it may use and the cases beside it. */
final class DecisionTable {

    static final Path FOLDER = Path.of("dmn");

    private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*(?:\\.\\w+)?");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Set<String> WORDS = Set.of("not", "true", "false", "null", "and", "or", "if", "then", "else");

    private static final List<DmnDecisionTableEvaluationEvent> HEARD = new ArrayList<>();
    private static final DmnEngine ENGINE = engine();

    private final Path file;
    private final DmnModelInstance model;
    private final DmnDecision parsed;

    private DecisionTable(Path file) {
        this.file = file;
        this.model = Dmn.readModelFromFile(file.toFile());
        this.parsed = ENGINE.parseDecision(id(), model);
    }

    static DecisionTable of(String id) {
        return new DecisionTable(FOLDER.resolve(id + ".dmn"));
    }

    static List<DecisionTable> all() {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".dmn"))
                    .sorted()
                    .map(DecisionTable::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's base name, which the decision's id has to equal. */
    String id() {
        return file.getFileName().toString().replaceFirst("\\.dmn$", "");
    }

    String workflow() {
        return id().substring(0, id().indexOf('.'));
    }

    /** A check answers with holds; other tables answer with thresholds, exemptions or people. */
    boolean isCheck() {
        return table().getOutputs().stream().anyMatch(output -> "hold".equals(output.getName()));
    }

    Path file() {
        return file;
    }

    Path casesFile() {
        return FOLDER.resolve(id() + ".cases.csv");
    }

    Decision decision() {
        return model.getModelElementsByType(Decision.class).iterator().next();
    }

    org.camunda.bpm.model.dmn.instance.DecisionTable table() {
        return model.getModelElementsByType(org.camunda.bpm.model.dmn.instance.DecisionTable.class)
                .iterator()
                .next();
    }

    DmnModelInstance model() {
        return model;
    }

    List<Rule> rules() {
        return List.copyOf(table().getRules());
    }

    List<String> outputs() {
        return table().getOutputs().stream().map(output -> output.getName()).toList();
    }

    /** Names of the facts and thresholds that the table mentions anywhere outside of quoted text. */
    Set<String> mentioned() {
        return model.getModelElementsByType(Text.class).stream()
                .map(text -> TEXT.matcher(text.getTextContent()).replaceAll(""))
                .flatMap(text -> NAME.matcher(text).results().map(match -> match.group()))
                .filter(name -> !WORDS.contains(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The quoted texts that a column of outputs can answer with. */
    Set<String> answers(String output) {
        var column = outputs().indexOf(output);
        return rules().stream()
                .map(rule -> List.copyOf(rule.getOutputEntries()).get(column).getTextContent())
                .flatMap(cell -> TEXT.matcher(cell).results().map(match -> match.group()))
                .map(text -> text.substring(1, text.length() - 1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The numbers that the column looking at this fact compares with, thresholds as the last company has them. */
    Set<Double> numbersIn(String fact) {
        var inputs = List.copyOf(table().getInputs());
        var column = inputs.stream()
                .map(input ->
                        input.getInputExpression().getText().getTextContent().strip())
                .toList()
                .indexOf(fact);
        return rules().stream()
                .map(rule -> List.copyOf(rule.getInputEntries()).get(column).getTextContent())
                .map(this::withThresholds)
                .flatMap(cell -> NUMBER.matcher(cell).results().map(match -> Double.valueOf(match.group())))
                .collect(Collectors.toSet());
    }

    private String withThresholds(String cell) {
        return cell.contains("thresholds.")
                ? NAME.matcher(cell)
                        .replaceAll(match -> String.valueOf(defaultThresholds(workflow())
                                .getOrDefault(match.group().replaceFirst("^thresholds\\.", ""), match.group())))
                : cell;
    }

    /** The amount that a table of authority looks at besides the hold; empty when it looks at none. */
    Optional<String> amount() {
        return table().getInputs().stream()
                .map(input ->
                        input.getInputExpression().getText().getTextContent().strip())
                .filter(name -> !Set.of("hold", "step", "escalation").contains(name))
                .findFirst();
    }

    /** The rows of all cases with these inputs: whatever else the table looks at, its cases have values for. */
    List<Map<String, Object>> answersTo(Map<String, Object> inputs) {
        return cases().stream()
                .filter(given -> inputs.entrySet().stream()
                        .allMatch(input -> String.valueOf(input.getValue())
                                .equals(String.valueOf(given.facts().get(input.getKey()))
                                        .replaceAll("\\.0$", ""))))
                .flatMap(given -> answer(given.facts()).rows().stream())
                .toList();
    }

    /** The facts of a workflow by name, as its page lists them for process owners, with their type. */
    static Map<String, String> facts(String workflow) {
        return Markdown.table(Path.of("docs", "workflows", workflow + ".md"), "Fact").stream()
                .collect(Collectors.toMap(row -> row.get("Fact"), row -> row.get("Type")));
    }

    /** One line of the test list. */
    record Case(String name, Map<String, @Nullable Object> facts, Map<String, String> answer, String rules) {}

    List<Case> cases() {
        var types = facts(workflow());
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
        try {
            // Spreadsheets put a byte order mark before the first heading.
            var csv = Files.readString(casesFile()).replaceFirst("^\uFEFF", "");
            var cases = new ArrayList<Case>();
            try (var parser = format.parse(new java.io.StringReader(csv))) {
                for (var line : parser) {
                    if (!line.isConsistent()) {
                        throw new IllegalArgumentException(casesFile() + " line " + parser.getCurrentLineNumber()
                                + " has another number of cells");
                    }
                    cases.add(caseOf(line.toMap(), types));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Case caseOf(Map<String, String> line, Map<String, String> types) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        var thresholds = new LinkedHashMap<String, @Nullable Object>();
        var answer = new LinkedHashMap<String, String>();
        line.forEach((column, cell) -> {
            if (column.startsWith("-> ")) {
                answer.put(column.substring(3), cell);
            } else if (column.startsWith("thresholds.")) {
                thresholds.put(column.substring(11), cell.isEmpty() ? null : Double.valueOf(cell));
            } else if (types.containsKey(column)) {
                facts.put(column, value(types.get(column), cell));
            } else if (!column.equals("case") && !column.equals("rules")) {
                throw new IllegalArgumentException(casesFile() + ": '" + column + "' is no fact of " + workflow());
            }
        });
        if (mentioned().stream().anyMatch(name -> name.startsWith("thresholds."))) {
            var all = new LinkedHashMap<>(defaultThresholds(workflow()));
            thresholds.values().removeIf(java.util.Objects::isNull);
            all.putAll(thresholds);
            facts.put("thresholds", all);
        }
        return new Case(line.get("case"), facts, answer, line.get("rules"));
    }

    private static @Nullable Object value(String type, String cell) {
        if (cell.isEmpty()) {
            return null;
        }
        return switch (type) {
            case "yes/no" ->
                switch (cell.toLowerCase(java.util.Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException("'" + cell + "' is neither true nor false");
                };
            case "whole number" -> Integer.valueOf(cell);
            case "number" -> Double.valueOf(cell);
            case "text" -> cell;
            default -> throw new IllegalArgumentException("No fact has the type '" + type + "'");
        };
    }

    /** What the thresholds table answers for a company without a row of its own. */
    static Map<String, Object> defaultThresholds(String workflow) {
        return of(workflow + ".thresholds")
                .answer(Map.of("company", "Some company without a row"))
                .rows()
                .get(0);
    }

    /**
     * What the table answered.
     *
     * @param rules ids of the rules that answered, in the order of the table
     * @param rows the outputs of each of them
     */
    record Answer(List<String> rules, List<Map<String, Object>> rows) {

        /** One column of all rows as a cell of the test list. */
        String cell(String output) {
            return rows.stream()
                    .map(row -> text(row.get(output)))
                    .collect(Collectors.joining(" | "))
                    .strip();
        }

        private static String text(@Nullable Object value) {
            if (value == null) {
                return "";
            }
            if (value instanceof Number number) {
                return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
            }
            return value.toString();
        }
    }

    Answer answer(Map<String, ? extends @Nullable Object> facts) {
        HEARD.clear();
        ENGINE.evaluateDecisionTable(parsed, new LinkedHashMap<String, Object>(facts));
        var rules = new ArrayList<String>();
        var rows = new ArrayList<Map<String, Object>>();
        for (var rule : HEARD.get(0).getMatchingRules()) {
            rules.add(rule.getId());
            var row = new LinkedHashMap<String, Object>();
            rule.getOutputEntries()
                    .forEach((name, output) -> row.put(name, output.getValue().getValue()));
            rows.add(row);
        }
        return new Answer(rules, rows);
    }

    @Override
    public String toString() {
        return id();
    }

    private static DmnEngine engine() {
        var configuration = DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        configuration.getCustomPostDecisionTableEvaluationListeners().add(HEARD::add);
        return configuration.buildEngine();
    }
}
