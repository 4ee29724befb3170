package io.holdpoint.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.odoo.OdooCall;
import io.holdpoint.odoo.OdooTransport;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A demo Odoo that can forget its orders, because it looks through all of them at each call: after thousands of cases a
 * benchmark would measure that. Ids go on, so that no order is taken for one before. Its answers can take their time.
 */
public final class SmallDemoOdoo implements OdooTransport {

    private final Clock clock;
    private final Store.Snapshot nothing;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong time = new AtomicLong();
    private volatile DemoOdoo odoo;
    private volatile Duration answerTime = Duration.ZERO;

    public SmallDemoOdoo(Clock clock) {
        this.clock = clock;
        this.odoo = DemoOdoo.empty(clock);
        this.nothing = odoo.snapshot();
    }

    public DemoOdoo odoo() {
        return odoo;
    }

    public void forget() {
        odoo = DemoOdoo.restored(clock, new Store.Snapshot(odoo.snapshot().lastIds(), nothing.tables()));
    }

    public void answersAfter(Duration duration) {
        answerTime = duration;
    }

    public long calls() {
        return calls.get();
    }

    /** What the demo Odoo itself took for all calls. */
    public Duration time() {
        return Duration.ofNanos(time.get());
    }

    @Override
    public JsonNode call(OdooCall call) {
        calls.incrementAndGet();
        pass(answerTime);
        var start = System.nanoTime();
        try {
            return odoo.call(call);
        } finally {
            time.addAndGet(System.nanoTime() - start);
        }
    }

    @Override
    public String serverVersion() {
        return odoo.serverVersion();
    }

    private static void pass(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
