package io.holdpoint.engine.access;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Whether this installation is a demonstration: it is as long as no Odoo is configured. */
@Component
class DemoMode {

    private final boolean on;

    DemoMode(@Value("${odoo.url:}") String odooUrl) {
        this.on = odooUrl.isBlank();
    }

    boolean isOn() {
        return on;
    }
}
