package io.holdpoint.intake;

import static io.holdpoint.intake.Intake.changed;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.Story;
import io.holdpoint.odoo.DocumentRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever comes at the same moment, and on whichever way: a document has one open case. */
@OverHttp
class OneCaseTest {

    private static final int THREADS = 8;
    private static final int TIMES = 50;

    @Autowired
    Story story;

    @Autowired
    Intake intake;

    @Autowired
    RuntimeService runtime;

    @AfterEach
    void end() {
        story.end();
        intake.forget();
    }

    @Test
    void the_same_event_fifty_times_from_eight_threads_opens_one_case() {
        var order = requested();
        var body = changed(order, "2026-03-02 09:00:00.123456");

        fiftyTimes(() -> intake.hint(body).status());

        assertThat(intake.about(order)).hasSize(1);
        assertThat(intake.cases(order)).isOne();
        assertThat(instances(order)).isOne();
        assertThat(intake.about(order).get(0).answer()).isEqualTo("opened a case");
    }

    @Test
    void fifty_events_of_one_order_from_eight_threads_open_one_case() {
        var order = requested();

        fiftyTimes(() -> intake.hint(changed(order)).status());
        untilNothingWaits(order);

        assertThat(intake.about(order)).hasSize(TIMES).allMatch(event -> event.state() == Inbox.State.DONE);
        assertThat(intake.about(order).stream().filter(event -> "opened a case".equals(event.answer())))
                .hasSize(1);
        assertThat(intake.cases(order)).isOne();
        assertThat(instances(order)).isOne();
    }

    /** Each thread sends, and works off what it finds, as a node does. */
    private void fiftyTimes(Callable<Integer> hint) {
        var sent = new AtomicInteger();
        Callable<Integer> node = () -> {
            int worked = 0;
            while (sent.getAndIncrement() < TIMES) {
                assertThat(hint.call()).isIn(200, 202);
                worked += intake.drain();
            }
            return worked;
        };
        Intake.together(java.util.Collections.nCopies(THREADS, node));
    }

    @RepeatedTest(5)
    void hint_sweep_and_start_by_rest_at_the_same_moment_open_one_case() {
        intake.sweep();
        intake.drain();
        story.end();
        var order = requested();
        var works = new ArrayList<Callable<Caller.Answer>>();
        works.add(() -> {
            var answer = intake.hint(changed(order));
            intake.drain();
            return answer;
        });
        works.add(() -> {
            intake.sweep();
            intake.drain();
            return intake.as("ole").get("/api/events?state=received");
        });
        works.add(() -> start(order));
        works.add(() -> start(order));

        var answers = Intake.together(works);

        untilNothingWaits(order);
        assertThat(intake.cases(order)).isOne();
        assertThat(instances(order)).isOne();
        assertThat(intake.about(order)).hasSize(2).allMatch(event -> event.state() == Inbox.State.DONE);
        var open = intake.openCase(order);
        for (var start : answers.subList(2, 4)) {
            if (start.status() == 200) {
                assertThat(start.json().path("id").asText()).isEqualTo(open);
            } else {
                assertThat(start.status()).as(start.body()).isEqualTo(400);
                assertThat(start.json().path("message").asText()).contains(open);
            }
        }
        assertThat(answers.subList(2, 4).stream().filter(start -> start.status() == 200))
                .hasSizeLessThan(2);
        story.work();
        assertThat(story.odoo().order(order.id()).path("state").asText()).isEqualTo("sale");
        assertThat(intake.cases(order)).isOne();
    }

    private Caller.Answer start(DocumentRef order) {
        return intake.asOdoo()
                .post(
                        "/engine-rest/process-definition/key/order-release/start",
                        "{\"businessKey\": \"" + order + "\"}");
    }

    /** Whoever came second at the same moment tries again a little later, and finds the case. */
    private void untilNothingWaits(DocumentRef order) {
        for (int second = 0; second < 20 && !allDone(order); second++) {
            Intake.later(Duration.ofSeconds(1));
            intake.drain();
        }
    }

    private boolean allDone(DocumentRef order) {
        return intake.about(order).stream().allMatch(event -> event.state() == Inbox.State.DONE);
    }

    private long instances(DocumentRef order) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(order.toString(), "order-release")
                .count();
    }

    private DocumentRef requested() {
        var order = story.odoo().data().goodOrder();
        story.odoo().requestRelease(order, "anna");
        return new DocumentRef("sale.order", order);
    }
}
