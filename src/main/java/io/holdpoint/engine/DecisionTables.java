package io.holdpoint.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedInput;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
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
        var event = evaluations.during(() -> ask(decision, copy(inputs)));
        var definition = (DecisionDefinition) event.getDecisionTable();
        var model = repository.getDmnModelInstance(definition.getId());
        var inputColumns = inputsOf(model, event);
        var answers = new ArrayList<Answer>();
        for (var rule : event.getMatchingRules()) {
            var outputs = new LinkedHashMap<String, @Nullable Object>();
            rule.getOutputEntries()
                    .forEach((name, output) ->
                            outputs.put(name, output.getValue().getValue()));
            answers.add(new Answer(
                    rule.getId(),
                    sentence(model, rule.getId()),
                    tested(model, rule.getId(), inputColumns),
                    Collections.unmodifiableMap(outputs)));
        }
        return new Evaluation(
                decision, definition.getVersion(), definition.getId(), inputColumns, List.copyOf(answers));
    }

    private void ask(String decision, Map<String, Object> inputs) {
        try {
            decisions.evaluateDecisionTableByKey(decision).variables(inputs).evaluate();
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

    private static String sentence(DmnModelInstance model, String ruleId) {
        var rule = model.getModelElementById(ruleId);
        if (rule instanceof Rule described && described.getDescription() != null) {
            return described.getDescription().getTextContent().strip();
        }
        return ruleId;
    }

    private static List<Input> tested(DmnModelInstance model, String ruleId, List<Input> columns) {
        var tested = new ArrayList<Input>();
        if (model.getModelElementById(ruleId) instanceof Rule rule) {
            var cells = List.copyOf(rule.getInputEntries());
            for (int column = 0; column < cells.size(); column++) {
                var condition = cells.get(column).getText().getTextContent().strip();
                if (!condition.isEmpty() && !condition.equals("-")) {
                    tested.add(columns.get(column));
                }
            }
        }
        return List.copyOf(tested);
    }

    private static List<Input> inputsOf(DmnModelInstance model, DmnDecisionTableEvaluationEvent event) {
        return event.getInputs().stream().map(seen -> input(model, seen)).toList();
    }

    private static Input input(DmnModelInstance model, DmnEvaluatedInput seen) {
        var column = model.getModelElementById(seen.getId());
        var name = column instanceof InputClause input
                ? input.getInputExpression().getText().getTextContent().strip()
                : seen.getInputVariable();
        return new Input(
                seen.getName() == null ? name : seen.getName(),
                name,
                seen.getValue() == null ? null : seen.getValue().getValue());
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
