package io.holdpoint.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdpoint.hold.CaseFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What other systems are told: a CloudEvent 1.0 with references and numbers. Names and addresses of customers and
 * reasons in people's words stay here; whoever may read them asks for the case.
 */
@Component
class EventBody {

    private final CaseFacts caseFacts;
    private final TaskService tasks;
    private final NotificationProperties properties;
    private final ObjectMapper json;

    EventBody(CaseFacts caseFacts, TaskService tasks, NotificationProperties properties, ObjectMapper json) {
        this.caseFacts = caseFacts;
        this.tasks = tasks;
        this.properties = properties;
        this.json = json;
    }

    String of(Happening happening, Happening.What what, @Nullable String workflow, @Nullable String role) {
        var data = new LinkedHashMap<String, Object>();
        put(data, "workflow", workflow);
        put(data, "case", happening.caseId());
        put(data, "document", happening.document());
        caseFacts.latest(happening.caseId()).ifPresent(facts -> {
            put(data, "documentName", facts.brief().documentName());
            put(data, "documentUrl", facts.brief().documentUrl());
            put(data, "amount", facts.brief().amount());
            put(data, "currency", facts.currency());
        });
        put(data, "role", role);
        put(data, "hold", happening.holdId());
        happening.content().forEach((name, value) -> put(data, name, value));
        var taskId = happening.taskId();
        if (taskId != null) {
            put(data, "task", taskId);
            put(data, "taskUrl", properties.taskUrl(taskId));
            var task = tasks.createTaskQuery().taskId(taskId).singleResult();
            if (task != null && task.getDueDate() != null) {
                put(data, "dueAt", task.getDueDate().toInstant().toString());
            }
        }
        var event = new LinkedHashMap<String, Object>();
        event.put("specversion", "1.0");
        event.put("id", happening.occasion());
        event.put("source", properties.publicUrl().isEmpty() ? "holdpoint" : properties.publicUrl());
        event.put("type", "io.holdpoint." + what.inTables());
        put(event, "subject", happening.document());
        event.put("time", happening.at().toString());
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event cannot be written as JSON.", e);
        }
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null && !"".equals(value)) {
            data.put(name, value);
        }
    }
}
