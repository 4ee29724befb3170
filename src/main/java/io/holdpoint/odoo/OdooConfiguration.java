package io.holdpoint.odoo;

import java.time.Clock;
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
    OdooTransport odooTransport(OdooProperties properties) {
        return new OdooConnection(properties);
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
