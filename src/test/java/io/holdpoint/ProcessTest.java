package io.holdpoint;

import io.holdpoint.demo.DemoOdoo;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/**
 * A test of the deployed models with everything real but Odoo, which is an empty demo Odoo. Nothing runs by itself: the
 * test works off inbox, jobs and timers, so that it can look in between.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "holdpoint.inspection.automatic=false",
            "holdpoint.intake.automatic=false",
            "holdpoint.notification.automatic=false",
            "holdpoint.demo.automatic=false"
        })
@Import(ProcessTest.Odoo.class)
@Tag("database")
public @interface ProcessTest {

    @TestConfiguration
    class Odoo {

        @Bean
        @Primary
        DemoOdoo emptyOdoo(Clock clock) {
            return DemoOdoo.empty(clock);
        }

        @Bean
        FlowCoverage flowCoverage() {
            return new FlowCoverage();
        }

        @Bean
        Story story(org.springframework.context.ApplicationContext context) {
            return new Story(context);
        }
    }
}
