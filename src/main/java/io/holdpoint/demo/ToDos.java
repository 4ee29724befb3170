package io.holdpoint.demo;

import io.holdpoint.odoo.DocumentRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** To-dos beside a document, and the server action by which Holdpoint keeps its own. */
final class ToDos {

    static final String ACTIVITY = "mail.activity";
    static final String ACTION = "document_activity";

    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]*)\"");

    private ToDos() {}

    static void models(Schema schema) {
        var activities = schema.model(ACTIVITY, "Activity", "date_deadline, id")
                .of("char", "res_model", "summary", "feedback")
                .of("many2one_reference", "res_id")
                .of("html", "note")
                .of("date", "date_deadline", "date_done")
                .of("boolean", "active")
                .one("user_id", "res.users")
                .required("res_model", "res_id", "date_deadline", "user_id")
                .rights(Groups.USERS, Groups.USERS)
                .method("action_feedback", (env, ids, arguments) -> {
                    ids.forEach(id -> done(env, id, Json.string(arguments.get("feedback"))));
                    return false;
                });
        activities.defaults = (env, id, values) -> values.putIfAbsent("active", true);
    }

    /** The open ones of a document, the most urgent first. */
    static List<Row> of(Env env, DocumentRef document) {
        return env.all(ACTIVITY).stream()
                .filter(todo -> todo.flag("active")
                        && todo.text("res_model").equals(document.model())
                        && todo.ref("res_id") == document.id())
                .sorted(Comparator.comparing(todo -> todo.text("date_deadline")))
                .toList();
    }

    /** What its note says, line by line, without the link. */
    static List<String> text(Row todo) {
        return todo.text("note")
                .replaceAll("<a href=.*</a>", "")
                .lines()
                .flatMap(ToDos::paragraphs)
                .toList();
    }

    private static Stream<String> paragraphs(String html) {
        return Stream.of(html.split("</p>"))
                .map(line -> HtmlUtils.htmlUnescape(line.replaceAll("<[^>]*>", "")))
                .filter(line -> !line.isBlank());
    }

    /** Where its note leads; empty when nowhere. */
    static String link(Row todo) {
        var link = LINK.matcher(todo.text("note"));
        return link.find() ? HtmlUtils.htmlUnescape(link.group(1)) : "";
    }

    /** Ticks one off; the document's messages say it. */
    private static void done(Env env, long id, String feedback) {
        var todo = env.row(ACTIVITY, id);
        env.write(
                env.model(ACTIVITY),
                List.of(id),
                Map.of(
                        "active",
                        false,
                        "feedback",
                        feedback,
                        "date_done",
                        env.today().toString()));
        var said = todo.text("summary") + " done" + (feedback.isEmpty() ? "" : "\n" + feedback);
        Chatter.note(env, todo.text("res_model"), todo.ref("res_id"), said);
    }

    /** As {@code document_activity.py}, in the one transaction that a call is. */
    static Map<String, Object> run(Env env) {
        var wish = Json.map(env.context.get("holdpoint"));
        var key = Json.string(wish.get("key"));
        var operation = Json.string(wish.get("operation"));
        if (key.isEmpty() || !List.of("ask", "done", "withdraw").contains(operation)) {
            throw Errors.refused("This is no to-do of Holdpoint: " + operation);
        }
        var reference = DocumentRef.parse(Json.string(wish.get("document")));
        var document = env.find(reference.model(), reference.id());
        if (document == null) {
            return answer("gone", null);
        }
        var entry = env.all(Commands.COMMAND).stream()
                .filter(row -> row.text("x_name").equals(key))
                .findFirst()
                .orElse(null);
        var state = entry == null ? "" : entry.text("x_answer");
        var known =
                entry == null ? 0 : number(Json.object(entry.text("x_result")).get("activity"));
        var todo = env.find(ACTIVITY, known);
        var isOpen = todo != null && todo.flag("active");
        if (operation.equals("ask") && state.equals("done")) {
            return answer("over", null);
        }
        var person = operation.equals("ask") ? person(env, document, reference.model(), wish) : null;
        if (operation.equals("done")) {
            if (isOpen) {
                done(env, known, Json.string(wish.get("feedback")));
            }
            remember(env, entry, key, reference, "done", known);
            return answer("done", null);
        }
        if (person == null) {
            if (isOpen) {
                env.unlink(env.model(ACTIVITY), List.of(known));
                remember(env, entry, key, reference, "withdrawn", 0);
            }
            return answer("nobody", null);
        }
        var values = values(wish, person);
        if (isOpen) {
            env.write(env.model(ACTIVITY), List.of(known), values);
            return answer("changed", person);
        }
        if (state.equals("open")) {
            // Somebody ticked it off or deleted it.
            return answer("ticked off", null);
        }
        values.put("res_model", reference.model());
        values.put("res_id", reference.id());
        remember(env, entry, key, reference, "open", env.create(env.model(ACTIVITY), values));
        return answer("made", person);
    }

    /** Who is to have it; null when Odoo knows no such user, or one who cannot open the document. */
    private static @Nullable Row person(Env env, Row document, String model, Map<String, Object> wish) {
        return candidates(env, document, wish).stream()
                .filter(user -> user.flag("active") && env.as(user.id()).maySee(env.model(model), document))
                .findFirst()
                .orElse(null);
    }

    private static List<Row> candidates(Env env, Row document, Map<String, Object> wish) {
        var found = new ArrayList<Row>();
        if (Boolean.TRUE.equals(wish.get("requester"))) {
            for (var prefix : List.of("x_holdpoint", "x_holdpoint_quality")) {
                if (document.text(prefix + "_state").equals("returned")) {
                    found.add(env.row("res.users", document.ref(prefix + "_requested_by")));
                }
            }
            return found;
        }
        var logins = Json.names(wish.get("logins"));
        for (var field : List.of("login", "email")) {
            env.all("res.users").stream()
                    .filter(user -> logins.contains(user.text(field)))
                    .forEach(found::add);
        }
        return found;
    }

    private static Map<String, Object> values(Map<String, Object> wish, Row person) {
        var note = new StringBuilder();
        Json.string(wish.get("note"))
                .lines()
                .filter(line -> !line.isEmpty())
                .forEach(line -> note.append("<p>")
                        .append(HtmlUtils.htmlEscape(line, "UTF-8"))
                        .append("</p>"));
        var link = Json.string(wish.get("link"));
        if (!link.isEmpty()) {
            note.append("<p><a href=\"")
                    .append(HtmlUtils.htmlEscape(link, "UTF-8"))
                    .append("\">Open the task in Holdpoint</a></p>");
        }
        var values = new LinkedHashMap<String, Object>();
        values.put("summary", wish.get("summary"));
        values.put("note", note.toString());
        values.put("date_deadline", wish.get("deadline"));
        values.put("user_id", person.id());
        return values;
    }

    private static void remember(
            Env env, @Nullable Row entry, String key, DocumentRef document, String state, long activity) {
        var values = new LinkedHashMap<String, Object>();
        values.put("x_answer", state);
        values.put("x_result", activity > 0 ? Json.text(Map.of("activity", activity)) : "");
        if (entry == null) {
            values.put("x_name", key);
            values.put("x_document", document.toString());
            values.put("x_operation", "activity");
            env.create(env.model(Commands.COMMAND), values);
        } else {
            env.write(env.model(Commands.COMMAND), List.of(entry.id()), values);
        }
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static Map<String, Object> answer(String status, @Nullable Row person) {
        return Map.of("status", status, "person", person == null ? "" : person.text("login"));
    }
}
