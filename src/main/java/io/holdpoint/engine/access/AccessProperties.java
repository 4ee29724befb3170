package io.holdpoint.engine.access;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Users and passwords that an installation brings along.
 *
 * @param adminPassword of the first administrator; empty for none
 * @param odooPassword of the technical user by whom Odoo may start workflows; empty for no such user
 * @param users the people of a small shop; see {@link ConfiguredUsers}
 */
@ConfigurationProperties("holdpoint.access")
record AccessProperties(
        @DefaultValue("") String adminPassword,
        @DefaultValue("") String odooPassword,
        @DefaultValue List<ListedUser> users) {

    /** Passwords never reach a log by way of their record. */
    @Override
    public String toString() {
        return "AccessProperties[***]";
    }

    /**
     * A person of the list.
     *
     * @param id the login
     * @param name as colleagues call them
     * @param email by which an own request is recognised
     * @param roles ids of {@link Role}, or {@code camunda-admin}
     * @param password empty: whoever has none yet gets one from an administrator
     */
    record ListedUser(
            @DefaultValue("") String id,
            @DefaultValue("") String name,
            @DefaultValue("") String email,
            @DefaultValue List<String> roles,
            @DefaultValue("") String password) {

        @Override
        public String toString() {
            return "ListedUser[" + id + "]";
        }
    }
}
