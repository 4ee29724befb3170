package io.holdpoint.notification;

import io.holdpoint.engine.TaskChanged;
import io.holdpoint.evidence.Evidence;
import io.holdpoint.evidence.Moments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The activities in Odoo that stand for open tasks, and which of them have to be looked at, because something happened
 * to their task. What an activity should be like is not kept: it follows from the task when it is looked at.
 */
@Component
class OpenActivities implements TaskChanged {

    /** Longer than a call to Odoo may take. A node that dies leaves what it had to the others then. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static final int ANSWER_LENGTH = 2000;

    private final JdbcClient jdbc;
    private final TaskService tasks;
    private final TaskAnswers answers;
    private final Channels channels;
    private final Clock clock;

    OpenActivities(JdbcClient jdbc, @Lazy TaskService tasks, TaskAnswers answers, Channels channels, Clock clock) {
        this.jdbc = jdbc;
        this.tasks = tasks;
        this.answers = answers;
        this.channels = channels;
        this.clock = clock;
    }

    /** Who is to have an activity. The table of policy knows them by these names in small letters. */
    enum Whom {
        /** whoever took the task, or who is the only one asked */
        PERSON,
        /** whoever asked for what came back */
        REQUESTER,
        NOBODY
    }

    /**
     * One activity.
     *
     * @param id by which Odoo knows it
     * @param question the process instance of its tasks
     * @param asked whether Odoo may have it: it was asked for and not withdrawn since
     * @param leasedUntil until then nobody else looks at it, unless something happens to its task
     */
    record Activity(
            String id,
            String caseId,
            String document,
            @Nullable String holdId,
            String question,
            String taskId,
            Whom whom,
            boolean reminded,
            boolean asked,
            int attempts,
            Instant leasedUntil) {}

    /**
     * Wants an activity for a task. A task that follows one of the same question that nobody answered takes over what
     * that one had: after an escalation or when it was forwarded, the activity goes to somebody else.
     */
    void want(Happening happening, Task task, Whom whom) {
        var reminded = happening.what() == Happening.What.REMINDED;
        if (update(task.getId(), whom, reminded)) {
            return;
        }
        var left = jdbc.sql("""
                        select * from hp_activity where question = :question and closed_at is null order by created_at
                        """).param("question", task.getProcessInstanceId()).query(ROW).list().stream()
                .filter(one -> tasks.createTaskQuery().taskId(one.taskId()).count() == 0
                        && answers.inWords(one.caseId(), one.taskId()).isEmpty())
                .findFirst();
        if (left.isPresent()) {
            jdbc.sql("update hp_activity set task_id = :task, hold_id = :hold where id = :id")
                    .param("task", task.getId())
                    .param("hold", happening.holdId())
                    .param("id", left.get().id())
                    .update();
            update(task.getId(), whom, reminded);
        } else if (whom != Whom.NOBODY) {
            add(happening, task, whom, reminded);
        }
    }

    private boolean update(String taskId, Whom whom, boolean reminded) {
        return jdbc.sql("""
                                update hp_activity set whom = :whom, reminded = :reminded, due_at = :now, attempts = 0
                                where task_id = :task and closed_at is null
                                """)
                        .param("whom", whom.name())
                        .param("reminded", reminded)
                        .param("now", Moments.sql(clock.instant()))
                        .param("task", taskId)
                        .update()
                > 0;
    }

    private void add(Happening happening, Task task, Whom whom, boolean reminded) {
        jdbc.sql("""
                        insert into hp_activity (id, case_id, document, hold_id, question, task_id, whom, reminded,
                            due_at, created_at)
                        values (:id, :case, :document, :hold, :question, :task, :whom, :reminded, :now, :now)
                        """)
                .param("id", UUID.randomUUID().toString())
                .param("case", happening.caseId())
                .param("document", happening.document())
                .param("hold", happening.holdId())
                .param("question", task.getProcessInstanceId())
                .param("task", task.getId())
                .param("whom", whom.name())
                .param("reminded", reminded)
                .param("now", Moments.sql(clock.instant()))
                .update();
    }

    @Override
    public void onChange(DelegateTask task) {
        look(task.getId());
    }

    /** The task is offered to somebody who stands in for somebody else, or not any more. */
    @EventListener
    void recorded(Evidence.Recorded recorded) {
        if (recorded.entry().kind() == Evidence.Kind.SUBSTITUTION
                && recorded.entry().content().get("task") instanceof String taskId) {
            look(taskId);
        }
    }

    private void look(String taskId) {
        if (channels.activities()) {
            jdbc.sql("update hp_activity set due_at = :now, attempts = 0 where task_id = :task and closed_at is null")
                    .param("now", Moments.sql(clock.instant()))
                    .param("task", taskId)
                    .update();
        }
    }

    /** Takes one that has to be looked at. */
    @Transactional
    public Optional<Activity> claim() {
        var now = clock.instant();
        var due = jdbc.sql("""
                        select * from hp_activity where due_at <= :now and closed_at is null
                        order by due_at, id fetch first 1 rows only for update skip locked
                        """).param("now", Moments.sql(now)).query(ROW).optional();
        return due.map(one -> {
            jdbc.sql("update hp_activity set due_at = :until where id = :id")
                    .param("until", Moments.sql(now.plus(LEASE)))
                    .param("id", one.id())
                    .update();
            return jdbc.sql("select * from hp_activity where id = :id")
                    .param("id", one.id())
                    .query(ROW)
                    .single();
        });
    }

    /** Before Odoo is asked for it: its answer may be lost. */
    void asking(Activity activity) {
        jdbc.sql("update hp_activity set asked = true where id = :id and asked = false")
                .param("id", activity.id())
                .update();
    }

    /** Notes who has it now, null for nobody. It is looked at again when something happens to its task. */
    void isWith(Activity activity, @Nullable String person) {
        jdbc.sql("""
                        update hp_activity set person = :person, asked = :asked, attempts = 0, answer = null,
                            due_at = case when due_at = :leased then null else due_at end
                        where id = :id
                        """)
                .param("person", person)
                .param("asked", person != null)
                .param("leased", Moments.sql(activity.leasedUntil()))
                .param("id", activity.id())
                .update();
    }

    void close(Activity activity, String answer) {
        jdbc.sql("update hp_activity set closed_at = :now, due_at = null, answer = :answer where id = :id")
                .param("now", Moments.sql(clock.instant()))
                .param("answer", answer)
                .param("id", activity.id())
                .update();
    }

    void later(Activity activity, String why) {
        jdbc.sql("""
                        update hp_activity set attempts = attempts + 1, answer = :why,
                            due_at = case when due_at = :leased then :at else due_at end
                        where id = :id
                        """)
                .param("why", why.length() <= ANSWER_LENGTH ? why : why.substring(0, ANSWER_LENGTH))
                .param("leased", Moments.sql(activity.leasedUntil()))
                .param("at", Moments.sql(clock.instant().plus(Dispatches.wait(activity.attempts()))))
                .param("id", activity.id())
                .update();
    }

    private static final RowMapper<Activity> ROW = (row, number) -> activity(row);

    private static Activity activity(ResultSet row) throws SQLException {
        var due = row.getObject("due_at", OffsetDateTime.class);
        return new Activity(
                row.getString("id"),
                row.getString("case_id"),
                row.getString("document"),
                row.getString("hold_id"),
                row.getString("question"),
                row.getString("task_id"),
                Whom.valueOf(row.getString("whom")),
                row.getBoolean("reminded"),
                row.getBoolean("asked"),
                row.getInt("attempts"),
                due == null ? Instant.MIN : due.toInstant());
    }
}
