package io.holdpoint.hold;

import io.holdpoint.engine.CaseLifecycle;
import io.holdpoint.engine.DecisionTables;
import io.holdpoint.engine.DecisionTables.Answer;
import io.holdpoint.engine.DecisionTables.Evaluation;
import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Asks the decision tables of a workflow about the facts of a case and brings its holds in line with the answers.
 *
 * <p>Which tables are asked, and in which order, is written in the model: the process property {@code decisions}. A
 * table whose rules answer {@code exempt} lifts the named holds; one that answers {@code hold} finds holds; any other
 * gives terms to the tables after it, under the last part of its name.
 */
@Component
public class PolicyCheck {

    static final String DECISIONS_PROPERTY = "decisions";

    /** The answer of a rule that lets the document pass. */
    static final String PASS = "NONE";

    /** A table that was asked and said nothing: never a pass, always a hold for operations. */
    static final String POLICY_SILENT = "POLICY_SILENT";

    private static final String FORCED = "forced";

    private final DecisionTables tables;
    private final CaseFacts caseFacts;
    private final Holds holds;
    private final PolicyRecord record;
    private final RuntimeService runtime;
    /** By the id of the process definition, which stands for one version for ever. */
    private final Map<String, List<String>> decisions = new ConcurrentHashMap<>();

    PolicyCheck(
            DecisionTables tables,
            CaseFacts caseFacts,
            Holds holds,
            PolicyRecord record,
            @Lazy RuntimeService runtime) {
        this.tables = tables;
        this.caseFacts = caseFacts;
        this.holds = holds;
        this.record = record;
        this.runtime = runtime;
    }

    /**
     * Judges the case on its latest facts and returns the ids of the holds that were opened now. People who are asked
     * about a hold whose numbers changed, or whose cause went away, are told.
     */
    public List<String> check(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var facts = caseFacts.get(caseId);
        var round = record.nextRound(caseId);
        var judgement = new Judgement(facts, tables.newest(CaseLifecycle.workflowOf(execution) + '.'));
        decisions(execution).forEach(judgement::ask);
        var findings = List.copyOf(judgement.findings.values());
        record.record(
                caseId,
                document,
                execution.getCurrentActivityId(),
                round,
                judgement.evaluations,
                judgement.terms,
                findings);
        var result = holds.reconcile(caseId, document, facts.party().toString(), round, findings);
        result.changed().forEach(hold -> tell(hold, HoldResolutionProcess.CAUSE_CHANGED));
        result.gone().forEach(hold -> tell(hold, HoldResolutionProcess.CAUSE_GONE));
        return result.added().stream().map(Hold::id).toList();
    }

    /**
     * Tells the instance that asks about a hold. Where it is not waiting just now, this job fails and is tried again.
     */
    private void tell(Hold hold, String message) {
        holds.resolutionOf(hold)
                .ifPresent(instance -> runtime.createMessageCorrelation(message)
                        .processInstanceId(instance)
                        .correlate());
    }

    private List<String> decisions(DelegateExecution execution) {
        return decisions.computeIfAbsent(execution.getProcessDefinitionId(), id -> named(execution));
    }

    private static List<String> named(DelegateExecution execution) {
        return execution.getBpmnModelInstance().getModelElementsByType(CamundaProperty.class).stream()
                .filter(property -> DECISIONS_PROPERTY.equals(property.getCamundaName()))
                .map(CamundaProperty::getCamundaValue)
                .findFirst()
                .map(names -> List.of(names.strip().split("[,\\s]+")))
                .orElseThrow(() -> new IllegalStateException("The process " + execution.getProcessDefinitionId()
                        + " names no decision tables: give it the property '" + DECISIONS_PROPERTY + "'."));
    }

    /** One pass through the tables. */
    private final class Judgement {

        private final Facts facts;
        private final DecisionTables.Newest newest;
        private final Map<String, @Nullable Object> inputs;
        private final Map<String, Object> terms = new LinkedHashMap<>();
        private final Set<String> exempt = new HashSet<>();
        private final List<Evaluation> evaluations = new ArrayList<>();
        private final Map<String, Finding> findings = new LinkedHashMap<>();

        Judgement(Facts facts, DecisionTables.Newest newest) {
            this.facts = facts;
            this.newest = newest;
            this.inputs = new HashMap<>(facts.inputs());
        }

        void ask(String decision) {
            var evaluation = newest.evaluate(decision, inputs);
            evaluations.add(evaluation);
            var answers = evaluation.answers();
            if (decision.endsWith(".exemption")) {
                answers.forEach(answer -> exempt.addAll(codes(answer.outputs().get("exempt"))));
            } else if (answers.isEmpty()) {
                findings.putIfAbsent(POLICY_SILENT, silent(evaluation));
            } else if (answers.get(0).outputs().containsKey("hold")) {
                answers.forEach(answer -> find(evaluation, answer));
            } else {
                var name = decision.substring(decision.lastIndexOf('.') + 1);
                inputs.put(name, answers.get(0).outputs());
                terms.put(name, answers.get(0).outputs());
            }
        }

        private void find(Evaluation evaluation, Answer answer) {
            var code = String.valueOf(answer.outputs().get("hold"));
            var severity = String.valueOf(answer.outputs().get("severity"));
            if (code.equals(PASS) || (exempt.contains(code) && !severity.equals(FORCED))) {
                return;
            }
            var measure = String.valueOf(answer.outputs().get("measure"));
            var fact = facts.values().get(measure);
            var measured = fact != null && fact.value() instanceof Number number ? number.doubleValue() : 0;
            var allowed = answer.outputs().get("limit") instanceof Number limit ? (Double) limit.doubleValue() : null;
            findings.putIfAbsent(
                    code,
                    new Finding(
                            code,
                            severity,
                            answer.sentence(),
                            measure,
                            measured,
                            fact == null ? null : fact.since(),
                            allowed,
                            table(evaluation),
                            answer.rule(),
                            looked(answer.tested())));
        }

        private Finding silent(Evaluation evaluation) {
            var sentence = "The policy table " + evaluation.decision()
                    + " has no rule for this document. Silence of policy is never a pass.";
            return new Finding(
                    POLICY_SILENT,
                    "blocking",
                    sentence,
                    "",
                    0,
                    null,
                    null,
                    table(evaluation),
                    "",
                    looked(evaluation.inputs()));
        }

        private List<Finding.Looked> looked(List<DecisionTables.Input> inputs) {
            return inputs.stream()
                    .filter(input -> input.value() != null)
                    .map(input -> new Finding.Looked(input.label(), input.name(), text(input)))
                    .toList();
        }

        /** With its unit where the column is a fact; plain where the table computes it. */
        private String text(DecisionTables.Input input) {
            if (facts.values().containsKey(input.name())) {
                return facts.text(input.name());
            }
            return input.value() instanceof Number number
                    ? Facts.format("#,##0.##", number.doubleValue())
                    : String.valueOf(input.value());
        }

        private static String table(Evaluation evaluation) {
            return evaluation.decision() + " v" + evaluation.version();
        }

        private static List<String> codes(@Nullable Object exempt) {
            if (exempt instanceof Iterable<?> many) {
                return StreamSupport.stream(many.spliterator(), false)
                        .map(String::valueOf)
                        .toList();
            }
            return exempt == null
                    ? List.of()
                    : List.of(exempt.toString().strip().split("[,\\s]+"));
        }
    }
}
