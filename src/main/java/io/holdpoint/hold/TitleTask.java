package io.holdpoint.hold;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Gives a task the name that a person would say, while the diagram keeps the general one. */
@Component
class TitleTask implements TaskListener {

    @Override
    public void notify(DelegateTask task) {
        HoldResolutionProcess.TASK_TITLE.find(task).ifPresent(task::setName);
    }
}
