package io.holdpoint.odoo;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * To-dos on documents in Odoo, each known by a key of ours. After {@link OdooUnavailable} the same call is safe again:
 * one key never makes two to-dos, and what is done stays done.
 */
@Component
public final class Activities {

    private static final String ACTION = "document_activity";

    private final Odoo odoo;

    public Activities(Odoo odoo) {
        this.odoo = odoo;
    }

    /**
     * A to-do.
     *
     * @param logins logins or e-mail addresses of the person, whichever Odoo knows; empty for whoever asked for what
     *     was returned
     * @param note lines of plain text
     * @param link to the task; empty for none
     */
    public record ToDo(List<String> logins, String summary, String note, String link, LocalDate deadline) {}

    /**
     * Makes the to-do, or gives it to this person with these words.
     *
     * @return the login of who has it now; empty where nobody has: this person is no user of Odoo, cannot open the
     *     document, or ticked it off, or the document is gone
     */
    public Optional<String> ask(String key, DocumentRef document, ToDo toDo) {
        var answer = run(
                key,
                document,
                "ask",
                Map.of(
                        "requester", toDo.logins().isEmpty(),
                        "logins", toDo.logins(),
                        "summary", toDo.summary(),
                        "note", toDo.note(),
                        "link", toDo.link(),
                        "deadline", toDo.deadline().toString()));
        return Optional.of(answer).filter(login -> !login.isEmpty());
    }

    /** Marks it as done, where it still is to be done, and says how in the messages of the document. */
    public void done(String key, DocumentRef document, String feedback) {
        run(key, document, "done", Map.of("feedback", feedback));
    }

    /** Takes it away without a word. It may be asked for anew under the same key. */
    public void withdraw(String key, DocumentRef document) {
        run(key, document, "withdraw", Map.of());
    }

    private String run(String key, DocumentRef document, String operation, Map<String, ?> more) {
        var payload = new HashMap<String, Object>(more);
        payload.put("key", key);
        payload.put("document", document.toString());
        payload.put("operation", operation);
        return odoo.runAction(ACTION, payload).path("person").asText();
    }
}
