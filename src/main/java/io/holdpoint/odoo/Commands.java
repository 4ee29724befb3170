package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
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
        payload.put("arguments", command.arguments());
        payload.put("document", command.document().toString());
        var action = command.workflow().replace('-', '_') + "_command";
        var answer = odoo.runAction(action, command.document(), payload);
        return new OdooCommand.Answer(
                Values.requiredText(answer, "status"),
                Values.requiredText(answer, "state"),
                answer.path("result").isObject() ? answer.path("result") : JsonNodeFactory.instance.objectNode());
    }
}
