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
    /** Only for cases that began with a model whose timers count by the clock: how long that is until the moment. */
    static final ProcessVariable<String> REMIND_AFTER = ProcessVariable.of("remindAfter", String.class);
    /** As {@link #REMIND_AFTER}. */
    static final ProcessVariable<String> COMPLETE_WITHIN = ProcessVariable.of("completeWithin", String.class);

    static final ProcessVariable<Date> REMIND_AT = ProcessVariable.of("remindAt", Date.class);
    static final ProcessVariable<String> WHEN_OVERDUE = ProcessVariable.of("whenOverdue", String.class);
    static final ProcessVariable<Date> COMPLETE_BY = ProcessVariable.of("completeBy", Date.class);

    /** When its delay is noted: by when it is to be done, and where that has passed, once more as long after. */
    static final ProcessVariable<Date> OVERDUE_AT = ProcessVariable.of("overdueAt", Date.class);

    static final ProcessVariable<Integer> PRIORITY = ProcessVariable.of("priority", Integer.class);
    static final ProcessVariable<String> TASK_TITLE = ProcessVariable.of("taskTitle", String.class);
    static final ProcessVariable<String> ANSWER = ProcessVariable.of("answer", String.class);

    private FollowUpProcess() {}
}
