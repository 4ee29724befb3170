package io.holdpoint.odoo;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Warns before the API key expires by which Holdpoint calls Odoo: in the log, and for whoever else wants to tell it,
 * once by one of the nodes, to health by all.
 */
@Component
@ConditionalOnExpression(OdooConfiguration.REAL_ODOO)
class OdooKeyExpiry implements HealthIndicator, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(OdooKeyExpiry.class);
    private static final int[] WARN_DAYS = {1, 7, 14};
    private static final Duration FIRST_WARNING = Duration.ofDays(14);
    private static final String REMEDY = "Make a new one: java -jar holdpoint.jar odoo-rotate-key";

    private final Odoo odoo;
    private final Credentials credentials;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private volatile @Nullable Instant expires;
    private volatile boolean unknownSaid;

    OdooKeyExpiry(
            Odoo odoo,
            Credentials credentials,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.odoo = odoo;
        this.credentials = credentials;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
    void look() {
        var keys = credentials.keys();
        try {
            expires =
                    keys.isEmpty() ? null : new ApiKeys(odoo).look(keys.get(0)).expires();
        } catch (OdooUnavailable later) {
            // The next hour asks again; that Odoo is away is said elsewhere.
            LOG.debug("The expiry of the API key could not be read.", later);
        } catch (OdooException unknown) {
            if (!unknownSaid) {
                LOG.warn("When the API key of Odoo expires is not known: {}", unknown.getMessage());
                unknownSaid = true;
            }
        }
        warn();
    }

    private void warn() {
        var until = expires;
        if (until == null) {
            return;
        }
        var left = Duration.between(clock.instant(), until);
        IntStream.of(WARN_DAYS)
                .filter(days -> left.compareTo(Duration.ofDays(days)) <= 0)
                .findFirst()
                .ifPresent(days -> warnOnce(until, days));
    }

    /** Only the first of the nodes gives a warning; what is told of it commits with the note that it was given. */
    private void warnOnce(Instant until, int days) {
        try {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("insert into hp_key_warning (expires_at, days, warned_at) values (:until, :days, :now)")
                        .param("until", until.atOffset(ZoneOffset.UTC))
                        .param("days", days)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
                events.publishEvent(new OdooKeyExpires(until, days, REMEDY));
            });
        } catch (DuplicateKeyException said) {
            return;
        }
        LOG.warn(
                "The API key by which Holdpoint calls Odoo expires on {}, within {}. {}",
                until,
                days == 1 ? "1 day" : days + " days",
                REMEDY);
    }

    /** Never down: calls work until it expires, and then Odoo does not answer, which is said by its own indicator. */
    @Override
    public Health health() {
        var health = Health.up();
        var until = expires;
        if (until != null) {
            health.withDetail("expires", until);
            if (clock.instant().plus(FIRST_WARNING).compareTo(until) >= 0) {
                health.withDetail("warning", REMEDY);
            }
        }
        return health.build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("holdpoint.odoo.key.expires", this::secondsLeft)
                .baseUnit("seconds")
                .description("Until the API key of Odoo expires; no number where it does not or there is none")
                .register(registry);
    }

    private double secondsLeft() {
        var until = expires;
        return until == null
                ? Double.NaN
                : Duration.between(clock.instant(), until).toSeconds();
    }
}
