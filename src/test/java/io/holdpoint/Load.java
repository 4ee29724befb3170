package io.holdpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Calls that several threads make without a pause, until it is closed. */
public final class Load implements AutoCloseable {

    private final ExecutorService threads;
    private final List<Semaphore> made;
    private final List<String> failed = new CopyOnWriteArrayList<>();
    private volatile boolean goesOn = true;

    /** @param call answers with what went wrong; empty when nothing did */
    public Load(int parallel, Callable<String> call) {
        threads = Executors.newFixedThreadPool(parallel);
        made = IntStream.range(0, parallel).mapToObj(i -> new Semaphore(0)).toList();
        made.forEach(count -> threads.execute(() -> {
            while (goesOn) {
                one(call);
                count.release();
            }
        }));
    }

    private void one(Callable<String> call) {
        try {
            var problem = call.call();
            if (!problem.isEmpty()) {
                failed.add(problem);
            }
        } catch (Exception e) {
            failed.add(e.toString());
        }
    }

    /** Lets each thread make so many more calls, all of them begun after now. */
    public void goOn(int calls) throws InterruptedException {
        made.forEach(Semaphore::drainPermits);
        for (var count : made) {
            // One more: the first of them may have begun before.
            assertThat(count.tryAcquire(calls + 1, 1, TimeUnit.MINUTES))
                    .as("calls are made")
                    .isTrue();
        }
    }

    public List<String> failed() {
        return failed;
    }

    @Override
    public void close() throws InterruptedException {
        goesOn = false;
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
}
