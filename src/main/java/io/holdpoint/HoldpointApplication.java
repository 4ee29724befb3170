package io.holdpoint;

import io.holdpoint.odoo.OdooCommandLine;
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
        if (OdooCommandLine.knows(args)) {
            System.exit(OdooCommandLine.run(args, System.getenv()));
        }
        SpringApplication.run(HoldpointApplication.class, args);
    }
}
