package io.holdpoint.breach;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Lets the detective run go by itself, on a thread of its own: the first look goes through all documents there are. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "holdpoint.inspection.automatic", havingValue = "true", matchIfMissing = true)
class InspectionSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(InspectionSchedule.class);

    private final DetectiveRun detective;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(runnable -> {
        var thread = new Thread(runnable, "inspection");
        thread.setDaemon(true);
        return thread;
    });

    InspectionSchedule(DetectiveRun detective) {
        this.detective = detective;
    }

    /** Models have to be deployed before the first case is opened. */
    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        worker.scheduleWithFixedDelay(this::look, 5, 60, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            detective.run();
        } catch (RuntimeException e) {
            // The database is away, as a rule. The next minute asks again.
            LOG.warn("The detective run could not be made and is tried again: {}", e.toString());
        }
    }

    @PreDestroy
    void stop() {
        worker.shutdown();
    }
}
