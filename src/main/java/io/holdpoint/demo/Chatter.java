package io.holdpoint.demo;

import io.holdpoint.odoo.DocumentRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.util.HtmlUtils;

/** The messages beside a document. They never touch its write date. */
final class Chatter {

    static final String MESSAGE = "mail.message";
    static final String ATTACHMENT = "ir.attachment";
    static final String TRACKING = "mail.tracking.value";
    static final String LANGUAGE = "res.lang";

    private static final String STATE = "state";

    private Chatter() {}

    /** Messages, and the files beside a document. */
    static void models(Schema schema) {
        schema.model(MESSAGE, "Message", "id desc")
                .of("char", "model")
                .of("many2one_reference", "res_id")
                .of("html", "body")
                .of("datetime", "date")
                .selection("message_type", "comment", "notification", "email")
                .one("author_id", Customers.PARTNER);
        schema.model(TRACKING, "Mail Tracking Value", "id desc")
                .of("char", "old_value_char", "new_value_char")
                .one("mail_message_id", MESSAGE)
                .rights(Set.of(Groups.ADMIN, Groups.TECHNICAL), Set.of(Groups.ADMIN));
        schema.model(LANGUAGE, "Languages", "name").of("char", "name", "code").of("boolean", "active");
        schema.model(ATTACHMENT, "Attachment", "id desc")
                .of("char", "name", "res_model", "mimetype")
                .of("many2one_reference", "res_id")
                .rights(Groups.USERS, Groups.USERS);
    }

    /** An entry for each change of state, unless the caller wants none; Odoo keeps the words that people read. */
    static void tracking(Model model) {
        model.also((env, before, after) -> {
            if (before == null
                    || after == null
                    || !before.has(STATE)
                    || !after.has(STATE)
                    || before.text(STATE).equals(after.text(STATE))
                    || Boolean.TRUE.equals(env.context.get("tracking_disable"))
                    || Boolean.TRUE.equals(env.context.get("mail_notrack"))) {
                return;
            }
            var message = post(env, model.name, after.id(), "");
            env.sudo()
                    .create(
                            env.model(TRACKING),
                            Map.of(
                                    "mail_message_id",
                                    message,
                                    "old_value_char",
                                    Field.labelOf(before.text(STATE)),
                                    "new_value_char",
                                    Field.labelOf(after.text(STATE))));
        });
    }

    /** A photo dropped into the chatter. */
    static Model.Method photographing(String model) {
        return (env, ids, arguments) -> ids.stream()
                .map(id -> env.create(
                        env.model(ATTACHMENT),
                        Map.of("name", "photo.jpg", "mimetype", "image/jpeg", "res_model", model, "res_id", id)))
                .toList();
    }

    static long attachments(Env env, String model, long id) {
        return env.all(ATTACHMENT).stream()
                .filter(file -> file.text("res_model").equals(model) && file.ref("res_id") == id)
                .count();
    }

    /** The method {@code message_post} of a model. */
    static Model.Method posting(String model) {
        return (env, ids, arguments) ->
                ids.stream().map(id -> post(env, model, id, arguments)).toList();
    }

    /** @param text plain text; markup in it is shown, not obeyed */
    static long note(Env env, String model, long id, String text) {
        return post(env, model, id, "<p>" + HtmlUtils.htmlEscape(text, "UTF-8").replace("\n", "<br>") + "</p>");
    }

    /** {@code message_post}: the body is plain text unless it says that it is HTML. */
    static long post(Env env, String model, long id, Map<String, Object> arguments) {
        env.row(model, id);
        var body = Json.string(arguments.get("body"));
        return Boolean.TRUE.equals(arguments.get("body_is_html"))
                ? post(env, model, id, body)
                : note(env, model, id, body);
    }

    /** The messages as a person reads them, oldest first. */
    static List<String> texts(Env env, DocumentRef document) {
        return of(env, document).stream().map(Chatter::text).toList();
    }

    static String text(Row message) {
        return HtmlUtils.htmlUnescape(
                message.text("body").replaceAll("<br/?>", "\n").replaceAll("<[^>]*>", ""));
    }

    /** The messages that say something, oldest first. */
    static List<Row> of(Env env, DocumentRef document) {
        return env.all(MESSAGE).stream()
                .filter(message -> message.has("body")
                        && message.text("model").equals(document.model())
                        && message.ref("res_id") == document.id())
                .toList();
    }

    private static long post(Env env, String model, long id, String html) {
        return env.sudo()
                .create(
                        env.model(MESSAGE),
                        Map.of(
                                "model",
                                model,
                                "res_id",
                                id,
                                "body",
                                html,
                                "author_id",
                                env.user().ref("partner_id"),
                                "date",
                                env.moment().substring(0, 19),
                                "message_type",
                                "comment"));
    }
}
