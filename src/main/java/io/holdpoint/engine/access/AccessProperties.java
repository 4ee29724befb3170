package io.holdpoint.engine.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Passwords that an installation brings along.
 *
 * @param adminPassword of the first administrator; empty for none
 * @param odooPassword of the technical user by whom Odoo may start workflows; empty for no such user
 */
@ConfigurationProperties("holdpoint.access")
record AccessProperties(
        @DefaultValue("") String adminPassword,
        @DefaultValue("") String odooPassword) {

    /** Passwords never reach a log by way of their record. */
    @Override
    public String toString() {
        return "AccessProperties[***]";
    }
}
