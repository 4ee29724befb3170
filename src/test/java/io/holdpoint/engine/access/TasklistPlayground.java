package io.holdpoint.engine.access;

import io.holdpoint.HoldpointApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.boot.SpringApplication;

/** Starts Holdpoint in memory with one task per form, to look at the forms in a browser: see src/test/browser. */
public final class TasklistPlayground {

    private TasklistPlayground() {}

    public static void main(String[] args) {
        var context = new SpringApplication(HoldpointApplication.class)
                .run(
                        "--spring.datasource.url=jdbc:h2:mem:playground",
                        "--holdpoint.inspection.automatic=false",
                        "--holdpoint.intake.automatic=false",
                        "--holdpoint.demo.automatic=false",
                        "--server.port=" + System.getProperty("port", "8080"));
        var runtime = context.getBean(RuntimeService.class);
        TaskSamples.deploy(context.getBean(RepositoryService.class));
        var tomorrow = Date.from(Instant.now().plus(Duration.ofDays(1)));
        var yesterday = Date.from(Instant.now().minus(Duration.ofDays(1)));
        TaskSamples.start(runtime, TaskSamples.DECIDE, "sale.order,42", TaskSamples.decide(tomorrow));
        TaskSamples.start(
                runtime,
                TaskSamples.DECIDE,
                "sale.order,43",
                TaskSamples.decide(yesterday)
                        .putValue("documentName", "S00043")
                        .putValue("answeredBefore", "clara (credit control): release")
                        .putValue("changes", TaskSamples.json("""
                                        [{"what": "Amount", "earlier": "11,900.00 EUR", "current": "12,480.50 EUR"},
                                         {"what": "Desk Combination: Quantity", "earlier": "6 Units", "current": "8 Units"}]""")));
        TaskSamples.start(runtime, "try-correct", "sale.order,44", TaskSamples.correct(tomorrow));
        TaskSamples.start(runtime, "try-refusal", "sale.order,45", TaskSamples.refusal(tomorrow));
        TaskSamples.start(runtime, "try-recover", "sale.order,46", TaskSamples.recover(tomorrow));
    }
}
