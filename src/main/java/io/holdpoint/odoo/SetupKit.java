package io.holdpoint.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdpoint.odoo.SetupRecords.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of records that a part of the setup makes in Odoo. Names are those of external ids; scripts and views lie
 * in {@code /odoo} on the class path.
 */
final class SetupKit {

    private static final List<String> STATES =
            List.of("requested", "held", "released", "rejected", "returned", "withdrawn");

    private final Odoo odoo;
    private final SetupRecords records;
    private final long group;
    private final @Nullable Secret hints;
    private final GuardSetup guards;
    private final Map<String, Long> models = new HashMap<>();

    /**
     * @param group of the technical user
     * @param hints where Odoo posts its hints to, with the secret in it; null: no webhooks
     */
    SetupKit(Odoo odoo, SetupRecords records, long group, @Nullable Secret hints) {
        this.odoo = odoo;
        this.records = records;
        this.group = group;
        this.hints = hints;
        this.guards = new GuardSetup(odoo, records, this);
    }

    OdooProfile profile() {
        return odoo.profile();
    }

    SetupRecords records() {
        return records;
    }

    /** Whether Odoo has this model. */
    boolean has(String model) {
        return !odoo.searchRead("ir.model", List.of(List.of("model", "=", model)), List.of("id"), "id", 1)
                .isEmpty();
    }

    /** Reading rights of the technical user on a model that its group does not give. */
    void mayRead(String name, String model) {
        records.ensure(
                name,
                "ir.model.access",
                null,
                Map.of(
                        "name", "Holdpoint: reads " + model,
                        "model_id", modelId(model),
                        "group_id", group,
                        "perm_read", true,
                        "perm_write", false,
                        "perm_create", false,
                        "perm_unlink", false),
                Map.of());
    }

    /** All warehouses, with the place that everything of theirs lies in. */
    private List<JsonNode> warehouses() {
        return odoo.searchRead(
                "stock.warehouse", List.of(), List.of("name", "view_location_id", "company_id"), "id", 0);
    }

    /**
     * A place in each warehouse, beside the stock and not within it, for Odoo delivers from everywhere within.
     *
     * @return their ids
     */
    List<Long> places(String name) {
        return warehouses().stream()
                .map(warehouse -> {
                    long view = warehouse.path("view_location_id").path(0).asLong();
                    return records.ensure(
                            name.toLowerCase(Locale.ROOT) + "_"
                                    + warehouse.path("id").asText(),
                            "stock.location",
                            // An archived one is taken again, with what lies there.
                            List.of(
                                    List.of("location_id", "=", view),
                                    List.of("name", "=", name),
                                    List.of("active", "in", List.of(true, false))),
                            Map.of("name", name, "location_id", view, "usage", "internal", "active", true),
                            Map.of(
                                    "company_id",
                                    warehouse.path("company_id").path(0).asLong()));
                })
                .toList();
    }

    // fields and models

    /** @param onCreation values that matter when it is created only, for example {@code relation} */
    long field(String name, String model, String field, String label, String type, Map<String, Object> onCreation) {
        var creation = new HashMap<>(onCreation);
        creation.put("model_id", modelId(model));
        creation.put("state", "manual");
        return records.ensure(
                name,
                "ir.model.fields",
                List.of(List.of("model", "=", model), List.of("name", "=", field)),
                Map.of("name", field, "field_description", label, "ttype", type, "copied", false),
                creation);
    }

    /** A field with a fixed choice, in this order. */
    long selection(String name, String model, String field, String label, Map<String, String> choices) {
        var commands = new ArrayList<List<Object>>();
        choices.forEach((value, text) ->
                commands.add(List.of(0, 0, Map.of("value", value, "name", text, "sequence", commands.size()))));
        return field(name, model, field, label, "selection", Map.of("selection_ids", commands));
    }

    /**
     * How a document stands with Holdpoint: {@code <prefix>_state}, {@code _reason}, {@code _requested_by} and
     * {@code _requested_at}.
     *
     * @param name begins the external ids
     * @param prefix as a rule x_holdpoint
     * @param more states that a workflow has besides those of every hold point
     */
    void stateFields(String name, String model, String prefix, String... more) {
        var states = new LinkedHashMap<String, String>();
        STATES.forEach(state -> states.put(state, words(state)));
        for (var state : more) {
            states.put(state, words(state));
        }
        selection(name + "_state", model, prefix + "_state", "Holdpoint", states);
        field(name + "_reason", model, prefix + "_reason", "Holdpoint reason", "char", Map.of());
        field(
                name + "_requested_by",
                model,
                prefix + "_requested_by",
                "Release requested by",
                "many2one",
                Map.of("relation", "res.users", "on_delete", "set null"));
        field(name + "_requested_at", model, prefix + "_requested_at", "Release requested at", "datetime", Map.of());
    }

    private static String words(String state) {
        var text = state.replace('_', ' ');
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** A model of our own; its name field is indexed and called as said. */
    void model(String name, String model, String label, String nameLabel) {
        records.ensure(
                name,
                "ir.model",
                List.of(List.of("model", "=", model)),
                Map.of("name", label, "model", model),
                Map.of("state", "manual"));
        records.ensure(
                name + "_name",
                "ir.model.fields",
                List.of(List.of("model", "=", model), List.of("name", "=", "x_name")),
                Map.of("field_description", nameLabel, "index", true),
                Map.of());
    }

    // what happens by itself

    /** Has to be there before any guard. */
    void registerOfGuards() {
        guards.register();
    }

    /** Keeps people from passing a hold point; see {@link Guard} for its script. */
    void guard(Guard guard) {
        guards.guard(guard);
    }

    /**
     * Runs a webhook when something changes, unless Holdpoint changed it.
     *
     * @param name external id of the hint
     * @param dependsOn the fields whose changes matter, by Odoo's dotted names
     * @param when Python over {@code record}: whether Holdpoint is to be told of this one
     * @param hook from {@link #hook}
     */
    void hint(String name, String label, String model, List<String> dependsOn, String when, long hook) {
        guards.hint(name, label, model, dependsOn, when, hook);
    }

    /**
     * An automation rule that runs code. Only for triggers other than creating and writing: for those Odoo looks up its
     * rules at each create, write and computation of the model, which makes a confirmation slower by a sixth. Use
     * {@link #guard} and {@link #hint} instead.
     *
     * @param fields that set it off; empty for all
     * @param domain which records it is about
     */
    void rule(
            String name, String label, String model, String trigger, List<String> fields, String domain, String code) {
        var values = new LinkedHashMap<String, Object>();
        values.put("name", label);
        values.put("model_id", modelId(model));
        values.put("trigger", trigger);
        values.put("filter_domain", domain);
        values.put("active", true);
        if (!fields.isEmpty()) {
            values.put("trigger_field_ids", fieldIds(model, fields));
        }
        long rule = records.ensure(name, "base.automation", null, values, Map.of());
        var action = new LinkedHashMap<String, Object>();
        action.put("name", label);
        action.put("model_id", modelId(model));
        action.put("state", "code");
        action.put("code", code);
        action.put("usage", "base_automation");
        action.put("base_automation_id", rule);
        records.ensure(name + "_action", "ir.actions.server", null, action, Map.of());
    }

    /**
     * The address for hints; null when there are to be none. Until there are, Holdpoint sees changes when it looks
     * through the documents.
     */
    @Nullable
    Secret hints() {
        return hints;
    }

    /**
     * A webhook that tells Holdpoint of a record. It has no groups: it runs in the transaction of whoever changes a
     * record, and Odoo asks for their groups even then.
     *
     * @param fields sent along; {@code write_date} tells one change from another
     */
    long hook(String name, String model, Secret url, List<String> fields) {
        return records.ensure(
                name,
                "ir.actions.server",
                null,
                Map.of(
                        "name",
                        "Holdpoint: webhook " + model,
                        "model_id",
                        modelId(model),
                        "state",
                        "webhook",
                        "webhook_url",
                        url.reveal(),
                        "webhook_field_ids",
                        fieldIds(model, fields)),
                Map.of());
    }

    // what people press and what Holdpoint runs

    /** An action that the technical user runs. */
    void action(String name, String label, String model, String code) {
        action(name, label, model, code, Ids.of(group));
    }

    void action(String name, String label, String model, String code, Ids groups) {
        records.ensure(
                name,
                "ir.actions.server",
                null,
                Map.of(
                        "name",
                        label,
                        "model_id",
                        modelId(model),
                        "state",
                        "code",
                        "code",
                        code,
                        odoo.profile().userGroups(),
                        groups),
                Map.of());
    }

    /**
     * The command of a workflow: {@code command.py} with the workflow's own {@code <slug>_material.py} and
     * {@code <slug>_operations.py} in it.
     *
     * @param workflow the slug, for example order-release
     * @param prefix of the state fields, as a rule x_holdpoint
     * @param documents models of its documents
     * @param operations that the workflow has besides those of every hold point
     */
    void command(String workflow, String prefix, List<String> documents, List<String> operations) {
        var slug = workflow.replace('-', '_');
        var code = resource("command.py")
                .replace("${models}", pythonList(documents))
                .replace("${operations}", pythonList(operations))
                .replace("${prefix}", prefix)
                .replace("${material}", indented(resource(slug + "_material.py")))
                .replace("${carryOut}", indented(resource(slug + "_operations.py")));
        action(slug + "_command", "Holdpoint: command of " + workflow, documents.get(0), code);
    }

    static String pythonList(List<String> texts) {
        return texts.stream().map(text -> "'" + text + "'").collect(Collectors.joining(", ", "[", "]"));
    }

    /** The first line stands where the placeholder stood. */
    static String indented(String code) {
        return code.strip()
                .lines()
                .map(line -> line.isBlank() ? "" : "    " + line)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /** What people press on forms and in lists. Whoever may write a document may ask for its release. */
    long request(String name, String label, String model) {
        return records.ensure(
                name,
                "ir.actions.server",
                null,
                Map.of(
                        "name",
                        label,
                        "model_id",
                        modelId(model),
                        "state",
                        "code",
                        "code",
                        code(name, Map.of()),
                        "binding_model_id",
                        modelId(model),
                        "binding_view_types",
                        "list,form"),
                Map.of());
    }

    /**
     * An extension of one of Odoo's views: {@code <name>.xml}, in which {@code ${…}} stands for the ids given.
     *
     * @param type form or list
     * @param module and {@code view}: the external id of the view that is extended
     */
    void view(String name, String label, String model, String type, String module, String view, Map<String, Long> ids) {
        records.ensure(
                name,
                "ir.ui.view",
                null,
                Map.of(
                        "name",
                        label,
                        "model",
                        model,
                        "inherit_id",
                        externalId(module, view),
                        "mode",
                        "extension",
                        "arch_base",
                        filled(resource(name + ".xml"), ids)),
                Map.of("type", type.equals("list") && odoo.profile().series() < 18 ? "tree" : type));
    }

    // Odoo's own ids

    long modelId(String model) {
        return models.computeIfAbsent(model, name -> {
            var found = odoo.searchRead("ir.model", List.of(List.of("model", "=", name)), List.of("id"), "id", 1);
            if (found.isEmpty()) {
                throw new OdooContract("Odoo has no model " + name + ".");
            }
            return found.get(0).path("id").asLong();
        });
    }

    Ids fieldIds(String model, List<String> names) {
        var found = odoo.searchRead(
                "ir.model.fields",
                List.of(List.of("model", "=", model), List.of("name", "in", names)),
                List.of("id"),
                "id",
                0);
        return new Ids(found.stream().map(field -> field.path("id").asLong()).toList());
    }

    long externalId(String module, String name) {
        return records.externalId(module, name);
    }

    // scripts

    /** The script {@code <name>.py}, in which {@code ${…}} stands for the ids given. */
    static String code(String name, Map<String, Long> ids) {
        return filled(resource(name + ".py"), ids);
    }

    /** A view or another text from {@code /odoo}, in which {@code ${…}} stands for the ids given. */
    String text(String file, Map<String, Long> ids) {
        return filled(resource(file), ids);
    }

    private static String filled(String text, Map<String, Long> ids) {
        var filled = text;
        for (var id : ids.entrySet()) {
            filled = filled.replace("${" + id.getKey() + "}", id.getValue().toString());
        }
        return filled;
    }

    static String resource(String name) {
        try (var stream = SetupKit.class.getResourceAsStream("/odoo/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
