package io.holdpoint.hold;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Shows all who are asked about a hold what was asked and answered meanwhile. */
@Component
class ShowQuestions implements TaskListener {

    private final Holds holds;
    private final HoldForm form;

    ShowQuestions(Holds holds, HoldForm form) {
        this.holds = holds;
        this.form = form;
    }

    @Override
    public void notify(DelegateTask task) {
        holds.askedBy(task.getProcessInstanceId()).ifPresent(hold -> form.showQuestions(task, hold));
    }
}
