package io.holdpoint.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdpoint.endtoend.Workload.Fate;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** With the demo Odoo; besides, many timers at once: {@code faults.timers} of them. */
class FaultsTest extends FaultRun {

    private static final int TIMERS = Integer.getInteger("faults.timers", Math.max(25, DOCUMENTS));

    @Override
    Office office(Supplier<Optional<URI>> receiver) throws IOException {
        return new DemoOffice(receiver);
    }

    @Test
    @Order(2)
    void timers_that_are_due_at_once_fire_once_each() throws Exception {
        var orders = workloads().get(0);
        for (var i = 0; i < TIMERS; i++) {
            orders.request(orders.prepare(Fate.RELEASED, DOCUMENTS + i));
        }
        var waiting = "select count(*) from act_ru_task where task_def_key_ = 'userTask_decideHold'";
        await("every order is held")
                .atMost(Duration.ofMinutes(2).plusSeconds(TIMERS))
                .until(() -> count(waiting) == TIMERS);

        var reminded = fire("event_reminderDue", "select count(*) from hp_evidence where kind = 'REMINDER'");
        // Whoever is asked next is asked in a task of their own.
        var escalations = "select count(*) from act_hi_actinst where act_id_ = 'serviceTask_escalateHold'";
        var escalated = fire("event_decisionOverdue", escalations);
        await("the next authority is asked")
                .atMost(Duration.ofMinutes(1).plusSeconds(TIMERS))
                .until(() -> count(waiting) == TIMERS);

        System.out.printf(
                "%d reminders due at once on two nodes: the last after %d ms; %d deadlines: %d ms%n",
                TIMERS, reminded.toMillis(), TIMERS, escalated.toMillis());
        assertThat(rows("select case_id from hp_evidence where kind = 'REMINDER' group by case_id having count(*) > 1"))
                .as("cases reminded twice")
                .isEmpty();
        assertThat(rows("select proc_inst_id_ from act_hi_actinst where act_id_ = 'serviceTask_escalateHold'"
                        + " group by proc_inst_id_ having count(*) > 1"))
                .as("holds escalated twice")
                .isEmpty();
        assertThat(count(escalations)).isEqualTo(TIMERS);
        assertThat(incidents()).isEmpty();
    }

    /** Makes all timers of an element due now and waits for what they do; gives how long that took. */
    private Duration fire(String element, String done) throws SQLException {
        var before = count(done);
        var begun = Instant.now();
        var due = "update act_ru_job set duedate_ = duedate_ - interval '1 year' where handler_cfg_ like '%s%%'";
        assertThat(update(due.formatted(element))).isEqualTo(TIMERS);
        await(element).atMost(Duration.ofMinutes(3).plusSeconds(TIMERS)).until(() -> count(done) >= before + TIMERS);
        return Duration.between(begun, Instant.now());
    }
}
