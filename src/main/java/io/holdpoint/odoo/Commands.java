package io.holdpoint.odoo;

import java.util.HashMap;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Changes to documents in Odoo, each in one Odoo transaction and at most once per key. */
@Component
public final class Commands {

    private final Odoo odoo;

    public Commands(Odoo odoo) {
        this.odoo = odoo;
    }

    /**
     * Has Odoo carry out a command. After {@link OdooUnavailable} it is unknown whether it was carried out; running the
     * same command again is always safe.
     *
     * @throws OdooRefused when Odoo's own rules forbid it, for example to confirm a cancelled order, or when the
     *     document is gone; nothing was done then
     */
    public OdooCommand.Answer run(OdooCommand command) {
        var payload = new HashMap<String, Object>();
        payload.put("key", command.key());
        payload.put("operation", command.operation());
        payload.put("reason", command.reason());
        payload.put("note", command.note());
        payload.put("expected", command.expected());
        var action = command.document().model().replace('.', '_').toLowerCase(Locale.ROOT) + "_command";
        var answer = odoo.runAction(action, command.document(), payload);
        return new OdooCommand.Answer(Values.requiredText(answer, "status"), Values.requiredText(answer, "state"));
    }
}
