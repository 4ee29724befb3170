package io.holdpoint;

import io.holdpoint.engine.RunningApplication;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** The same week in Tasklist: whatever people enter, they enter into a real browser. See CONTRIBUTING. */
@RunningApplication
@TestPropertySource(properties = "holdpoint.notification.automatic=false")
@Tag("browser")
class WeekInTheBrowserTest extends WeekInTheLife {

    @LocalServerPort
    int port;

    @Autowired
    private RepositoryService definitions;

    private Tasklist tasklist;

    @BeforeEach
    void openBrowser() throws IOException {
        tasklist = new Tasklist(port);
    }

    @AfterEach
    void closeBrowser() {
        tasklist.close();
    }

    @Override
    void start(String person, String process, Map<String, Object> entered) {
        var name = definitions
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getName();
        tasklist.start(person, name, entered);
    }

    @Override
    void complete(Task task, String person, Map<String, Object> entered) {
        var all = new LinkedHashMap<String, Object>();
        entered.forEach((field, value) -> {
            // Below the answer, the form asks for one of the usual reasons as well.
            if (field.equals("reason") && task.getTaskDefinitionKey().equals("userTask_decideHold")) {
                all.put("reasonCode", "Another reason");
            }
            all.put(field, value);
        });
        tasklist.complete(person, task.getId(), all);
    }

    @Override
    String notTheTaskOf(String person) {
        return "not yours";
    }

    @Override
    String overdueRule() {
        return "Overdue";
    }
}
