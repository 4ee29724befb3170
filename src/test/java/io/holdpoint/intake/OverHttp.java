package io.holdpoint.intake;

import io.holdpoint.ProcessTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** As {@link ProcessTest}, with the doors of the web server open: a test calls them as a sender would. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "holdpoint.inspection.automatic=false",
            "holdpoint.intake.automatic=false",
            "holdpoint.demo.automatic=false",
            "holdpoint.intake.webhook-secrets=" + Intake.WEBHOOK_SECRET + "," + Intake.WEBHOOK_SECRET_BEFORE,
            "holdpoint.intake.event-secrets=" + Intake.EVENT_SECRET + "," + Intake.EVENT_SECRET_BEFORE,
            "holdpoint.access.odoo-password=" + Intake.ODOO_PASSWORD
        })
@Import({ProcessTest.Odoo.class, OverHttp.Doors.class})
@Tag("database")
public @interface OverHttp {

    @TestConfiguration
    class Doors {

        @Bean
        Intake intake(ApplicationContext context) {
            return new Intake(context);
        }
    }
}
