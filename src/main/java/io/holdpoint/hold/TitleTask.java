package io.holdpoint.hold;

import io.holdpoint.engine.ProcessVariable;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Gives a task the name that a person would say, while the diagram keeps the general one. */
@Component
class TitleTask implements TaskListener {

    private static final ProcessVariable<String> DOCUMENT_NAME = ProcessVariable.of("documentName", String.class);

    @Override
    public void notify(DelegateTask task) {
        HoldResolutionProcess.TASK_TITLE
                .find(task)
                .or(() -> DOCUMENT_NAME.find(task).map(document -> task.getName() + ": " + document))
                .ifPresent(task::setName);
    }
}
