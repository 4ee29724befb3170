package io.holdpoint.hold;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Lays out a hold for the person who decides: the variables that forms/hold-resolution.decide.form shows. */
@Component
class HoldForm {

    private final Holds holds;
    private final Authority authority;
    private final PolicyRecord policy;
    private final WhatChanged whatChanged;
    private final Questions questions;
    private final FormRows rows;
    private final RuntimeService runtime;

    HoldForm(
            Holds holds,
            Authority authority,
            PolicyRecord policy,
            WhatChanged whatChanged,
            Questions questions,
            FormRows rows,
            @Lazy RuntimeService runtime) {
        this.holds = holds;
        this.authority = authority;
        this.policy = policy;
        this.whatChanged = whatChanged;
        this.questions = questions;
        this.rows = rows;
        this.runtime = runtime;
    }

    void fill(VariableScope scope, Hold hold, Facts facts, Authority.Question question) {
        var mandate = question.mandate();
        var brief = facts.brief();
        brief.show(scope);
        scope.setVariable("holdCode", hold.code());
        scope.setVariable("holdTitle", hold.title());
        scope.setVariable("policySentence", hold.sentence());
        scope.setVariable(
                "stepText",
                (mandate.steps() > 1 ? "Approval " + mandate.step() + " of " + mandate.steps() : "One approval")
                        + (mandate.roles().size() > 1 ? " by " + Words.lower(mandate.text()) : ""));
        scope.setVariable(
                "decideByText", question.calendar().text(question.decideBy().toInstant()));
        scope.setVariable("changes", rows.json(whatChanged.since(hold, facts, looked(hold))));
        scope.setVariable("answeredBefore", whatChanged.answeredBefore(hold));
        scope.setVariable("highValue", isHighValue(hold.caseId(), brief.amount()));
        scope.setVariable("numbers", rows.json(numbers(hold, facts)));
        scope.setVariable("lineColumns", rows.json(FormRows.columns(brief.lines())));
        scope.setVariable("lines", rows.json(FormRows.cells(brief.lines())));
        scope.setVariable("notes", rows.json(FormRows.pairs(brief.notes())));
        scope.setVariable("otherHolds", rows.json(others(hold)));
        showQuestions(scope, hold);
        // In cases that began with a model of one task, an earlier answer must not be offered as this person's own.
        List.of("decision", "reasonCode", "reason").forEach(name -> scope.setVariable(name, null));
    }

    /** Sets the variable of the whole instance, so that the tasks which are open already show it too. */
    void showQuestions(VariableScope scope, Hold hold) {
        scope.setVariable("questions", rows.json(questions.rows(hold)));
    }

    /** What the rule looked at, the measured value with its limit first. */
    private List<Map<String, String>> numbers(Hold hold, Facts facts) {
        var table = new ArrayList<Map<String, String>>();
        for (var looked : looked(hold)) {
            var isMeasure = looked.name().equals(hold.measure());
            var limit = isMeasure && hold.allowed() != null ? facts.text(hold.measure(), hold.allowed()) : "";
            table.add(isMeasure ? 0 : table.size(), row(looked.label(), looked.value(), limit));
        }
        if (table.stream().allMatch(row -> "".equals(row.get("limit"))) && hold.allowed() != null) {
            // The table looks at a difference or a ratio of it; people still see the value and its limit.
            table.add(
                    0,
                    row(
                            Words.of(hold.measure()),
                            facts.text(hold.measure(), hold.measured()),
                            facts.text(hold.measure(), hold.allowed())));
        }
        return table;
    }

    private List<Finding.Looked> looked(Hold hold) {
        return policy.findings(hold.caseId()).orElse(List.of()).stream()
                .filter(finding -> finding.code().equals(hold.code()))
                .findFirst()
                .map(Finding::inputs)
                .orElse(List.of());
    }

    /** Lets those who decide the other holds of the case see how this one stands now. */
    void tellOthers(Hold hold) {
        for (var other : holds.open(hold.caseId())) {
            holds.resolutionOf(other)
                    .filter(resolution -> !other.id().equals(hold.id()) && isRunning(resolution))
                    .ifPresent(resolution -> runtime.setVariable(resolution, "otherHolds", rows.json(others(other))));
        }
    }

    private boolean isRunning(String resolution) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceId(resolution)
                        .count()
                > 0;
    }

    private static Map<String, String> row(String label, String value, String limit) {
        return Map.of("label", label, "value", value, "limit", limit);
    }

    private List<Map<String, String>> others(Hold hold) {
        return holds.of(hold.caseId()).stream()
                .filter(other -> !other.id().equals(hold.id()) && other.state() != Hold.State.SUPERSEDED)
                .map(other -> Map.of(
                        "hold", other.title(),
                        "role",
                                authority
                                        .current(other)
                                        .map(Authority.Mandate::text)
                                        .orElse(""),
                        "state", other.state().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private boolean isHighValue(String caseId, double amount) {
        return policy.term(caseId, "thresholds", "highValue")
                .map(from -> from instanceof Number number && amount >= number.doubleValue())
                .orElse(false);
    }
}
