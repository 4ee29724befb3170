package io.holdpoint;

import io.holdpoint.odoo.OdooCommandLine;
import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Hold points for Odoo documents: policy decides, people release, Odoo obeys, evidence stays. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class HoldpointApplication {

    public static void main(String[] args) {
        // The engine stores moments without a zone: every node must mean the same one.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        if (OdooCommandLine.knows(args)) {
            System.exit(OdooCommandLine.run(args, System.getenv()));
        }
        SpringApplication.run(HoldpointApplication.class, args);
    }
}
