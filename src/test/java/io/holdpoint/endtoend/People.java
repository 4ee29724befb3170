package io.holdpoint.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Two people for each role, who do what lies in their task list, and an operator who repairs what stopped. */
final class People {

    private static final List<String> ROLES = List.of(
            "sales",
            "salesManager",
            "creditControl",
            "creditManager",
            "financeDirector",
            "buyer",
            "purchaseManager",
            "returnsDesk",
            "warehouse",
            "quality",
            "qualityManager",
            "operations");
    /** What to enter where Odoo refused, or was away for hours: the same again. */
    private static final Map<String, Object> AGAIN = Map.of("action", "retry", "reason", "It should work now.");

    private final Holdpoint holdpoint;
    private int answered;
    private int refused;
    private int repaired;

    People(Holdpoint holdpoint) {
        this.holdpoint = holdpoint;
    }

    void employ() {
        for (var role : ROLES) {
            holdpoint.employ(role + "One", role);
            holdpoint.employ(role + "Two", role);
        }
    }

    /** Tasks that were completed, answers that Holdpoint did not take, and jobs that were set going again. */
    String account() {
        return answered + " tasks completed, " + refused + " answers refused, " + repaired + " jobs repaired";
    }

    /**
     * Answers what is open now.
     *
     * @param enter what is entered, by business key and step; step {@code decide} is a hold
     * @return how many tasks there were
     */
    int work(BiFunction<String, String, Map<String, Object>> enter) {
        var tasks = holdpoint.list("/engine-rest/task?maxResults=2000&sortBy=created&sortOrder=asc");
        for (var task : tasks) {
            answer(task, enter);
        }
        return tasks.size();
    }

    private void answer(JsonNode task, BiFunction<String, String, Map<String, Object>> enter) {
        var document = holdpoint
                .list("/engine-rest/process-instance?processInstanceIds="
                        + task.path("processInstanceId").asText())
                .stream()
                .findFirst()
                .map(instance -> instance.path("businessKey").asText())
                .orElse("");
        var entered = new HashMap<String, Object>(
                switch (task.path("taskDefinitionKey").asText()) {
                    case "userTask_decideHold" -> enter.apply(document, "decide");
                    case "userTask_doFollowUp" -> enter.apply(document, holdpoint.step(task));
                    default -> AGAIN;
                });
        var groups = holdpoint.list("/engine-rest/task/" + task.path("id").asText() + "/identity-links");
        for (var group : groups) {
            var role = group.path("groupId").asText();
            // The second is asked where four eyes keeps the first from it.
            for (var person : List.of(role + "One", role + "Two")) {
                if (holdpoint.complete(person, task, entered).statusCode() < 300) {
                    answered++;
                    return;
                }
                refused++;
            }
        }
    }

    /** Sets every job going again that has no tries left. */
    void repair() {
        for (var job : holdpoint.list("/engine-rest/job?noRetriesLeft=true&maxResults=2000")) {
            var answer = holdpoint.put(
                    "operationsOne", "/engine-rest/job/" + job.path("id").asText() + "/retries", Map.of("retries", 1));
            if (answer.statusCode() < 300) {
                repaired++;
            }
        }
    }
}
