package io.holdpoint.engine;

import io.holdpoint.ProcessTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** A test of the whole application over HTTP, as a demonstration with its users. Nothing runs by itself. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "holdpoint.inspection.automatic=false",
            "holdpoint.intake.automatic=false",
            "holdpoint.demo.automatic=false",
            "holdpoint.access.odoo-password=" + RunningApplication.ODOO_PASSWORD
        })
@Import(ProcessTest.Odoo.class)
public @interface RunningApplication {

    /** The password of Odoo's technical user. */
    String ODOO_PASSWORD = "Machine-Secret-1";
}
