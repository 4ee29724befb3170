package io.holdpoint.engine.access;

import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GLOBAL;
import static org.camunda.bpm.engine.authorization.Permissions.READ;

import io.holdpoint.engine.CardVariables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * The lists with which Tasklist greets everybody. Made at the first start only: afterwards they belong to the
 * administrators, who may change or delete them.
 */
@Component
class TasklistFilters implements SmartInitializingSingleton {

    private static final String DONE = "holdpoint.tasklistFilters";

    private static final Map<String, String> LABELS = Map.of(
            "amountText", "Amount",
            "holdTitle", "Hold",
            "partyName", "Customer or vendor",
            "documentName", "Document");

    private final FilterService filters;
    private final TaskService tasks;
    private final AuthorizationService authorizations;
    private final ManagementService management;

    TasklistFilters(
            FilterService filters,
            TaskService tasks,
            AuthorizationService authorizations,
            ManagementService management) {
        this.filters = filters;
        this.tasks = tasks;
        this.authorizations = authorizations;
        this.management = management;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (management.getProperties().containsKey(DONE)) {
            return;
        }
        // The first one is shown after login, so it is the one in which a newcomer finds work.
        create(
                10,
                "My role",
                "Waiting for my role, or for me in somebody's stead: nobody has taken it yet, or I have",
                "#1f6f54",
                ofMyRole());
        create(
                20,
                "Mine",
                "What I have taken",
                "#2f5d8a",
                tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
        create(
                30,
                "Overdue",
                "Not decided in time",
                "#b3261e",
                tasks.createTaskQuery().dueBeforeExpression("${now()}"));
        create(
                40,
                "High value",
                "Documents of high value",
                "#8a6d1f",
                tasks.createTaskQuery().processVariableValueEquals("highValue", true));
        management.setProperty(DONE, "1");
    }

    private TaskQuery ofMyRole() {
        return tasks.createTaskQuery()
                .taskCandidateUserExpression("${currentUser()}")
                .includeAssignedTasks()
                .or()
                .taskUnassigned()
                .taskAssigneeExpression("${currentUser()}")
                .endOr();
    }

    private void create(int priority, String name, String description, String color, TaskQuery query) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("description", description);
        properties.put("priority", priority);
        properties.put("color", color);
        properties.put("refresh", true);
        properties.put("showUndefinedVariable", false);
        properties.put("variables", columns());
        var filter = filters.newTaskFilter(name).setQuery(query).setProperties(properties);
        filters.saveFilter(filter);

        var everybody = authorizations.createNewAuthorization(AUTH_TYPE_GLOBAL);
        everybody.setResource(Resources.FILTER);
        everybody.setResourceId(filter.getId());
        everybody.addPermission(READ);
        authorizations.saveAuthorization(everybody);
    }

    private static List<Map<String, String>> columns() {
        return CardVariables.NAMES.stream()
                .map(name -> Map.of("name", name, "label", LABELS.getOrDefault(name, name)))
                .toList();
    }
}
