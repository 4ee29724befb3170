package io.holdpoint.odoo;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;

/** Whether a real Odoo has what the setup made in it, guards among it. */
@Component
@ConditionalOnExpression(OdooConfiguration.REAL_ODOO)
public class SetupCheck {

    private final Odoo odoo;

    SetupCheck(Odoo odoo) {
        this.odoo = odoo;
    }

    /** What has to be put right, each with its remedy; that Odoo does not answer is one as well. */
    public List<String> problems() {
        return new OdooCheck(odoo).run().problems();
    }
}
