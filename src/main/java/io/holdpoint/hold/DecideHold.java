package io.holdpoint.hold;

import io.holdpoint.engine.TaskGuard;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Moments;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.substitution.Actor;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Judges and records the answer to a hold: who gave it comes from the engine's authentication, what was asked comes
 * from the record, and nothing comes from variables but the answer itself and its reason.
 */
@Component
class DecideHold implements TaskGuard {

    private static final Set<String> ANSWERS = Set.of(Answers.RELEASE, Answers.REJECT, Answers.RETURN);

    private final Holds holds;
    private final Authority authority;
    private final FourEyes fourEyes;
    private final Cases cases;
    private final Evidence evidence;
    private final Claim claim;
    private final Clock clock;

    DecideHold(
            Holds holds,
            Authority authority,
            FourEyes fourEyes,
            Cases cases,
            Evidence evidence,
            Claim claim,
            Clock clock) {
        this.holds = holds;
        this.authority = authority;
        this.fourEyes = fourEyes;
        this.cases = cases;
        this.evidence = evidence;
        this.claim = claim;
        this.clock = clock;
    }

    @Override
    public boolean guards(String processKey, String taskKey) {
        return processKey.equals(HoldResolutionProcess.KEY) && taskKey.equals(HoldResolutionProcess.DECIDE_HOLD);
    }

    @Override
    public void onComplete(DelegateTask task) {
        var hold = holds.askedBy(task.getProcessInstanceId())
                .orElseThrow(() -> new NotAccepted("This task asks about no hold. Nothing was decided."));
        var document = DocumentRef.parse(task.getExecution().getProcessBusinessKey());
        var mandate = authority
                .current(hold)
                .orElseThrow(() -> new NotAccepted("Nobody was asked about this hold yet. Nothing was decided."));
        var person = claim.person();
        try {
            claim.check(task, person);
            var answer = answer(task);
            var reason = reason(task, answer, hold);
            var actor = fourEyes.check(hold, mandate, person, answer);
            record(task, hold, document, mandate, actor, answer, reason);
        } catch (NotAccepted e) {
            evidence.recordRefusal(
                    hold.caseId(), document, task.getTaskDefinitionKey(), person, refusal(hold, e.getMessage()));
            throw e;
        }
    }

    private void record(
            DelegateTask task,
            Hold hold,
            DocumentRef document,
            Authority.Mandate mandate,
            Actor actor,
            String answer,
            @Nullable String reason) {
        holds.record(
                new Holds.Decision(
                        hold.id(),
                        hold.round(),
                        mandate.step(),
                        answer,
                        reason,
                        actor,
                        mandate.role(),
                        task.getId(),
                        Moments.sql(clock.instant()),
                        cases.about(hold.caseId()).map(Cases.Matter::amount).orElse(null)),
                hold.caseId());
        var content = new LinkedHashMap<String, Object>();
        content.put("hold", hold.id());
        content.put("code", hold.code());
        content.put("answer", answer);
        content.put("step", mandate.step());
        content.put("role", mandate.role());
        content.put("task", task.getId());
        if (actor.standsIn()) {
            content.put("onBehalfOf", actor.inSteadOf());
            content.put("who", actor.text() + " (" + Words.of(mandate.role()) + ")");
        }
        if (reason != null) {
            content.put("reason", reason);
        }
        evidence.record(
                hold.caseId(), document, Evidence.Kind.DECISION, task.getTaskDefinitionKey(), actor.person(), content);
    }

    private static String answer(DelegateTask task) {
        if (!(task.getVariable(HoldResolutionProcess.DECISION.name()) instanceof String answer)
                || !ANSWERS.contains(answer)) {
            throw new NotAccepted("decision: choose release, reject or return.");
        }
        return answer;
    }

    /** The reason in words, the chosen reason first. A refusal, and the release of a forced hold, needs one. */
    private static @Nullable String reason(DelegateTask task, String answer, Hold hold) {
        var chosen = text(task, HoldResolutionProcess.REASON_CODE.name());
        var written = text(task, HoldResolutionProcess.REASON.name());
        if (written == null
                && (!answer.equals(Answers.RELEASE) || hold.severity().equals("forced"))) {
            throw new NotAccepted(
                    answer.equals(Answers.RELEASE)
                            ? "reason: the release of a forced hold needs a reason in your own words."
                            : "reason: say in your own words why, so that the salesperson knows what to do.");
        }
        if (chosen == null || chosen.equals("other")) {
            return written;
        }
        return written == null ? Words.of(chosen) : Words.of(chosen) + ": " + written;
    }

    private static @Nullable String text(DelegateTask task, String name) {
        return task.getVariable(name) instanceof String text && !text.isBlank() ? text.strip() : null;
    }

    private static LinkedHashMap<String, Object> refusal(Hold hold, @Nullable String why) {
        var content = new LinkedHashMap<String, Object>();
        content.put("hold", hold.id());
        content.put("code", hold.code());
        content.put("why", String.valueOf(why));
        return content;
    }
}
