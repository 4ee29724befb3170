package io.holdpoint.odoo;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The door to Odoo. Without {@code odoo.url} somebody else has to provide the transport. */
@Configuration(proxyBeanMethods = false)
class OdooConfiguration {

    /** Whoever provides the transport instead of a real Odoo has its pages below here. */
    private static final String DEMO_PAGES = "/demo";

    static final String REAL_ODOO = "!'${odoo.url:}'.isBlank()";

    @Bean
    @ConditionalOnExpression(REAL_ODOO)
    OdooTransport odooTransport(OdooProperties properties, Credentials credentials) {
        return new OdooConnection(properties, credentials);
    }

    @Bean
    Credentials odooCredentials(OdooProperties properties, SecretFiles files) {
        return new Credentials(properties, files);
    }

    @Bean
    SecretFiles secretFiles(@Value("${holdpoint.secrets-dir:}") String directory, MeterRegistry figures) {
        return new SecretFiles(directory, figures);
    }

    @Bean
    OdooAvailability odooAvailability(Clock clock, ApplicationEventPublisher publisher) {
        return new OdooAvailability(clock, publisher);
    }

    @Bean
    Odoo odoo(OdooTransport transport, OdooProperties properties, OdooAvailability availability) {
        var url = properties.url() == null ? DEMO_PAGES : properties.url().toString();
        return new Odoo(transport, url, properties.parallelCalls(), availability);
    }
}
