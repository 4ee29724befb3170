package io.holdpoint.hold;

import io.holdpoint.engine.TaskGuard;
import io.holdpoint.engine.access.Names;
import io.holdpoint.evidence.Cases;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Moments;
import io.holdpoint.odoo.DocumentRef;
import io.holdpoint.substitution.Actor;
import io.holdpoint.substitution.StandIns;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Judges and records the answer to a hold: who gave it comes from the engine's authentication, what was asked comes
 * from the record, and nothing comes from variables but the answer itself and its reason.
 */
@Component
class DecideHold implements TaskGuard {

    private static final String FORWARD = "forward";
    private static final String ASK = "ask";
    private static final Set<String> DECIDES = Set.of(Answers.RELEASE, Answers.REJECT, Answers.RETURN);
    private static final Set<String> ANSWERS = Set.of(Answers.RELEASE, Answers.REJECT, Answers.RETURN, FORWARD, ASK);

    private final Holds holds;
    private final Approvals approvals;
    private final FourEyes fourEyes;
    private final Colleagues colleagues;
    private final Questions questions;
    private final StandIns standIns;
    private final Cases cases;
    private final Evidence evidence;
    private final Claim claim;
    private final Clock clock;

    DecideHold(
            Holds holds,
            Approvals approvals,
            FourEyes fourEyes,
            Colleagues colleagues,
            Questions questions,
            StandIns standIns,
            Cases cases,
            Evidence evidence,
            Claim claim,
            Clock clock) {
        this.holds = holds;
        this.approvals = approvals;
        this.fourEyes = fourEyes;
        this.colleagues = colleagues;
        this.questions = questions;
        this.standIns = standIns;
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
        // Those who are asked at the same time answer one after the other: each sees what the others did.
        cases.lock(hold.caseId());
        var standing = approvals.of(hold);
        var mandate = standing.current()
                .orElseThrow(() -> new NotAccepted("Nobody was asked about this hold yet. Nothing was decided."));
        var person = claim.person();
        try {
            claim.check(task, person);
            if (standing.isAnswered()) {
                throw new NotAccepted("This hold has been answered by others already. Nothing is left to decide.");
            }
            var answer = answer(task);
            var reason = reason(task, answer, hold);
            var role = role(task, hold, standing.remaining(mandate), person);
            var actor = fourEyes.check(hold, role, person, answer);
            switch (answer) {
                case FORWARD -> forward(task, hold, document, role, actor, reason);
                case ASK -> ask(task, hold, role, actor);
                default -> record(task, hold, document, mandate, role, actor, answer, reason);
            }
            if (knowsWhatNow(task)) {
                HoldResolutionProcess.WHAT_NOW.set(task, answer);
            }
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
            String role,
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
                        role,
                        task.getId(),
                        Moments.sql(clock.instant()),
                        cases.about(hold.caseId()).map(Cases.Matter::amount).orElse(null)),
                hold.caseId());
        var content = new LinkedHashMap<String, Object>();
        content.put("hold", hold.id());
        content.put("code", hold.code());
        content.put("answer", answer);
        content.put("step", mandate.step());
        content.put("role", role);
        content.put("task", task.getId());
        if (actor.standsIn()) {
            content.put("onBehalfOf", actor.inSteadOf());
            content.put("who", actor.text() + " (" + Words.of(role) + ")");
        }
        if (reason != null) {
            content.put("reason", reason);
        }
        evidence.record(
                hold.caseId(), document, Evidence.Kind.DECISION, task.getTaskDefinitionKey(), actor.person(), content);
    }

    /** The role that this task asks, which is one that policy still asks, whatever variables say. */
    private String role(DelegateTask task, Hold hold, List<String> asked, String person) {
        var roles = task.getCandidates().stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .filter(asked::contains)
                .distinct()
                .toList();
        if (roles.isEmpty()) {
            throw new NotAccepted("This task asks nobody whom policy asks now: that is "
                    + asked.stream().map(Names::group).collect(Collectors.joining(", ")) + ". Nothing was decided.");
        }
        // Where a case began with a model of one task, it asks several roles at once.
        return roles.stream()
                .filter(role ->
                        !standIns.inRole(person, Set.of(role), hold.caseId()).isEmpty())
                .findFirst()
                .orElse(roles.get(0));
    }

    /**
     * To a colleague who may release it, or from whoever has taken it back to the role; nothing is decided, and the
     * time that is left stays what it was.
     */
    private void forward(
            DelegateTask task, Hold hold, DocumentRef document, String role, Actor actor, @Nullable String reason) {
        var colleague = Optional.ofNullable(text(task, HoldResolutionProcess.FORWARD_TO.name()))
                .or(() -> Optional.ofNullable(text(task, HoldResolutionProcess.FORWARD_TO_LOGIN.name())));
        if (colleague.isEmpty() && task.getAssignee() == null) {
            throw new NotAccepted("forwardTo: choose the colleague who is to decide.");
        }
        var reached = colleague.map(chosen -> forwarded(hold, role, actor, chosen));
        task.setVariable(
                HoldResolutionProcess.COLLEAGUE.name(),
                reached.map(Actor::person).orElse(null));
        var content = new LinkedHashMap<String, Object>();
        content.put("what", "forwarded");
        content.put("hold", hold.id());
        content.put("code", hold.code());
        content.put("round", hold.round());
        content.put("role", role);
        content.put("from", actor.text());
        content.put("to", reached.map(Actor::text).orElse(role));
        colleague
                .filter(chosen -> !chosen.equals(reached.map(Actor::person).orElse(null)))
                .ifPresent(chosen -> content.put("inAbsenceOf", chosen));
        content.put("task", task.getId());
        if (reason != null) {
            content.put("reason", reason);
        }
        evidence.record(
                hold.caseId(), document, Evidence.Kind.AUTHORITY, task.getTaskDefinitionKey(), actor.person(), content);
    }

    /** Who gets it: the colleague, or whoever stands in while the colleague is away. */
    private Actor forwarded(Hold hold, String role, Actor actor, String colleague) {
        try {
            return colleagues.forwarded(hold, role, actor, colleague);
        } catch (NotAccepted e) {
            throw new NotAccepted("forwardTo: " + e.getMessage());
        }
    }

    /** Somebody who knows the document is asked first; whoever has the role may then go on. */
    private void ask(DelegateTask task, Hold hold, String role, Actor actor) {
        var question = text(task, HoldResolutionProcess.QUESTION.name());
        if (question == null) {
            throw new NotAccepted("question: write what you want to know.");
        }
        var answerer = Optional.ofNullable(text(task, HoldResolutionProcess.ASK_WHOM.name()))
                .map(chosen -> asked(task, hold, actor, chosen));
        var who = questions.ask(
                task, hold, actor, role, question, answerer.map(Actor::text).orElse(null));
        task.setVariable(HoldResolutionProcess.COLLEAGUE.name(), null);
        task.setVariable(
                HoldResolutionProcess.ANSWERER.name(),
                answerer.map(Actor::person).orElse(null));
        HoldResolutionProcess.QUESTION_ID.set(task, task.getId());
        task.setVariable("questionText", question);
        task.setVariable("questionBy", who);
    }

    private Actor asked(DelegateTask task, Hold hold, Actor actor, String chosen) {
        try {
            return colleagues.asked(hold, HoldResolutionProcess.REQUESTER_ROLE.in(task), actor, chosen);
        } catch (NotAccepted e) {
            throw new NotAccepted("askWhom: " + e.getMessage());
        }
    }

    /** Whether the model can go on with more than an answer; those of earlier releases cannot. */
    private static boolean knowsWhatNow(DelegateTask task) {
        return task.hasVariable(HoldResolutionProcess.WHAT_NOW.name());
    }

    private static String answer(DelegateTask task) {
        if (!(task.getVariable(HoldResolutionProcess.DECISION.name()) instanceof String answer)
                || !ANSWERS.contains(answer)) {
            throw new NotAccepted("decision: choose release, reject, return, forward or ask.");
        }
        if (!DECIDES.contains(answer) && !knowsWhatNow(task)) {
            throw new NotAccepted(
                    "decision: this task is older than forwarding and asking." + " Choose release, reject or return.");
        }
        return answer;
    }

    /** The reason in words, the chosen reason first. A refusal, and the release of a forced hold, needs one. */
    private static @Nullable String reason(DelegateTask task, String answer, Hold hold) {
        var chosen = text(task, HoldResolutionProcess.REASON_CODE.name());
        var written = text(task, HoldResolutionProcess.REASON.name());
        if (written == null
                && DECIDES.contains(answer)
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
