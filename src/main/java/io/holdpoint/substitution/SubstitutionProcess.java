package io.holdpoint.substitution;

import io.holdpoint.engine.ProcessVariable;
import java.util.Date;

/** The names this package and processes/substitution.bpmn have in common. */
final class SubstitutionProcess {

    static final String KEY = "substitution";
    static final String END_EARLY = "userTask_endSubstitutionEarly";

    // entered by a person
    static final ProcessVariable<String> FOR_WHOM = ProcessVariable.of("forWhom", String.class);
    static final ProcessVariable<String> SUBSTITUTE = ProcessVariable.of("substitute", String.class);
    static final ProcessVariable<String> FIRST_DAY = ProcessVariable.of("firstDay", String.class);
    static final ProcessVariable<String> LAST_DAY = ProcessVariable.of("lastDay", String.class);
    static final ProcessVariable<Object> WORKFLOWS = ProcessVariable.of("workflows", Object.class);
    static final ProcessVariable<Object> UP_TO_AMOUNT = ProcessVariable.of("upToAmount", Object.class);

    // for timers and for people to read; what counts is the record
    static final ProcessVariable<String> ABSENT = ProcessVariable.of("absent", String.class);
    static final ProcessVariable<String> LEADS = ProcessVariable.of("leads", String.class);
    static final ProcessVariable<Date> BEGINS_AT = ProcessVariable.of("beginsAt", Date.class);
    static final ProcessVariable<Date> ENDS_AT = ProcessVariable.of("endsAt", Date.class);
    static final ProcessVariable<String> TASK_TITLE = ProcessVariable.of("taskTitle", String.class);
    static final ProcessVariable<String> SUMMARY = ProcessVariable.of("summaryText", String.class);

    private SubstitutionProcess() {}
}
