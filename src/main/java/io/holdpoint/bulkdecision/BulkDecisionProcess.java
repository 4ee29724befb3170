package io.holdpoint.bulkdecision;

import io.holdpoint.engine.ProcessVariable;
import java.util.ArrayList;
import org.camunda.spin.plugin.variable.value.JsonValue;

/** The names this package and processes/bulk-decision.bpmn have in common. */
final class BulkDecisionProcess {

    static final String KEY = "bulk-decision";
    static final String CHOOSE_HOLDS = "userTask_chooseHolds";

    /** Who began it, and whose tasks these are. */
    static final ProcessVariable<String> PERSON = ProcessVariable.of("person", String.class);

    // entered by the person
    /** What all chosen holds have in common: workflow, code, severity and company. */
    static final ProcessVariable<Object> RULE = ProcessVariable.of("rule", Object.class);

    static final ProcessVariable<Object> ALL_LISTED = ProcessVariable.of("allListed", Object.class);
    /** Ids of the tasks that ask about the chosen holds. */
    static final ProcessVariable<Object> DOCUMENTS = ProcessVariable.of("documents", Object.class);

    static final ProcessVariable<Object> DECISION = ProcessVariable.of("decision", Object.class);
    static final ProcessVariable<Object> REASON = ProcessVariable.of("reason", Object.class);

    // for the model and for people to read; what counts is the record
    static final ProcessVariable<JsonValue> RULES = ProcessVariable.of("rules", JsonValue.class);
    static final ProcessVariable<JsonValue> OFFERED = ProcessVariable.of("offered", JsonValue.class);
    static final ProcessVariable<ArrayList> CHOSEN = ProcessVariable.of("chosen", ArrayList.class);
    static final ProcessVariable<Boolean> ANY_CHOSEN = ProcessVariable.of("anyChosen", Boolean.class);
    /** The one that a step decides, by the id of its task. */
    static final ProcessVariable<String> CHOSEN_TASK = ProcessVariable.of("chosenTask", String.class);

    static final ProcessVariable<String> SUMMARY = ProcessVariable.of("summaryText", String.class);
    static final ProcessVariable<JsonValue> RESULTS = ProcessVariable.of("results", JsonValue.class);

    private BulkDecisionProcess() {}
}
