package io.holdpoint;

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
        SpringApplication.run(HoldpointApplication.class, args);
    }
}
