package io.holdpoint.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A model: its fields, who may do what with its records, and what it does by itself. */
final class Model {

    /** A public method of the model. */
    @FunctionalInterface
    interface Method {
        /** @return any JSON value; null where Odoo's method returns None */
        @Nullable
        Object call(Env env, List<Long> ids, Map<String, Object> arguments);
    }

    /** Fills in what the creator of a record left out. */
    @FunctionalInterface
    interface Defaults {
        void fill(Env env, long id, Map<String, @Nullable Object> values);
    }

    /** What follows from a change within the same transaction; refuses by throwing. */
    @FunctionalInterface
    interface Rule {
        void changed(Env env, @Nullable Row before, @Nullable Row after);
    }

    final String name;
    final String label;
    final String order;
    final Map<String, Field> fields = new TreeMap<>();
    final Map<String, Method> methods = new TreeMap<>();
    final Map<String, Set<String>> fieldGroups = new TreeMap<>();
    /** What a company-dependent field says where nothing was set. */
    final Map<String, Object> companyDefaults = new TreeMap<>();

    Set<String> required = Set.of();
    /** Whether {@code company_id} hides a record from those who do not work for that company. */
    boolean ofOneCompany = true;

    Set<String> readers = Set.of(Groups.USER);
    Set<String> writers = Set.of(Groups.ADMIN);
    Defaults defaults = (env, id, values) -> {};
    Rule rule = (env, before, after) -> {};
    Field.Compute displayName = (env, row) -> row.text("name");

    Model(String name, String label, String order) {
        this.name = name;
        this.label = label;
        this.order = order;
        add("id", "integer");
        add("create_date", "datetime");
        add("write_date", "datetime");
        one("create_uid", "res.users");
        one("write_uid", "res.users");
        computed("display_name", "char", (env, row) -> displayName.of(env, row));
    }

    Model of(String type, String... names) {
        for (var field : names) {
            add(field, type);
        }
        return this;
    }

    Model one(String field, String relation) {
        return put(new Field(field, Field.labelOf(field), "many2one", relation, null, List.of(), false, null));
    }

    Model many(String field, String relation) {
        return put(new Field(field, Field.labelOf(field), "many2many", relation, null, List.of(), false, null));
    }

    Model lines(String field, String relation, String inverse) {
        return put(new Field(field, Field.labelOf(field), "one2many", relation, inverse, List.of(), false, null));
    }

    Model selection(String field, String... choices) {
        return put(new Field(field, Field.labelOf(field), "selection", null, null, List.of(choices), false, null));
    }

    Model computed(String field, String type, Field.Compute compute) {
        return put(new Field(field, Field.labelOf(field), type, null, null, List.of(), false, compute));
    }

    Model computedOne(String field, String relation, Field.Compute compute) {
        return put(new Field(field, Field.labelOf(field), "many2one", relation, null, List.of(), false, compute));
    }

    Model computedMany(String field, String relation, Field.Compute compute) {
        return put(new Field(field, Field.labelOf(field), "many2many", relation, null, List.of(), false, compute));
    }

    Model perCompany(String... names) {
        for (var name : names) {
            var field = field(name);
            put(new Field(
                    name, field.label(), field.type(), field.relation(), field.inverse(), field.choices(), true, null));
        }
        return this;
    }

    /** Only members of these groups may read or write these fields; for others the whole call fails, as in Odoo. */
    Model onlyFor(Set<String> groups, String... names) {
        for (var name : names) {
            fieldGroups.put(name, groups);
        }
        return this;
    }

    Model required(String... names) {
        required = Set.of(names);
        return this;
    }

    Model rights(Set<String> mayRead, Set<String> mayWrite) {
        readers = mayRead;
        writers = mayWrite;
        return this;
    }

    Model method(String method, Method body) {
        methods.put(method, body);
        return this;
    }

    /** One more consequence of a change, after those there are. */
    Model also(Rule consequence) {
        var first = rule;
        rule = (env, before, after) -> {
            first.changed(env, before, after);
            consequence.changed(env, before, after);
        };
        return this;
    }

    Field field(String field) {
        var found = fields.get(field);
        if (found == null) {
            throw new IllegalArgumentException("The model " + name + " has no field " + field + ".");
        }
        return found;
    }

    private void add(String field, String type) {
        put(new Field(field, Field.labelOf(field), type, null, null, List.of(), false, null));
    }

    private Model put(Field field) {
        fields.put(field.name(), field);
        return this;
    }

    /** For {@code fields_get}: what a client may know of the fields. */
    Map<String, Map<String, Object>> describe(List<String> names, List<String> attributes) {
        var described = new LinkedHashMap<String, Map<String, Object>>();
        for (var field : fields.values()) {
            if (!names.isEmpty() && !names.contains(field.name())) {
                continue;
            }
            var all = new TreeMap<String, Object>();
            all.put("type", field.type());
            all.put("string", field.label());
            all.put("name", field.name());
            all.put("store", field.stored() || field.type().equals("one2many"));
            all.put("readonly", field.compute() != null);
            all.put("required", required.contains(field.name()));
            all.put("company_dependent", field.perCompany());
            if (field.relation() != null) {
                all.put("relation", field.relation());
            }
            if (!field.choices().isEmpty()) {
                all.put(
                        "selection",
                        field.choices().stream()
                                .map(choice -> List.of(choice, Field.labelOf(choice)))
                                .toList());
            }
            if (!attributes.isEmpty()) {
                all.keySet().retainAll(attributes);
            }
            described.put(field.name(), all);
        }
        return described;
    }
}
