package io.holdpoint.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedInput;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.dmn.DecisionEvaluationBuilder;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.InputClause;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Evaluates the newest version of a decision table and says which rules answered, in which version and with which
 * sentence of policy. The engine's own history gets the same evaluation.
 */
@Component
public class DecisionTables {

    private final DecisionService decisions;
    private final RepositoryService repository;
    private final EvaluationListener evaluations;
    /** By the id of their definition, which stands for one version for ever. */
    private final Map<String, Table> tables = new ConcurrentHashMap<>();

    DecisionTables(
            @Lazy DecisionService decisions, @Lazy RepositoryService repository, EvaluationListener evaluations) {
        this.decisions = decisions;
        this.repository = repository;
        this.evaluations = evaluations;
    }

    /**
     * One evaluation of one table.
     *
     * @param version the deployed version that answered
     * @param inputs what the table looked at, column by column
     */
    public record Evaluation(
            String decision, int version, String definitionId, List<Input> inputs, List<Answer> answers) {}

    /**
     * @param name the expression of the column, as a rule the name of a fact
     * @param value what the expression came to, as the table saw it
     */
    public record Input(String label, String name, @Nullable Object value) {}

    /**
     * @param sentence the rule's sentence of policy, as its author wrote it
     * @param tested the columns for which this rule has a condition
     */
    public record Answer(String rule, String sentence, List<Input> tested, Map<String, @Nullable Object> outputs) {}

    /**
     * @throws Unretryable when no such decision is deployed, or its table contradicts itself or cannot be read: that
     *     stays so until its owner deploys another
     */
    public Evaluation evaluate(String decision, Map<String, ? extends @Nullable Object> inputs) {
        return evaluation(decision, () -> decisions.evaluateDecisionTableByKey(decision), inputs);
    }

    /**
     * The newest versions of all tables whose names begin like this, looked up together instead of one by one. To be
     * used within one command of the engine: what is deployed later, it does not know.
     */
    public Newest newest(String prefix) {
        var definitions = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKeyLike(prefix + '%')
                .latestVersion()
                .list();
        return new Newest(
                definitions.stream().collect(Collectors.toMap(DecisionDefinition::getKey, DecisionDefinition::getId)));
    }

    /** Tables in the versions that were the newest when they were looked up. */
    public final class Newest {

        private final Map<String, String> ids;

        private Newest(Map<String, String> ids) {
            this.ids = Map.copyOf(ids);
        }

        /** The ids of these versions, by the name of the table. */
        public Map<String, String> definitions() {
            return ids;
        }

        /** As {@link DecisionTables#evaluate}; a table that was not looked up is looked up now. */
        public Evaluation evaluate(String decision, Map<String, ? extends @Nullable Object> inputs) {
            var id = ids.get(decision);
            return id == null
                    ? DecisionTables.this.evaluate(decision, inputs)
                    : evaluation(decision, () -> decisions.evaluateDecisionTableById(id), inputs);
        }
    }

    private Evaluation evaluation(
            String decision,
            Supplier<DecisionEvaluationBuilder> question,
            Map<String, ? extends @Nullable Object> inputs) {
        var event = evaluations.during(() -> ask(decision, question.get().variables(copy(inputs))));
        var definition = (DecisionDefinition) event.getDecisionTable();
        var table = tables.computeIfAbsent(definition.getId(), id -> Table.of(repository.getDmnModelInstance(id)));
        var inputColumns = event.getInputs().stream().map(table::input).toList();
        var answers = new ArrayList<Answer>();
        for (var rule : event.getMatchingRules()) {
            var outputs = new LinkedHashMap<String, @Nullable Object>();
            rule.getOutputEntries()
                    .forEach((name, output) ->
                            outputs.put(name, output.getValue().getValue()));
            answers.add(new Answer(
                    rule.getId(),
                    table.sentence(rule.getId()),
                    table.tested(rule.getId()).stream().map(inputColumns::get).toList(),
                    Collections.unmodifiableMap(outputs)));
        }
        return new Evaluation(
                decision, definition.getVersion(), definition.getId(), inputColumns, List.copyOf(answers));
    }

    private static void ask(String decision, DecisionEvaluationBuilder question) {
        try {
            question.evaluate();
        } catch (ProcessEngineException e) {
            var fault = fault(e);
            if (fault == null) {
                throw e;
            }
            throw new Unretryable(
                    "The decision table " + decision + " cannot answer until its owner mends and deploys it; then raise"
                            + " the retries of this step in Cockpit. What is wrong: " + fault.getMessage(),
                    e);
        }
    }

    /** What is wrong with the table itself; null when it is something else that failed. */
    private static @Nullable Throwable fault(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotFoundException
                    || cause instanceof DmnEngineException
                    || cause instanceof FeelException) {
                return cause;
            }
        }
        return null;
    }

    private static Map<String, Object> copy(Map<String, ? extends @Nullable Object> inputs) {
        return new LinkedHashMap<>(inputs);
    }

    /**
     * What the words of one version of a table are; the engine tells only ids.
     *
     * @param names the expression of each column by its id
     * @param rules by id
     */
    private record Table(Map<String, String> names, Map<String, Words> rules) {

        /** @param tested the places of the columns for which the rule has a condition */
        private record Words(String sentence, List<Integer> tested) {}

        static Table of(DmnModelInstance model) {
            var names = new HashMap<String, String>();
            for (var column : model.getModelElementsByType(InputClause.class)) {
                var expression = column.getInputExpression();
                if (expression != null && expression.getText() != null) {
                    names.put(
                            column.getId(),
                            expression.getText().getTextContent().strip());
                }
            }
            var rules = new HashMap<String, Words>();
            for (var rule : model.getModelElementsByType(Rule.class)) {
                rules.put(rule.getId(), new Words(sentence(rule), tested(rule)));
            }
            return new Table(names, rules);
        }

        private static String sentence(Rule rule) {
            return rule.getDescription() == null
                    ? rule.getId()
                    : rule.getDescription().getTextContent().strip();
        }

        private static List<Integer> tested(Rule rule) {
            var cells = List.copyOf(rule.getInputEntries());
            return IntStream.range(0, cells.size())
                    .filter(column -> {
                        var condition =
                                cells.get(column).getText().getTextContent().strip();
                        return !condition.isEmpty() && !condition.equals("-");
                    })
                    .boxed()
                    .toList();
        }

        Input input(DmnEvaluatedInput seen) {
            var name = names.getOrDefault(seen.getId(), seen.getInputVariable());
            return new Input(
                    seen.getName() == null ? name : seen.getName(),
                    name,
                    seen.getValue() == null ? null : seen.getValue().getValue());
        }

        String sentence(String rule) {
            var words = rules.get(rule);
            return words == null ? rule : words.sentence();
        }

        List<Integer> tested(String rule) {
            var words = rules.get(rule);
            return words == null ? List.of() : words.tested();
        }
    }

    /** Hears each evaluation of the process engine's DMN engine and keeps the one that this thread asked for. */
    @Component
    static class EvaluationListener implements DmnDecisionTableEvaluationListener {

        private final ThreadLocal<List<DmnDecisionTableEvaluationEvent>> heard = new ThreadLocal<>();

        @Override
        public void notify(DmnDecisionTableEvaluationEvent event) {
            var events = heard.get();
            if (events != null) {
                events.add(event);
            }
        }

        DmnDecisionTableEvaluationEvent during(Runnable evaluation) {
            heard.set(new ArrayList<>());
            try {
                evaluation.run();
                // Required decisions are heard first; the one that was asked for comes last.
                return heard.get().get(heard.get().size() - 1);
            } finally {
                heard.remove();
            }
        }
    }
}
