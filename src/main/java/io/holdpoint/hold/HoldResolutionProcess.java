package io.holdpoint.hold;

import io.holdpoint.engine.ProcessVariable;
import java.util.ArrayList;
import java.util.Date;

/** The names this package and processes/hold-resolution.bpmn have in common. */
final class HoldResolutionProcess {

    static final String KEY = "hold-resolution";
    static final String DECIDE_HOLD = "userTask_decideHold";
    static final String ANSWER_QUESTION = "userTask_answerQuestion";
    static final String CAUSE_CHANGED = "hold-resolution.causeChanged";
    static final String CAUSE_GONE = "hold-resolution.causeGone";

    static final ProcessVariable<String> WORKFLOW = ProcessVariable.of("workflow", String.class);
    static final ProcessVariable<String> CASE_ID = ProcessVariable.of("caseId", String.class);
    static final ProcessVariable<String> HOLD_ID = ProcessVariable.of("holdId", String.class);
    /** The roles asked now, one task each. */
    static final ProcessVariable<ArrayList> ROLES = ProcessVariable.of("roles", ArrayList.class);

    /** The role that one task asks; for cases that began with a model of one task, all roles. */
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
    /** The colleague, by user id, to whom a task is forwarded. */
    static final ProcessVariable<String> FORWARD_TO = ProcessVariable.of("forwardTo", String.class);

    /** The same where the form has no list to choose from. */
    static final ProcessVariable<String> FORWARD_TO_LOGIN = ProcessVariable.of("forwardToLogin", String.class);
    /** Who is asked a question, by user id; empty for all who know the document. */
    static final ProcessVariable<String> ASK_WHOM = ProcessVariable.of("askWhom", String.class);

    static final ProcessVariable<String> QUESTION = ProcessVariable.of("question", String.class);
    /** What was answered to a question. */
    static final ProcessVariable<String> ANSWER = ProcessVariable.of("answer", String.class);
    /** The group that knows the document and answers questions about it, as the calling workflow says. */
    static final ProcessVariable<String> REQUESTER_ROLE = ProcessVariable.of("requesterRole", String.class);
    /** What whoever was asked did with the task: an answer, forward or ask. */
    static final ProcessVariable<String> WHAT_NOW = ProcessVariable.of("whatNow", String.class);
    /** To whom the next task is assigned; nobody where there is none. */
    static final ProcessVariable<String> COLLEAGUE = ProcessVariable.of("colleague", String.class);
    /** To whom a question is assigned; nobody where all who know the document are asked. */
    static final ProcessVariable<String> ANSWERER = ProcessVariable.of("answerer", String.class);
    /** The question that is open, by which its answer finds it on record. */
    static final ProcessVariable<String> QUESTION_ID = ProcessVariable.of("questionId", String.class);
    /** What the answers so far amount to: released, further, rejected, returned or unanswered. */
    static final ProcessVariable<String> SETTLED = ProcessVariable.of("settled", String.class);

    /** Whether those who were asked have said enough: then the other tasks go. */
    static final ProcessVariable<Boolean> ENOUGH = ProcessVariable.of("enough", Boolean.class);

    private HoldResolutionProcess() {}
}
