package io.holdpoint.hold;

import io.holdpoint.engine.TaskGuard;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Keeps what whoever knows the document told those who decide on it. Nothing is decided by it, and no time is won. */
@Component
class AnswerQuestion implements TaskGuard {

    private final Holds holds;
    private final Questions questions;
    private final Claim claim;

    AnswerQuestion(Holds holds, Questions questions, Claim claim) {
        this.holds = holds;
        this.questions = questions;
        this.claim = claim;
    }

    @Override
    public boolean guards(String processKey, String taskKey) {
        return processKey.equals(HoldResolutionProcess.KEY) && taskKey.equals(HoldResolutionProcess.ANSWER_QUESTION);
    }

    @Override
    public void onComplete(DelegateTask task) {
        var hold = holds.askedBy(task.getProcessInstanceId())
                .orElseThrow(() -> new NotAccepted("This task asks about no hold. Nothing was answered."));
        var person = claim.person();
        claim.check(task, person);
        var answer = HoldResolutionProcess.ANSWER
                .find(task)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new NotAccepted("answer: write what you know, whoever decides waits for it."));
        // Whatever was sent along, the hold goes back to the role.
        task.setVariable(HoldResolutionProcess.COLLEAGUE.name(), null);
        questions.answer(task, hold, person, HoldResolutionProcess.QUESTION_ID.in(task), answer);
    }
}
