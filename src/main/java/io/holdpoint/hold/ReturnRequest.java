package io.holdpoint.hold;

import io.holdpoint.engine.calendar.Calendars;
import io.holdpoint.engine.calendar.Deadline;
import io.holdpoint.odoo.DocumentRef;
import java.time.Clock;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Sends the request back for correction: Odoo shows by whom and why, and people there correct and ask again. Whoever
 * decides is not waited for meanwhile: the deadlines of the holds end here, and each question has its whole time again.
 */
@Component
class ReturnRequest implements JavaDelegate {

    /** Two weeks of work, for thresholds that process owners deployed before there was a column for it. */
    private static final String CORRECT_WITHIN = "P10D";

    private final Holds holds;
    private final PolicyRecord policy;
    private final Answered answered;
    private final OdooStep odoo;
    private final FormRows forms;
    private final CaseFacts caseFacts;
    private final Calendars calendars;
    private final Clock clock;

    ReturnRequest(
            Holds holds,
            PolicyRecord policy,
            Answered answered,
            OdooStep odoo,
            FormRows forms,
            CaseFacts caseFacts,
            Calendars calendars,
            Clock clock) {
        this.holds = holds;
        this.policy = policy;
        this.answered = answered;
        this.odoo = odoo;
        this.forms = forms;
        this.caseFacts = caseFacts;
        this.calendars = calendars;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var caseId = execution.getProcessInstanceId();
        var refusal = answered.refusal(caseId, Hold.State.RETURNED);
        var round = String.valueOf(policy.nextRound(caseId) - 1);
        odoo.command(
                execution,
                new OdooStep.Change("return")
                        .part(round)
                        .reason(refusal.reason())
                        .note("Returned for correction. " + refusal.sentence()));
        execution.setVariable("correctBy", correctBy(caseId));
        execution.setVariable("corrections", forms.json(answered.returns(caseId)));
        holds.closeOpen(
                caseId,
                DocumentRef.parse(execution.getProcessBusinessKey()),
                Hold.State.WITHDRAWN,
                "the request was returned for correction");
    }

    private Date correctBy(String caseId) {
        var within = policy.term(caseId, "thresholds", "correctWithin").orElse(CORRECT_WITHIN);
        var calendar = calendars.of(caseFacts.get(caseId).inputs());
        return Deadline.inWorkingTime(calendar, clock.instant(), within.toString(), "correctWithin");
    }
}
