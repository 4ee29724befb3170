package io.holdpoint.followup;

import io.holdpoint.engine.ProcessVariable;
import java.util.Date;

/** The names this package and processes/follow-up.bpmn have in common. */
final class FollowUpProcess {

    static final String KEY = "follow-up";
    static final String DO_FOLLOW_UP = "userTask_doFollowUp";
    static final String NO_LONGER_NEEDED = "follow-up.noLongerNeeded";

    static final ProcessVariable<String> WORKFLOW = ProcessVariable.of("workflow", String.class);
    static final ProcessVariable<String> CASE_ID = ProcessVariable.of("caseId", String.class);
    static final ProcessVariable<String> STEP = ProcessVariable.of("step", String.class);
    static final ProcessVariable<String> ROLE = ProcessVariable.of("role", String.class);
    static final ProcessVariable<String> FORM = ProcessVariable.of("form", String.class);
    static final ProcessVariable<String> REMIND_AFTER = ProcessVariable.of("remindAfter", String.class);
    static final ProcessVariable<String> COMPLETE_WITHIN = ProcessVariable.of("completeWithin", String.class);
    static final ProcessVariable<String> WHEN_OVERDUE = ProcessVariable.of("whenOverdue", String.class);
    static final ProcessVariable<Date> COMPLETE_BY = ProcessVariable.of("completeBy", Date.class);
    static final ProcessVariable<Integer> PRIORITY = ProcessVariable.of("priority", Integer.class);
    static final ProcessVariable<String> TASK_TITLE = ProcessVariable.of("taskTitle", String.class);
    static final ProcessVariable<String> ANSWER = ProcessVariable.of("answer", String.class);

    private FollowUpProcess() {}
}
