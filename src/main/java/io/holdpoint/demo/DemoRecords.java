package io.holdpoint.demo;

import io.holdpoint.odoo.DocumentRef;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the pages of the demo show of any record, put together from its model. */
final class DemoRecords {

    /**
     * @param name of a method, or of an action that odoo-setup made
     * @param isAction which of the two
     * @param asks what the window of the button asks for first; most have none
     */
    record Button(String name, String label, boolean isAction, List<Ask> asks) {

        Button(String name, String label, boolean isAction) {
            this(name, label, isAction, List.of());
        }
    }

    /**
     * A field that is filled in before a button is pressed.
     *
     * @param kind text, number or choice
     * @param choices of a choice
     */
    record Ask(String field, String label, String kind, List<String> choices) {

        /** As Odoo wants it written. */
        Object value(String given) {
            if (given.isBlank()) {
                return kind.equals("number") ? (Object) 0.0 : false;
            }
            if (!kind.equals("number")) {
                return given;
            }
            try {
                return Double.valueOf(given.strip());
            } catch (NumberFormatException e) {
                throw Errors.refused(label + ": '" + given + "' is no number.");
            }
        }
    }

    record Value(String label, String text) {}

    record Table(String label, List<String> columns, List<List<String>> rows) {}

    record Note(String author, String date, List<String> text) {}

    /** One record in a list; {@code tone} is that of the badge of {@code holdpoint}. */
    record Entry(long id, String name, String summary, String state, String holdpoint, String tone, String reason) {}

    record Listing(String model, String label, List<Entry> entries) {}

    record Page(
            String model,
            String label,
            Entry entry,
            List<Value> values,
            List<Table> tables,
            List<Button> buttons,
            List<DemoScreens.ToDo> toDos,
            List<Note> chatter) {}

    private static final Set<String> HIDDEN = Set.of(
            "id", "display_name", "name", "create_date", "write_date", "create_uid", "write_uid", "state", "active");
    private static final Set<String> SIMPLE = Set.of(
            "char", "text", "float", "monetary", "integer", "date", "datetime", "selection", "boolean", "many2one");
    private static final Map<String, String> TONES = Map.of(
            "requested", "info",
            "held", "warning",
            "released", "success",
            "rejected", "danger",
            "returned", "warning",
            "withdrawn", "muted");
    private static final Button REPORT_DEFECT =
            new Button(Quality.REPORT_ACTION, "Report defect", true, Quality.asked());
    private static final Map<String, List<Button>> BUTTONS = Map.of(
            Purchasing.ORDER,
            List.of(
                    new Button("button_confirm", "Confirm order", false),
                    new Button("button_cancel", "Cancel", false),
                    new Button(Purchasing.REQUEST_ACTION, "Request approval", true)),
            Transfers.PICKING,
            List.of(
                    new Button("button_validate", "Validate", false),
                    new Button("action_cancel", "Cancel", false),
                    new Button("demo_photo", "Attach a photo", false),
                    new Button(Returns.REQUEST_ACTION, "Request return", true),
                    REPORT_DEFECT),
            Stock.LOT,
            List.of(REPORT_DEFECT),
            Products.PRODUCT,
            List.of(REPORT_DEFECT));

    private DemoRecords() {}

    static List<Button> buttons(String model) {
        return BUTTONS.getOrDefault(model, List.of());
    }

    /** Who works in this Odoo, Holdpoint's own user and the system left out. */
    static List<String> people(Env env) {
        return env.all("res.users").stream()
                .filter(user -> user.flag("active"))
                .map(user -> user.text("login"))
                .filter(login -> !login.equals(DemoOdoo.TECHNICAL_USER))
                .sorted()
                .toList();
    }

    static Listing list(Env env, String name) {
        var model = env.model(name);
        var entries = env.all(name).stream()
                .sorted(Comparator.comparing(Row::id).reversed())
                .map(row -> entry(env, model, row))
                .toList();
        return new Listing(name, model.label, entries);
    }

    static Page record(Env env, String name, long id) {
        var model = env.model(name);
        var row = env.row(name, id);
        var seen = env.sudo();
        var values = new ArrayList<Value>();
        var tables = new ArrayList<Table>();
        for (var field : model.fields.values()) {
            if (field.type().equals("one2many")) {
                table(seen, field, row).ifPresent(tables::add);
            } else if (SIMPLE.contains(field.type())
                    && !HIDDEN.contains(field.name())
                    && !field.name().startsWith("x_holdpoint")) {
                var text = text(seen, model, row, field);
                if (!text.isEmpty()) {
                    values.add(new Value(field.label(), text));
                }
            }
        }
        return new Page(
                name,
                model.label,
                entry(env, model, row),
                values,
                tables,
                buttons(name),
                DemoScreens.toDos(env, new DocumentRef(name, id)),
                chatter(env, name, id));
    }

    private static Entry entry(Env env, Model model, Row row) {
        var prefix = model.fields.containsKey("x_holdpoint_quality_state") && !row.has("x_holdpoint_state")
                ? "x_holdpoint_quality"
                : "x_holdpoint";
        var holdpoint = row.text(prefix + "_state");
        return new Entry(
                row.id(),
                env.displayName(model.name, row.id()),
                summary(env, model, row),
                words(row.text("state")),
                words(holdpoint),
                TONES.getOrDefault(holdpoint, "info"),
                row.text(prefix + "_reason"));
    }

    private static String summary(Env env, Model model, Row row) {
        for (var field : List.of("partner_id", "product_id")) {
            if (model.fields.containsKey(field) && row.ref(field) > 0) {
                return text(env.sudo(), model, row, model.field(field));
            }
        }
        return "";
    }

    private static java.util.Optional<Table> table(Env env, Field field, Row row) {
        var lines = env.model(String.valueOf(field.relation()));
        var rows = env.inverse(lines.name, String.valueOf(field.inverse()), row.id());
        if (rows.isEmpty()) {
            return java.util.Optional.empty();
        }
        var columns = new LinkedHashSet<Field>();
        for (var column : lines.fields.values()) {
            if (SIMPLE.contains(column.type())
                    && !HIDDEN.contains(column.name())
                    && !column.name().equals(field.inverse())
                    && rows.stream()
                            .anyMatch(line -> !text(env, lines, line, column).isEmpty())) {
                columns.add(column);
            }
        }
        return java.util.Optional.of(new Table(
                field.label(),
                columns.stream().map(Field::label).toList(),
                rows.stream()
                        .map(line -> columns.stream()
                                .map(column -> text(env, lines, line, column))
                                .toList())
                        .toList()));
    }

    private static String text(Env env, Model model, Row row, Field field) {
        var value = env.value(model, row, field.name());
        if (value == null || Boolean.FALSE.equals(value)) {
            return "";
        }
        if (field.type().equals("many2one") && value instanceof Number id) {
            return env.displayName(String.valueOf(field.relation()), id.longValue());
        }
        if (value instanceof Number number) {
            return number.doubleValue() == 0
                    ? ""
                    : new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
        }
        if (value instanceof Boolean) {
            return "yes";
        }
        var text = value.toString();
        return field.type().equals("selection")
                ? words(text)
                : field.type().equals("datetime") ? text.substring(0, 16) : text;
    }

    private static String words(String key) {
        var text = key.replace('_', ' ');
        return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static List<Note> chatter(Env env, String model, long id) {
        return Chatter.of(env, new DocumentRef(model, id)).stream()
                .sorted(Comparator.comparing(Row::id).reversed())
                .map(message -> new Note(
                        env.displayName(Customers.PARTNER, message.ref("author_id")),
                        message.text("date").substring(0, 16),
                        Chatter.text(message).lines().collect(Collectors.toList())))
                .toList();
    }
}
