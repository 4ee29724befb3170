package io.holdpoint.endtoend;

import io.holdpoint.odoo.DocumentRef;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import javax.sql.DataSource;

/** Two people for each role, who do what lies in their task list. */
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
    /** What was sent back is in order after all. */
    private static final Map<String, Object> CORRECTED = Map.of("action", "checkAgain", "reason", "Asked anew.");

    /** Open tasks with all that is needed to answer them; one query where REST takes three calls for each task. */
    private static final String TASKS = """
            select t.id_, t.task_def_key_, e.business_key_,
              (select v.text_ from act_ru_variable v where v.proc_inst_id_ = t.proc_inst_id_ and v.name_ = 'step' limit 1) step,
              (select string_agg(l.group_id_, ',') from act_ru_identitylink l where l.task_id_ = t.id_) roles
            from act_ru_task t join act_ru_execution e on e.id_ = t.proc_inst_id_
            order by t.create_time_
            """;

    private final List<Holdpoint> nodes;
    private final DataSource database;
    private int answered;
    private int refused;

    /** @param database that of the nodes, reached on a road of its own on which nothing fails */
    People(List<Holdpoint> nodes, DataSource database) {
        this.nodes = nodes;
        this.database = database;
    }

    void employ() {
        for (var role : ROLES) {
            nodes.get(0).employ(role + "One", role);
            nodes.get(0).employ(role + "Two", role);
        }
    }

    /** Tasks that were completed, and answers that Holdpoint did not take. */
    String account() {
        return answered + " tasks completed, " + refused + " answers refused";
    }

    private record Task(String id, String key, DocumentRef document, String step, List<String> roles) {}

    /**
     * Answers what is open now.
     *
     * @param enter what is entered, by document and step; step {@code decide} is a hold
     */
    void work(BiFunction<DocumentRef, String, Map<String, Object>> enter) throws SQLException {
        for (var task : tasks()) {
            answer(task, enter);
        }
    }

    private List<Task> tasks() throws SQLException {
        var tasks = new ArrayList<Task>();
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(TASKS)) {
            while (rows.next()) {
                var roles = rows.getString("roles");
                tasks.add(new Task(
                        rows.getString("id_"),
                        rows.getString("task_def_key_"),
                        DocumentRef.parse(rows.getString("business_key_")),
                        String.valueOf(rows.getString("step")),
                        roles == null ? List.of() : List.of(roles.split(","))));
            }
        }
        return tasks;
    }

    private void answer(Task task, BiFunction<DocumentRef, String, Map<String, Object>> enter) {
        var entered = switch (task.key()) {
            case "userTask_decideHold" -> enter.apply(task.document(), "decide");
            case "userTask_doFollowUp" -> enter.apply(task.document(), task.step());
            default -> task.key().startsWith("userTask_correct") ? CORRECTED : AGAIN;
        };
        for (var role : task.roles()) {
            // The second is asked where four eyes keeps the first from it.
            for (var person : List.of(role + "One", role + "Two")) {
                if (complete(person, task.id(), entered)) {
                    answered++;
                    return;
                }
                refused++;
            }
        }
    }

    /** Whoever finds a node dead goes to the other one. */
    private boolean complete(String person, String task, Map<String, Object> entered) {
        for (var node : nodes) {
            try {
                return node.complete(person, task, entered).statusCode() < 300;
            } catch (UncheckedIOException dead) {
                // Was it done before the node died? Then the task is not there any more.
            }
        }
        return false;
    }
}
