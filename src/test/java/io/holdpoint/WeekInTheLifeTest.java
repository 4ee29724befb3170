package io.holdpoint;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;

/** The week at the engine's own interface, on both databases. */
@ProcessTest
class WeekInTheLifeTest extends WeekInTheLife {

    @Override
    void start(String person, String process, Map<String, Object> entered) {
        story.as(person, () -> runtime.startProcessInstanceByKey(process, new HashMap<>(entered)));
    }

    @Override
    void complete(Task task, String person, Map<String, Object> entered) {
        story.complete(task, person, entered);
    }

    @Override
    String notTheTaskOf(String person) {
        return "'%s' does not have one of the following permissions: 'TASK_WORK'".formatted(person);
    }

    @Override
    String overdueRule() {
        return "order-release|OVERDUE|blocking|Nordlicht Industriebedarf";
    }
}
