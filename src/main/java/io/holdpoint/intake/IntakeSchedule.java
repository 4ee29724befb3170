package io.holdpoint.intake;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;

/** Runs intake by itself: at once when something arrives, and every second for what waits for its next attempt. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "holdpoint.intake.automatic", havingValue = "true", matchIfMissing = true)
class IntakeSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeSchedule.class);
    private static final int WORKERS = 4;

    private final Dispatcher dispatcher;
    private final ReconciliationSweep sweep;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, runnable -> {
        var thread = new Thread(runnable, "intake");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean ready;

    IntakeSchedule(Dispatcher dispatcher, ReconciliationSweep sweep) {
        this.dispatcher = dispatcher;
        this.sweep = sweep;
    }

    /** Models have to be deployed before the first case is opened. */
    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        ready = true;
        wake();
    }

    @EventListener(Arrived.class)
    void arrived() {
        wake();
    }

    @Scheduled(fixedDelay = 1000)
    void wake() {
        // More waiting than workers adds nothing: each drains all that is due.
        if (!ready || asked.get() > WORKERS) {
            return;
        }
        asked.incrementAndGet();
        try {
            workers.execute(this::drain);
        } catch (RejectedExecutionException e) {
            asked.decrementAndGet();
        }
    }

    @Scheduled(fixedDelayString = "${holdpoint.intake.sweep-every:PT1M}", initialDelayString = "PT5S")
    void sweep() {
        if (ready && sweep.run() > 0) {
            wake();
        }
    }

    private void drain() {
        asked.decrementAndGet();
        try {
            dispatcher.drain();
        } catch (RuntimeException e) {
            // The database is away, as a rule. The next second asks again.
            LOG.warn("The inbox could not be worked off and is tried again: {}", e.toString());
        }
    }

    @PreDestroy
    void stop() {
        workers.shutdown();
    }
}
