package io.holdpoint.engine;

import java.time.Duration;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** The job that runs on this thread. */
public final class CurrentJob {

    private CurrentJob() {}

    /** How long ago the job was created, hence for how long it has been tried; zero outside of a job. */
    public static Duration age() {
        var command = Context.getCommandContext();
        var job = command == null ? null : command.getCurrentJob();
        if (job == null || job.getCreateTime() == null) {
            return Duration.ZERO;
        }
        return Duration.ofMillis(
                ClockUtil.getCurrentTime().getTime() - job.getCreateTime().getTime());
    }
}
