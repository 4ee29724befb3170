package io.holdpoint.engine;

import io.holdpoint.odoo.OdooContract;
import io.holdpoint.odoo.OdooRefused;
import io.holdpoint.odoo.OdooUnavailable;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.ThreadLocalRandom;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.identity.IdentityProviderException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobCommandFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.spring.boot.starter.configuration.CamundaFailedJobConfiguration;
import org.camunda.bpm.spring.boot.starter.configuration.impl.AbstractCamundaConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What happens to a job that failed.
 *
 * <ul>
 *   <li>Odoo or the directory of people is unavailable, or the database cannot be used: tried again for as long as it
 *       takes, each time after a quarter of the time waited so far (5 seconds to 10 minutes, with jitter). No retry is
 *       used up, so an outage makes no storm of incidents.
 *   <li>Trying again cannot help (contract with Odoo broken, unexpected refusal, rule violated): an incident at once.
 *   <li>Somebody who may not carries it out by hand: nothing was tried, nothing is used up.
 *   <li>Anything else: the engine's own retry cycle.
 * </ul>
 */
@Component
class RetryPolicy extends AbstractCamundaConfiguration implements CamundaFailedJobConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);

    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setFailedJobCommandFactory(new Factory());
    }

    private static final class Factory implements FailedJobCommandFactory {
        @Override
        public Command<Object> getCommand(String jobId, Throwable failure) {
            return new AfterFailure(jobId, failure);
        }
    }

    private static final class AfterFailure extends DefaultJobRetryCmd {

        AfterFailure(String jobId, Throwable failure) {
            super(jobId, failure);
        }

        @Override
        public @Nullable Object execute(CommandContext context) {
            if (causedBy(AuthorizationException.class) && context.getAuthenticatedUserId() != null) {
                // Somebody wanted to carry it out by hand and may not: three attempts would stop a deadline for good.
                return null;
            }
            if (causedBy(OdooUnavailable.class)
                    || causedBy(IdentityProviderException.class)
                    || DatabaseOutage.caused(exception)) {
                return again(context);
            }
            if (causedBy(OdooContract.class) || causedBy(OdooRefused.class) || causedBy(Unretryable.class)) {
                return incident(context);
            }
            return super.execute(context);
        }

        private @Nullable Object again(CommandContext context) {
            var job = unlocked();
            if (job != null) {
                var now = ClockUtil.getCurrentTime().getTime();
                var wait = backoff(Duration.ofMillis(now - job.getCreateTime().getTime()));
                job.setDuedate(new Date(now + wait.toMillis()));
                notifyAcquisition(context);
            }
            return null;
        }

        private @Nullable Object incident(CommandContext context) {
            var job = unlocked();
            if (job != null) {
                job.setRetries(0);
                notifyAcquisition(context);
                say(context, job);
            }
            return null;
        }

        private void say(CommandContext context, JobEntity job) {
            var instance = job.getProcessInstanceId() == null
                    ? null
                    : context.getExecutionManager().findExecutionById(job.getProcessInstanceId());
            LOG.error(
                    "{} of {} stands still until somebody mends it and raises the retries in Cockpit: {}",
                    job.getActivityId(),
                    instance == null ? "job " + job.getId() : instance.getBusinessKey(),
                    job.getExceptionMessage());
        }

        private @Nullable JobEntity unlocked() {
            var job = getJob();
            if (job != null) {
                job.unlock();
                logException(job);
            }
            return job;
        }

        private boolean causedBy(Class<? extends Throwable> type) {
            for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
                if (type.isInstance(cause)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * A quarter of the time waited so far, within bounds, give or take a fifth so that a backlog does not march in
     * step.
     */
    static Duration backoff(Duration waitedSoFar) {
        var quarter = waitedSoFar.dividedBy(4);
        var bounded = quarter.compareTo(SHORTEST) < 0 ? SHORTEST : quarter.compareTo(LONGEST) > 0 ? LONGEST : quarter;
        var jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
        return Duration.ofMillis((long) (bounded.toMillis() * jitter));
    }
}
