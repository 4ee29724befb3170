package io.holdpoint.demo;

import io.holdpoint.intake.WebhookSecrets;
import io.holdpoint.odoo.OdooRefused;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.TaskScheduler;

/** Puts an Odoo in memory behind the door to Odoo when no real one is configured. */
@Configuration(proxyBeanMethods = false)
@OnlyWithoutOdoo
class DemoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DemoConfiguration.class);

    private final DemoProperties properties;
    private final Clock clock;
    private final AtomicInteger port = new AtomicInteger();

    DemoConfiguration(DemoProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    @Bean
    DemoOdoo demoOdoo(JdbcClient jdbc, @Value("${spring.datasource.url:}") String database) {
        if (!properties.automatic()) {
            return DemoOdoo.empty(clock);
        }
        var file = new DemoFile(properties.file());
        var kept = database.contains(":mem:") ? Optional.<Store.Snapshot>empty() : file.read();
        // Records whose cases are gone belong to another database.
        var odoo = kept.filter(snapshot -> hasCases(jdbc))
                .map(snapshot -> DemoOdoo.restored(clock, snapshot))
                .orElseGet(() -> DemoOdoo.seeded(clock));
        if (!database.contains(":mem:")) {
            odoo.onCommit(changes -> file.write(odoo.snapshot()));
        }
        return odoo;
    }

    @Bean
    @Automatic
    DemoHints demoHints(DemoOdoo odoo, WebhookSecrets secrets) {
        var hints = new DemoHints(
                odoo,
                () -> port.get() == 0
                        ? Optional.empty()
                        : Optional.of(URI.create(
                                "http://localhost:" + port.get() + "/api/odoo/webhooks/" + secrets.current())));
        odoo.onCommit(hints::changed);
        return hints;
    }

    @EventListener
    void listening(WebServerInitializedEvent server) {
        if (server.getApplicationContext().getServerNamespace() == null) {
            port.set(server.getWebServer().getPort());
        }
    }

    @Bean
    @Automatic
    FirstRequests firstRequests(DemoOdoo odoo, JdbcClient jdbc, TaskScheduler scheduler) {
        return new FirstRequests(odoo, jdbc, scheduler, properties.requestEvery());
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ConditionalOnProperty(name = "holdpoint.demo.automatic", matchIfMissing = true)
    private @interface Automatic {}

    private static boolean hasCases(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from hp_case").query(Long.class).single() > 0;
    }

    /** On the first start people ask for what they have prepared, one after the other. */
    record FirstRequests(DemoOdoo odoo, JdbcClient jdbc, TaskScheduler scheduler, Duration every) {

        @EventListener(ApplicationReadyEvent.class)
        void ask() {
            LOG.info("This is a demonstration with an Odoo in memory. Its pages are at /demo/odoo.");
            if (hasCases(jdbc)) {
                return;
            }
            var moment = scheduler.getClock().instant();
            for (var request : odoo.firstRequests()) {
                moment = moment.plus(every);
                scheduler.schedule(() -> ask(request), moment);
            }
        }

        private void ask(Consumer<DemoOdoo> request) {
            try {
                request.accept(odoo);
            } catch (OdooRefused overtaken) {
                LOG.debug("Somebody was faster: {}", overtaken.getMessage());
            }
        }
    }
}
