package io.holdpoint.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ProcessTest
class TaskListQueriesTest {

    @Autowired
    Story story;

    @Autowired
    TaskService tasks;

    @Autowired
    ProcessEngine engine;

    @AfterEach
    void end() {
        story.end();
    }

    @Test
    void everybody_finds_the_tasks_of_their_own_roles_and_no_others() {
        var overLimit = held(1, 0);
        var discounted = held(100_000, 25);

        assertThat(seenBy("max")).containsExactly(overLimit);
        assertThat(seenBy("sam")).containsExactly(discounted);
        assertThat(seenBy("anna")).isEmpty();
        assertThat(seenBy("audrey")).containsExactlyInAnyOrder(overLimit, discounted);
        assertThat(seenBy("admin")).containsExactlyInAnyOrder(overLimit, discounted);
    }

    @Test
    void the_query_of_the_engine_is_the_one_that_is_put_right() {
        var sql = new ArrayList<String>();
        story.as("max", () -> sql.add(queryOfTheEngine()));

        assertThat(TaskListQueries.rewritten(sql.get(0)))
                .contains("join lateral (select A.RESOURCE_ID_ from ACT_RU_AUTHORIZATION A", "limit 1) AUTH on true")
                .doesNotContain("SELECT A.*", "AUTH.RESOURCE_ID_ IN");
        assertThat(TaskListQueries.rewritten("select 1")).isEqualTo("select 1");
    }

    private String queryOfTheEngine() {
        var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        var query = (TaskQueryImpl) tasks.createTaskQuery();
        return configuration.getCommandExecutorTxRequired().execute(context -> {
            context.getAuthorizationManager().configureTaskQuery(query);
            return configuration
                    .getSqlSessionFactory()
                    .getConfiguration()
                    .getMappedStatement("selectTaskCountByQueryCriteria")
                    .getBoundSql(query)
                    .getSql();
        });
    }

    private List<String> seenBy(String person) {
        var seen = new ArrayList<String>();
        story.as(person, () -> {
            var query = tasks.createTaskQuery();
            seen.addAll(query.listPage(0, 50).stream()
                    .map(Task::getProcessInstanceId)
                    .toList());
            assertThat(query.count()).isEqualTo(seen.size());
        });
        return seen;
    }

    /** Gives the instance that asks about the hold. */
    private String held(double creditLimit, double discount) {
        var data = story.odoo().data();
        var customer = data.customer("Elbe Metall").creditLimit(creditLimit).add();
        var order = data.order(customer)
                .line(data.product("Pump").add(), 10, discount)
                .add();
        story.odoo().requestRelease(order, "anna");
        var document = new DocumentRef("sale.order", order);
        story.start(document);
        assertThat(story.tasks(document)).hasSize(1);
        return story.tasks(document).get(0).getProcessInstanceId();
    }
}
