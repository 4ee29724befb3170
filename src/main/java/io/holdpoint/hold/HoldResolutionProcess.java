package io.holdpoint.hold;

import io.holdpoint.engine.ProcessVariable;
import java.util.Date;

/** The names this package and processes/hold-resolution.bpmn have in common. */
final class HoldResolutionProcess {

    static final String KEY = "hold-resolution";
    static final String DECIDE_HOLD = "userTask_decideHold";
    static final String CAUSE_CHANGED = "hold-resolution.causeChanged";
    static final String CAUSE_GONE = "hold-resolution.causeGone";

    static final ProcessVariable<String> WORKFLOW = ProcessVariable.of("workflow", String.class);
    static final ProcessVariable<String> CASE_ID = ProcessVariable.of("caseId", String.class);
    static final ProcessVariable<String> HOLD_ID = ProcessVariable.of("holdId", String.class);
    static final ProcessVariable<String> ROLE = ProcessVariable.of("role", String.class);
    /** Only for cases that began with a model whose timers count by the clock: how long that is until the moment. */
    static final ProcessVariable<String> REMIND_AFTER = ProcessVariable.of("remindAfter", String.class);
    /** As {@link #REMIND_AFTER}. */
    static final ProcessVariable<String> DECIDE_WITHIN = ProcessVariable.of("decideWithin", String.class);

    static final ProcessVariable<String> WHEN_OVERDUE = ProcessVariable.of("whenOverdue", String.class);
    static final ProcessVariable<Date> REMIND_AT = ProcessVariable.of("remindAt", Date.class);
    static final ProcessVariable<Date> DECIDE_BY = ProcessVariable.of("decideBy", Date.class);
    static final ProcessVariable<Integer> PRIORITY = ProcessVariable.of("priority", Integer.class);
    static final ProcessVariable<String> TASK_TITLE = ProcessVariable.of("taskTitle", String.class);
    static final ProcessVariable<String> DECISION = ProcessVariable.of("decision", String.class);
    static final ProcessVariable<String> REASON_CODE = ProcessVariable.of("reasonCode", String.class);
    static final ProcessVariable<String> REASON = ProcessVariable.of("reason", String.class);
    /** What the answers so far amount to: released, further, rejected or returned. */
    static final ProcessVariable<String> SETTLED = ProcessVariable.of("settled", String.class);

    private HoldResolutionProcess() {}
}
