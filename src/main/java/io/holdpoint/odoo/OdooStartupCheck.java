package io.holdpoint.odoo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells in the log what a real Odoo lacks, once and beside the start, which does not wait for Odoo. */
@Component
@ConditionalOnExpression(OdooConfiguration.REAL_ODOO)
class OdooStartupCheck {

    private static final Logger LOG = LoggerFactory.getLogger(OdooStartupCheck.class);

    private final Odoo odoo;

    OdooStartupCheck(Odoo odoo) {
        this.odoo = odoo;
    }

    @EventListener(ApplicationReadyEvent.class)
    void check() {
        var check = new Thread(this::log, "odoo-check");
        check.setDaemon(true);
        check.start();
    }

    private void log() {
        var report = new OdooCheck(odoo).run();
        report.facts().forEach(LOG::info);
        report.problems().forEach(LOG::error);
    }
}
