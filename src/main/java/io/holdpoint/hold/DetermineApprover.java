package io.holdpoint.hold;

import static io.holdpoint.hold.HoldResolutionProcess.CASE_ID;
import static io.holdpoint.hold.HoldResolutionProcess.DECIDE_BY;
import static io.holdpoint.hold.HoldResolutionProcess.DECIDE_WITHIN;
import static io.holdpoint.hold.HoldResolutionProcess.ENOUGH;
import static io.holdpoint.hold.HoldResolutionProcess.HOLD_ID;
import static io.holdpoint.hold.HoldResolutionProcess.PRIORITY;
import static io.holdpoint.hold.HoldResolutionProcess.REMIND_AFTER;
import static io.holdpoint.hold.HoldResolutionProcess.REMIND_AT;
import static io.holdpoint.hold.HoldResolutionProcess.REQUESTER_ROLE;
import static io.holdpoint.hold.HoldResolutionProcess.ROLE;
import static io.holdpoint.hold.HoldResolutionProcess.ROLES;
import static io.holdpoint.hold.HoldResolutionProcess.TASK_TITLE;
import static io.holdpoint.hold.HoldResolutionProcess.WHEN_OVERDUE;
import static io.holdpoint.hold.HoldResolutionProcess.WORKFLOW;

import io.holdpoint.engine.calendar.Deadline;
import io.holdpoint.evidence.Cases;
import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Finds who is to answer a hold next and until when, and lays out what that person needs to see. */
@Component
class DetermineApprover implements JavaDelegate {

    private final Cases cases;
    private final Holds holds;
    private final Authority authority;
    private final Approvals approvals;
    private final CaseFacts caseFacts;
    private final HoldForm form;

    DetermineApprover(
            Cases cases, Holds holds, Authority authority, Approvals approvals, CaseFacts caseFacts, HoldForm form) {
        this.cases = cases;
        this.holds = holds;
        this.authority = authority;
        this.approvals = approvals;
        this.caseFacts = caseFacts;
        this.form = form;
    }

    @Override
    public void execute(DelegateExecution execution) {
        // Those who decide the other holds are shown this one: without the lock two that start together miss each
        // other.
        cases.lock(CASE_ID.in(execution));
        var hold = holdOf(execution);
        var document = DocumentRef.parse(execution.getProcessBusinessKey());
        var facts = caseFacts.get(hold.caseId());
        var step = approvals.of(hold).step();
        var question = authority.determine(
                hold, document, WORKFLOW.in(execution), facts, step, execution.getCurrentActivityId());
        var mandate = question.mandate();
        var asked = approvals.of(hold).remaining(mandate);
        ROLES.set(execution, new ArrayList<>(asked));
        ROLE.set(execution, String.join(",", asked));
        ENOUGH.set(execution, false);
        REMIND_AT.set(execution, question.remindAt());
        DECIDE_BY.set(execution, question.decideBy());
        REMIND_AFTER.set(execution, Deadline.untilThen(question.asked(), question.remindAt()));
        DECIDE_WITHIN.set(execution, Deadline.untilThen(question.asked(), question.decideBy()));
        WHEN_OVERDUE.set(execution, mandate.whenOverdue());
        PRIORITY.set(execution, hold.severity().equals("forced") ? 80 : 50);
        TASK_TITLE.set(
                execution,
                "Release " + facts.brief().documentName() + "? " + hold.title() + " – "
                        + facts.brief().partyName());
        if (REQUESTER_ROLE.find(execution).isEmpty()) {
            // The case began with a model that did not say who answers questions.
            REQUESTER_ROLE.set(execution, "operations");
        }
        form.fill(execution, hold, facts, question);
        form.tellOthers(hold);
    }

    /** The hold of this instance; bound on the first pass, so that no later variable can change it. */
    private Hold holdOf(DelegateExecution execution) {
        var instance = execution.getProcessInstanceId();
        return holds.askedBy(instance).orElseGet(() -> {
            var hold = holds.get(HOLD_ID.in(execution));
            holds.isAskedBy(hold, instance);
            return hold;
        });
    }
}
