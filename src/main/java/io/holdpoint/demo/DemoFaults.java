package io.holdpoint.demo;

import io.holdpoint.odoo.OdooCall;
import io.holdpoint.odoo.OdooUnavailable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can go wrong on Holdpoint's road to Odoo, to order. Other users of the demo are not affected. */
public final class DemoFaults {

    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();
    private volatile boolean guards = true;
    private volatile Consumer<OdooCall> beforeCall = call -> {};

    DemoFaults() {}

    /** The next calls do not reach Odoo. */
    public void unavailable(int calls) {
        unavailable.set(calls);
    }

    /** The next calls that change something do so, but their answers are lost. */
    public void loseAnswers(int calls) {
        lostAnswers.set(calls);
    }

    /** Odoo refuses to confirm any order, in these words, until told otherwise. */
    public void refuseConfirmation(String words) {
        refusal.set(words);
    }

    /**
     * Runs before each call, outside of any transaction: to look at it, to hold it back, or to change the world
     * meanwhile.
     */
    public void beforeCall(Consumer<OdooCall> watcher) {
        beforeCall = watcher;
    }

    /** An administrator switches the guards off, or on again. */
    public void switchGuards(boolean on) {
        guards = on;
    }

    /** Everything works again. */
    public void none() {
        guards = true;
        unavailable.set(0);
        lostAnswers.set(0);
        refusal.set(null);
        beforeCall = call -> {};
    }

    boolean guardsStand() {
        return guards;
    }

    void calling(OdooCall call) {
        beforeCall.accept(call);
        if (takenFrom(unavailable)) {
            throw new OdooUnavailable("The demo Odoo is down, as it was told to be.");
        }
    }

    void changed() {
        if (takenFrom(lostAnswers)) {
            throw new OdooUnavailable("The demo Odoo did what was asked, but its answer was lost, as it was told to.");
        }
    }

    void confirming() {
        var words = refusal.get();
        if (words != null) {
            throw Errors.refused(words);
        }
    }

    private static boolean takenFrom(AtomicInteger count) {
        return count.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
