package io.holdpoint.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the demo Odoo behaves.
 *
 * @param automatic whether it starts with a distributor's data, asks for the release of its quotations and tells of
 *     changes; otherwise it starts empty and does nothing by itself
 * @param file where its records outlive a restart; not used when the database is in memory, because records and cases
 *     belong together
 * @param requestEvery how long it waits between two of its first requests
 */
@ConfigurationProperties("holdpoint.demo")
record DemoProperties(
        @DefaultValue("true") boolean automatic,
        @DefaultValue("./data/demo-odoo.json") Path file,
        @DefaultValue("PT0.25S") Duration requestEvery) {}
